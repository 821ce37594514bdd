//! `graphing`: what a skilled manipulator does with a pencil and a graph.
//!
//! **What.** Sweeps the unknown wheels together, looks for dips of the contact width under a running
//! baseline, reads the deeper half again where none stands out, finds by high–low tests, repeated until they tell,
//! which wheel owns a dip, parks it there and goes on; the last wheel is found by trying. When that fails it backs up:
//! next clearest dip, other owner; a gate that showed on the way parked alone, all others swept anew;
//! then more readings, the other direction, finer step, each pass as patient as the one before or more and begun from
//! a gate that showed clearly, if there is one; after the
//! second pass and each later one the two wheels that the clearest dips leave are tried through. Once he has spent
//! the time of half a search of everything, he tries codes one after the other, again and again.
//!
//! **Model.** `physics.md` 4; the attacker knows make and model, keeps notes, and stops when the
//! lock opens or the budget is spent.
//!
//! **Assumptions.** The order of backing up is fixed ([`Pass::number`]); no learning between locks.
//!
//! **Reference.** Sweep step of twice the tolerance and the high–low test by offsets of 10 marks
//! (CLAS).
//!
//! **Checked by.** `tests/it/laws/resistance.rs` (no better than trying codes where readings carry no
//! information; nearly always opens without noise), `tests/it/validation/high_low.rs`.

mod graph;
mod high_low;
mod last_wheel;
mod leads;
mod pass;
mod sweep;

pub(super) use graph::Graph;
pub use high_low::{Verdict, high_low_verdict};

use super::reader::Reader;
use super::setting::{Dialer, Stops, direction_of, mark_for};
use super::settings::Settings;
use super::tour::Doing;
use super::wall::{Facts, Handle, Step, Stop as End};
use super::windows::Windows;
use super::{Attack, Needs, Work, exhaustive, setting};
use crate::math::hypot;
use crate::mechanism::dial_lock::PerWheel;
use crate::mechanism::drive_train::Direction;
use crate::units::circular_difference;
use leads::{Lead, Leads, SURE};
use pass::Pass;
use std::collections::BTreeSet;

/// For each pass that begins with all wheels swept together so many begin from each gate that showed clearly.
const PASSES_FROM_A_GATE: u32 = 2;

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "graphing",
    about: "sweep, dips against a baseline, high-low test, park, next wheel; backs up on failure",
    needs: Needs::Nothing,
    work: Work::Hands(run),
};

pub(super) fn run(handle: &mut Handle<'_>) -> End {
    exhaustive::or_search(handle, |handle| {
        let end = Manipulator::new(handle).work(handle);
        end.err().unwrap_or(End::TimeUp)
    })
}

/// Standard deviation of one contact width as the reader knows it of his own hand and dial, marks.
fn reading_sd(reader: &Reader) -> f64 {
    let friction_sd = reader.sigma0_marks * std::f64::consts::SQRT_2;
    let step_sd = reader.resolution_marks / 6.0_f64.sqrt();
    hypot(friction_sd, step_sd)
}

/// An empty list of settings; what goes over it gives its space back.
fn empty_list(handle: &mut Handle<'_>) -> Settings {
    let mut settings = std::mem::take(&mut handle.room.settings);
    settings.clear();
    settings
}

/// Of so many wheels none is parked.
fn none_of(wheels: usize) -> PerWheel<Option<f64>> {
    std::iter::repeat_n(None, wheels).collect()
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
    /// The windows of this pass.
    windows: Windows,
    pass: Pass,
    /// Gates taken as found, by wheel: number in the standard direction.
    parked: PerWheel<Option<f64>>,
    /// Sets of parked wheels whose last wheel has been tried in vain in this pass.
    spent: BTreeSet<PerWheel<(usize, i64)>>,
    /// Single wheels whose gate showed while others were parked.
    gates: Leads,
    /// Parked wheels that leave two unknown.
    rests: Leads,
    /// How many passes began with all wheels swept together.
    from_nothing: u32,
    /// The mean contact widths of the list of settings that was read last, marks.
    widths: Vec<f64>,
}

impl<'a> Manipulator<'a> {
    fn new(handle: &Handle<'a>) -> Self {
        let facts = handle.facts();
        let parked = none_of(facts.wheels);
        let (marks, window_half_marks) = (facts.marks, facts.window_half_marks);
        Self {
            dialer: Dialer::new(facts.clone()),
            windows: Windows::new(&facts, 0),
            facts,
            pass: Pass::number(0),
            parked,
            spent: BTreeSet::new(),
            gates: Leads::new(marks, 2.0 * window_half_marks),
            rests: Leads::new(marks, window_half_marks),
            from_nothing: 0,
            widths: Vec::with_capacity(128),
        }
    }

    fn work(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        for k in 0.. {
            let (before_s, from_nothing) = (handle.tally().elapsed_s, self.from_nothing);
            if k > 0 {
                handle.think(|| {
                    let how = pass::otherwise(k);
                    format!("all in vain: begins again, pass {}, with {how}", k + 1)
                });
            }
            self.pass_over(handle, Pass::number(k), k % 2 == 1)?;
            let is_idle = handle.tally().elapsed_s <= before_s;
            if is_idle && self.from_nothing > from_nothing {
                break; // nothing is allowed, or nothing can be dialed
            }
        }
        Ok(())
    }

