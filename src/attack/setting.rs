//! How an attacker puts wheels on numbers with as few turns as the drive train allows.
//!
//! A setting is a list of stops. Each stop carries all wheels from its first one to the cam along
//! and leaves them on a mark; the following stop turns back and moves only the later wheels. All
//! wheels together need one stop, a full code one stop a wheel.
//!
//! Where the next setting has another mark at its last stop only, that one moves on in its own direction. Where only
//! the one before has, the dial comes back all the way that the last stop took, moves that wheel on, and the last stop
//! is made again. Neither move may be so long that it carries the wheel before along.

use super::settings::{bits, only_moved};
use super::wall::{Facts, Handle, Step};
use crate::math::{ceil, round};
use crate::mechanism::dial_lock::MOST_WHEELS;
use crate::mechanism::drive_train::{Direction, Move};
use crate::units::wrap_near;

/// So much must be left where a longer way would carry a wheel along that is to stay, marks: the hand stops beside its
/// mark. Assumption: some slips of a fair hand.
pub(super) const SPARE_MARKS: f64 = 1.0;

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
    /// The travel of the last two stops, where that has been worked out: all of them dialed anew where not.
    pub(super) runs: Option<Runs>,
}

/// Travel of the last two stops of a setting, marks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Runs {
    pub(super) before: f64,
    pub(super) last: f64,
}

impl Runs {
    /// Those of so many stops, dialed anew from wherever the wheels stood; `stop` gives each.
    pub(super) fn anew(
        facts: &Facts<'_>,
        start: Direction,
        stops: usize,
        stop: impl Fn(usize) -> Stop,
    ) -> Self {
        let run = |from_end: usize| match stops.checked_sub(from_end) {
            Some(k) if k > 0 => run_to(facts, stop(k - 1).mark, stop(k), direction_of(start, k)),
            _ => 0.0,
        };
        Self {
            before: run(2),
            last: run(1),
        }
    }
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
        let on = self.advance(handle.dial_marks(), start, stops);
        for (k, stop) in stops.iter().enumerate() {
            let direction = direction_of(start, k);
            let passes = match &on {
                Some(on) if k < on.stop => continue,
                Some(on) if k == on.stop => on.passes,
                _ if k == 0 => u32::try_from(drive.wheels + 1).unwrap_or(u32::MAX),
                _ => {
                    let run = run_to(&self.facts, stops[k - 1].mark, *stop, direction);
                    passes(run, (handle.dial_marks(), stop.mark), direction, n)
                }
            };
            let mark = stop.mark;
            handle.turn(&[Move {
                direction,
                passes,
                mark,
            }])?;
        }
        self.dialed_anew(start, stops.iter().copied(), on.map(|on| on.runs));
        Ok(())
    }

    /// Whether the wheels stand as `stops` say.
    pub(super) fn is_on(&self, start: Direction, stops: &[Stop]) -> bool {
        self.dialed.start == Some(start) && self.dialed.stops == stops
    }

    /// Takes `stops` as dialed, the last two with such travel where they were not all dialed anew.
    pub(super) fn dialed_anew(
        &mut self,
        start: Direction,
        stops: impl Iterator<Item = Stop>,
        runs: Option<Runs>,
    ) {
        self.dialed.runs = runs;
        self.dialed.start = Some(start);
        self.dialed.stops.clear();
        self.dialed.stops.extend(stops);
    }

    /// How one of the last two stops moves on in its own direction, with the dial at `dial_marks`, where nothing else
    /// is moved.
    fn advance(&self, dial_marks: f64, start: Direction, stops: &[Stop]) -> Option<On> {
        let (k, old) = self.dialed.only_moved(start, stops.iter().copied())?;
        let stop = MovingStop::of(&self.facts, start, (k, stops[k].first), stops.get(k + 1));
        stop.on_from(old, stops[k].mark, self.runs(start), dial_marks)
    }

    /// The travel of the last two stops, as they were dialed turning in `start` first.
    pub(super) fn runs(&self, start: Direction) -> Runs {
        let stops = &self.dialed.stops;
        let anew = || Runs::anew(&self.facts, start, stops.len(), |k| stops[k]);
        self.dialed.runs.unwrap_or_else(anew)
    }
}

