//! Which tolerance moves manipulation resistance and the owner's reliability, and by how much.
//!
//! *What*: Sobol' indices of three results over all tolerances together, and a local table: what
//! 0.01 mm of one tolerance buys.
//! *Model*: each input is drawn from a range (a tolerance from half to one and a half of its band
//! where nothing else is asked for); at each point the design is built anew and the same trials are
//! run with the same luck. The results are smooth ones: the mean logarithm of the time (a stand-in
//! for the median time), the chance of an opening within 2 h, and the owner's chance to open at the
//! first dialing, integrated over the error of his hand.
//! *Assumptions*: inputs independent and uniform in their ranges. An attacker's path jumps where a
//! reading rounds the other way; that adds to every total index alike and falls with more trials.
//! *Reference*: [`crate::stats::sobol`]; `physics.md` 5.
//! *Checked by*: `tests/it/laws/sensitivity.rs`; Ishigami's function in [`crate::stats::sobol`].

mod input;
mod local;

pub use input::{Input, InputKind, default_inputs};
pub use local::LocalReport;

use local::{local_inputs, local_line};

use super::difference::{TrialTimes, trial_times};
use super::options::Options;
use super::resist::LEVEL;
use crate::attack::{Attack, Reader};
use crate::design::{Change, Design, Variation};
use crate::error::{Error, Result};
use crate::math::ln;
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::{OwnerSetup, owner_trial};
use crate::rng::{Purpose, stream};
use crate::stats::paired::Bootstrap;
use crate::stats::sobol::{Points, Values, indices};
use crate::stats::special::normal_cdf;
use crate::stats::{Estimate, interval};
use rayon::prelude::*;
use serde::Serialize;

/// Where times are cut off for means, minutes: the longest published threshold.
const UNTIL_MIN: f64 = 1200.0;
/// The time within which an opening counts, minutes.
const WITHIN_MIN: f64 = 120.0;
/// Resamples of the bootstrap.
const RESAMPLES: u32 = 500;

/// How a sensitivity study is made.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The attack.
    pub attack: &'static Attack,
    /// The reader.
    pub reader: &'a Reader,
    /// Inputs; empty for all tolerances of the design, each from half to one and a half.
    pub inputs: &'a [Input],
    /// Points of each of the two matrices.
    pub points: u32,
    /// Trials at each point.
    pub trials: u64,
    /// Trials of each line of the local table; 0 leaves it out.
    pub local_trials: u64,
}

/// The indices of one input.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InputIndex {
    /// Share of the variance that this input alone explains.
    pub first: Estimate,
    /// Share that it explains together with all others.
    pub total: Estimate,
}

/// One result over the ranges of all inputs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutputReport {
    /// The result.
    pub name: &'static str,
    /// In words, with its unit.
    pub about: &'static str,
    /// For the design as it stands.
    pub as_designed: f64,
    /// Mean over the ranges.
    pub mean: f64,
    /// Standard deviation over the ranges.
    pub sd: f64,
    /// One entry an input, in their order.
    pub indices: Vec<InputIndex>,
}

/// A sensitivity study of one design.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SensitivityReport {
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: String,
    /// Says that this is a model result.
    pub note: &'static str,
    /// Points of each matrix.
    pub points: u32,
    /// Trials at each point.
    pub trials: u64,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The results.
    pub results: Vec<OutputReport>,
    /// Trials of each line of the local table.
    pub local_trials: u64,
    /// What a step of each tolerance buys.
    pub local: Vec<LocalReport>,
}

/// Name and meaning of each result.
const OUTPUTS: [(&str, &str); 3] = [
    (
        "log_time",
        "mean of ln(time to open in min, cut off at the budget): stands for ln T50",
    ),
    ("p_open_2h", "chance of an opening within 2 h"),
    (
        "owner_reliability",
        "chance that the owner's first dialing opens",
    ),
];

