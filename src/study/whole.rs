//! Every analysis of one design.

use super::contact::{ContactReport, contact};
use super::dial::{DerivedReport, derived};
use super::options::Options;
use super::resist::{ResistReport, attack_named, resisted};
use super::tolerance::{
    REPORT_ATTACK_TRIALS, REPORT_TRIALS, ToleranceQuestion, ToleranceStudy, tolerance,
};
use super::trace::{TraceReport, trace};
use crate::design::{Assumption, Design, ReaderChoice};
use crate::error::{Error, Result};
use crate::keyspace::{
    ButtonReport, KeyspaceInput, KeyspaceReport, analyse_buttons, analyse_within,
};
use crate::mechanism::DialLock;
use serde::Serialize;

/// The attack of the report.
const ATTACK: &str = "graphing";

/// What a report says of one design.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Study {
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// The lock's family.
    pub family: &'static str,
    /// Its key space, where it has wheels that carry a code.
    pub keyspace: Option<KeyspaceReport>,
    /// Its key space, where its code is pressed on buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buttons: Option<ButtonReport>,
    /// Its dialing window against the signature of its gate.
    pub window: Option<WindowReport>,
    /// The contact points of the as-built lock of trial 0.
    pub contact: Option<ContactReport>,
    /// What its mechanism asks of whoever dials it, where it has a dial.
    pub derived: Option<DerivedReport>,
    /// Its tolerances, where it has fence and wheels.
    pub tolerance: Option<ToleranceStudy>,
    /// The first trial that opened its lock (the first of all if none did), action by action; too
    /// long for the summary.
    #[serde(skip)]
    pub trace: Option<TraceReport>,
    /// Manipulation resistance, one entry a reader.
    pub resist: Vec<ResistReport>,
    /// Analyses that do not apply, with the reason.
    pub not_applicable: Vec<String>,
    /// Every assumed number.
    pub assumptions: Vec<Assumption>,
}

/// The dialing window and the signature of the true gate, from the nominal geometry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WindowReport {
    /// Half-width of the dialing window, marks.
    pub window_half_marks: f64,
    /// Half-width over which the gate can be felt, marks: where the lever sinks by more than 0.01 mm.
    pub signature_half_marks: f64,
    /// Depth of the fence at which the lock opens, mm below the plain rim.
    pub open_depth_mm: f64,
    /// Over the offset of a wheel from its number.
    pub points: Vec<WindowPoint>,
}

/// One offset of a wheel from its number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WindowPoint {
    /// Offset, marks.
    pub offset_marks: f64,
    /// Depth of the fence below the plain rim, mm.
    pub depth_mm: f64,
    /// Change of the contact width against the plain rim, marks (positive: narrower).
    pub narrower_marks: f64,
}

/// Studies `design` in full with the readers it names.
///
/// # Errors
/// [`Error::Stopped`] when the user stops; anything a study cannot go on without.
pub fn study(design: &Design, options: &Options<'_>) -> Result<Study> {
    let total = options.trials.unwrap_or(design.study.trials);
    let mut whole = without_trials(design, options.seed)?;
    for (k, choice) in design.study.readers.iter().enumerate() {
        let readers = design.study.readers.len() as u64;
        let progress =
            |done: u64, total: u64| (options.progress)(k as u64 * total + done, readers * total);
        let options = Options {
            progress: &progress,
            ..*options
        };
        let reader = design.reader(choice.name())?;
        let attack = attack_named(ATTACK)?;
        match resisted(design, attack, reader, &options) {
            Ok(done) if options.is_stopped() => {
                return Err(Error::Stopped {
                    done: done.report.trials,
                    total,
                });
            }
            Ok(done) => {
                let times = &done.times.opened_after_min;
                let first = times.iter().position(|t| t.is_finite()).unwrap_or(0);
                whole.trace = Some(trace(design, attack, reader, first as u64, &options)?);
                whole.resist.push(done.report);
            }
            Err(e @ Error::NotApplicable { .. }) => whole.does_not_apply(&e),
            Err(e) => return Err(e),
        }
    }
    whole.tolerance = tolerances(design, options)?;
    Ok(whole)
}

