//! What follows from a stack without trials.

use serde::Serialize;

/// What follows from the tolerances without trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Extremes over the tolerance bands.
    pub worst_case: WorstCase,
    /// Root sum of squares.
    pub rss: Rss,
    /// Whether the function is linear within the tolerances, as RSS needs it.
    pub is_linear: bool,
    /// Change of the function per unit of each dimension, at the means.
    pub slopes: Vec<f64>,
}

/// Extremes over the tolerance bands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WorstCase {
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
}

/// Root sum of squares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rss {
    /// Value at the means.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Mean − 3 sd.
    pub low: f64,
    /// Mean + 3 sd.
    pub high: f64,
}

/// What one dimension does to a function by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// Name of the dimension.
    pub dimension: String,
    /// Change of the function per unit of the dimension, at the means.
    pub slope: f64,
    /// The function with this dimension at the low end of its band, the others nominal.
    pub at_low: f64,
    /// The function with this dimension at the high end of its band, the others nominal.
    pub at_high: f64,
    /// Share of the RSS variance.
    pub rss_share: f64,
}