impl Dialed {
    /// The only stop that must be another for `stops`, turning in `start` first, if it is one of the last two, and the
    /// mark on which it stands.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn only_moved(
        &self,
        start: Direction,
        stops: impl ExactSizeIterator<Item = Stop> + Clone,
    ) -> Option<(usize, f64)> {
        let pairs = self.stops.iter().zip(stops.clone());
        let is_alike = self.start == Some(start)
            && self.stops.len() == stops.len()
            && pairs.clone().all(|(old, new)| old.first == new.first);
        if !is_alike {
            return None;
        }
        let moved = bits(pairs.map(|(old, new)| old.mark != new.mark));
        let k = only_moved(moved, self.stops.len())?;
        Some((k, self.stops[k].mark))
    }
}

/// How a stop moves on.
pub(super) struct On {
    pub(super) stop: usize,
    /// How often its mark is passed.
    pub(super) passes: u32,
    /// How far it moves, marks.
    pub(super) ahead: f64,
    /// The last two stops as they are then.
    pub(super) runs: Runs,
}

/// One of the last two stops of settings of one kind, which alone moves.
pub(super) struct MovingStop<'f> {
    pub(super) facts: &'f Facts<'f>,
    pub(super) stop: usize,
    pub(super) direction: Direction,
    /// The shortest run that picks its first wheel up, marks.
    pub(super) needed_marks: f64,
    /// Longest run that leaves the wheel before where it is, marks.
    pub(super) most_run_marks: f64,
    /// The stop behind it, if there is one, and the farthest from there that the dial is turned back until the next
    /// setting, marks.
    pub(super) behind: Option<(Stop, f64)>,
}

impl<'f> MovingStop<'f> {
    /// Stop `k`, whose first wheel is `first`, of settings that turn in `start` first, and the stop behind it.
    pub(super) fn of(
        facts: &'f Facts<'f>,
        start: Direction,
        (k, first): (usize, usize),
        behind: Option<&Stop>,
    ) -> Self {
        let direction = direction_of(start, k);
        let behind = behind.map(|behind| {
            let (left, right) = facts.contact_marks;
            let way = |to: f64| direction.sign() * (to - behind.mark);
            let back = |to: f64| wrap_near(way(to), facts.marks);
            (*behind, back(left).max(back(right)))
        });
        Self {
            facts,
            stop: k,
            direction,
            needed_marks: facts.reach_marks[first],
            most_run_marks: match k {
                0 => f64::INFINITY,
                _ => facts.reach_marks[first - 1],
            },
            behind,
        }
    }

    /// How the stop moves from the mark `old`, made with `runs` of travel, to the mark `new` in its own direction, with
    /// the dial at `dial_marks`. `None` where the setting must be dialed anew.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "asked at every setting of a list")]
    pub(super) fn on_from(&self, old: f64, new: f64, runs: Runs, dial_marks: f64) -> Option<On> {
        let n = self.facts.marks;
        let way = |from: f64, to: f64| wrap_near(self.direction.sign() * (to - from), n);
        let ahead = way(old, new);
        let run = if self.behind.is_some() {
            runs.before
        } else {
            runs.last
        };
        // A longer run would carry the wheel before along.
        if run + ahead > self.most_run_marks || ahead >= 0.5 * n {
            return None;
        }
        let passes = match self.behind {
            // The dial must first come back to the old mark, where it picks the wheels up again.
            None if self.facts.is_hidden(old) => return None,
            None if way(dial_marks, new) < way(dial_marks, old) => 2,
            None => 1,
            // Read or tried at, a last wheel in the contact area does not stay.
            Some((behind, _)) if self.facts.is_hidden(behind.mark) => return None,
            // It must come all the way back that the stop behind took, and may not have come there already.
            Some((_, back)) if back + SPARE_MARKS > runs.last => return None,
            // A last stop longer than this one has carried the wheel before along, which must be set again.
            Some(_) if self.stop > 0 && runs.last + SPARE_MARKS > runs.before => return None,
            Some((behind, _)) => {
                let run = runs.last + ahead - way(behind.mark, dial_marks);
                passes(run, (dial_marks, new), self.direction, n)
            }
        };
        let runs = match self.behind {
            None => Runs {
                last: runs.last + ahead,
                ..runs
            },
            Some((behind, _)) => Runs {
                before: runs.before + ahead,
                last: run_to(self.facts, new, behind, self.direction.reversed()),
            },
        };
        Some(On {
            stop: self.stop,
            passes,
            ahead,
            runs,
        })
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
