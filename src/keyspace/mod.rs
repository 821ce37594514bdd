//! Key space: exact counts, spare combinations, chosen codes.
//!
//! Four numbers that are not the same: `dialable` (N^w), `allowed` (by the rules, on whole marks),
//! `effective` (mechanically distinct windows) and `effective_allowed` (the rules applied to
//! windows). All of them are exact integers from one automaton ([`automaton`]), which also
//! samples, ranks and lists codes ([`CodeSet`]).
//!
//! ```
//! use wheelpack::keyspace::{Convention, Space, parse_rules, rules::Dial};
//!
//! let stated = serde_json::json!([{ "rule": "last_not_in", "from": 0, "to": 20 }]);
//! let dial = Dial { marks: 100, wheels: 3 };
//! let rules = parse_rules(stated.as_array().unwrap(), dial).unwrap();
//! let space = Space::new(100, &[0.75; 3], Convention::Continuous, rules).unwrap();
//! let counts = space.counts().unwrap();
//! assert_eq!(counts.allowed.grouped(), "790,000");
//! assert_eq!(counts.effective.to_string(), (67 * 67 * 67).to_string());
//! ```
//!
//! | finding | what |
//! |---|---|
//! | WP401 | unknown rule |
//! | WP402 | a rule's field is unknown, missing or of a wrong type |
//! | WP403 | a rule's field is not on this dial |
//! | WP404 | the rules contradict each other: nothing is allowed |
//! | WP405 | the main or a spare code breaks a rule |
//! | WP406 | a code is named twice |
//! | WP407 | a window is not possible on this dial |
//! | WP408 | a size is out of bounds |
//! | WP409 | a code does not fit the lock |
//! | WP410 | the rules need too many states |
//! | WP411 | the file restates a rule that the mechanism imposes |
//! | WP412 | the rules leave codes but no window |
//! | WP413 | a prior over codes is no distribution |
//! | WP414 | numbers of two codes are so near that their gates merge |

pub mod analysis;
pub mod automaton;
pub mod code_set;
pub mod count;
pub mod gate;
pub mod guess;
pub mod independent;
pub mod input;
pub mod likely;
pub mod mark;
mod nearest;
mod node;
mod open;
pub mod opening;
pub mod place;
pub mod prior;
pub mod push_button;
pub mod rule_set;
pub mod rules;
pub mod share;
pub mod space;
pub mod spare;
pub mod standard;
mod within;

pub use analysis::{KeyspaceReport, analyse, analyse_within};
pub use code_set::CodeSet;
pub use count::Count;
pub use gate::GateWindow;
pub use independent::{ProposedSpare, SpareWish, independent_spares, propose_spare};
pub use input::{CodeInput, KeyspaceInput, WindowSource};
pub use likely::Chooser;
pub use mark::{Code, Mark};
pub use opening::{Gates, Openings};
pub use place::{Convention, Places};
pub use prior::Chosen;
pub use push_button::{ButtonReport, analyse_buttons};
pub use rule_set::{RuleSet, parse_rules, rule_schema};
pub use rules::{Dial, RULES, Rule, RuleKind};
pub use space::{Counts, Space};
pub use spare::{Packs, Realisation, Spare};
