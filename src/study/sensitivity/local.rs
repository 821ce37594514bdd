//! What a small step of one tolerance buys, from the same luck on both sides of it.

use super::{Plan, UNTIL_MIN, owner, times};
use crate::design::{Change, Design, Variation};
use crate::error::Result;
use crate::stats::Estimate;
use crate::stats::paired::mean_difference;
use crate::study::difference::{Difference, Metric, difference};
use crate::study::options::Options;
use crate::study::resist::LEVEL;
use serde::Serialize;

/// Share of its band by which a tolerance is changed, to either side.
const LOCAL_SHARE: f64 = 0.25;

/// What a step of one tolerance buys.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LocalReport {
    /// JSON pointer of the dimension.
    pub at: String,
    /// Deviation in the design, the mean of its two sides, in the unit of its name.
    pub plus_minus: f64,
    /// The step, in the same unit.
    pub step: f64,
    /// Minutes of mean time (cut off at 20 h) that one step *closer* buys.
    pub minutes: Estimate,
    /// The owner's chance to open at the first dialing that one step closer buys.
    pub owner: Estimate,
    /// The lock with a quarter less of the tolerance against that with a quarter more.
    pub difference: Difference,
}

/// Every tolerance with the mean of its deviations.
pub(super) fn local_inputs(variation: &Variation, plan: &Plan<'_>) -> Vec<(String, f64)> {
    if plan.local_trials == 0 {
        return Vec::new();
    }
    let tolerances = variation.tolerances().into_iter();
    tolerances
        .map(|t| (t.at, 0.5 * (t.deviations.0 + t.deviations.1)))
        .collect()
}

pub(super) fn local_line(
    variation: &Variation,
    at: &str,
    plus_minus: f64,
    plan: &Plan<'_>,
    options: &Options<'_>,
) -> Result<LocalReport> {
    let scaled = |factor: f64| variation.with(&[Change::Tolerance(at.to_owned(), factor)]);
    let (loose, close) = (scaled(1.0 + LOCAL_SHARE)?, scaled(1.0 - LOCAL_SHARE)?);
    let run = |design: &Design| times(design, plan, plan.local_trials, options);
    let until_min = UNTIL_MIN.min(60.0 * plan.reader.budget_h);
    let metric = Metric::RestrictedMeanTime { until_min };
    let difference = difference(&run(&loose)?, &run(&close)?, metric)?;
    let chance = |design: &Design| owner(design, plan.local_trials, options);
    let owner = mean_difference(&chance(&loose)?, &chance(&close)?, LEVEL);
    // A slope has no unit of its own: a thousandth of a mm a mm.
    let step = if at.ends_with("_mm") || at.ends_with("_marks") {
        0.01
    } else {
        0.001
    };
    let steps = 2.0 * LOCAL_SHARE * plus_minus / step;
    Ok(LocalReport {
        at: at.to_owned(),
        plus_minus,
        step,
        minutes: difference.difference.map_increasing(|v| v / steps),
        owner: owner.map_increasing(|v| v / steps),
        difference,
    })
}
