//! `rights`: who holds the spare code of the same wheels looks for the main one.
//!
//! **What.** With all wheels but one on the numbers of the spare, the other one goes through its
//! windows: where the lock opens, that wheel has another gate. One wheel after the other gives every
//! number of the main code; no contact point is read.
//!
//! **Model.** Extra gates open every mixture of the codes, so wheels can be searched one at a time:
//! w N / 2t tries instead of their power (`keyspace.md`, openings of several codes).
//!
//! **Assumptions.** He knows how many codes the wheels carry, and is done when every wheel has shown as
//! many numbers. A wheel that shows fewer in three passes, each moved by a mark, is taken to share its
//! number among codes. With more than one spare he ends with a short list of openings that all work.
//!
//! **Reference.** `physics.md` 4.
//!
//! **Checked by.** `tests/it/laws/attacks.rs`.

use super::walk::Walk;
use super::wall::{Facts, Handle, Step, Stop};
use super::windows::Windows;
use super::{Attack, Needs, Work};
use crate::units::circular_difference;

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "rights",
    about: "the holder of a spare code cut into the same wheels finds the main one, wheel by wheel",
    needs: Needs::SpareCode,
    work: Work::Hands(run),
};

/// Passes over a wheel before it is taken to share its number.
const PASSES: u32 = 3;

fn run(handle: &mut Handle<'_>) -> Stop {
    let facts = handle.facts();
    let Some(spare) = facts.held.first() else {
        return Stop::TimeUp;
    };
    match search(handle, &facts, spare) {
        Ok(()) => Stop::Opened,
        Err(stop) => stop,
    }
}

/// Goes through the wheels and dials what was found; `Ok` when that opens.
fn search(handle: &mut Handle<'_>, facts: &Facts<'_>, spare: &[f64]) -> Step<()> {
    let mut main = spare.to_vec();
    // The last wheel first: its steps are the quickest.
    for wheel in (0..facts.wheels).rev() {
        if let Some(&other) = others(handle, facts, (wheel, spare))?.first() {
            main[wheel] = other;
        }
    }
    handle.turn(&facts.drive.standard_program(&main).moves)?;
    match handle.try_open() {
        Err(Stop::Opened) | Ok(()) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// The numbers of `wheel`'s other gates, the other wheels on those of the spare.
fn others(
    handle: &mut Handle<'_>,
    facts: &Facts<'_>,
    (wheel, spare): (usize, &[f64]),
) -> Step<Vec<f64>> {
    let mut found: Vec<f64> = Vec::new();
    let wanted = facts.codes.saturating_sub(1);
    for pass in 0..PASSES {
        let windows = Windows::new(facts, pass);
        let mut numbers: Vec<Vec<f64>> = spare.iter().map(|&n| vec![n]).collect();
        let apart = 2.0 * facts.window_half_marks;
        let is_new = |n: f64, found: &[f64]| {
            let known = found.iter().chain([&spare[wheel]]);
            known
                .into_iter()
                .all(|k| circular_difference(n, *k, facts.marks).abs() > apart)
        };
        numbers[wheel] = (0..windows.len())
            .map(|k| windows.middle(k))
            .filter(|&n| is_new(n, &found))
            .collect();
        let start = handle.dial_marks();
        let ended = Walk::new(facts, &numbers, start).try_all(handle, &|_| true, &mut |places| {
            let number = numbers[wheel][places[wheel]];
            if is_new(number, &found) {
                found.push(number);
            }
            found.len() < wanted
        });
        match ended {
            Ok(()) => {}
            Err(Stop::Opened) => return Ok(found),
            Err(stop) => return Err(stop),
        }
    }
    Ok(found)
}
