//! `graphing`: what a skilled manipulator does with a pencil and a graph.
//!
//! **What.** Sweeps the unknown wheels together, looks for dips of the contact width against a
//! running baseline, finds by high–low tests which wheel owns a dip, parks it there and goes on; the
//! last wheel is found by trying. When that fails it backs up: other owner, next best dip, more
//! repeats, finer step, the other direction; at the very end it tries codes one after the other.
//!
//! **Model.** `physics.md` 4; the attacker knows make and model, keeps notes, and stops when the
//! lock opens or the budget is spent.
//!
//! **Assumptions.** The order of backing up is fixed ([`PASSES`]); no learning between locks.
//!
//! **Reference.** Sweep step of twice the tolerance and the high–low test by offsets of 10 marks
//! (CLAS); baseline noise by the median of absolute deviations.
//!
//! **Checked by.** `tests/it/laws/resistance.rs` (no better than trying codes where readings carry no
//! information; nearly always opens without noise), `tests/it/validation/high_low.rs`.

mod high_low;
mod last_wheel;
mod sweep;

pub use high_low::{Verdict, high_low_verdict};

use super::setting::{Dialer, Stop, direction_of, mark_for};
use super::tour::{Doing, Settings};
use super::wall::{Facts, Handle, Step, Stop as End};
use super::{Attack, Needs, Work, setting};
use crate::mechanism::drive_train::Direction;
use crate::units::circular_difference;
use std::collections::BTreeSet;

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "graphing",
    about: "sweep, dips against a baseline, high-low test, park, next wheel; backs up on failure",
    needs: Needs::Nothing,
    work: Work::Hands(run),
};

/// How one pass over the lock is made; each later pass is more patient.
#[derive(Debug, Clone, Copy)]
struct Pass {
    /// Most readings at each point of a sweep; a graph without dips is repeated and averaged until
    /// then.
    patience: u32,
    /// Step of a sweep in widths of the dialing window.
    step_windows: f64,
    /// Most dips followed from one graph.
    breadth: usize,
    /// Dips count from this many standard deviations on.
    threshold: f64,
    /// Whether the first stop turns against the standard direction.
    reversed: bool,
    /// Whether the next likely owner of a dip is followed too where a test was conclusive.
    doubts: bool,
}

/// From a quick look to a patient one.
const PASSES: [Pass; 4] = [
    Pass {
        patience: 4,
        step_windows: 1.0,
        breadth: 2,
        threshold: 3.0,
        reversed: false,
        doubts: false,
    },
    Pass {
        patience: 8,
        step_windows: 1.0,
        breadth: 3,
        threshold: 2.5,
        reversed: true,
        doubts: false,
    },
    Pass {
        patience: 16,
        step_windows: 0.75,
        breadth: 5,
        threshold: 2.5,
        reversed: false,
        doubts: false,
    },
    Pass {
        patience: 32,
        step_windows: 0.75,
        breadth: 8,
        threshold: 2.0,
        reversed: true,
        doubts: true,
    },
];

pub(super) fn run(handle: &mut Handle<'_>) -> End {
    match Manipulator::new(handle).work(handle) {
        Ok(()) => End::TimeUp,
        Err(end) => end,
    }
}

/// Wheels in words: `wheel 2`, `wheels 1, 2 and 3`.
fn list(wheels: &[usize]) -> String {
    let names: Vec<String> = wheels.iter().map(|w| (w + 1).to_string()).collect();
    match names.split_last() {
        None => "no wheel".to_owned(),
        Some((only, [])) => format!("wheel {only}"),
        Some((last, rest)) => format!("wheels {} and {last}", rest.join(", ")),
    }
}

/// The manipulator's own notes.
struct Manipulator<'a> {
    facts: Facts<'a>,
    dialer: Dialer<'a>,
    pass: Pass,
    /// Gates taken as found, by wheel: number in the standard direction.
    parked: Vec<Option<f64>>,
    /// Sets of parked wheels whose last wheel has been tried in vain.
    spent: BTreeSet<Vec<(usize, i64)>>,
}

