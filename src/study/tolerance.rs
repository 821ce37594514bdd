//! The tolerances of a design: opening windows, the owner's reliability, stacks of dimensions, the
//! spring and wear.

use super::options::Options;
use super::trade_off::{Sides, TradeOff, trade_offs};
use super::wear::wear;
use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::{
    AsBuilt, Orientation, OwnerSetup, OwnerTrial, Reason, SpringReport, ToleranceReport, WearPoint,
    opens_with_error, owner_trial,
};
use crate::mechanism::stack_report::StackReport;
use crate::stats::{Estimate, interval, quantile};
use crate::tolerance::Stack;
use rayon::prelude::*;
use serde::Serialize;

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;
/// As-built locks where nothing else is said.
pub const TRIALS: u64 = 4000;
/// As-built locks in a report of many analyses.
pub const REPORT_TRIALS: u64 = 400;
/// Trials of the attacker a point of the trade-offs where nothing else is said.
pub const ATTACK_TRIALS: u64 = 200;
/// Trials of the attacker a point in a report of many analyses.
pub const REPORT_ATTACK_TRIALS: u64 = 128;
/// Openings at which wear and spring are looked at where nothing else is said; 10,000 are the
/// endurance of EN 1300.
pub const CYCLES: [f64; 5] = [0.0, 1e3, 1e4, 3e4, 1e5];
/// Most as-built locks of the owner's side of a trade-off, whose other side is coarser by far.
const OWNER_TRIALS: u64 = 1000;
/// Trials between two looks at the user's wish to stop.
const BATCH: u64 = 2048;
/// Points of the curve over the dialing error.
const CURVE_POINTS: u32 = 16;

/// What is asked of a tolerance study.
#[derive(Debug, Clone, PartialEq)]
pub struct ToleranceQuestion {
    /// As-built locks.
    pub trials: u64,
    /// Openings after which wear and spring are looked at, in rising order.
    pub cycles: Vec<f64>,
    /// Trials of the attacker's side of each point of the trade-offs; 0: no trade-offs.
    pub attack_trials: u64,
    /// The one function of dimensions to analyse; `None`: all of them.
    pub function: Option<String>,
}

impl Default for ToleranceQuestion {
    fn default() -> Self {
        Self {
            trials: TRIALS,
            cycles: CYCLES.to_vec(),
            attack_trials: ATTACK_TRIALS,
            function: None,
        }
    }
}

/// All about the tolerances of one design.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToleranceStudy {
    /// Windows, owner and stacks.
    #[serde(flatten)]
    pub report: ToleranceReport,
    /// What no stack is offered for, and why.
    pub no_stack_for_resistance: &'static str,
    /// Lower and upper edge of each wheel's opening window, marks from its number: the median lock
    /// and the band of 95 % of all locks.
    pub window_edges_marks: Vec<[Estimate; 2]>,
    /// Lower and upper edge of the window of nominal parts, marks from the number.
    pub nominal_window_marks: [f64; 2],
    /// Chance of opening at the first dialing over the size of the dialing error.
    pub owner_curve: Vec<ErrorPoint>,
    /// Force on the lever.
    pub spring: SpringStudy,
    /// Owner and reader after many openings, up to where the worn parts are a lock.
    pub wear: Vec<WearPoint>,
    /// The first of the openings asked for at which they are none any more.
    pub worn_out_at_cycles: Option<f64>,
    /// The owner against the attacker, one entry a dimension varied.
    pub trade_offs: Vec<TradeOff>,
}

/// The owner with a dialing error of some size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ErrorPoint {
    /// Standard deviation of where the dial is stopped, marks.
    pub dialing_sd_marks: f64,
    /// Chance that the right code opens at the first dialing.
    pub p_open_first_dialing: Estimate,
}

/// The spring, the lever on it, and what becomes of a lock whose spring breaks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpringStudy {
    /// Force, feel, drop-in, stress.
    #[serde(flatten)]
    pub report: SpringReport,
    /// Over the travel: fence below plain rims, mm; least and most torque on the lever over all four
    /// mountings, N·mm.
    pub mounting_band: Vec<[f64; 3]>,
    /// Chance of a broken spring; empty where coil or S–N line are not given.
    pub broken: Vec<BrokenChance>,
    /// The standard program of the main code dialed on nominal parts in every mounting.
    pub runs: Vec<SpringRun>,
}

