//! Setting and reading for attackers that keep a belief: sweeps and tests of one wheel.
//!
//! Where a setting would carry a parked wheel along, or the hand's slip would decide over a whole turn,
//! nothing is read: the drive train is known, and such readings tell of another lock than they seem to.

mod look;

use super::belief::{Belief, Sense, Shape};
use super::reader::Reader;
use super::setting::{Dialer, Stop, direction_of, mark_for};
use super::wall::{Facts, Handle, Reading, Step};
use crate::mechanism::drive_train::Direction;
use crate::units::{circular_difference, wrap};
pub(super) use look::{Advice, Instead, Stage};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Slips of the hand by which two stops must lie apart.
const SLIPS: f64 = 6.0;

/// How a stage is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Care {
    /// Step of a sweep in widths of the dialing window.
    pub(super) step_windows: f64,
    /// Whether the first stop turns against the standard direction.
    pub(super) is_reversed: bool,
    /// A place is taken as found at this chance.
    pub(super) p_found: f64,
    /// Longest time for one stage, hours.
    pub(super) patience_h: f64,
    /// Whether the parked wheels were not found but given, so that nothing may be learned from them.
    pub(super) is_told: bool,
}

/// What an attacker with a belief works with.
pub(super) struct Rig<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) care: Care,
    reader: &'a Reader,
    dialer: Dialer<'a>,
    shape: Arc<Shape>,
    sense: Rc<RefCell<Sense<'a>>>,
    sweep_s: f64,
}

impl<'a> Rig<'a> {
    pub(super) fn new(handle: &Handle<'a>, care: Care) -> Self {
        let facts = handle.facts();
        let reader = handle.reader();
        let shape = match facts.shape {
            Some(known) => Arc::clone(known),
            None => Arc::new(Shape::new(facts.model)),
        };
        let sense = Sense::new(facts.model, reader, shape.height_sd_rad);
        Self {
            shape,
            sense: Rc::new(RefCell::new(sense)),
            reader,
            dialer: Dialer::new(handle.facts()),
            sweep_s: 0.0,
            facts,
            care,
        }
    }

