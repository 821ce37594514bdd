//! **wheelpack** designs and analyses wheel-pack combination locks.
//!
//! The way of the data is one street: *file → [`design`] → [`study`] → [`figure`] and [`report`]*.
//! Below it stand the pure analyses: [`mechanism`] (what the parts do), [`keyspace`] (how many
//! codes there are), [`attack`] (how hard they are to find by feel), [`emergency`] (what to do when
//! the code is lost).
//!
//! ```
//! use wheelpack::design::{SHIPPED, read};
//! use wheelpack::mechanism::dial_lock::AsBuilt;
//!
//! // A design, with every finding at its place in the file.
//! let source = SHIPPED[0].open()?;
//! let reading = read(&source);
//! assert!(reading.findings.is_empty());
//! let design = reading.design.expect("the shipped designs are sound");
//!
//! // The nominal lock opens with its code and not two marks beside it.
//! let lock = design.lock.contact().expect("a dial lock has contact points");
//! let codes = design.pack_codes();
//! let built = AsBuilt::nominal(lock, &codes);
//! assert!(built.opens(&codes[0]));
//! let beside: Vec<f64> = codes[0].iter().map(|n| n + 2.0).collect();
//! assert!(!built.opens(&beside));
//! # Ok::<(), wheelpack::Error>(())
//! ```

pub mod attack;
pub mod design;
mod eight;
pub mod emergency;
pub mod error;
pub mod figure;
pub mod finding;
pub mod geometry;
pub mod keyspace;
pub mod math;
pub mod mechanism;
pub mod report;
pub mod rng;
pub mod stats;
pub mod study;
pub mod tolerance;
pub mod units;

pub use error::{Error, Result};
pub use finding::{Finding, Severity};
