//! One trial, action by action, with what the lock did inside: a lesson in manipulation.

use super::options::Options;
use super::trials::Bench;
use crate::attack::trace::{Action, Event};
use crate::attack::{Attack, Reader};
use crate::design::Design;
use crate::error::Result;
use serde::Serialize;

/// One trial of a study, written down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TraceReport {
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: String,
    /// Number of the trial in the study of the same seed.
    pub trial: u64,
    /// Says that this is a model result.
    pub note: &'static str,
    /// The codes of this lock, the main one first, marks: the attacker does not know them.
    pub codes: Vec<Vec<f64>>,
    /// Whether the lock was opened within the budget.
    pub opened: bool,
    /// Minutes on the clock at the end.
    pub elapsed_min: f64,
    /// What the attacker believed, one after the other, and the work between.
    pub chapters: Vec<Chapter>,
    /// Every action.
    pub steps: Vec<TraceStep>,
}

/// The work between one belief and the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chapter {
    /// Minutes on the clock at its beginning.
    pub from_min: f64,
    /// Minutes it took.
    pub duration_min: f64,
    /// The belief or decision it begins with; empty at the very start.
    pub belief: String,
    /// Stops of the dial.
    pub stops: u64,
    /// Readings of both contact points.
    pub readings: u64,
    /// Codes tried.
    pub tries: u64,
}

/// One action, and the truth behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TraceStep {
    /// Minutes on the clock when it was done.
    pub elapsed_min: f64,
    /// What kind of thing.
    pub action: Action,
    /// It in words.
    pub what: String,
    /// Left contact point as read, dial marks.
    pub left_marks: Option<f64>,
    /// Right contact point as read.
    pub right_marks: Option<f64>,
    /// Contact width as read.
    pub width_marks: Option<f64>,
    /// Where every wheel stands, marks.
    pub wheels_marks: Vec<f64>,
    /// Wheel on which the fence then rests, from 1: the attacker does not see it.
    pub rests_on_wheel: usize,
    /// Contact width without reading error: the attacker does not know it.
    pub true_width_marks: Option<f64>,
}

/// Trial number `trial` of the study of `design` with the same attack, reader and seed, written down.
///
/// # Errors
/// [`crate::error::Error::NotApplicable`] where the family has no contact points.
pub fn trace(
    design: &Design,
    attack: &'static Attack,
    reader: &Reader,
    trial: u64,
    options: &Options<'_>,
) -> Result<TraceReport> {
    let bench = Bench::new(design, attack, reader, options)?;
    let (outcome, events) = bench.traced(trial);
    let (built, codes) = bench.lock_of(trial);
    let lock = bench.lock;
    let step = |event: &Event| {
        let rest = built.rest(&event.wheels_marks);
        let contact = lock.cam.at(rest.lever_rad);
        TraceStep {
            elapsed_min: event.elapsed_s / 60.0,
            action: event.action,
            what: event.what.clone(),
            left_marks: event.reading.map(|r| r.left_marks),
            right_marks: event.reading.map(|r| r.right_marks),
            width_marks: event.reading.map(|r| r.width_marks()),
            wheels_marks: event.wheels_marks.clone(),
            rests_on_wheel: rest.wheel + 1,
            true_width_marks: contact.map(|c| c.right_marks - c.left_marks),
        }
    };
    Ok(TraceReport {
        attack: attack.name,
        reader: reader.name.clone(),
        trial,
        note: "model result: one simulated lock and attacker",
        chapters: chapters(&events, outcome.tally.elapsed_s),
        steps: events.iter().map(step).collect(),
        codes,
        opened: outcome.opened,
        elapsed_min: outcome.tally.elapsed_s / 60.0,
    })
}

fn chapters(events: &[Event], end_s: f64) -> Vec<Chapter> {
    let mut all: Vec<Chapter> = Vec::new();
    let open = |from_s: f64, belief: &str| Chapter {
        from_min: from_s / 60.0,
        duration_min: 0.0,
        belief: belief.to_owned(),
        stops: 0,
        readings: 0,
        tries: 0,
    };
    for event in events {
        if event.action == Action::Think || all.is_empty() {
            let is_thought = event.action == Action::Think;
            let begun_s = if is_thought { event.elapsed_s } else { 0.0 };
            all.push(open(begun_s, if is_thought { &event.what } else { "" }));
        }
        let Some(chapter) = all.last_mut() else {
            continue;
        };
        match event.action {
            Action::Turn => chapter.stops += 1,
            Action::Read => chapter.readings += 1,
            Action::Try => chapter.tries += 1,
            Action::Note | Action::Think => {}
        }
    }
    for k in 0..all.len() {
        let end_min = all.get(k + 1).map_or(end_s / 60.0, |next| next.from_min);
        all[k].duration_min = end_min - all[k].from_min;
    }
    all
}
