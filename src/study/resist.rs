//! Manipulation resistance: thousands of trials in parallel, and what they say.
//!
//! Every number here is a model result under the stated assumptions, not a measurement of a lock.

use super::bits;
use super::difference::TrialTimes;
use super::difficulty::Difficulty;
use super::options::Options;
use super::target::TargetReport;
use super::trials::{Bench, observations};
use crate::attack::{self, Attack, Outcome, Reader};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::stats::Estimate;
use crate::stats::survival::SurvivalCurve;
use crate::stats::{cluster, interval};
use serde::Serialize;

/// Confidence level of every interval.
pub(super) const LEVEL: f64 = 0.95;
/// The times at which the chance of an opening is stated, minutes, with their names.
pub(super) const STATED_TIMES: [(&str, f64); 4] = [
    ("10 min", 10.0),
    ("30 min", 30.0),
    ("2 h", 120.0),
    ("20 h", 1200.0),
];
/// Most points of a stored curve.
const CURVE_POINTS: usize = 200;

/// What a study of one design with one attack and one reader found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResistReport {
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: String,
    /// Where the reader's figures come from.
    pub reader_source: String,
    /// Says that this is a model result.
    pub note: &'static str,
    /// What the attack chose for itself (the schedule of `ideal`), where it chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<&'static str>,
    /// Trials made.
    pub trials: u64,
    /// Trials in which the lock was opened.
    pub opened: u64,
    /// Trials that ended with the budget.
    pub censored: u64,
    /// The budget of a trial, hours.
    pub budget_h: f64,
    /// Time by which one lock in ten is open, minutes; null where that is not reached.
    pub t10_min: Estimate,
    /// Median time, minutes.
    pub t50_min: Estimate,
    /// Time by which nine locks in ten are open, minutes.
    pub t90_min: Estimate,
    /// Chance of an opening within the times of the published thresholds.
    pub p_open: Vec<POpen>,
    /// The band of published times that it holds.
    pub difficulty: Difficulty,
    /// Readings of both contact points in a trial.
    pub readings: Estimate,
    /// Codes tried in a trial.
    pub tries: Estimate,
    /// Turns of the dial in a trial.
    pub turns: Estimate,
    /// Share of high–low tests that stayed inconclusive.
    pub inconclusive_share: Estimate,
    /// Signal-to-noise ratio of each wheel, in dialing order, mean over locks.
    pub signal_to_noise: Vec<Estimate>,
    /// What reading and knowing saved, bits: the logarithm of the median number of tries in random order of
    /// the same settings over that of the tries made; `None` where fewer than half open.
    pub bits_learned: Estimate,
    /// The same over the median number of readings; `None` where half of the trials read nothing.
    pub bits_per_reading: Estimate,
    /// The interval that was to become narrow, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until_ci: Option<TargetReport>,
    /// Success curve with its band.
    pub curve: Vec<CurvePoint>,
}

/// The chance of an opening within a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct POpen {
    /// The time, as the thresholds name it.
    pub within: &'static str,
    /// The same in minutes.
    pub time_min: f64,
    /// The chance.
    pub p: Estimate,
}

/// One point of the success curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Time, minutes.
    pub time_min: f64,
    /// Share of locks opened.
    pub p: f64,
    /// Lower end of the pointwise band.
    pub low: f64,
    /// Upper end of the pointwise band.
    pub high: f64,
}

/// A report with the times of its trials, for comparisons.
#[derive(Debug, Clone, PartialEq)]
pub struct Resisted {
    /// The report.
    pub report: ResistReport,
    /// When each trial ended.
    pub times: TrialTimes,
}

/// Runs `attack` by `reader` on as-built locks of `design`. Where the user stops the run, the report
/// is of the trials made until then.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no contact points, [`Error::Stopped`] where the
/// user stopped before a first batch was done, and what the store says of trials kept there.
pub fn resist(
    design: &Design,
    attack: &'static Attack,
    reader: &Reader,
    options: &Options<'_>,
) -> Result<ResistReport> {
    resisted(design, attack, reader, options).map(|r| r.report)
}

