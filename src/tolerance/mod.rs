//! Dimensions with tolerances: their laws, and how they are drawn.

mod dimension;

pub use dimension::{Dimension, Law};