impl<'a> Manipulator<'a> {
    fn new(handle: &Handle<'a>) -> Self {
        let facts = handle.facts();
        let parked = vec![None; facts.wheels];
        Self {
            dialer: Dialer::new(facts.clone()),
            facts,
            pass: PASSES[0],
            parked,
            spent: BTreeSet::new(),
        }
    }

    fn work(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        for (k, pass) in PASSES.into_iter().enumerate() {
            self.pass = pass;
            if k > 0 {
                handle.think(|| {
                    format!("all in vain: begins again, pass {} and more patient", k + 1)
                });
            }
            self.explore(handle)?;
        }
        handle.think(|| "gives the graph up: tries one code after the other".to_owned());
        self.try_everything(handle)
    }

    /// Finds one more wheel in every plausible way and goes on from each.
    fn explore(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        if self.unknown().len() == 1 {
            return self.try_last_wheel(handle);
        }
        let wheels = list(&self.unknown());
        handle.think(|| format!("sweeps {wheels} together"));
        let dips = self.sweep(handle)?;
        handle.think(|| match dips.len() {
            0 => "no dip stands out of the noise".to_owned(),
            _ => {
                let at: Vec<String> = dips.iter().map(|d| format!("{d:.1}")).collect();
                format!("dips at {}, deepest first", at.join(", "))
            }
        });
        for dip in dips.into_iter().take(self.pass.breadth) {
            for owner in self.owners(handle, dip)? {
                let number = self.number_at(owner, dip);
                handle.think(|| format!("parks wheel {} at {number:.1}", owner + 1));
                self.parked[owner] = Some(number);
                self.explore(handle)?;
                handle.think(|| format!("backs up: wheel {} is not at {number:.1}", owner + 1));
                self.parked[owner] = None;
            }
        }
        Ok(())
    }

    fn unknown(&self) -> Vec<usize> {
        (0..self.facts.wheels)
            .filter(|&i| self.parked[i].is_none())
            .collect()
    }

    fn start(&self) -> Direction {
        let standard = self.facts.drive.direction(0);
        if self.pass.reversed {
            standard.reversed()
        } else {
            standard
        }
    }

    /// The stops that put each wheel on its number (standard direction), neighbours that may go
    /// together on one stop each.
    fn stops_for(&self, numbers: &[f64]) -> Vec<Stop> {
        let start = self.start();
        let mark = |k: usize, n: f64| mark_for(&self.facts, k, n, direction_of(start, k));
        numbers
            .iter()
            .enumerate()
            .map(|(k, &n)| Stop {
                first: k,
                mark: mark(k, n),
            })
            .collect()
    }

    /// The mean contact width at each of `settings`, each read so many times.
    fn read(
        &mut self,
        handle: &mut Handle<'_>,
        settings: &Settings,
        repeats: u32,
    ) -> Step<Vec<f64>> {
        let mut widths = Vec::with_capacity(settings.len());
        let start = self.start();
        let doing = Doing::Read(repeats);
        self.dialer
            .go_over(handle, start, settings, doing, &mut widths)?;
        Ok(widths)
    }

    /// The number of `wheel` that a sweep's dial mark `mark` stands for.
    fn number_at(&self, wheel: usize, mark: f64) -> f64 {
        let direction = direction_of(self.start(), self.stop_of(wheel));
        setting::number_at(&self.facts, wheel, mark, direction)
    }

    /// Which stop of a sweep carries `wheel`: unknown neighbours share one.
    fn stop_of(&self, wheel: usize) -> usize {
        (1..=wheel)
            .filter(|&i| !(self.parked[i].is_none() && self.parked[i - 1].is_none()))
            .count()
    }

    fn is_near(&self, a: f64, b: f64, marks: f64) -> bool {
        circular_difference(a, b, self.facts.marks).abs() < marks
    }
}
