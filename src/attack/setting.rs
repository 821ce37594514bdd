//! How an attacker puts wheels on numbers with as few turns as the drive train allows.
//!
//! A setting is a list of stops. Each stop carries all wheels from its first one to the cam along
//! and leaves them on a mark; the following stop turns back and moves only the later wheels. All
//! wheels together need one stop, a full code one stop a wheel.

use super::wall::{Facts, Handle, Step};
use crate::math::{ceil, round};
use crate::mechanism::dial_lock::MOST_WHEELS;
use crate::mechanism::drive_train::{Direction, Move};
use crate::units::wrap_near;

/// One stop: wheels `first..` are left at the dial mark `mark`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stop {
    /// First wheel that is moved, 0-based.
    pub(super) first: usize,
    /// Dial mark.
    pub(super) mark: f64,
}

/// The stops of one setting, at most one a wheel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stops {
    stops: [Stop; MOST_WHEELS],
    len: usize,
}

impl Stops {
    /// No stops yet.
    pub(super) const NONE: Self = Self {
        stops: [Stop {
            first: 0,
            mark: 0.0,
        }; MOST_WHEELS],
        len: 0,
    };

    /// Adds a stop.
    pub(super) fn push(&mut self, first: usize, mark: f64) {
        self.stops[self.len] = Stop { first, mark };
        self.len += 1;
    }
}

impl std::ops::Deref for Stops {
    type Target = [Stop];

    fn deref(&self) -> &[Stop] {
        &self.stops[..self.len]
    }
}

/// Remembers how the wheels were last set, so that only what must change is dialed again.
pub(super) struct Dialer<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) dialed: Dialed,
}

/// How the wheels were last set.
#[derive(Default)]
pub(super) struct Dialed {
    pub(super) stops: Vec<Stop>,
    pub(super) start: Option<Direction>,
    /// Travel of the last stop, marks.
    pub(super) run_marks: f64,
}

/// Direction of stop `k` when the first one turns in `start`.
pub(super) fn direction_of(start: Direction, k: usize) -> Direction {
    if k.is_multiple_of(2) {
        start
    } else {
        start.reversed()
    }
}

/// The wheel's number (standard direction) when it is left at dial mark `mark`, in [0, N), in
/// `direction`.
pub(super) fn number_at(facts: &Facts<'_>, wheel: usize, mark: f64, direction: Direction) -> f64 {
    wrap_near(mark + shift(facts, wheel, direction), facts.marks)
}

/// The dial mark that leaves `wheel` at `number`, in [0, N), when turning in `direction`.
pub(super) fn mark_for(facts: &Facts<'_>, wheel: usize, number: f64, direction: Direction) -> f64 {
    wrap_near(number - shift(facts, wheel, direction), facts.marks)
}

/// What to add to a number set in `direction` to get the number in the standard direction.
fn shift(facts: &Facts<'_>, wheel: usize, direction: Direction) -> f64 {
    if direction == facts.drive.direction(wheel) {
        0.0
    } else {
        facts.reversal_shift_marks[wheel]
    }
}

impl<'a> Dialer<'a> {
    /// Of someone who has dialed nothing yet.
    pub(super) fn new(facts: Facts<'a>) -> Self {
        Self {
            facts,
            dialed: Dialed::default(),
        }
    }

    /// Puts the wheels as `stops` say, turning in `start` first.
    pub(super) fn set(
        &mut self,
        handle: &mut Handle<'_>,
        start: Direction,
        stops: &[Stop],
    ) -> Step<()> {
        let (drive, n) = (self.facts.drive, self.facts.marks);
        if self.is_on(start, stops) {
            return Ok(());
        }
        if let Some((step, ahead)) = self.advance(handle.dial_marks(), start, stops) {
            self.go_on(stops, ahead);
            return handle.turn(&[step]);
        }
        let mut run_marks = None;
        for (k, stop) in stops.iter().enumerate() {
            let direction = direction_of(start, k);
            let step = if k == 0 {
                let passes = u32::try_from(drive.wheels + 1).unwrap_or(u32::MAX);
                Move {
                    direction,
                    passes,
                    mark: stop.mark,
                }
            } else {
                let run = run_to(&self.facts, stops[k - 1].mark, *stop, direction);
                run_marks = Some(run);
                Move {
                    direction,
                    passes: passes(run, (handle.dial_marks(), stop.mark), direction, n),
                    mark: stop.mark,
                }
            };
            handle.turn(&[step])?;
        }
        self.dialed_anew(start, stops.iter().copied(), run_marks);
        Ok(())
    }

    /// Whether the wheels stand as `stops` say.
    pub(super) fn is_on(&self, start: Direction, stops: &[Stop]) -> bool {
        self.dialed.start == Some(start) && self.dialed.stops == stops
    }

    /// Takes the last stop as gone on to that of `stops`, `ahead` marks.
    fn go_on(&mut self, stops: &[Stop], ahead: f64) {
        self.dialed.run_marks += ahead;
        if let (Some(old), Some(new)) = (self.dialed.stops.last_mut(), stops.last()) {
            *old = *new;
        }
    }

