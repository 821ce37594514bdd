//! Checks against outside truth: published figures and hand-computed cases.

mod clock;
mod emergency;
mod high_low;
mod keyspace;