    /// The belief of a stage before any reading: wheels without a number in `parked` are unknown.
    pub(super) fn belief(&self, parked: &[Option<f64>]) -> Belief<'a> {
        let unknown: Vec<usize> = (0..parked.len()).filter(|&i| parked[i].is_none()).collect();
        let (numbers, mark) = (self.numbers(&self.sweep_stops(parked, 50.0)), 50.0);
        let shifts = unknown.iter().map(|&i| numbers[i] - mark).collect();
        let mut belief = Belief::new(
            &self.facts,
            (self.reader, &self.sense),
            &self.shape,
            (unknown, shifts),
        );
        // What the rules say of the unknown wheels alone; not beside a number given by a referee.
        let nothing = vec![None; parked.len()];
        let beside = if self.care.is_told { &nothing } else { parked };
        belief.rule_out(&self.facts, beside);
        belief
    }

    /// Sweeps the unknown wheels once.
    pub(super) fn sweep(
        &mut self,
        handle: &mut Handle<'_>,
        parked: &[Option<f64>],
        belief: &mut Belief<'_>,
    ) -> Step<()> {
        let before = handle.tally().elapsed_s;
        let step = 2.0 * self.facts.window_half_marks * self.care.step_windows;
        let mut readings = Vec::new();
        let mut mark = 0.0;
        while mark < self.facts.marks {
            let stops = self.sweep_stops(parked, mark);
            let numbers = self.numbers(&stops);
            if self.is_plain(&stops) && self.stays(parked, &numbers) {
                let reading = self.read(handle, &stops)?;
                readings.push((numbers, reading));
            }
            mark += step;
        }
        self.sweep_s = handle.tally().elapsed_s - before;
        belief.take_sweep(readings);
        Ok(())
    }

    fn start(&self) -> Direction {
        let standard = self.facts.drive.direction(0);
        if self.care.is_reversed {
            standard.reversed()
        } else {
            standard
        }
    }

    fn read(&mut self, handle: &mut Handle<'_>, stops: &[Stop]) -> Step<Reading> {
        let start = self.start();
        self.dialer.set(handle, start, stops)?;
        let reading = handle.read_contacts()?;
        handle.note()?;
        Ok(reading)
    }

    /// The stops of a sweep at dial mark `mark`: neighbours that are both unknown share a stop; in the
    /// contact area the last wheel, if unknown, is kept aside.
    fn sweep_stops(&self, parked: &[Option<f64>], mark: f64) -> Vec<Stop> {
        let last = self.facts.wheels - 1;
        let mut stops: Vec<Stop> = Vec::new();
        for (i, known) in parked.iter().enumerate() {
            let direction = direction_of(self.start(), stops.len());
            let shares = i > 0 && known.is_none() && parked[i - 1].is_none();
            let is_hidden = known.is_none() && i == last && i > 0 && self.facts.is_hidden(mark);
            let mark = match known {
                Some(number) => mark_for(&self.facts, i, *number, direction),
                None if is_hidden => wrap(mark + 0.3 * self.facts.marks, self.facts.marks),
                None if shares => continue,
                None => mark,
            };
            stops.push(Stop { first: i, mark });
        }
        stops
    }

    fn stops_for(&self, numbers: &[f64]) -> Vec<Stop> {
        let stop = |(i, &n): (usize, &f64)| Stop {
            first: i,
            mark: mark_for(&self.facts, i, n, direction_of(self.start(), i)),
        };
        numbers.iter().enumerate().map(stop).collect()
    }

    /// The wheels' numbers after `stops`, those included that are carried along.
    fn numbers(&self, stops: &[Stop]) -> Vec<f64> {
        let drive = self.facts.drive;
        let mut at = drive.rest();
        for (k, stop) in stops.iter().enumerate() {
            let direction = direction_of(self.start(), k);
            let way = wrap(direction.sign() * (stop.mark - at.cam), self.facts.marks);
            let way = if way < 1e-9 { self.facts.marks } else { way };
            let needed = if k == 0 {
                2.0 * drive.reach_marks(0)
            } else {
                drive.reach_marks(stop.first)
            };
            let turns = ((needed - way) / self.facts.marks).ceil().max(0.0);
            let to = at.cam + direction.sign() * (way + turns * self.facts.marks);
            drive.turn_to(&mut at, to);
        }
        (0..self.facts.wheels)
            .map(|i| drive.number(&at, i))
            .collect()
    }

    /// Whether no two neighbouring stops are so near that the hand's slip decides over a turn.
    fn is_plain(&self, stops: &[Stop]) -> bool {
        let near = SLIPS * self.reader.mis_set_sd_marks;
        let apart = |a: f64, b: f64| circular_difference(a, b, self.facts.marks).abs();
        stops.windows(2).all(|s| apart(s[0].mark, s[1].mark) > near)
    }

    /// Whether the wheels in `parked` are well within their windows with the wheels at `numbers`.
    fn stays(&self, parked: &[Option<f64>], numbers: &[f64]) -> bool {
        let mut pairs = parked.iter().zip(numbers);
        pairs.all(|(known, n)| {
            let within = 0.5 * self.facts.window_half_marks;
            known
                .is_none_or(|known| circular_difference(known, *n, self.facts.marks).abs() < within)
        })
    }

    /// About what it takes to dial `stops` stops anew, seconds.
    fn redial_s(&self, stops: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
        let n = stops as f64;
        let turns = n + 0.5 + 0.5 * n * (n - 1.0) + 0.5 * (n - 1.0);
        turns * self.reader.turn_s + n * self.reader.settle_s
    }

    fn reading_s(&self) -> f64 {
        self.reader.turn_s + 2.0 * self.reader.reading_s + self.reader.note_s
    }
}

#[cfg(test)]
#[path = "rig_tests.rs"]
mod tests;