/// Chance of a broken spring within a number of openings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BrokenChance {
    /// Openings.
    pub cycles: f64,
    /// The chance.
    pub p_broken: f64,
}

/// How dialing ends in one mounting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SpringRun {
    /// The mounting.
    pub mounting: Orientation,
    /// How it ends with the spring whole.
    pub whole: Reason,
    /// How it ends with the spring broken.
    pub broken: Reason,
}

/// Why there are no worst case, RSS and linear contributions for resistance.
pub const NO_STACK: &str = "the fence rests on the tallest wheel, so contact points, and with them \
     times and chances of manipulation, depend on the dimensions by a max: slopes and RSS are wrong \
     for them; `wheelpack sensitivity` gives their shares by Sobol indices";

/// The name of a function of dimensions in words: `gate_clearance_mm` is `gate clearance (mm)`.
#[must_use]
pub fn in_words(function: &str) -> String {
    for unit in ["mm", "marks"] {
        let key = format!("_{unit}");
        if let Some((before, after)) = function.split_once(&key) {
            return format!("{before}{after} ({unit})").replace('_', " ");
        }
    }
    function.replace('_', " ")
}

/// Names people use for results of resistance.
const RESISTANCE: [&str; 14] = [
    "resistance",
    "resist",
    "manipulation",
    "t10",
    "t50",
    "t90",
    "t10_min",
    "t50_min",
    "t90_min",
    "p_open",
    "contact",
    "contact_points",
    "reading",
    "signal_to_noise",
];

/// The lock of `design` with wheels, fence and spring.
fn dial_lock(design: &Design) -> Result<&DialLock> {
    design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "the tolerance analysis",
        to: design.name.clone(),
        why: format!("the family {} has no fence on wheels", design.lock.family()),
    })
}

/// Studies the tolerances of `design`.
///
/// # Errors
/// [`Error::NotApplicable`] for a family without fence on wheels and for a function that no stack of
/// dimensions fits, [`Error::Unknown`] for one that there is not, [`Error::Stopped`].
pub fn tolerance(
    design: &Design,
    question: &ToleranceQuestion,
    options: &Options<'_>,
) -> Result<ToleranceStudy> {
    let lock = dial_lock(design)?;
    let codes = design.pack_codes();
    let stacks = stacks(lock, &codes, question.function.as_deref())?;
    let setup = OwnerSetup {
        lock,
        codes: &codes,
        dialing_sd_marks: design.owner_sd_marks,
        seed: options.seed,
    };
    let steps = stacks.len() as u64 + 1;
    let trials = question.trials;
    let run = Run {
        options,
        trials,
        all: trials * steps,
    };
    let owners = run.each(0, |t| owner_trial(&setup, t))?;
    let mut functions = Vec::new();
    for (k, stack) in stacks.iter().enumerate() {
        let values = run.each((k as u64 + 1) * trials, |t| stack.trial(options.seed, t))?;
        functions.push(StackReport::new(stack, options.seed, &values));
    }
    let report = ToleranceReport::new(&setup, &owners, &functions);
    let (wear, worn_out_at_cycles) = wear(&setup, &question.cycles, trials, options)?;
    let trade_offs = match question.attack_trials {
        0 => Vec::new(),
        attack_trials => {
            let owner_trials = trials.min(OWNER_TRIALS);
            trade_offs(
                design,
                Sides {
                    owner_trials,
                    attack_trials,
                },
                options,
            )?
        }
    };
    Ok(ToleranceStudy {
        report,
        no_stack_for_resistance: NO_STACK,
        window_edges_marks: edges(lock.wheels, &owners),
        nominal_window_marks: nominal_window(lock, &codes),
        owner_curve: owner_curve(&setup, trials, options)?,
        spring: spring(lock, &codes, &question.cycles),
        wear,
        worn_out_at_cycles,
        trade_offs,
    })
}

/// The stacks asked for.
fn stacks<'a>(
    lock: &'a DialLock,
    codes: &'a [Vec<f64>],
    function: Option<&str>,
) -> Result<Vec<Stack<'a>>> {
    let mut stacks = lock.opening_stacks(codes);
    let Some(name) = function else {
        return Ok(stacks);
    };
    if RESISTANCE.contains(&name.to_lowercase().as_str()) {
        return Err(Error::NotApplicable {
            what: "a linear contribution",
            to: name.to_owned(),
            why: NO_STACK.to_owned(),
        });
    }
    let known: Vec<&str> = stacks.iter().map(|s| s.name).collect();
    if !known.contains(&name) {
        return Err(Error::unknown("function", name, &known));
    }
    stacks.retain(|s| s.name == name);
    Ok(stacks)
}