    /// One pass over the lock, with windows that begin a mark later or not.
    fn pass_over(&mut self, handle: &mut Handle<'_>, pass: Pass, is_later: bool) -> Step<()> {
        self.pass = pass;
        // Where the hand slips at the edge of a window the code is missed: the next pass has it in the
        // middle of its stretch.
        if self.windows.begin_at() != u32::from(is_later) {
            self.windows = Windows::new(&self.facts, u32::from(is_later));
        }
        self.spent.clear();
        if let Some(lead) = self
            .gates
            .begin_from(PASSES_FROM_A_GATE * self.from_nothing)
        {
            self.go_on_from(handle, lead, "goes on from")?;
        } else {
            self.from_nothing += 1;
            self.explore(handle, f64::INFINITY)?;
        }
        self.turn_back(handle)?;
        if pass.trusts {
            self.try_rest(handle)?;
        }
        Ok(())
    }

    /// Finds one more wheel in every plausible way and goes on from each. The dips of the parked wheels
    /// stood out `clear` standard deviations or more.
    fn explore(&mut self, handle: &mut Handle<'_>, clear: f64) -> Step<()> {
        let unknown = self.unknown();
        if unknown.len() == 1 {
            return self.try_last_wheel(handle);
        }
        handle.think(|| format!("sweeps {} together", list(&unknown)));
        let mut sweep = self.sweep(handle)?;
        let mut followed = 0;
        // With two wheels unknown the next dip costs tries only.
        while followed < self.pass.breadth || unknown.len() == 2 {
            let Some(found) = self.next_dip(handle, &mut sweep)? else {
                let other = if followed > 0 { "other " } else { "" };
                handle.think(|| format!("no {other}dip stands out of the noise"));
                break;
            };
            if followed >= self.pass.breadth && found.clear < SURE {
                break;
            }
            handle.think(|| {
                let (mark, clear) = (found.mark, found.clear);
                format!("a dip at {mark:.1}, {clear:.1} times the noise")
            });
            let mut is_followed = false;
            let owners = self.owners(handle, found)?;
            for owner in owners.wheels {
                let number = self.number_at(owner, found.mark);
                let mut alone = none_of(self.facts.wheels);
                if !self.facts.can_be_about(owner, number, &self.parked) {
                    handle.think(|| {
                        format!("no allowed code has wheel {} at {number:.1}", owner + 1)
                    });
                    // One of those parked may stand wrongly.
                    if self.facts.can_be_about(owner, number, &alone) {
                        alone[owner] = Some(number);
                        self.gates.note(&alone, owners.clear, false);
                    }
                    continue;
                }
                is_followed = true;
                handle.think(|| format!("parks wheel {} at {number:.1}", owner + 1));
                alone[owner] = Some(number);
                let is_alone = unknown.len() == self.facts.wheels;
                self.gates.note(&alone, owners.clear, is_alone);
                self.parked[owner] = Some(number);
                self.explore(handle, clear.min(owners.clear))?;
                if unknown.len() == 3 {
                    self.rests
                        .note(&self.parked, clear.min(owners.clear), false);
                }
                handle.think(|| format!("backs up: wheel {} leaves {number:.1}", owner + 1));
                self.parked[owner] = None;
            }
            followed += usize::from(is_followed);
        }
        Ok(())
    }

    /// Parks wheels alone whose gates showed behind another wheel: where that one was parked wrongly,
    /// in a false gate say, it shows its own gate now.
    fn turn_back(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        for _ in 0..self.pass.breadth {
            let Some(lead) = self.gates.follow() else {
                break;
            };
            self.go_on_from(handle, lead, "turns back: parks alone")?;
        }
        Ok(())
    }

    /// Parks the wheels of `lead`, finds the others and leaves them; `what` says why.
    fn go_on_from(&mut self, handle: &mut Handle<'_>, lead: Lead, what: &str) -> Step<()> {
        self.parked = lead.parked;
        handle.think(|| {
            let wheels = self.parked.iter().enumerate();
            let at = wheels.filter_map(|(i, p)| p.map(|n| format!("wheel {} at {n:.1}", i + 1)));
            let at: Vec<String> = at.collect();
            format!("{what} {}", at.join(", "))
        });
        self.explore(handle, lead.clear)?;
        self.parked.fill(None);
        Ok(())
    }

    fn unknown(&self) -> PerWheel<usize> {
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

    /// The stops that put each wheel on its number (standard direction).
    fn stops_for(&self, number_of: impl Fn(usize) -> f64) -> Stops {
        let start = self.start();
        let mut stops = Stops::NONE;
        for k in 0..self.facts.wheels {
            let mark = mark_for(&self.facts, k, number_of(k), direction_of(start, k));
            stops.push(k, mark);
        }
        stops
    }

    /// Makes each of `settings` and does `doing` there; mean contact widths (marks) are added to `widths`.
    fn go_over(
        &mut self,
        handle: &mut Handle<'_>,
        mut settings: Settings,
        doing: Doing,
        widths: &mut Vec<f64>,
    ) -> Step<()> {
        let start = self.start();
        let end = self
            .dialer
            .go_over(handle, start, &mut settings, doing, widths);
        handle.room.settings = settings;
        end
    }

    /// Reads each of `settings` so many times; the mean contact widths go to `self.widths`, marks.
    fn read(&mut self, handle: &mut Handle<'_>, settings: Settings, repeats: u32) -> Step<()> {
        let mut widths = std::mem::take(&mut self.widths);
        widths.clear();
        let end = self.go_over(handle, settings, Doing::Read(repeats), &mut widths);
        self.widths = widths;
        end
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
