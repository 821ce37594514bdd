//! The owner's side of the tolerances: does the right code open?
//!
//! **What.** Opening window of every wheel over as-built locks, chance that the right code opens at
//! the first dialing, largest dialing error that still opens, chance that a code one mark off opens.
//!
//! **Model.** A trial is one as-built lock and one dialing of the standard program, every stop off by
//! a normal error. All of it depends on (seed, trial) only, and the error's size does not change the
//! luck, so that curves over it are smooth.
//! Drag of idle wheels, where the design gives it, is drawn in every move of the dialing.
//!
//! **Assumptions.** Errors of the stops are independent and the same for all numbers. "One mark off"
//! is one number exactly one mark off, the others exact (wheels and sides in turn).
//!
//! **Reference.** `physics.md` 5; EN 1300 limits what may open beside the code.
//!
//! **Checked by.** `tests/it/laws/owner.rs`.

use super::{AsBuilt, DialLock};
use crate::mechanism::stack_report::{Contribution, LEVEL, MonteCarlo, StackReport};
use crate::rng::{Purpose, stream};
use crate::stats::{Estimate, interval, quantile};
use crate::tolerance::{Rss, WorstCase};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use serde::Serialize;

/// What all trials share.
#[derive(Clone, Copy)]
pub struct OwnerSetup<'a> {
    /// The nominal lock.
    pub lock: &'a DialLock,
    /// The codes on it, the owner's first; marks.
    pub codes: &'a [Vec<f64>],
    /// Standard deviation of where the owner stops the dial, marks.
    pub dialing_sd_marks: f64,
    /// Seed of the study.
    pub seed: u64,
}

/// One as-built lock in its owner's hands.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnerTrial {
    /// Opening window of each wheel, marks from its number; `None` where it has none.
    pub windows_marks: Vec<Option<(f64, f64)>>,
    /// Largest error, all numbers off to their worse side, that still opens: marks, negative where
    /// the exact code does not open.
    pub largest_error_marks: f64,
    /// Whether the first dialing opens.
    pub opens: bool,
    /// Whether the code opens with one number a mark off.
    pub opens_one_off: bool,
}

/// A result of one of the functions of the dimensions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfFunction<T> {
    /// The function, unit included.
    pub function: &'static str,
    /// Its value on nominal dimensions.
    pub nominal: f64,
    /// Whether it is linear within the tolerances.
    pub is_linear: bool,
    /// What that means for the figures.
    pub note: &'static str,
    /// The result.
    #[serde(flatten)]
    pub result: T,
}

/// Contributions to one function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contributions {
    /// One entry a dimension.
    pub dimensions: Vec<Contribution>,
}

/// The tolerances of a lock, seen by its owner.
///
/// `window_half_marks`, `window_centre_marks` and `largest_error_marks` give the median lock and the
/// band that holds 95 % of all locks; probabilities give a confidence interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToleranceReport {
    /// As-built locks.
    pub trials: u64,
    /// Standard deviation of the owner's dialing, marks.
    pub dialing_sd_marks: f64,
    /// Half-width of each wheel's opening window.
    pub window_half_marks: Vec<Estimate>,
    /// Middle of each wheel's opening window, marks from its number.
    pub window_centre_marks: Vec<Estimate>,
    /// Chance that the right code opens at the first dialing.
    pub p_open_first_dialing: Estimate,
    /// Chance that a code with one number a mark off opens.
    pub p_open_one_mark_off: Estimate,
    /// Largest dialing error that still opens.
    pub largest_error_marks: Estimate,
    /// Extremes over the tolerance bands.
    pub worst_case: Vec<OfFunction<WorstCase>>,
    /// Root sum of squares.
    pub rss: Vec<OfFunction<Rss>>,
    /// Monte Carlo.
    pub monte_carlo: Vec<OfFunction<MonteCarlo>>,
    /// What each dimension contributes.
    pub contributions: Vec<OfFunction<Contributions>>,
}

/// Trial number `trial`.
#[must_use]
pub fn owner_trial(setup: &OwnerSetup<'_>, trial: u64) -> OwnerTrial {
    let built = built(setup, trial);
    let windows_marks: Vec<_> = (0..setup.lock.wheels)
        .map(|i| built.window_marks(i))
        .collect();
    let errors = windows_marks
        .iter()
        .map(|w| w.map_or(f64::NEG_INFINITY, |(l, h)| h.min(-l)));
    OwnerTrial {
        largest_error_marks: errors.fold(f64::INFINITY, f64::min),
        windows_marks,
        opens: opens_at(setup, &built, trial, setup.dialing_sd_marks),
        opens_one_off: opens_one_off(setup, &built, trial),
    }
}

/// Whether the first dialing of trial `trial` opens with errors of another size: the point of a curve
/// of reliability against dialing error.
#[must_use]
pub fn opens_with_error(setup: &OwnerSetup<'_>, trial: u64, dialing_sd_marks: f64) -> bool {
    opens_at(setup, &built(setup, trial), trial, dialing_sd_marks)
}

