//! Dimensions with tolerances: their laws, how they are drawn, and what they make of a function.

mod dimension;
mod spread;
mod stack;

pub use dimension::{Dimension, Law};
pub use spread::{Analysis, Effect, Rss, WorstCase};
pub use stack::{Acts, Function, Part, Stack};
