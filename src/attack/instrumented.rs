//! `instrumented`: the same feedback as graphing, used by someone who computes.
//!
//! **What.** Keeps a posterior over the tallest wheel, its gate and the heights, and takes the reading
//! that is worth most per second: a sweep, a test of one wheel at one place, or trying the last wheel
//! out. A wheel whose gate is sure enough is parked, and the next stage begins.
//!
//! **Model.** `attack::belief`; worth by `attack::rig`.
//!
//! **Assumptions.** One step ahead, stage by stage. A stage that goes nowhere is given up after a set
//! time of its own reading and the candidate before it loses most of its chance; who believes the same place a
//! third time has no better idea and gives the stage up. Where both directions of dialing lead nowhere the
//! model of one tallest wheel is dropped (two may be alike), and the rest is graphing. After the time of half a
//! search of everything, all codes are tried.
//!
//! **Reference.** `physics.md` 4.
//!
//! **Checked by.** `tests/it/laws/ideal.rs`, `attack::wall::tests`.

use super::rig::{Advice, Care, Rig};
use super::walk::Walk;
use super::wall::{Handle, Step, Stop};
use super::windows::Windows;
use super::{Attack, Needs, Work, exhaustive, graphing};
use crate::units::{circular_difference, nearest_mark};

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "instrumented",
    about: "keeps a posterior over gates and heights, takes the reading worth most per second",
    needs: Needs::Nothing,
    work: Work::Hands(run),
};

/// How a stage is read.
const CARE: Care = Care {
    step_windows: 1.0,
    is_reversed: false,
    p_found: 0.95,
    patience_h: 1.5,
    is_told: false,
};
/// What is left of a place's chance when it was tried in vain.
const MISSED: f64 = 0.1;
/// Times that the same place is believed and tried in vain before the belief counts as wrong.
const VISITS: usize = 2;
/// One round for each direction of dialing.
const ROUNDS: u32 = 2;

fn run(handle: &mut Handle<'_>) -> Stop {
    exhaustive::or_search(handle, read)
}

fn read(handle: &mut Handle<'_>) -> Stop {
    let mut rig = Rig::new(handle, CARE);
    let mut parked = vec![None; rig.facts.wheels];
    for _ in 0..ROUNDS {
        if let Err(stop) = stage(&mut rig, handle, &mut parked) {
            return stop;
        }
        handle.think(|| "the belief leads nowhere".to_owned());
        rig.care.is_reversed = !rig.care.is_reversed;
    }
    graphing::run(handle)
}

/// Finds one more wheel and goes on from there, until patience ends.
fn stage(rig: &mut Rig<'_>, handle: &mut Handle<'_>, parked: &mut [Option<f64>]) -> Step<()> {
    let unknown = parked.iter().filter(|p| p.is_none()).count();
    if unknown <= 1 {
        return try_last(rig, handle, parked);
    }
    let mut until_s = handle.tally().elapsed_s + 3600.0 * rig.care.patience_h;
    let try_s = (unknown == 2).then(|| last_s(rig, handle));
    let mut belief = rig.belief(parked);
    rig.sweep(handle, parked, &mut belief)?;
    let mut tried: Vec<(usize, f64)> = Vec::new();
    loop {
        let advice = rig.look(handle, parked, &mut belief, (until_s, try_s))?;
        let (Advice::Found(place) | Advice::Try(place)) = advice else {
            return Ok(());
        };
        let apart = 2.0 * rig.facts.window_half_marks;
        let is_here = |(wheel, number): &&(usize, f64)| {
            let away = circular_difference(*number, place.number, rig.facts.marks).abs();
            *wheel == place.wheel && away < apart
        };
        if tried.iter().filter(is_here).count() >= VISITS {
            return Ok(());
        }
        tried.push((place.wheel, place.number));
        handle.think(|| {
            let (wheel, percent) = (place.wheel + 1, 100.0 * place.p);
            format!(
                "parks wheel {wheel} at {:.1}, {percent:.0} % sure",
                place.number
            )
        });
        parked[place.wheel] = Some(place.number);
        let before_s = handle.tally().elapsed_s;
        stage(rig, handle, parked)?;
        until_s += handle.tally().elapsed_s - before_s;
        parked[place.wheel] = None;
        belief.discount(place.wheel, place.number, MISSED);
    }
}

/// Tries the last unknown wheel through all its windows.
fn try_last(rig: &Rig<'_>, handle: &mut Handle<'_>, parked: &[Option<f64>]) -> Step<()> {
    let facts = &rig.facts;
    let windows = Windows::new(facts, 0);
    let all = windows.of_all_wheels(facts);
    let pairs = parked.iter().zip(all).enumerate();
    let numbers: Vec<Vec<f64>> = pairs
        .map(|(i, (known, all))| match known {
            Some(number) => vec![*number],
            None => {
                let can_be = facts.can_be(i, parked);
                // A middle between two marks stands for both.
                let is_any = |n: &f64| {
                    let mut marks = [n.floor(), n.ceil()].into_iter();
                    marks.any(|mark| can_be[nearest_mark(mark, facts.marks) as usize])
                };
                all.into_iter().filter(is_any).collect()
            }
        })
        .collect();
    let start = handle.dial_marks();
    Walk::new(facts, &numbers, start).try_all(handle, &|_| true, &mut |_| false)
}

/// About what it takes to try the last wheel out, seconds.
fn last_s(rig: &Rig<'_>, handle: &Handle<'_>) -> f64 {
    let steps = f64::from(u32::try_from(Windows::new(&rig.facts, 0).len()).unwrap_or(u32::MAX));
    steps * handle.reader().next_try_s()
}
