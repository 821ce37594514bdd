//! Going through settings in an order that leaves standing what can stand, and where the dial turns
//! for each.
//!
//! Depth first, the last wheel fastest. Each wheel goes through its numbers in the order in which it
//! can be carried on in its own direction, so a step of the last wheel leaves all others where they
//! are, a step of the one before it the others, and so on: the step times of a dialing machine.
//!
//! Dial positions are of unlimited travel. Wheel j is left where the dial stands after a run in its
//! direction from where wheel j − 1 was left; the run must be longer than the free travel of the
//! couplings up to wheel j, or it is not carried, and shorter than that up to wheel j − 1, or that
//! one is carried too.

use super::wall::{Facts, Handle, Step, Stop};
use crate::mechanism::drive_train::Move;
use crate::units::wrap;

/// Runs may be so much shorter or longer: rounding must not decide about a whole turn.
const SLACK: f64 = 1e-9;

/// One setting.
pub(super) struct Try<'t> {
    /// Which of its numbers each wheel stands on.
    pub(super) places: &'t [usize],
    /// Where the dial is when it leaves each wheel, marks of unlimited travel.
    pub(super) stops: &'t [f64],
    /// First wheel that must be set anew.
    pub(super) first: usize,
    /// Way from the last stop back to the contact centre, marks.
    pub(super) back: f64,
}

/// Whether some wanted setting has the first wheels on these places; asked for one wheel, two, up to all.
pub(super) type Wanted<'v> = dyn Fn(&[usize]) -> bool + 'v;

/// Makes a setting.
pub(super) type Visit<'v> = dyn FnMut(&Try<'_>) -> Step<()> + 'v;

/// The walk through all settings of given numbers.
pub(super) struct Walk<'a> {
    facts: &'a Facts<'a>,
    numbers: &'a [Vec<f64>],
    places: Vec<usize>,
    stops: Vec<f64>,
    /// First wheel whose stop has changed since the last setting that was made.
    first: usize,
    start: f64,
}

impl<'a> Walk<'a> {
    /// A walk through all settings of wheel i on `numbers[i]` (marks, set in the standard direction),
    /// from dial position `start`.
    pub(super) fn new(facts: &'a Facts<'a>, numbers: &'a [Vec<f64>], start: f64) -> Self {
        Self {
            facts,
            numbers,
            places: vec![0; facts.wheels],
            stops: vec![0.0; facts.wheels],
            first: 0,
            start,
        }
    }

    /// Shows every wanted setting that can be dialed and tried to `visit`, in order.
    ///
    /// # Errors
    /// What `visit` says.
    pub(super) fn go(&mut self, is_wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Step<()> {
        self.wheel(0, is_wanted, visit)
    }

    /// Makes the settings that `is_wanted` and tries each; `opened` is told of those that open and
    /// says whether to go on.
    ///
    /// # Errors
    /// The end of the budget, or `Stop::Opened` where `opened` does not go on.
    pub(super) fn try_all(
        &mut self,
        handle: &mut Handle<'_>,
        is_wanted: &Wanted<'_>,
        opened: &mut dyn FnMut(&[usize]) -> bool,
    ) -> Step<()> {
        let facts = self.facts;
        let mut cam = self.start;
        self.go(is_wanted, &mut |tried: &Try<'_>| {
            for (k, &stop) in tried.stops.iter().enumerate().skip(tried.first) {
                handle.turn(&[move_to(handle, facts, k, (cam, stop))])?;
                cam = stop;
            }
            cam -= facts.drive.direction(facts.wheels - 1).sign() * tried.back;
            match handle.try_open() {
                Err(Stop::Opened) if opened(tried.places) => Ok(()),
                end => end,
            }
        })
    }

    fn wheel(&mut self, j: usize, is_wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Step<()> {
        let from = if j == 0 {
            self.start
        } else {
            self.stops[j - 1]
        };
        let sign = self.facts.drive.direction(j).sign();
        for (run, place) in self.runs(j, from) {
            self.places[j] = place;
            self.stops[j] = from + sign * run;
            self.first = self.first.min(j);
            if j + 1 < self.facts.wheels {
                if is_wanted(&self.places[..=j]) {
                    self.wheel(j + 1, is_wanted, visit)?;
                }
                continue;
            }
            let back = self.way_back(self.stops[j]);
            let is_carried = back > self.facts.drive.travel_marks(j) - 1e-9;
            if !is_carried && is_wanted(&self.places) {
                visit(&Try {
                    places: &self.places,
                    stops: &self.stops,
                    first: self.first,
                    back,
                })?;
                self.first = self.facts.wheels;
            }
        }
        Ok(())
    }

    /// The runs that put wheel `j` on its windows from dial position `from`, shortest first.
    fn runs(&self, j: usize, from: f64) -> Vec<(f64, usize)> {
        let (drive, n) = (self.facts.drive, self.facts.marks);
        let sign = drive.direction(j).sign();
        let least = drive.reach_marks(j);
        let most = match j {
            0 => f64::INFINITY,
            _ => drive.reach_marks(j - 1),
        };
        let mut runs: Vec<(f64, usize)> = self.numbers[j]
            .iter()
            .enumerate()
            .map(|(k, number)| {
                let way = wrap(sign * (number - from), n);
                (way + n * ((least - way) / n - SLACK).ceil().max(0.0), k)
            })
            .filter(|(run, _)| *run <= most + SLACK)
            .collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        runs
    }

    /// Way back from the last wheel's stop to the contact centre, marks.
    fn way_back(&self, stop: f64) -> f64 {
        let sign = self.facts.drive.direction(self.facts.wheels - 1).sign();
        let centre = self.facts.model.contact_centre_marks;
        let way = wrap(sign * (stop - centre), self.facts.marks);
        if way < 1e-9 { self.facts.marks } else { way }
    }
}

/// The move that sets wheel `k` with the dial going `from`–`to` (unlimited travel); the hand counts
/// passes from where the dial really stands.
fn move_to(handle: &Handle<'_>, facts: &Facts<'_>, k: usize, (from, to): (f64, f64)) -> Move {
    let direction = facts.drive.direction(k);
    let mark = wrap(to, facts.marks);
    let way = wrap(direction.sign() * (mark - handle.dial_marks()), facts.marks);
    let way = if way < 1e-9 { facts.marks } else { way };
    let turns = ((direction.sign() * (to - from) - way) / facts.marks).round();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 9 turns"
    )]
    let passes = 1 + turns.max(0.0) as u32;
    Move {
        direction,
        passes,
        mark,
    }
}
