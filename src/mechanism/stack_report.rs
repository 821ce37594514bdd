//! Worst case, RSS and Monte Carlo of one function, side by side.

use crate::math;
use crate::stats::{Estimate, explained, interval, quantile};
use crate::tolerance::{Analysis, Effect, Rss, Stack, WorstCase};
use serde::Serialize;

/// Confidence level of the estimates.
pub(super) const LEVEL: f64 = 0.95;

/// All results on one function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StackReport {
    /// Name of the function, unit included.
    pub function: &'static str,
    /// Its value on nominal dimensions.
    pub nominal: f64,
    /// Whether it is linear within the tolerances, as RSS needs it.
    pub is_linear: bool,
    /// What that means for the figures.
    pub note: &'static str,
    /// Extremes over the tolerance bands.
    pub worst_case: WorstCase,
    /// Root sum of squares.
    pub rss: Rss,
    /// Monte Carlo.
    pub monte_carlo: MonteCarlo,
    /// What each dimension contributes.
    pub contributions: Vec<Contribution>,
}

/// What one dimension contributes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// What it does by itself.
    #[serde(flatten)]
    pub effect: Effect,
    /// Share of the Monte Carlo variance that it explains alone; unknown for too few trials.
    pub monte_carlo_share: Estimate,
}

/// Monte Carlo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MonteCarlo {
    /// Number of trials.
    pub trials: u64,
    /// Mean, with its confidence interval.
    pub mean: Estimate,
    /// Standard deviation.
    pub sd: f64,
    /// 0.135 % quantile.
    pub low: Option<f64>,
    /// 99.865 % quantile.
    pub high: Option<f64>,
    /// Lowest value that works; `None` where there is no limit.
    pub limit_low: Option<f64>,
    /// Highest value that works; `None` where there is no limit.
    pub limit_high: Option<f64>,
    /// Share outside the limits.
    pub p_outside: Estimate,
    /// Capability: width of the limits over six sd; `None` where a side is unlimited.
    pub cp: Option<f64>,
    /// Capability to the nearer limit; `None` without limits.
    pub cpk: Option<f64>,
}

impl StackReport {
    /// The report from the values of trials `0..values.len()` of `stack` under `seed`.
    #[must_use]
    pub fn new(stack: &Stack<'_>, seed: u64, values: &[f64]) -> Self {
        let analysis = stack.analyse();
        let note = if analysis.is_linear {
            "linear within the tolerances: mean and SD of RSS and Monte Carlo are the same"
        } else {
            "not linear within the tolerances (it takes the least or largest of several, or bends): \
             RSS is no bound here, use Monte Carlo"
        };
        Self {
            function: stack.name,
            nominal: stack.nominal(),
            is_linear: analysis.is_linear,
            note,
            worst_case: analysis.worst_case,
            rss: analysis.rss,
            monte_carlo: MonteCarlo::new(values, stack.limits),
            contributions: contributions(stack, &analysis, seed, values),
        }
    }

    /// The same with the trials `0..trials` run one after the other.
    #[must_use]
    pub fn run(stack: &Stack<'_>, seed: u64, trials: u64) -> Self {
        let values: Vec<f64> = (0..trials).map(|t| stack.trial(seed, t)).collect();
        Self::new(stack, seed, &values)
    }
}

fn contributions(
    stack: &Stack<'_>,
    analysis: &Analysis,
    seed: u64,
    values: &[f64],
) -> Vec<Contribution> {
    let trials = 0..values.len() as u64;
    let drawn: Vec<Vec<f64>> = trials.map(|t| stack.draw(seed, t)).collect();
    let effects = stack.effects(analysis).into_iter().enumerate();
    let with_share = |(i, effect)| {
        let xs: Vec<f64> = drawn.iter().map(|d| d[i]).collect();
        Contribution {
            effect,
            monte_carlo_share: explained::share(&xs, values, LEVEL),
        }
    };
    effects.map(with_share).collect()
}

impl MonteCarlo {
    /// The statistics of `values` against the limits `(low, high)`.
    #[must_use]
    pub fn new(values: &[f64], (low, high): (f64, f64)) -> Self {
        let outside = values
            .iter()
            .filter(|v| !(**v >= low && **v <= high))
            .count();
        let mean = interval::mean(values, LEVEL);
        let centre = mean.value.unwrap_or(f64::NAN);
        let squares = math::sum(values.iter().map(|v| (v - centre) * (v - centre)));
        let sd = (squares / (values.len() as f64 - 1.0)).sqrt();
        let nearer = (high - centre).min(centre - low);
        let finite = |x: f64| Some(x).filter(|x| x.is_finite());
        Self {
            trials: values.len() as u64,
            mean,
            sd,
            low: quantile::of(values, 0.00135),
            high: quantile::of(values, 0.99865),
            limit_low: finite(low),
            limit_high: finite(high),
            p_outside: interval::wilson(outside as u64, values.len() as u64, LEVEL),
            cp: finite((high - low) / (6.0 * sd)),
            cpk: finite(nearer / (3.0 * sd)),
        }
    }
}