/// As [`resist`], with the times of the trials.
///
/// # Errors
/// As [`resist`].
pub fn resisted(
    design: &Design,
    attack: &'static Attack,
    reader: &Reader,
    options: &Options<'_>,
) -> Result<Resisted> {
    let bench = Bench::new(design, attack, reader, options)?;
    let total = options.trials.unwrap_or(design.study.trials);
    let outcomes = match options.until {
        Some(target) => bench.until(target, options.trials, options)?,
        None => bench.first(total, options)?,
    };
    if outcomes.is_empty() {
        return Err(Error::Stopped { done: 0, total });
    }
    let until_ci = options.until.map(|t| t.report(&outcomes, reader));
    Ok(Resisted {
        report: ResistReport {
            until_ci,
            chosen: bench.chosen(),
            ..summarise(&bench, &outcomes)
        },
        times: bench.times(&outcomes),
    })
}

fn summarise(bench: &Bench<'_>, outcomes: &[Outcome]) -> ResistReport {
    let (attack, reader) = (bench.attack, bench.reader);
    let curve = SurvivalCurve::fit(&observations(outcomes, reader), LEVEL);
    let opened = outcomes.iter().filter(|o| o.opened).count() as u64;
    // Nothing that is counted here can be below 0.
    let mean = |of: &dyn Fn(&Outcome) -> f64| {
        let mean = interval::mean(&outcomes.iter().map(of).collect::<Vec<f64>>(), LEVEL);
        Estimate {
            low: mean.low.map(|low| low.max(0.0)),
            ..mean
        }
    };
    let tests = outcomes
        .iter()
        .map(|o| (o.tally.inconclusive, o.tally.tests));
    let wheels = outcomes.first().map_or(0, |o| o.signal_to_noise.len());
    let p_open: Vec<POpen> = STATED_TIMES
        .iter()
        .map(|&(within, time_min)| POpen {
            within,
            time_min,
            p: curve.success_at(time_min),
        })
        .collect();
    let random = bits::random_tries(bench);
    ResistReport {
        attack: attack.name,
        reader: reader.name.clone(),
        reader_source: reader.source.clone(),
        note: attack.note(),
        chosen: None,
        trials: outcomes.len() as u64,
        opened,
        censored: outcomes.len() as u64 - opened,
        budget_h: reader.budget_h,
        t10_min: within_budget(curve.time_of_success(0.1), reader),
        t50_min: within_budget(curve.time_of_success(0.5), reader),
        t90_min: within_budget(curve.time_of_success(0.9), reader),
        difficulty: Difficulty::of(&p_open),
        p_open,
        readings: mean(&|o| o.tally.readings as f64),
        tries: mean(&|o| o.tally.tries as f64),
        turns: mean(&|o| o.tally.turns),
        inconclusive_share: cluster::share(&tests.collect::<Vec<_>>(), LEVEL),
        signal_to_noise: (0..wheels)
            .map(|i| mean(&|o| o.signal_to_noise[i]))
            .collect(),
        bits_per_reading: bits::per_reading(random, outcomes, LEVEL),
        bits_learned: bits::learned(random, outcomes, LEVEL),
        until_ci: None,
        curve: thinned(&curve),
    }
}

/// A time that was not reached is longer than the budget, if its whole interval is.
fn within_budget(time_min: Estimate, reader: &Reader) -> Estimate {
    let low = time_min.low.or(Some(60.0 * reader.budget_h));
    Estimate { low, ..time_min }
}

/// The curve at most at [`CURVE_POINTS`] of its steps, the first and the last among them.
fn thinned(curve: &SurvivalCurve) -> Vec<CurvePoint> {
    let n = curve.steps.len();
    let point = |k: usize| {
        let s = &curve.steps[k];
        CurvePoint {
            time_min: s.time,
            p: 1.0 - s.survival,
            low: 1.0 - s.high,
            high: 1.0 - s.low,
        }
    };
    if n <= CURVE_POINTS {
        return (0..n).map(point).collect();
    }
    (0..CURVE_POINTS)
        .map(|k| point(k * (n - 1) / (CURVE_POINTS - 1)))
        .collect()
}

/// The attack called `name`.
///
/// # Errors
/// [`Error::Unknown`] with the known names.
pub fn attack_named(name: &str) -> Result<&'static Attack> {
    let known: Vec<&str> = attack::ATTACKS.iter().map(|a| a.name).collect();
    attack::find(name).ok_or_else(|| Error::unknown("attack", name, &known))
}

/// The reader called `name`.
///
/// # Errors
/// [`Error::Unknown`] with the known names.
pub fn reader_named(name: &str) -> Result<&'static Reader> {
    let known: Vec<&str> = attack::READERS.iter().map(|r| r.name.as_str()).collect();
    attack::reader::find(name).ok_or_else(|| Error::unknown("reader", name, &known))
}
