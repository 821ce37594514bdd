//! Two designs against each other, or one against two attackers, with the same luck.
//!
//! Trial *k* of both draws its parts, code, hand and readings from the same streams, so that most of
//! the luck cancels from the difference. Every number is a model result.
//!
//! ```
//! use wheelpack::design::Design;
//! use wheelpack::study::{Options, attack_named, difference, reader_named};
//!
//! fn tell(old: &Design, new: &Design) -> wheelpack::error::Result<()> {
//!     let (attack, reader) = (attack_named("graphing")?, reader_named("expert")?);
//!     let options = Options::with_seed(1);
//!     let a = difference::trial_times(old, attack, reader, &options)?;
//!     let b = difference::trial_times(new, attack, reader, &options)?;
//!     for d in difference::differences(&a, &b, &difference::METRICS)? {
//!         println!("{}: {}", d.about, d.verdict.text());
//!     }
//!     Ok(())
//! }
//! ```

use super::options::Options;
use super::resist::LEVEL;
use super::trials::Bench;
use crate::attack::{Attack, Reader};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::math::{exp, ln};
use crate::rng::{Purpose, stream};
use crate::stats::paired::{Bootstrap, mean_difference, outcome_difference, quantile_difference};
use crate::stats::survival::{Observation, SurvivalCurve};
use crate::stats::{Estimate, interval};
use serde::Serialize;

/// Most values drawn in one bootstrap, and least resamples.
const MOST_DRAWN: usize = 20_000_000;
const LEAST_RESAMPLES: usize = 200;
/// Resamples where that is not too many.
const RESAMPLES: usize = 1000;

/// Which figure of a manipulation study is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Metric {
    /// Median time to open, as a difference of natural logarithms (so a ratio of times).
    LogMedianTime,
    /// Mean of the time to open, cut off at `until_min` minutes.
    RestrictedMeanTime {
        /// Where times are cut off, minutes.
        until_min: f64,
    },
    /// Chance of an opening within `within_min` minutes.
    POpen {
        /// The time, minutes.
        within_min: f64,
    },
}

/// The figures that a comparison shows where nothing else is asked for.
pub const METRICS: [Metric; 5] = [
    Metric::LogMedianTime,
    Metric::RestrictedMeanTime { until_min: 1200.0 },
    Metric::POpen { within_min: 30.0 },
    Metric::POpen { within_min: 120.0 },
    Metric::POpen { within_min: 1200.0 },
];

impl Metric {
    /// What it is, in words, with its unit.
    #[must_use]
    pub fn about(self) -> String {
        let time = |min: f64| {
            if min > 60.0 {
                format!("{} h", min / 60.0)
            } else {
                format!("{min} min")
            }
        };
        match self {
            Self::LogMedianTime => "ln of the median time to open in min".to_owned(),
            Self::RestrictedMeanTime { until_min } => {
                format!("mean time to open, cut off at {}, in min", time(until_min))
            }
            Self::POpen { within_min } => {
                format!("chance of an opening within {}", time(within_min))
            }
        }
    }
}

/// When each trial of one design, attack and reader ended.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialTimes {
    /// The design.
    pub design: String,
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: String,
    /// Seed of the study.
    pub seed: u64,
    /// Whether the main codes were drawn as people choose them, not evenly; part of what two designs may differ in,
    /// but no merit of an attack.
    pub by_habit: bool,
    /// Minutes after which a trial is given up.
    pub budget_min: f64,
    /// Minutes until the lock was open, in the order of the trials; infinite where the budget was
    /// spent before.
    pub opened_after_min: Vec<f64>,
}

/// What a comparison says of `b` against `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// `b` takes longer to open, or is opened less often.
    Harder,
    /// `b` is opened sooner, or more often.
    Easier,
    /// The interval of the difference covers zero.
    NoDifferenceShown,
}

impl Verdict {
    /// In words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Harder => "harder",
            Self::Easier => "easier",
            Self::NoDifferenceShown => "no difference shown",
        }
    }
}

/// One figure of two studies, and the difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What is compared.
    #[serde(skip)]
    pub metric: Metric,
    /// What is compared, with its unit.
    pub about: String,
    /// The figure of `a` alone.
    pub a: Estimate,
    /// The figure of `b` alone.
    pub b: Estimate,
    /// `b - a`, from pairs of trials with the same luck.
    pub difference: Estimate,
    /// `b / a` of the times, where the metric is a logarithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Estimate>,
    /// Pairs of trials.
    pub pairs: u64,
    /// What that says of `b`.
    pub verdict: Verdict,
}

/// Runs the trials of one side of a comparison.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no contact points; [`Error::Stopped`] where the user
/// stopped the run.
pub fn trial_times(
    design: &Design,
    attack: &'static Attack,
    reader: &Reader,
    options: &Options<'_>,
) -> Result<TrialTimes> {
    let bench = Bench::new(design, attack, reader, options)?;
    let total = options.trials.unwrap_or(design.study.trials);
    let outcomes = bench.first(total, options)?;
    let done = outcomes.len() as u64;
    if done < total {
        return Err(Error::Stopped { done, total });
    }
    Ok(bench.times(&outcomes))
}

