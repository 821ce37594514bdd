//! `rights`: who holds the spare code of the same wheels looks for the main one.
//!
//! **What.** With all wheels but one on the numbers of the spare, the other one goes through its
//! windows: where the lock opens, that wheel has another gate. One wheel after the other gives every
//! number of the main code, which is dialed until it opens; no contact point is read.
//!
//! **Model.** Extra gates open every mixture of the codes, so wheels can be searched one at a time:
//! w N / 2t tries instead of their power (`keyspace.md`, openings of several codes).
//!
//! **Assumptions.** He knows how many codes the wheels carry, and is done when every wheel has shown as
//! many numbers. A wheel that shows fewer in eight passes, each moved by a mark, is taken to share its
//! number among codes, until what is known cannot be dialed together. A window that cannot be dialed beside
//! the spare's numbers waits until other numbers are known. With more than one spare he ends with a short list
//! of openings that all work.
//!
//! **Reference.** `physics.md` 4.
//!
//! **Checked by.** `tests/it/laws/attacks.rs`.

use super::walk::Walk;
use super::wall::{Facts, Handle, Step, Stop};
use super::windows::Windows;
use super::{Attack, Needs, Work};
use crate::units::circular_difference;
use std::ops::Range;

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "rights",
    about: "the holder of a spare code cut into the same wheels finds the main one, wheel by wheel",
    needs: Needs::SpareCode,
    work: Work::Hands(run),
};

/// Passes over a wheel before it is taken to share its number.
const PASSES: u32 = 8;

fn run(handle: &mut Handle<'_>) -> Stop {
    let facts = handle.facts();
    let Some(spare) = facts.held.first() else {
        return Stop::TimeUp;
    };
    // The numbers by wheel, those of the spare first.
    let mut known: Vec<Vec<f64>> = spare.iter().map(|&n| vec![n]).collect();
    for round in 0.. {
        let before = handle.tally().tries;
        let passes = round * PASSES..(round + 1) * PASSES;
        let found = search(handle, &facts, passes, &mut known);
        if let Err(stop) = found.and_then(|()| dial(handle, &facts, &known)) {
            return stop;
        }
        if handle.tally().tries == before {
            break; // nothing is left that he could dial
        }
    }
    Stop::TimeUp
}

/// Goes through the wheels until each has shown as many numbers as there are codes.
fn search(
    handle: &mut Handle<'_>,
    facts: &Facts<'_>,
    passes: Range<u32>,
    known: &mut [Vec<f64>],
) -> Step<()> {
    for pass in passes {
        let windows = Windows::new(facts, pass);
        let mut tried = vec![vec![false; windows.len()]; facts.wheels];
        // Windows that could not be dialed beside the numbers known so far may be beside new ones.
        let mut is_new = true;
        while is_new {
            is_new = false;
            // The last wheel first: its steps are the quickest.
            for wheel in (0..facts.wheels).rev() {
                let before = known[wheel].len();
                if before < facts.codes {
                    go_through(handle, facts, wheel, (&windows, &mut tried[wheel]), known)?;
                    is_new |= known[wheel].len() > before;
                }
            }
        }
    }
    Ok(())
}

/// Puts `wheel` on each of its windows that has not been tried, the others on known numbers with which it
/// can be dialed, and adds the numbers that open to the known ones.
fn go_through(
    handle: &mut Handle<'_>,
    facts: &Facts<'_>,
    wheel: usize,
    (windows, tried): (&Windows, &mut [bool]),
    known: &mut [Vec<f64>],
) -> Step<()> {
    let apart = 2.0 * facts.window_half_marks;
    let is_far = |n: f64, known: &[f64]| {
        let from = |k: &f64| circular_difference(n, *k, facts.marks).abs();
        known.iter().all(|k| from(k) > apart)
    };
    let mut numbers = known.to_vec();
    numbers[wheel] = (0..windows.len()).map(|k| windows.middle(k)).collect();
    let found = &mut known[wheel];
    for (tried, &number) in tried.iter_mut().zip(&numbers[wheel]) {
        *tried |= !is_far(number, found);
    }
    let tried = std::cell::RefCell::new(tried);
    let is_wanted = |places: &[usize]| {
        places.len() < facts.wheels
            || !std::mem::replace(&mut tried.borrow_mut()[places[wheel]], true)
    };
    let start = handle.dial_marks();
    let ended = Walk::new(facts, &numbers, start).try_all(handle, &is_wanted, &mut |places| {
        let number = numbers[wheel][places[wheel]];
        if is_far(number, found) {
            found.push(number);
        }
        found.len() < facts.codes
    });
    match ended {
        Ok(()) | Err(Stop::Opened) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// Dials the numbers found, of each wheel those that are not the spare's, until the lock opens: the hand slips
/// differently each time.
fn dial(handle: &mut Handle<'_>, facts: &Facts<'_>, known: &[Vec<f64>]) -> Step<()> {
    let found = |of_wheel: &Vec<f64>| of_wheel[of_wheel.len().min(2) - 1..].to_vec();
    let numbers: Vec<Vec<f64>> = known.iter().map(found).collect();
    loop {
        let before = handle.tally().tries;
        let start = handle.dial_marks();
        Walk::new(facts, &numbers, start).try_all(handle, &|_| true, &mut |_| false)?;
        if handle.tally().tries == before {
            return Ok(()); // they cannot be dialed together: one of them is not the main code's
        }
    }
}