/// Refuses inputs of which one holds or is another: the later one would undo the earlier.
fn separate(inputs: &[Input]) -> Result<()> {
    let holds = |a: &str, b: &str| {
        b.strip_prefix(a)
            .is_some_and(|b| b.is_empty() || b.starts_with('/'))
    };
    for (k, b) in inputs.iter().enumerate() {
        let twin = inputs[..k]
            .iter()
            .find(|a| holds(&a.at, &b.at) || holds(&b.at, &a.at));
        if let Some(a) = twin {
            return Err(Error::OutOfRange {
                name: "an input",
                got: format!("{} beside {}", b.at, a.at),
                allowed: "a part of its own: one of the two holds the other".to_owned(),
            });
        }
    }
    Ok(())
}

/// Studies what the inputs of `variation` do.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no contact points, [`Error::OutOfRange`] where there
/// is no input, one holds another, the budget ends before 2 h or a varied design is not sound, [`Error::Stopped`].
pub fn sensitivity(
    variation: &Variation,
    plan: &Plan<'_>,
    options: &Options<'_>,
) -> Result<SensitivityReport> {
    let mut inputs = plan.inputs.to_vec();
    // Said before what else may be missing.
    dial_lock(&variation.with(&[])?)?;
    if inputs.is_empty() {
        inputs = default_inputs(variation);
    }
    if inputs.is_empty() {
        return Err(Error::OutOfRange {
            name: "the number of inputs",
            got: "0".to_owned(),
            allowed: "1 or more: the design has no tolerance, so name numbers to vary".to_owned(),
        });
    }
    separate(&inputs)?;
    if 60.0 * plan.reader.budget_h < WITHIN_MIN {
        return Err(Error::OutOfRange {
            name: "the reader's budget",
            got: format!("{} h", plan.reader.budget_h),
            allowed: "2 h or more: the chance of an opening within 2 h is one of the results"
                .to_owned(),
        });
    }
    let local = local_inputs(variation, plan);
    let tell = Counter::new(plan, inputs.len(), local.len(), options);
    let as_designed = evaluate(variation, &[], plan, options)?;
    let count = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
    let points = Points::new(plan.points, count, options.seed);
    let at = |row: &[f64]| -> Result<[f64; 3]> {
        let scaled = inputs.iter().zip(row);
        let changes: Vec<Change> = scaled
            .map(|(input, u)| input.change(input.low + u * (input.high - input.low)))
            .collect();
        tell.stop()?;
        let outputs = evaluate(variation, &changes, plan, options)?;
        tell.one();
        Ok(outputs)
    };
    let of = |rows: &[Vec<f64>]| -> Result<Vec<[f64; 3]>> {
        rows.par_iter().map(|row| at(row)).collect()
    };
    let (a, b) = (of(&points.a)?, of(&points.b)?);
    let mut mixed = Vec::new();
    for i in 0..inputs.len() {
        let rows: Vec<Vec<f64>> = (0..points.a.len()).map(|k| points.mixed(k, i)).collect();
        mixed.push(of(&rows)?);
    }
    let results = OUTPUTS.iter().enumerate().map(|(o, &(name, about))| {
        let values = Values {
            a: a.iter().map(|v| v[o]).collect(),
            b: b.iter().map(|v| v[o]).collect(),
            mixed: mixed
                .iter()
                .map(|m| m.iter().map(|v| v[o]).collect())
                .collect(),
        };
        output(name, about, as_designed[o], &values, options.seed)
    });
    let results = results.collect();
    let mut lines = Vec::new();
    for (at, plus_minus) in local {
        tell.stop()?;
        lines.push(local_line(variation, &at, plus_minus, plan, options)?);
        tell.one();
    }
    Ok(SensitivityReport {
        attack: plan.attack.name,
        reader: plan.reader.name.clone(),
        note: "model result, not a measurement",
        points: u32::try_from(points.a.len()).unwrap_or(u32::MAX),
        trials: plan.trials,
        inputs,
        results,
        local_trials: plan.local_trials,
        local: lines,
    })
}

