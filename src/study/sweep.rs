//! One number of a design over a range: time to open, window, owner's reliability.

use super::options::Options;
use super::resist::{LEVEL, resisted};
use super::sensitivity::{Input, owner};
use crate::attack::{Attack, Reader};
use crate::design::Variation;
use crate::error::{Error, Result};
use crate::stats::{Estimate, interval};
use serde::Serialize;

/// How a sweep is made.
#[derive(Debug, Clone, Copy)]
pub struct SweepPlan<'a> {
    /// The attack.
    pub attack: &'static Attack,
    /// The reader.
    pub reader: &'a Reader,
    /// What is varied, from its lower to its upper end.
    pub input: &'a Input,
    /// Points, evenly spaced, the ends included; 2 or more.
    pub points: u32,
    /// Trials at each point.
    pub trials: u64,
}

/// A parameter over its range; every point has met the same luck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepReport {
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: String,
    /// Says that this is a model result.
    pub note: &'static str,
    /// What is varied.
    pub input: Input,
    /// Trials at each point.
    pub trials: u64,
    /// The points at which the design is sound.
    pub points: Vec<SweepPoint>,
    /// The others, with the reason.
    pub refused: Vec<Refused>,
}

/// One point of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepPoint {
    /// The value of what is varied.
    pub value: f64,
    /// Median time, minutes.
    pub t50_min: Estimate,
    /// Chance of an opening within 2 h.
    pub p_open_2h: Estimate,
    /// Half-width of the nominal dialing window, marks.
    pub window_half_marks: f64,
    /// Chance that the owner's first dialing opens.
    pub owner_reliability: Estimate,
}

/// A value at which there is no such lock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// The value.
    pub value: f64,
    /// Why.
    pub why: String,
}

/// Runs the studies of a sweep; where the user stops it, those of the points before.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no contact points, [`Error::OutOfRange`] where there
/// is nothing at the place or the design is sound at no point, [`Error::Stopped`] before the first point.
pub fn sweep(
    variation: &Variation,
    plan: &SweepPlan<'_>,
    options: &Options<'_>,
) -> Result<SweepReport> {
    let (mut points, mut refused) = (Vec::new(), Vec::new());
    let (count, input) = (plan.points.max(2), plan.input);
    for k in 0..count {
        let part = f64::from(k) / f64::from(count - 1);
        let value = input.low + part * (input.high - input.low);
        let all = u64::from(count) * plan.trials;
        let done = u64::from(k) * plan.trials;
        let progress = |now: u64, _: u64| (options.progress)(done + now, all);
        let options = Options {
            trials: Some(plan.trials),
            until: None,
            store: None,
            progress: &progress,
            ..*options
        };
        match point(variation, value, plan, &options) {
            Ok(point) => points.push(point),
            Err(Error::OutOfRange { got, .. }) => refused.push(Refused { value, why: got }),
            // What is done is worth telling.
            Err(Error::Stopped { .. }) if !points.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    if points.is_empty() {
        let why = refused.into_iter().next().map(|r| r.why);
        return Err(Error::OutOfRange {
            name: "the range of the sweep",
            got: why.unwrap_or_default(),
            allowed: "a range in which there is a sound design".to_owned(),
        });
    }
    Ok(SweepReport {
        attack: plan.attack.name,
        reader: plan.reader.name.clone(),
        note: "model result, not a measurement",
        input: input.clone(),
        trials: plan.trials,
        points,
        refused,
    })
}

fn point(
    variation: &Variation,
    value: f64,
    plan: &SweepPlan<'_>,
    options: &Options<'_>,
) -> Result<SweepPoint> {
    let design = variation.with(&[plan.input.change(value)])?;
    // The range may be of the reader's own figures.
    let reader = design.own_reader(&plan.reader.name).unwrap_or(plan.reader);
    let report = resisted(&design, plan.attack, reader, options)?.report;
    if report.trials < plan.trials {
        return Err(Error::Stopped {
            done: report.trials,
            total: plan.trials,
        });
    }
    let within = report.p_open.iter().find(|p| p.within == "2 h");
    let owner = owner(&design, plan.trials, options)?;
    let lock = design.lock.contact();
    Ok(SweepPoint {
        value,
        t50_min: report.t50_min,
        p_open_2h: within.map_or(Estimate::unknown(LEVEL), |p| p.p),
        window_half_marks: lock.map_or(0.0, |l| l.window.half_marks()),
        owner_reliability: interval::mean(&owner, LEVEL).map_increasing(|p| p.clamp(0.0, 1.0)),
    })
}
