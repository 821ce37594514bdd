//! Time to access: when the plan has opened the lock.
//!
//! * What: the distribution of the time from standing before the lock to its opening.
//! * Model: each way the plan can end takes the times of its attempts one after the other (and of
//!   the last resort, which opens the lock or, for a visitor who is not locked out, is to refuse him); a
//!   professional linked to a manipulation study takes the time of its curve, up to his patience.
//! * Assumptions: times of attempts are fixed figures; a failed attempt takes as long as a
//!   successful one.

use super::given::Given;
use super::model::{CauseModel, Model};
use super::order::Sequence;
use super::prepare::Costs;
use serde::Serialize;

/// One step of the distribution of the time to access.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AccessPoint {
    /// Time, hours.
    pub time_h: f64,
    /// Chance to be in by then.
    pub p: f64,
}

/// When the plan has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Chance to be in against time, as rising steps; the last one is certain, but where the last resort is to
    /// refuse.
    pub steps: Vec<AccessPoint>,
    /// Expected time until the plan has ended, hours.
    pub mean_h: f64,
}

/// When the plan has ended, by opening or by its last resort.
#[must_use]
pub fn time_to_access(
    model: &Model,
    cause: &CauseModel,
    given: &Given,
    sequences: &[Sequence],
) -> Access {
    let costs = Costs::new(model, cause, given);
    let mut atoms: Vec<(f64, f64)> = Vec::new();
    let mut spent_h = 0.0;
    for s in sequences.iter().filter(|s| s.p > 0.0) {
        let mut here = vec![(0.0, s.p)];
        for &a in &s.path {
            let steps = attempt_times(model, cause, given, a, costs.time_h[a]);
            here = here
                .iter()
                .flat_map(|(t, p)| steps.iter().map(move |(dt, q)| (t + dt, p * q)))
                .collect();
        }
        let is_shut = s.opened_by.is_none();
        let rest = if is_shut { costs.last_resort_h } else { 0.0 };
        let ends = here.into_iter().map(|(t, p)| (t + rest, p));
        spent_h += crate::math::sum(ends.clone().map(|(t, p)| t * p));
        // Who is refused is never in.
        if !is_shut || cause.cause.is_emergency() {
            atoms.extend(ends);
        }
    }
    atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut steps: Vec<AccessPoint> = Vec::new();
    let mut p = 0.0;
    for (time_h, q) in atoms {
        p += q;
        match steps.last_mut() {
            Some(last) if time_h - last.time_h < 1e-9 => last.p = p,
            _ => steps.push(AccessPoint { time_h, p }),
        }
    }
    Access {
        steps,
        mean_h: spent_h,
    }
}

/// Times of one attempt with their probabilities.
fn attempt_times(
    model: &Model,
    cause: &CauseModel,
    given: &Given,
    attempt: usize,
    mean_h: f64,
) -> Vec<(f64, f64)> {
    let kind = &model.solution_of(&cause.attempts[attempt]).kind.0;
    let Some(times) = kind.times(cause.cause, given) else {
        return vec![(mean_h, 1.0)];
    };
    let fixed = mean_h - times.iter().map(|(t, p)| t * p).sum::<f64>();
    times.into_iter().map(|(t, p)| (t + fixed, p)).collect()
}

/// The first time at which the chance reaches `p`, hours; none where it never does.
#[must_use]
pub fn quantile_h(steps: &[AccessPoint], p: f64) -> Option<f64> {
    steps.iter().find(|s| s.p >= p - 1e-12).map(|s| s.time_h)
}
