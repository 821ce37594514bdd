//! Emergency opening: causes of lock-outs, solutions, the order to try them in, what they expose
//! and what they cost.
//!
//! The way through: an [`EmergencySpec`] (the design's section) and a [`ScenarioSpec`] make a
//! [`Model`]; [`prepare::Prepared`] finds the plans; a [`contest::Contest`] compares designs under
//! one scenario, sample by sample, and ends in a [`report::Comparison`] with one
//! [`report::EmergencyReport`] a design. Everything is closed form or exact; chance enters only
//! through uncertain parameters.
//!
//! ```
//! use wheelpack::emergency::{Contest, Model, SolverLinks, scenario, shipped};
//!
//! let cabinet = scenario::shipped_scenario("outdoor_cabinet").expect("shipped");
//! let models = ["smart-outdoor-lock", "mechanical-one-spare"].map(|name| {
//!     let section = shipped::shipped_section(name).expect("shipped");
//!     Model::new(&section, &cabinet, &SolverLinks::default()).expect("no findings")
//! });
//! let comparison = Contest::new(models.into())?.run(1, 200);
//! let best = comparison.designs.iter().min_by_key(|d| d.rank).expect("two designs");
//! assert!(best.annual_loss.total.low <= best.annual_loss.total.value);
//! # Ok::<(), wheelpack::Error>(())
//! ```

pub mod access;
pub mod assess;
pub mod battery;
pub mod cause;
pub mod check;
pub mod check_tree;
pub mod claims;
pub mod contest;
pub mod curve;
pub mod cut_set;
pub mod diagram;
pub mod event;
pub mod exposure;
pub mod forgetting;
pub mod frontier;
pub mod given;
pub mod holders;
pub mod importance;
pub mod information;
pub mod mef;
pub mod model;
pub mod number;
pub mod order;
pub mod outcome;
pub mod parameter;
pub mod place;
pub mod plan;
pub mod prepare;
pub mod ranking;
pub mod report;
pub mod scenario;
pub mod shipped;
pub mod solution;
pub mod spec;
pub mod spring_life;
pub mod storage;
pub mod subset;
pub mod tree;
pub mod view;
pub mod wear;

pub use cause::Cause;
pub use contest::Contest;
pub use given::SolverLinks;
pub use model::Model;
pub use number::{Mark, Number};
pub use prepare::Prepared;
pub use report::{Comparison, EmergencyReport};
pub use scenario::ScenarioSpec;
pub use solution::SOLUTIONS;
pub use spec::EmergencySpec;
