//! The order of an exhaustive search, and where the dial turns for each try.
//!
//! Depth first, the last wheel fastest. Each wheel goes through its windows in the order in which it
//! can be carried on in its own direction, so a step of the last wheel leaves all others where they
//! are, a step of the one before it the others, and so on: the step times of a dialing machine.
//!
//! Dial positions are of unlimited travel. Wheel j is left where the dial stands after a run in its
//! direction from where wheel j − 1 was left; the run must be longer than the free travel of the
//! couplings up to wheel j, or it is not carried, and shorter than that up to wheel j − 1, or that
//! one is carried too.

use crate::attack::wall::{Facts, Step};
use crate::attack::windows::Windows;
use crate::units::wrap;

/// One try.
pub(super) struct Try<'t> {
    /// The windows' indices, one a wheel.
    pub(super) places: &'t [usize],
    /// Where the dial is when it leaves each wheel, marks of unlimited travel.
    pub(super) stops: &'t [f64],
    /// First wheel that must be set anew.
    pub(super) first: usize,
    /// Way from the last stop back to the contact centre, marks.
    pub(super) back: f64,
}

/// The walk through all settings.
pub(super) struct Walk<'a> {
    facts: &'a Facts<'a>,
    windows: &'a Windows,
    places: Vec<usize>,
    stops: Vec<f64>,
    /// First wheel whose stop has changed since the last try.
    first: usize,
    start: f64,
}

impl<'a> Walk<'a> {
    /// A walk through `windows` from dial position `start`.
    pub(super) fn new(facts: &'a Facts<'a>, windows: &'a Windows, start: f64) -> Self {
        Self {
            facts,
            windows,
            places: vec![0; facts.wheels],
            stops: vec![0.0; facts.wheels],
            first: 0,
            start,
        }
    }

    /// Shows every try to `visit`, in order.
    ///
    /// # Errors
    /// What `visit` says.
    pub(super) fn go(&mut self, visit: &mut dyn FnMut(&Try<'_>) -> Step<()>) -> Step<()> {
        self.wheel(0, visit)
    }

    fn wheel(&mut self, j: usize, visit: &mut dyn FnMut(&Try<'_>) -> Step<()>) -> Step<()> {
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
                self.wheel(j + 1, visit)?;
                continue;
            }
            let back = self.way_back(self.stops[j]);
            let is_carried = back > self.facts.drive.free_travel_marks - 1e-9;
            if is_carried || self.windows.covered(self.facts, &self.places, 1) == 0 {
                continue;
            }
            visit(&Try {
                places: &self.places,
                stops: &self.stops,
                first: self.first,
                back,
            })?;
            self.first = self.facts.wheels;
        }
        Ok(())
    }

    /// The runs that put wheel `j` on its windows from dial position `from`, shortest first.
    fn runs(&self, j: usize, from: f64) -> Vec<(f64, usize)> {
        let (drive, n) = (self.facts.drive, self.facts.marks);
        let sign = drive.direction(j).sign();
        let free = |couplings: usize| count(couplings) * drive.free_travel_marks;
        let least = free(drive.couplings(j));
        let most = match j {
            0 => f64::INFINITY,
            _ => free(drive.couplings(j - 1)),
        };
        let mut runs: Vec<(f64, usize)> = (0..self.windows.len())
            .map(|k| {
                let way = wrap(sign * (self.windows.middle(k) - from), n);
                (way + n * ((least - way) / n).ceil().max(0.0), k)
            })
            .filter(|(run, _)| *run <= most)
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

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("at most 8 wheels"))
}
