//! Checks against outside truth: published figures and hand-computed cases.

mod emergency;
mod keyspace;