/// Tells how many designs have been studied.
struct Counter<'a> {
    done: std::sync::atomic::AtomicU64,
    total: u64,
    options: &'a Options<'a>,
}

impl<'a> Counter<'a> {
    fn new(plan: &Plan<'_>, inputs: usize, local: usize, options: &'a Options<'a>) -> Self {
        Self {
            done: 0.into(),
            total: u64::from(plan.points) * (inputs as u64 + 2) + local as u64,
            options,
        }
    }

    fn one(&self) {
        let done = 1 + self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        (self.options.progress)(done, self.total);
    }

    fn stop(&self) -> Result<()> {
        let done = self.done.load(std::sync::atomic::Ordering::Relaxed);
        self.options.go_on(done, self.total)
    }
}

/// The three results of the design with `changes`.
fn evaluate(
    variation: &Variation,
    changes: &[Change],
    plan: &Plan<'_>,
    options: &Options<'_>,
) -> Result<[f64; 3]> {
    let design = variation.with(changes)?;
    let times = times(&design, plan, plan.trials, options)?;
    let owner = owner(&design, plan.trials, options)?;
    let n = plan.trials as f64;
    let opened = times.opened_after_min.iter();
    let log = opened
        .clone()
        .map(|t| ln(t.min(times.budget_min).max(1e-3)));
    let soon = opened.filter(|t| **t <= WITHIN_MIN).count() as f64;
    let mean = |all: &[f64]| crate::math::sum(all.iter().copied()) / n;
    Ok([crate::math::sum(log) / n, soon / n, mean(&owner)])
}

fn times(
    design: &Design,
    plan: &Plan<'_>,
    trials: u64,
    options: &Options<'_>,
) -> Result<TrialTimes> {
    let quiet = Options {
        trials: Some(trials),
        stop: options.stop,
        ..Options::with_seed(options.seed)
    };
    // An input may be one of the reader's own figures.
    let reader = design.own_reader(&plan.reader.name).unwrap_or(plan.reader);
    trial_times(design, plan.attack, reader, &quiet)
}

fn dial_lock(design: &Design) -> Result<&DialLock> {
    design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "the study of resistance and reliability",
        to: design.name.clone(),
        why: format!("the family {} has no fence on wheels", design.lock.family()),
    })
}

/// For each as-built lock the owner's chance to open it at the first dialing.
pub(super) fn owner(design: &Design, trials: u64, options: &Options<'_>) -> Result<Vec<f64>> {
    let lock = dial_lock(design)?;
    let codes = design.pack_codes();
    let setup = OwnerSetup {
        lock,
        codes: &codes,
        dialing_sd_marks: design.owner_sd_marks,
        seed: options.seed,
    };
    // A hand without error counts as one with next to none.
    let sd = design.owner_sd_marks.max(1e-9);
    let chance = |trial: u64| -> f64 {
        let windows = owner_trial(&setup, trial).windows_marks;
        windows
            .into_iter()
            .map(|w| {
                w.map_or(0.0, |(low, high)| {
                    normal_cdf(high / sd) - normal_cdf(low / sd)
                })
            })
            .product()
    };
    options.each(trials, chance)
}

fn output(
    name: &'static str,
    about: &'static str,
    as_designed: f64,
    values: &Values,
    seed: u64,
) -> OutputReport {
    let how = Bootstrap {
        level: LEVEL,
        resamples: RESAMPLES,
    };
    let all: Vec<f64> = values.a.iter().chain(&values.b).copied().collect();
    let found = indices(values, how, &mut stream(seed, 0, Purpose::Resample));
    OutputReport {
        name,
        about,
        as_designed,
        mean: crate::math::sum(all.iter().copied()) / all.len() as f64,
        sd: interval::sample_sd(&all).unwrap_or(0.0),
        indices: found
            .into_iter()
            .map(|i| InputIndex {
                first: i.first,
                total: i.total,
            })
            .collect(),
    }
}