/// Every analysis of `design` but those that need trials.
///
/// # Errors
/// Anything they cannot go on without.
pub(super) fn without_trials(design: &Design, seed: u64) -> Result<Study> {
    let mut not_applicable = Vec::new();
    let keyspace = match design.key_space() {
        Ok(input) => Some(counted(input)?),
        Err(_) if design.lock.buttons().is_some() => None,
        Err(e) => {
            not_applicable.push(e.to_string());
            None
        }
    };
    let last = design.study.readers.last();
    let reader = design.reader(last.map_or("expert", ReaderChoice::name))?;
    Ok(Study {
        name: design.name.clone(),
        source: design.source.clone(),
        family: design.lock.family(),
        keyspace,
        buttons: design.lock.buttons().map(analyse_buttons),
        window: design.lock.contact().map(window),
        contact: contact(design, reader, Some(0), seed).ok(),
        derived: derived(design).ok(),
        tolerance: None,
        trace: None,
        resist: Vec::new(),
        not_applicable,
        assumptions: design.assumptions.clone(),
    })
}

impl Study {
    /// Notes, once, that an analysis does not apply.
    pub(super) fn does_not_apply(&mut self, why: &Error) {
        let said = why.to_string();
        if !self.not_applicable.contains(&said) {
            self.not_applicable.push(said);
        }
    }
}

/// The tolerances, where the family has them.
fn tolerances(design: &Design, options: &Options<'_>) -> Result<Option<ToleranceStudy>> {
    let question = ToleranceQuestion {
        trials: REPORT_TRIALS.min(options.trials.unwrap_or(REPORT_TRIALS)),
        attack_trials: REPORT_ATTACK_TRIALS.min(options.trials.unwrap_or(REPORT_ATTACK_TRIALS)),
        ..ToleranceQuestion::default()
    };
    let quiet = Options {
        progress: &|_, _| (),
        ..*options
    };
    match tolerance(design, &question, &quiet) {
        Ok(study) => Ok(Some(study)),
        Err(Error::NotApplicable { .. }) => Ok(None),
        Err(e) => Err(e),
    }
}

fn counted(input: &KeyspaceInput) -> Result<KeyspaceReport> {
    analyse_within(input, "/codes").map_err(|findings| {
        let first = findings.into_iter().next();
        let (got, allowed) = first.map_or_else(Default::default, |f| (f.message, f.hint));
        Error::OutOfRange {
            name: "the key space",
            got,
            allowed,
        }
    })
}

/// The window and signature of the nominal true gate of `lock`.
#[must_use]
pub fn window(lock: &DialLock) -> WindowReport {
    let built = crate::mechanism::dial_lock::AsBuilt::nominal(lock, &[vec![0.0; lock.wheels]]);
    let arm_mm = lock.nominal.fence.centre.coords.norm();
    let rim = lock.nominal.rim.lever_rad;
    let width = |lever: f64| lock.cam.at(lever).map(|c| c.right_marks - c.left_marks);
    let plain = width(rim).unwrap_or(0.0);
    let points: Vec<WindowPoint> = (-240..=240)
        .map(|k| {
            let offset_marks = f64::from(k) / 80.0;
            let number = crate::units::wrap(offset_marks, f64::from(lock.marks));
            let lever = built
                .rest(&vec![number; lock.wheels])
                .lever_rad
                .max(lock.cam.floor_lever_rad);
            WindowPoint {
                offset_marks,
                depth_mm: (rim - lever) * arm_mm,
                narrower_marks: plain - width(lever).unwrap_or(plain),
            }
        })
        .collect();
    let felt: Vec<f64> = points
        .iter()
        .filter(|p| p.depth_mm > 0.01)
        .map(|p| p.offset_marks)
        .collect();
    let span = felt
        .last()
        .zip(felt.first())
        .map_or(0.0, |(b, a)| 0.5 * (b - a));
    WindowReport {
        window_half_marks: lock.window.half_marks(),
        signature_half_marks: span,
        open_depth_mm: (rim - lock.open_lever_rad) * arm_mm,
        points,
    }
}
