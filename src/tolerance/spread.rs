//! The results of a stack, and the statistics behind its contributions.

use crate::math;
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

/// What one dimension contributes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
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
    /// Share of the Monte Carlo variance that the dimension explains alone; `None` for too few
    /// trials.
    pub monte_carlo_share: Option<f64>,
}

/// The mean of `values`; NaN without any.
fn mean(values: &[f64]) -> f64 {
    math::sum(values.iter().copied()) / values.len() as f64
}

/// The sample standard deviation of `values`; NaN for fewer than two.
fn sd(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares = math::sum(values.iter().map(|v| (v - centre) * (v - centre)));
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// Classes of the correlation ratio.
const CLASSES: usize = 20;

/// `Var E[y|x] / Var y` over classes of equal count, with what chance alone would explain taken off;
/// `None` for fewer than ten values a class.
pub(super) fn correlation_ratio(xs: &[f64], ys: &[f64]) -> Option<f64> {
    let n = ys.len();
    let (centre, spread) = (mean(ys), sd(ys));
    if n < 10 * CLASSES || spread.is_nan() || spread <= 0.0 {
        return None;
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| xs[a].total_cmp(&xs[b]));
    if xs[order[0]] >= xs[order[n - 1]] {
        return Some(0.0);
    }
    let between = (0..CLASSES).map(|k| {
        let class = &order[k * n / CLASSES..(k + 1) * n / CLASSES];
        let of_class: Vec<f64> = class.iter().map(|&i| ys[i]).collect();
        class.len() as f64 * (mean(&of_class) - centre).powi(2)
    });
    let explained = math::sum(between) / ((n - 1) as f64 * spread * spread);
    let chance = (CLASSES - 1) as f64 / (n - 1) as f64;
    Some(((explained - chance) / (1.0 - chance)).max(0.0))
}
