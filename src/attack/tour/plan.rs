//! How the settings of a tour are dialed: which anew, and which go on one from the other.

use super::onward::{Onward, Row};
use crate::attack::setting::{MovingStop, On, Runs};
use crate::attack::settings::BEYOND;
use crate::eight::make_room;

/// How the settings of a tour are dialed. Rows have an entry for each setting, and room.
#[derive(Default)]
pub(in crate::attack) struct Plan {
    /// How many settings there are, and how many of them are dialed anew.
    pub(super) len: usize,
    pub(super) anew: usize,
    /// How many stops each has.
    pub(super) stops: usize,
    /// The stop that moves on where a setting goes on from the one before: the last one or the one before that.
    pub(super) moving: usize,
    /// The mark to which that stop was dialed anew.
    pub(super) from: Vec<f64>,
    /// How far from there it has gone on, marks; 0 where the setting is dialed anew.
    pub(super) on: Vec<f64>,
    /// How often its mark is passed where it goes on; 0 where the setting is dialed anew.
    pub(super) passes: Vec<f64>,
    /// The last two stops of the last setting, where that has been worked out.
    pub(super) runs: Option<Runs>,
}

impl Plan {
    /// Begins a plan for at most `most` settings of so many stops.
    pub(super) fn begin(&mut self, stops: usize, most: usize) {
        (self.len, self.anew) = (0, 0);
        (self.stops, self.moving) = (stops, stops.saturating_sub(1));
        self.runs = None;
        for row in [&mut self.from, &mut self.on, &mut self.passes] {
            make_room(row, most + BEYOND);
        }
    }

    /// Puts down a setting that is dialed anew, the stop that will move to mark `to`.
    pub(super) fn anew(&mut self, to: f64) {
        let i = self.len;
        (self.from[i], self.on[i], self.passes[i]) = (to, 0.0, 0.0);
        self.len += 1;
        self.anew += 1;
    }

    /// Puts down a setting that goes on from the setting before, or, where there is none, from where the wheels
    /// stand, the stop that moves at mark `from`.
    pub(super) fn go_on(&mut self, on: &On, from: f64) {
        let i = self.len;
        let (from, gone) = match i.checked_sub(1) {
            Some(before) => (self.from[before], self.on[before]),
            None => (from, 0.0),
        };
        (self.from[i], self.on[i]) = (from, gone + on.ahead);
        self.passes[i] = f64::from(on.passes);
        self.len += 1;
    }

    /// Puts down the settings behind the last one that go on one from the other, the stop that moves over so many of
    /// `marks`; the first of these is the last one's. Returns how many there are.
    pub(super) fn go_on_over(
        &mut self,
        (marks, len): (&[f64], usize),
        kind: &MovingStop<'_>,
        runs: &mut Runs,
        rest_marks: f64,
    ) -> usize {
        let before = self.len - 1;
        let row = Row {
            marks,
            len,
            gone: self.on[before],
            runs: *runs,
            rest_marks,
        };
        let out = Onward {
            on: &mut self.on[self.len..],
            passes: &mut self.passes[self.len..],
        };
        let (more, runs_then) = kind.on_over(row, out);
        let from = self.from[before];
        self.from[self.len..self.len + more].fill(from);
        *runs = runs_then;
        self.len += more;
        more
    }

    /// Puts down settings that are dialed anew, the stop that will move to each of `marks`.
    pub(super) fn all_anew(&mut self, marks: &[f64]) {
        let (i, end) = (self.len, self.len + marks.len());
        self.from[i..end].copy_from_slice(marks);
        self.on[i..end].fill(0.0);
        self.passes[i..end].fill(0.0);
        self.len = end;
        self.anew += marks.len();
    }

    /// Whether its first setting goes on from where the wheels stand.
    pub(super) fn goes_on(&self) -> bool {
        self.len > 0 && self.passes[0] > 0.0
    }
}