    /// Takes `stops` as dialed, the last one of several with `run_marks` of travel.
    pub(super) fn dialed_anew(
        &mut self,
        start: Direction,
        stops: impl Iterator<Item = Stop>,
        run_marks: Option<f64>,
    ) {
        self.dialed.run_marks = run_marks.unwrap_or(self.dialed.run_marks);
        self.dialed.start = Some(start);
        self.dialed.stops.clear();
        self.dialed.stops.extend(stops);
    }

    /// The one move that is enough where only the last stop moves on in its own direction, with the dial
    /// at `dial_marks`; and how far the last stop moves.
    fn advance(&self, dial_marks: f64, start: Direction, stops: &[Stop]) -> Option<(Move, f64)> {
        let k = stops.len().checked_sub(1)?;
        let old = self.dialed.last_but_moved(start, stops.iter().copied())?;
        let Stop { first, mark } = stops[k];
        let last = LastStop::of(&self.facts, start, (k, first));
        let (passes, ahead) = last.on_from(old, mark, self.dialed.run_marks, dial_marks)?;
        let step = Move {
            direction: direction_of(start, k),
            passes: if passes > 1.0 { 2 } else { 1 },
            mark,
        };
        Some((step, ahead))
    }
}

impl Dialed {
    /// The mark of the last stop, where nothing but that must be another for `stops`, turning in `start`
    /// first.
    pub(super) fn last_but_moved(
        &self,
        start: Direction,
        mut stops: impl ExactSizeIterator<Item = Stop>,
    ) -> Option<f64> {
        let (last, inner) = self.stops.split_last()?;
        let is_alike = self.start == Some(start)
            && self.stops.len() == stops.len()
            && inner.iter().all(|stop| stops.next() == Some(*stop))
            && stops.next().is_some_and(|stop| stop.first == last.first);
        is_alike.then_some(last.mark)
    }
}

/// The last stop of settings of one kind.
pub(super) struct LastStop<'f> {
    facts: &'f Facts<'f>,
    sign: f64,
    /// Longest run that leaves the wheel before where it is, marks.
    most_run_marks: f64,
}

impl<'f> LastStop<'f> {
    /// Stop `k`, whose first wheel is `first`, of settings that turn in `start` first.
    pub(super) fn of(facts: &'f Facts<'f>, start: Direction, (k, first): (usize, usize)) -> Self {
        Self {
            facts,
            sign: direction_of(start, k).sign(),
            most_run_marks: match k {
                0 => f64::INFINITY,
                _ => facts.reach_marks[first - 1],
            },
        }
    }

    /// How often the mark `new` is passed in the one move that puts the wheels there from the mark `old`, made
    /// with `run_marks` of travel, in the stop's own direction, with the dial at `dial_marks`; and how far
    /// the stop moves. `None` where the setting must be dialed anew.
    #[inline]
    pub(super) fn on_from(
        &self,
        old: f64,
        new: f64,
        run_marks: f64,
        dial_marks: f64,
    ) -> Option<(f64, f64)> {
        let n = self.facts.marks;
        let way = |from: f64, to: f64| wrap_near(self.sign * (to - from), n);
        let ahead = way(old, new);
        // A longer run would carry the wheel before along.
        let is_free = run_marks + ahead <= self.most_run_marks;
        // The dial must first come back to the old mark, where it picks the wheels up again.
        let comes_back = way(dial_marks, new) < way(dial_marks, old);
        let goes_on = is_free && ahead < 0.5 * n && !self.facts.is_hidden(old);
        goes_on.then_some((if comes_back { 2.0 } else { 1.0 }, ahead))
    }
}

/// The travel from dial mark `from` that picks the stop's first wheel up and ends on its mark.
pub(super) fn run_to(facts: &Facts<'_>, from: f64, stop: Stop, direction: Direction) -> f64 {
    let n = facts.marks;
    let mut way = wrap_near(direction.sign() * (stop.mark - from), n);
    if way < 1e-9 {
        way = n;
    }
    let needed = facts.reach_marks[stop.first];
    way + ceil((needed - way) / n).max(0.0) * n
}

/// How often `mark` is passed on a way of about `run` marks from where the dial really stands: the
/// hand has slipped, and a start beside the mark must not count for a pass.
fn passes(run: f64, (dial, mark): (f64, f64), direction: Direction, n: f64) -> u32 {
    let way = wrap_near(direction.sign() * (mark - dial), n);
    let way = if way < 1e-9 { n } else { way };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 9 turns"
    )]
    let more = round((run - way) / n).max(0.0) as u32;
    1 + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_beside_the_mark_does_not_count_for_a_pass() {
        for (dial, direction, counted) in [
            (50.1, Direction::Right, 2),
            (49.9, Direction::Right, 1),
            (49.9, Direction::Left, 2),
            (50.0, Direction::Left, 1),
        ] {
            assert_eq!(
                passes(100.0, (dial, 50.0), direction, 100.0),
                counted,
                "{dial}"
            );
        }
        assert_eq!(passes(230.0, (20.3, 50.0), Direction::Left, 100.0), 3);
    }
}