/// Trials in parallel, in batches between which the user may stop.
struct Run<'a> {
    options: &'a Options<'a>,
    trials: u64,
    all: u64,
}

impl Run<'_> {
    /// `one` of every trial, in their order, `before` trials having been done.
    fn each<T: Send>(&self, before: u64, one: impl Fn(u64) -> T + Sync) -> Result<Vec<T>> {
        let mut done = 0;
        let mut out = Vec::new();
        while done < self.trials {
            self.options.go_on(before + done, self.all)?;
            let end = (done + BATCH).min(self.trials);
            out.extend((done..end).into_par_iter().map(&one).collect::<Vec<T>>());
            done = end;
            (self.options.progress)(before + done, self.all);
        }
        Ok(out)
    }
}

/// Median and band of the window's edges of every wheel.
fn edges(wheels: usize, owners: &[OwnerTrial]) -> Vec<[Estimate; 2]> {
    let edge = |wheel: usize, of: fn((f64, f64)) -> f64| {
        let known = owners.iter().filter_map(|o| o.windows_marks[wheel]);
        let values: Vec<f64> = known.map(of).collect();
        let at = |p: f64| quantile::of(&values, p);
        let tail = 0.5 * (1.0 - LEVEL);
        Estimate::from_options(at(0.5), at(tail), at(1.0 - tail), LEVEL)
    };
    (0..wheels)
        .map(|i| [edge(i, |w| w.0), edge(i, |w| w.1)])
        .collect()
}

fn nominal_window(lock: &DialLock, codes: &[Vec<f64>]) -> [f64; 2] {
    let (low, high) = AsBuilt::nominal(lock, codes)
        .window_marks(0)
        .unwrap_or((0.0, 0.0));
    [low, high]
}

/// Reliability from no error to four times the owner's own, with his among the points.
fn owner_curve(
    setup: &OwnerSetup<'_>,
    trials: u64,
    options: &Options<'_>,
) -> Result<Vec<ErrorPoint>> {
    let own = if setup.dialing_sd_marks > 0.0 {
        setup.dialing_sd_marks
    } else {
        0.25
    };
    let point = |k: u32| {
        let dialing_sd_marks = own * 4.0 * f64::from(k) / f64::from(CURVE_POINTS);
        let opened = options.count(trials, |t| opens_with_error(setup, t, dialing_sd_marks))?;
        Ok(ErrorPoint {
            dialing_sd_marks,
            p_open_first_dialing: interval::wilson(opened, trials, LEVEL),
        })
    };
    (0..=CURVE_POINTS).map(point).collect()
}

fn spring(lock: &DialLock, codes: &[Vec<f64>], cycles: &[f64]) -> SpringStudy {
    let broken = cycles.iter().filter_map(|&cycles| {
        let p_broken = lock.p_spring_broken(cycles)?;
        Some(BrokenChance { cycles, p_broken })
    });
    let runs = Orientation::ALL.map(|mounting| {
        let ends = |is_broken| {
            let lock = lock.in_state(mounting, is_broken);
            let program = lock.drive.standard_program(&codes[0]);
            lock.dial(&AsBuilt::nominal(&lock, codes), &program).reason
        };
        SpringRun {
            mounting,
            whole: ends(false),
            broken: ends(true),
        }
    });
    let report = lock.spring_report();
    let mut mounting_band: Vec<[f64; 3]> = report
        .travel
        .iter()
        .map(|p| [p.fence_drop_mm, f64::INFINITY, f64::NEG_INFINITY])
        .collect();
    for mounting in Orientation::ALL {
        let mounted = lock.in_state(mounting, false);
        for (band, p) in mounting_band.iter_mut().zip(&report.travel) {
            let torque = mounted.nominal.torque_nmm(p.lever_rad);
            *band = [band[0], band[1].min(torque), band[2].max(torque)];
        }
    }
    SpringStudy {
        report,
        mounting_band,
        broken: broken.collect(),
        runs: runs.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_a_function_stands_behind_its_name() {
        assert_eq!(in_words("gate_clearance_mm"), "gate clearance (mm)");
        assert_eq!(
            in_words("window_half_marks_wheel_1"),
            "window half wheel 1 (marks)"
        );
    }
}