/// Each of `metrics` of `b` against `a`, over the trials that both made.
///
/// # Errors
/// [`Error::OutOfRange`] where the two have different seeds (then nothing is paired) or no trial in
/// common.
pub fn differences(a: &TrialTimes, b: &TrialTimes, metrics: &[Metric]) -> Result<Vec<Difference>> {
    metrics.iter().map(|&m| difference(a, b, m)).collect()
}

/// `metric` of `b` against `a`, over the trials that both made.
///
/// # Errors
/// As [`differences`].
pub fn difference(a: &TrialTimes, b: &TrialTimes, metric: Metric) -> Result<Difference> {
    if a.seed != b.seed {
        return Err(Error::OutOfRange {
            name: "the seed of the second study",
            got: b.seed.to_string(),
            allowed: format!(
                "{}, that of the first: only equal luck can be paired",
                a.seed
            ),
        });
    }
    let pairs = a.opened_after_min.len().min(b.opened_after_min.len());
    if pairs == 0 {
        return Err(Error::OutOfRange {
            name: "the number of trials in common",
            got: "0".to_owned(),
            allowed: "1 or more".to_owned(),
        });
    }
    let (x, y) = (&a.opened_after_min[..pairs], &b.opened_after_min[..pairs]);
    let budget_min = a.budget_min.min(b.budget_min);
    let difference = match metric {
        Metric::LogMedianTime => log_median_difference(a, b, pairs),
        Metric::RestrictedMeanTime { until_min } if until_min <= budget_min => {
            let cut = |t: &[f64]| t.iter().map(|t| t.min(until_min)).collect::<Vec<_>>();
            mean_difference(&cut(x), &cut(y), LEVEL)
        }
        Metric::POpen { within_min } if within_min <= budget_min => {
            let in_time = |t: &[f64]| t.iter().map(|t| *t <= within_min).collect::<Vec<_>>();
            outcome_difference(&in_time(x), &in_time(y), LEVEL)
        }
        // Nobody has looked for so long.
        _ => Estimate::unknown(LEVEL),
    };
    let is_time = !matches!(metric, Metric::POpen { .. });
    Ok(Difference {
        metric,
        about: metric.about(),
        a: alone(x, a.budget_min, metric),
        b: alone(y, b.budget_min, metric),
        ratio: (metric == Metric::LogMedianTime).then(|| difference.map_increasing(exp)),
        verdict: verdict(&difference, is_time),
        difference,
        pairs: pairs as u64,
    })
}

fn verdict(difference: &Estimate, more_is_harder: bool) -> Verdict {
    let is_more = difference.low.is_some_and(|low| low > 0.0);
    let is_less = difference.high.is_some_and(|high| high < 0.0);
    match (is_more, is_less) {
        (false, false) => Verdict::NoDifferenceShown,
        (more, _) if more == more_is_harder => Verdict::Harder,
        _ => Verdict::Easier,
    }
}

/// Where one side's median lies beyond its budget, all that is known is that it is not below: the
/// limit towards which that side pulls is then computed with the budget in its place.
fn log_median_difference(a: &TrialTimes, b: &TrialTimes, pairs: usize) -> Estimate {
    let log = |side: &TrialTimes, never: f64| -> Vec<f64> {
        let times = side.opened_after_min[..pairs].iter();
        let or_never = |&t: &f64| if t.is_finite() { t } else { never };
        times.map(|t| ln(or_never(t).max(1e-9))).collect()
    };
    let difference = |x: Vec<f64>, y: Vec<f64>| {
        let pairs: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
        let resamples = (MOST_DRAWN / pairs.len()).clamp(LEAST_RESAMPLES, RESAMPLES);
        let how = Bootstrap {
            level: LEVEL,
            resamples: u32::try_from(resamples).unwrap_or(u32::MAX),
        };
        let mut rng = stream(a.seed, 0, Purpose::Resample);
        quantile_difference(&pairs, 0.5, how, &mut rng)
    };
    let never = f64::INFINITY;
    let least = difference(log(a, never), log(b, b.budget_min));
    let most = difference(log(a, a.budget_min), log(b, never));
    // Known where no median is a budget in disguise.
    let value = least.value.filter(|_| most.value.is_some());
    Estimate::from_options(value, least.low, most.high, LEVEL)
}

/// The figure of one side.
fn alone(opened_after_min: &[f64], budget_min: f64, metric: Metric) -> Estimate {
    let observations: Vec<Observation> = opened_after_min
        .iter()
        .map(|&t| Observation {
            time: t.min(budget_min),
            event: t.is_finite(),
        })
        .collect();
    match metric {
        Metric::LogMedianTime => SurvivalCurve::fit(&observations, LEVEL)
            .time_of_success(0.5)
            .map_increasing(ln),
        Metric::RestrictedMeanTime { until_min } if until_min <= budget_min => {
            let cut: Vec<f64> = opened_after_min.iter().map(|t| t.min(until_min)).collect();
            interval::mean(&cut, LEVEL)
        }
        Metric::RestrictedMeanTime { .. } => Estimate::unknown(LEVEL),
        Metric::POpen { within_min } => {
            SurvivalCurve::fit(&observations, LEVEL).success_at(within_min)
        }
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
