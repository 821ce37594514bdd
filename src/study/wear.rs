//! Owner and reader after more and more openings.

use super::options::Options;
use crate::error::Result;
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::{OwnerSetup, WearPoint, opens_with_error};
use crate::stats::interval;
use rayon::prelude::*;

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;

/// The lock of `setup` after each number of openings, from `trials` as-built ones each, up to where the worn parts
/// are no lock any more.
pub(super) fn wear(
    setup: &OwnerSetup<'_>,
    cycles: &[f64],
    trials: u64,
    options: &Options<'_>,
) -> Result<(Vec<WearPoint>, Option<f64>)> {
    let sd = setup.dialing_sd_marks;
    let chance = |worn: &DialLock| {
        let setup = OwnerSetup {
            lock: worn,
            ..*setup
        };
        let opened = options.count(trials, |t| opens_with_error(&setup, t, sd));
        interval::wilson(opened.unwrap_or(0), trials, LEVEL)
    };
    let point = |cycles: &f64| setup.lock.wear_point_by(*cycles, chance).ok();
    let points: Vec<_> = cycles.par_iter().map(point).collect();
    options.go_on(0, trials)?;
    let end = points.iter().position(Option::is_none);
    Ok((
        points.into_iter().map_while(|p| p).collect(),
        end.map(|k| cycles[k]),
    ))
}
