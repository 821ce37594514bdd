//! Setting and reading for attackers that keep a belief: sweeps, tests of one wheel, and which of
//! them is worth most per second.
//!
//! The worth of a reading is the information it can give about the stage's hypotheses: with contact
//! widths that vary by `v` variances of the noise over what is believed, at most `½ ln(1 + v)`, and
//! never more than is unknown.
//!
//! Where a setting would carry a parked wheel along, or the hand's slip would decide over a whole turn,
//! nothing is read: the drive train is known, and such readings tell of another lock than they seem to.

use super::belief::{Belief, Candidate, Sense, Shape};
use super::reader::Reader;
use super::setting::{Dialer, Stop, direction_of, mark_for};
use super::wall::{Facts, Handle, Reading, Step};
use crate::math::ln;
use crate::mechanism::drive_train::Direction;
use crate::units::{circular_difference, wrap};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// How many places are weighed against one another.
const WEIGHED: usize = 4;
/// Where a wheel is set aside, marks from the place looked at.
const ASIDE_MARKS: [f64; 6] = [10.0, -10.0, 20.0, -20.0, 30.0, 45.0];
/// After so many looks the worth of a sweep is weighed anew.
const SWEEP_WEIGHED: u32 = 4;
/// Slips of the hand by which two stops must lie apart.
const SLIPS: f64 = 6.0;
/// Readings of one setting that are weighed.
const REPEATS: [u32; 4] = [1, 2, 4, 8];

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

/// How a stage ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Advice {
    /// A gate is found as surely as asked for.
    Found(Candidate),
    /// Trying this place out is worth more than reading.
    Try(Candidate),
    /// Patience is at its end.
    Enough,
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

    /// Reads on until a gate is found, trying is worth more, or patience ends. `try_s` is what trying
    /// a place out costs, where that can be done.
    pub(super) fn look(
        &mut self,
        handle: &mut Handle<'_>,
        parked: &[Option<f64>],
        belief: &mut Belief<'_>,
        (until_s, try_s): (f64, Option<f64>),
    ) -> Step<Advice> {
        let (mut looks, mut again) = (0, 0.0);
        loop {
            let posterior = belief.posterior();
            let by_place = belief.by_place(&posterior);
            let candidates = belief.candidates(&by_place, WEIGHED);
            let Some(&top) = candidates.first() else {
                return Ok(Advice::Enough);
            };
            if top.p >= self.care.p_found {
                return Ok(Advice::Found(top));
            }
            if handle.tally().elapsed_s > until_s {
                return Ok(Advice::Enough);
            }
            let masses = belief.by_wheel(&by_place);
            let contrast = |numbers: &[f64]| belief.contrast(&posterior, &masses, numbers);
            // a whole sweep again, or a few readings of one setting
            if looks % SWEEP_WEIGHED == 0 {
                again = self.sweep_nats(parked, &contrast).min(entropy(&by_place));
            }
            looks += 1;
            let mut best = (again / self.sweep_s.max(1.0), None);
            let flank = belief.flank_marks();
            let looks_at = |c: &Candidate| {
                [0.0, flank, -flank].map(|d| Candidate {
                    number: wrap(c.number + d, self.facts.marks),
                    ..*c
                })
            };
            for candidate in &candidates.iter().flat_map(looks_at).collect::<Vec<_>>() {
                let Some(numbers) = self.aside(parked, belief, &by_place, candidate) else {
                    continue;
                };
                let varies = contrast(&numbers);
                for repeats in REPEATS {
                    let n = f64::from(repeats);
                    let nats = (0.5 * ln(1.0 + n * varies)).min(binary(candidate.p));
                    let rate = nats / (self.redial_s(numbers.len()) + n * self.reading_s());
                    if rate > best.0 {
                        best = (rate, Some((numbers.clone(), repeats)));
                    }
                }
            }
            if let Some(try_s) = try_s
                && binary(top.p) / try_s > best.0
            {
                return Ok(Advice::Try(top));
            }
            match best.1 {
                None => {
                    self.sweep(handle, parked, belief)?;
                    // where no setting leaves the parked wheels alone there is nothing to read
                    if self.sweep_s <= 0.0 {
                        return Ok(Advice::Enough);
                    }
                    looks = 0;
                }
                Some((numbers, repeats)) => {
                    let stops = self.stops_for(&numbers);
                    let mut readings = Vec::new();
                    for _ in 0..repeats {
                        readings.push(self.read(handle, &stops)?);
                    }
                    belief.take(numbers, &readings);
                }
            }
        }
    }

    /// What a sweep can tell at most, nats.
    fn sweep_nats(&self, parked: &[Option<f64>], contrast: &dyn Fn(&[f64]) -> f64) -> f64 {
        let step = 2.0 * self.facts.window_half_marks * self.care.step_windows;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred points"
        )]
        let points = (self.facts.marks / step).ceil() as u32;
        let worth = |k: u32| {
            let stops = self.sweep_stops(parked, f64::from(k) * step);
            let numbers = self.numbers(&stops);
            if self.is_plain(&stops) && self.stays(parked, &numbers) {
                0.5 * ln(1.0 + contrast(&numbers))
            } else {
                0.0
            }
        };
        (0..points).map(worth).sum()
    }

    /// The numbers that set the wheel of `candidate` on its place and the other unknown ones where
    /// no gate is expected; `None` where that cannot be read.
    fn aside(
        &self,
        parked: &[Option<f64>],
        belief: &Belief<'_>,
        by_place: &[f64],
        candidate: &Candidate,
    ) -> Option<Vec<f64>> {
        let last = self.facts.wheels - 1;
        let is_read = |i: usize, n: f64| {
            let mark = mark_for(&self.facts, i, n, direction_of(self.start(), i));
            i != last || !self.facts.is_hidden(mark)
        };
        let mut numbers = Vec::with_capacity(parked.len());
        for (i, known) in parked.iter().enumerate() {
            let number = match known {
                Some(number) => *number,
                None if i == candidate.wheel => candidate.number,
                None => {
                    let from = candidate.number;
                    let at = |d: &f64| wrap(from + d, self.facts.marks);
                    let places = ASIDE_MARKS.iter().map(at).filter(|&n| is_read(i, n));
                    places.min_by(|&a, &b| {
                        let mass = |n: f64| belief.mass_near(by_place, i, n);
                        mass(a).total_cmp(&mass(b))
                    })?
                }
            };
            if known.is_none() && !is_read(i, number) {
                return None;
            }
            numbers.push(number);
        }
        // where a wheel would be carried along it is not where it should be
        let all: Vec<Option<f64>> = numbers.iter().map(|n| Some(*n)).collect();
        let stops = self.stops_for(&numbers);
        let is_set = self.is_plain(&stops) && self.stays(&all, &self.numbers(&stops));
        is_set.then_some(numbers)
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

/// Entropy of a distribution, nats.
fn entropy(p: &[f64]) -> f64 {
    p.iter().filter(|p| **p > 1e-12).map(|p| -p * ln(*p)).sum()
}

/// Entropy of yes or no, nats.
fn binary(p: f64) -> f64 {
    entropy(&[p, 1.0 - p])
}

#[cfg(test)]
#[path = "rig_tests.rs"]
mod tests;