/// Whether the exact code of trial `trial` opens with one of its numbers a mark off (wheels and sides in
/// turn).
#[must_use]
pub fn opens_one_mark_off(setup: &OwnerSetup<'_>, trial: u64) -> bool {
    opens_one_off(setup, &built(setup, trial), trial)
}

/// The trials `0..trials`, one after the other.
#[must_use]
pub fn run_owner(setup: &OwnerSetup<'_>, trials: u64) -> Vec<OwnerTrial> {
    (0..trials).map(|t| owner_trial(setup, t)).collect()
}

fn built<'a>(setup: &OwnerSetup<'a>, trial: u64) -> AsBuilt<'a> {
    AsBuilt::sample(
        setup.lock,
        setup.codes,
        &mut stream(setup.seed, trial, Purpose::Lock),
    )
}

fn opens_at(setup: &OwnerSetup<'_>, built: &AsBuilt<'_>, trial: u64, sd: f64) -> bool {
    let mut hand = stream(setup.seed, trial, Purpose::Hand);
    let n = f64::from(setup.lock.marks);
    let stop = |c: &f64| {
        let z: f64 = StandardNormal.sample(&mut hand);
        crate::units::wrap(c + sd * z, n)
    };
    let dialed: Vec<f64> = setup.codes[0].iter().map(stop).collect();
    let program = setup.lock.drive.standard_program(&dialed);
    let mut friction = stream(setup.seed, trial, Purpose::Drag);
    let luck = &mut |p: f64| friction.random::<f64>() < p;
    setup.lock.dial_dragging(built, &program, luck).opens
}

fn opens_one_off(setup: &OwnerSetup<'_>, built: &AsBuilt<'_>, trial: u64) -> bool {
    let wheels = setup.lock.wheels as u64;
    let mut numbers = setup.codes[0].clone();
    let side = if (trial / wheels).is_multiple_of(2) {
        1.0
    } else {
        -1.0
    };
    numbers[(trial % wheels) as usize] += side;
    built.opens(&numbers)
}

impl ToleranceReport {
    /// Joins the trials `0..` and the analyses of the functions.
    #[must_use]
    pub fn new(setup: &OwnerSetup<'_>, trials: &[OwnerTrial], functions: &[StackReport]) -> Self {
        let windows = |of: fn((f64, f64)) -> f64| {
            let wheel = |i: usize| {
                let of_locks = trials.iter().filter_map(|t| t.windows_marks[i]).map(of);
                population(&of_locks.collect::<Vec<f64>>())
            };
            (0..setup.lock.wheels).map(wheel).collect()
        };
        let share = |holds: fn(&OwnerTrial) -> bool| {
            let count = trials.iter().filter(|t| holds(t)).count() as u64;
            interval::wilson(count, trials.len() as u64, LEVEL)
        };
        let errors: Vec<f64> = trials.iter().map(|t| t.largest_error_marks).collect();
        Self {
            trials: trials.len() as u64,
            dialing_sd_marks: setup.dialing_sd_marks,
            window_half_marks: windows(|(low, high)| 0.5 * (high - low)),
            window_centre_marks: windows(|(low, high)| 0.5 * (high + low)),
            p_open_first_dialing: share(|t| t.opens),
            p_open_one_mark_off: share(|t| t.opens_one_off),
            largest_error_marks: population(&errors),
            worst_case: functions.iter().map(|f| of(f, f.worst_case)).collect(),
            rss: functions.iter().map(|f| of(f, f.rss)).collect(),
            monte_carlo: functions.iter().map(|f| of(f, f.monte_carlo)).collect(),
            contributions: functions
                .iter()
                .map(|f| {
                    of(
                        f,
                        Contributions {
                            dimensions: f.contributions.clone(),
                        },
                    )
                })
                .collect(),
        }
    }

    /// The report of `trials` trials, run one after the other.
    #[must_use]
    pub fn run(setup: &OwnerSetup<'_>, trials: u64) -> Self {
        let stacks = setup.lock.opening_stacks(setup.codes);
        let functions: Vec<StackReport> = stacks
            .iter()
            .map(|s| StackReport::run(s, setup.seed, trials))
            .collect();
        Self::new(setup, &run_owner(setup, trials), &functions)
    }
}

fn of<T>(function: &StackReport, result: T) -> OfFunction<T> {
    OfFunction {
        function: function.function,
        nominal: function.nominal,
        is_linear: function.is_linear,
        note: function.note,
        result,
    }
}

/// The median and the band that holds all but the tails.
fn population(values: &[f64]) -> Estimate {
    let tail = 0.5 * (1.0 - LEVEL);
    let at = |p: f64| quantile::of(values, p);
    Estimate::from_options(at(0.5), at(tail), at(1.0 - tail), LEVEL)
}
