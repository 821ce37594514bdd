//! **wheelpack** designs and analyses wheel-pack combination locks.
//!
//! The way of the data is one street: *file → [`design`] → [`study`] → [`figure`] and [`report`]*.
//! Below it stand the pure analyses: [`mechanism`] (what the parts do), [`keyspace`] (how many
//! codes there are), [`attack`] (how hard they are to find by feel).

pub mod attack;
pub mod design;
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
