//! Trials until an interval is as narrow as asked for.

use super::resist::LEVEL;
use super::resist::STATED_TIMES;
use super::trials::observations;
use crate::attack::{Outcome, Reader};
use crate::stats::Estimate;
use crate::stats::sequential::{Decision, UntilCi};
use crate::stats::survival::SurvivalCurve;
use serde::Serialize;

/// Trials before the first look.
const FIRST_LOOK: u64 = 200;
/// Most trials where no other limit is given.
const MOST_TRIALS: u64 = 1_000_000;

/// The interval that is to become narrow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// The chance of an opening, at each of the stated times within the budget.
    POpen {
        /// Half-width to be reached.
        half_width: f64,
    },
    /// The median time, as a share of itself.
    RelativeT50 {
        /// Half-width to be reached, over the median.
        half_width: f64,
    },
}

/// What came of a target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetReport {
    /// The interval that was watched.
    pub of: &'static str,
    /// The half-width asked for.
    pub asked: f64,
    /// The half-width reached; `None` where the interval has no end.
    pub reached: Option<f64>,
    /// Whether that is narrow enough.
    pub is_met: bool,
}

impl Target {
    fn asked(self) -> f64 {
        match self {
            Self::POpen { half_width } | Self::RelativeT50 { half_width } => half_width,
        }
    }

    /// The watched interval after `outcomes`; in the unit of the target.
    fn watched(self, outcomes: &[Outcome], reader: &Reader) -> Estimate {
        let curve = SurvivalCurve::fit(&observations(outcomes, reader), LEVEL);
        match self {
            Self::POpen { .. } => {
                let within = STATED_TIMES.iter().map(|&(_, time_min)| time_min);
                let within = within.filter(|t| *t <= 60.0 * reader.budget_h);
                let widest = within.map(|t| curve.success_at(t)).max_by(|a, b| {
                    let wide = |e: &Estimate| e.half_width().unwrap_or(f64::INFINITY);
                    wide(a).total_cmp(&wide(b))
                });
                widest.unwrap_or_else(|| curve.success_at(60.0 * reader.budget_h))
            }
            Self::RelativeT50 { .. } => {
                let t50 = curve.time_of_success(0.5);
                t50.value.map_or(Estimate::unknown(LEVEL), |v| {
                    t50.map_increasing(|t| t / v.max(1e-12))
                })
            }
        }
    }

    /// How many trials to have after the first ones of `outcomes`, at most `most`; all of them where
    /// the interval is narrow enough. Looks are at trial counts that follow from the outcomes alone.
    pub(super) fn next(self, outcomes: &[Outcome], reader: &Reader, most: Option<u64>) -> Decision {
        let rule = UntilCi {
            half_width: self.asked(),
            min_trials: FIRST_LOOK,
            max_trials: most.unwrap_or(MOST_TRIALS),
        };
        rule.decide(outcomes.len() as u64, &self.watched(outcomes, reader))
    }

    /// What came of it.
    pub(super) fn report(self, outcomes: &[Outcome], reader: &Reader) -> TargetReport {
        let reached = self.watched(outcomes, reader).half_width();
        TargetReport {
            of: match self {
                Self::POpen { .. } => "p_open",
                Self::RelativeT50 { .. } => "relative_t50",
            },
            asked: self.asked(),
            reached,
            is_met: reached.is_some_and(|r| r <= self.asked()),
        }
    }
}
