//! How an attacker puts wheels on numbers with as few turns as the drive train allows.
//!
//! A setting is a list of stops. Each stop carries all wheels from its first one to the cam along
//! and leaves them on a mark; the following stop turns back and moves only the later wheels. All
//! wheels together need one stop, a full code one stop a wheel.

use super::wall::{Facts, Handle, Step};
use crate::math::{ceil, round};
use crate::mechanism::drive_train::{Direction, DriveTrain, Move};
use crate::units::wrap;

/// One stop: wheels `first..` are left at the dial mark `mark`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stop {
    /// First wheel that is moved, 0-based.
    pub(super) first: usize,
    /// Dial mark.
    pub(super) mark: f64,
}

/// Remembers how the wheels were last set, so that only what must change is dialed again.
pub(super) struct Dialer<'a> {
    facts: Facts<'a>,
    stops: Vec<Stop>,
    start: Option<Direction>,
    run_marks: f64,
}

/// Direction of stop `k` when the first one turns in `start`.
pub(super) fn direction_of(start: Direction, k: usize) -> Direction {
    if k.is_multiple_of(2) {
        start
    } else {
        start.reversed()
    }
}

/// The wheel's number (standard direction) when it is left at dial mark `mark` in `direction`.
pub(super) fn number_at(drive: &DriveTrain, wheel: usize, mark: f64, direction: Direction) -> f64 {
    let shift = if direction == drive.direction(wheel) {
        0.0
    } else {
        drive.reversal_shift_marks(wheel)
    };
    wrap(mark + shift, f64::from(drive.marks))
}

/// The dial mark that leaves `wheel` at `number` when turning in `direction`.
pub(super) fn mark_for(drive: &DriveTrain, wheel: usize, number: f64, direction: Direction) -> f64 {
    let shift = if direction == drive.direction(wheel) {
        0.0
    } else {
        drive.reversal_shift_marks(wheel)
    };
    wrap(number - shift, f64::from(drive.marks))
}

impl<'a> Dialer<'a> {
    /// Of someone who has dialed nothing yet.
    pub(super) fn new(facts: Facts<'a>) -> Self {
        Self {
            facts,
            stops: Vec::new(),
            start: None,
            run_marks: 0.0,
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
        if self.start == Some(start) && self.stops == stops {
            return Ok(());
        }
        if let Some((step, run)) = self.advance(handle.dial_marks(), start, stops) {
            self.run_marks = run;
            self.stops.clear();
            self.stops.extend_from_slice(stops);
            return handle.turn(&[step]);
        }
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
                let run = run_to(drive, stops[k - 1].mark, *stop, direction);
                self.run_marks = run;
                Move {
                    direction,
                    passes: passes(run, (handle.dial_marks(), stop.mark), direction, n),
                    mark: stop.mark,
                }
            };
            handle.turn(&[step])?;
        }
        self.start = Some(start);
        self.stops.clear();
        self.stops.extend_from_slice(stops);
        Ok(())
    }

    /// The one move that is enough where only the last stop moves on in its own direction.
    fn advance(&self, dial_marks: f64, start: Direction, stops: &[Stop]) -> Option<(Move, f64)> {
        let k = stops.len().checked_sub(1)?;
        if self.start != Some(start)
            || self.stops.len() != stops.len()
            || self.stops[..k] != stops[..k]
        {
            return None;
        }
        let (drive, old, new) = (self.facts.drive, self.stops[k], stops[k]);
        if old.first != new.first || self.facts.is_hidden(old.mark) {
            return None;
        }
        let direction = direction_of(start, k);
        let ahead = wrap(
            direction.sign() * (new.mark - old.mark),
            f64::from(drive.marks),
        );
        let run = self.run_marks + ahead;
        let is_free = k == 0 || run <= limit(drive, new.first);
        // The dial must first come back to the old mark, where it picks the wheels up again.
        let way = |mark: f64| {
            wrap(
                direction.sign() * (mark - dial_marks),
                f64::from(drive.marks),
            )
        };
        let passes = if way(new.mark) < way(old.mark) { 2 } else { 1 };
        (is_free && ahead < 0.5 * f64::from(drive.marks)).then_some((
            Move {
                direction,
                passes,
                mark: new.mark,
            },
            run,
        ))
    }
}

/// Travel after which the wheel before `first` is carried along.
fn limit(drive: &DriveTrain, first: usize) -> f64 {
    drive.reach_marks(first - 1)
}

/// The travel from dial mark `from` that picks the stop's first wheel up and ends on its mark.
fn run_to(drive: &DriveTrain, from: f64, stop: Stop, direction: Direction) -> f64 {
    let n = f64::from(drive.marks);
    let mut way = wrap(direction.sign() * (stop.mark - from), n);
    if way < 1e-9 {
        way = n;
    }
    let needed = drive.reach_marks(stop.first);
    way + ceil((needed - way) / n).max(0.0) * n
}

/// How often `mark` is passed on a way of about `run` marks from where the dial really stands: the
/// hand has slipped, and a start beside the mark must not count for a pass.
fn passes(run: f64, (dial, mark): (f64, f64), direction: Direction, n: f64) -> u32 {
    let way = wrap(direction.sign() * (mark - dial), n);
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
