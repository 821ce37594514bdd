//! `instrumented`: the same feedback as graphing, used by someone who computes.
//!
//! **What.** Keeps a posterior over the tallest wheel, its gate and the heights, and takes the reading
//! that is worth most per second: a sweep, a test of one wheel at one place; or tries, where that is worth more, the
//! last wheel or all that are left. A wheel whose gate is sure enough is parked, and the next stage begins.
//!
//! **Model.** `attack::belief`; worth by `attack::rig::look`.
//!
//! **Assumptions.** One step ahead, stage by stage. A stage that goes nowhere is given up after a set
//! time of its own reading and the candidate before it loses most of its chance; who believes the same place a
//! third time has no better idea and gives the stage up. Where both directions of dialing lead nowhere the
//! model of one tallest wheel is dropped (two may be alike), and the rest is graphing. After the time of half a
//! search of everything, all codes are tried.
//!
//! **Reference.** `physics.md` 4.
//!
//! **Checked by.** `tests/it/laws/attacks.rs`, `tests/it/laws/ideal.rs`, `attack::wall::tests`.

use super::rig::{Advice, Care, Instead, Rig, Stage};
use super::walk::Walk;
use super::wall::{Handle, Step, Stop};
use super::windows::Windows;
use super::{Attack, Needs, Work, exhaustive, graphing};
use crate::units::circular_difference;

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
    let rig = Rig::new(handle, CARE);
    let mut solver = Solver {
        parked: vec![None; rig.facts.wheels],
        rig,
        spent: Vec::new(),
    };
    for _ in 0..ROUNDS {
        if let Err(stop) = solver.stage(handle, 1.0) {
            return stop;
        }
        handle.think(|| "the belief leads nowhere".to_owned());
        solver.rig.care.is_reversed = !solver.rig.care.is_reversed;
    }
    graphing::run(handle)
}

/// One who computes, with his notes.
struct Solver<'a> {
    rig: Rig<'a>,
    /// Gates taken as found, by wheel.
    parked: Vec<Option<f64>>,
    /// Parked wheels beside which the others have been tried through in vain.
    spent: Vec<Vec<Option<f64>>>,
}

impl Solver<'_> {
    /// Finds one more wheel and goes on from there, until patience ends. The parked wheels stand in their gates with
    /// chance `p_parked`.
    fn stage(&mut self, handle: &mut Handle<'_>, p_parked: f64) -> Step<()> {
        let unknown = self.parked.iter().filter(|p| p.is_none()).count();
        if unknown <= 1 {
            return self.try_all(handle);
        }
        let until_s = handle.tally().elapsed_s + 3600.0 * self.rig.care.patience_h;
        let mut stage = Stage::new(until_s, self.instead(handle, unknown, p_parked));
        let mut belief = self.rig.belief(&self.parked);
        self.rig.sweep(handle, &self.parked, &mut belief)?;
        let mut tried: Vec<(usize, f64)> = Vec::new();
        loop {
            let rig = &mut self.rig;
            let place = match rig.look(handle, &self.parked, &mut belief, &mut stage)? {
                Advice::Found(place) | Advice::Try(place) => place,
                Advice::TryAll => {
                    handle.think(|| "trying the rest through is worth more".to_owned());
                    self.spent.push(self.parked.clone());
                    return self.try_all(handle);
                }
                Advice::Enough => return Ok(()),
            };
            let apart = 2.0 * self.rig.facts.window_half_marks;
            let is_here = |(wheel, number): &&(usize, f64)| {
                let away = circular_difference(*number, place.number, self.rig.facts.marks).abs();
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
            self.parked[place.wheel] = Some(place.number);
            let before_s = handle.tally().elapsed_s;
            self.stage(handle, p_parked * place.p)?;
            stage.until_s += handle.tally().elapsed_s - before_s;
            self.parked[place.wheel] = None;
            belief.discount(place.wheel, place.number, MISSED);
        }
    }

    /// What can be done instead of reading on, with so many wheels unknown.
    fn instead(&self, handle: &Handle<'_>, unknown: usize, p_parked: f64) -> Instead {
        // More are not worth beginning before everything else has been done.
        if unknown > 2 {
            return Instead::default();
        }
        let windows = Windows::new(&self.rig.facts, 0).len();
        let windows = f64::from(u32::try_from(windows).unwrap_or(u32::MAX));
        let last_s = windows * handle.reader().next_try_s();
        let is_spent = self.spent.iter().any(|spent| self.is_as_parked(spent));
        Instead {
            try_s: Some(last_s),
            try_all_s: (!is_spent).then_some(windows * last_s),
            p_parked,
        }
    }

    /// Whether the wheels in `parked` are those parked now, within a window.
    fn is_as_parked(&self, parked: &[Option<f64>]) -> bool {
        let (apart, marks) = (2.0 * self.rig.facts.window_half_marks, self.rig.facts.marks);
        let mut pairs = self.parked.iter().zip(parked);
        pairs.all(|pair| match pair {
            (Some(now), Some(then)) => circular_difference(*now, *then, marks).abs() < apart,
            (now, then) => now == then,
        })
    }

    /// Tries every setting of the wheels that are not parked.
    fn try_all(&self, handle: &mut Handle<'_>) -> Step<()> {
        let facts = &self.rig.facts;
        let windows = Windows::new(facts, 0);
        let numbers = |known: &Option<f64>| match known {
            Some(number) => vec![*number],
            None => windows.middles().to_vec(),
        };
        let numbers: Vec<Vec<f64>> = self.parked.iter().map(numbers).collect();
        let can_be = |places: &[usize]| {
            let groups = places.iter().enumerate();
            let groups = groups.filter(|(i, _)| self.parked[*i].is_none());
            let groups = groups.map(|(i, k)| (i, windows.marks(*k)));
            facts.can_be_among(groups, &self.parked)
        };
        let start = handle.dial_marks();
        Walk::new(facts, &numbers, start).try_all(handle, &can_be, &mut |_| false)
    }
}
