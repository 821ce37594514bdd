//! The wall between an attacker and the lock, and the clock on it.
//!
//! **What.** A [`Handle`] has exactly `turn`, `read_contacts`, `try_open`, `note` and a clock that
//! these advance; `tour` does the same for a list of settings that is known beforehand. What stands behind it (the as-built lock, the code, the random streams) is private
//! to this module.
//!
//! **Model.** The dial is turned through the drive train, so time follows from the turns really
//! made. Reading: `σ² = σ_0² (1 + (κ τ_f / Δτ)²)`, then rounding (`physics.md` 1.5).
//!
//! **Assumptions.** The attacker knows make and model ([`Facts`]); readings err independently.
//!
//! **Reference.** `physics.md` 1.5, 4.
//!
//! **Checked by.** `attack::wall::tests` (swapping the lock behind the handle changes nothing but
//! through readings); `tests/it/validation/clock.rs`.
//!
//! What can be seen is seen, and nothing else:
//!
//! ```
//! fn look(handle: &wheelpack::attack::Handle<'_>) {
//!     let _ = &handle.tally();
//! }
//! ```
//! ```compile_fail,E0616
//! fn look(handle: &wheelpack::attack::Handle<'_>) {
//!     let _ = &handle.behind; // private: an attacker cannot reach the lock
//! }
//! ```

mod area;
mod course;
mod gear;
mod lanes;
mod reading;

use super::allowed::Allowed;
use super::behind::Behind;
pub use super::facts::Facts;
use super::graphing::Graph;
use super::known::Beforehand;
use super::reader::Reader;
use super::settings::Settings;
pub use super::tally::{Reading, Step, Stop, Tally};
use super::tour::Plan;
use super::trace::{Action, Event};
use crate::mechanism::dial_lock::{AsBuilt, DialLock, MOST_WHEELS};
use crate::mechanism::drive_train::{Direction, Move, Positions};
use crate::rng::{Normals, Purpose, Stream, stream};
use crate::units::wrap;
use area::Area;
use gear::Gear;
use reading::Touched;

/// The attacker's side of a lock.
pub struct Handle<'a> {
    behind: Box<dyn Behind + 'a>,
    lock: &'a DialLock,
    facts: Facts<'a>,
    gear: Gear,
    area: Area,
    reader: &'a Reader,
    at: Positions,
    heading: Direction,
    tally: Tally,
    hand: Normals,
    eye: Normals,
    drag: Stream,
    trace: Option<Vec<Event>>,
    /// What was felt last; `None` once a wheel has moved.
    felt: Option<Touched>,
    pub(super) room: Room,
    /// Deviates for slips that were drawn ahead and not used; the next one last.
    ahead: Vec<f32>,
    /// When the time is up, seconds on the clock.
    until_s: f64,
}

/// Space to work in, for trials that are made one after the other; what it holds means nothing.
#[derive(Default)]
pub struct Room {
    course: Option<Box<course::Course>>,
    pub(super) plan: Plan,
    pub(super) settings: Settings,
    pub(super) graph: Graph,
}

/// The random streams of a trial.
pub struct Streams {
    /// Where the dial is stopped.
    hand: Normals,
    /// Noise of readings.
    eye: Normals,
    /// Which wheels friction drags along.
    drag: Stream,
}

impl Streams {
    /// Those of trial number `trial` under `seed`.
    #[must_use]
    pub fn of(seed: u64, trial: u64) -> Self {
        Self {
            hand: Normals::new(stream(seed, trial, Purpose::Hand)),
            eye: Normals::new(stream(seed, trial, Purpose::Reading)),
            drag: stream(seed, trial, Purpose::Drag),
        }
    }
}

impl<'a> Handle<'a> {
    /// A handle on `built`, worked by `reader`.
    #[must_use]
    pub fn new(
        built: AsBuilt<'a>,
        reader: &'a Reader,
        allowed: &'a dyn Allowed,
        streams: Streams,
    ) -> Self {
        let lock = built.lock();
        Self::over(Box::new(built), lock, reader, allowed, streams)
    }

    fn over(
        behind: Box<dyn Behind + 'a>,
        lock: &'a DialLock,
        reader: &'a Reader,
        allowed: &'a dyn Allowed,
        streams: Streams,
    ) -> Self {
        let by_wheel = |of: &dyn Fn(usize) -> f64| {
            std::array::from_fn(|i| if i < lock.wheels { of(i) } else { 0.0 })
        };
        let (marks, plain) = (f64::from(lock.marks), lock.plain_contact_marks());
        let contact_marks = (wrap(plain.0, marks), wrap(plain.1, marks));
        let last_travel_marks = lock.drive.travel_marks(lock.wheels - 1);
        let facts = Facts {
            marks,
            wheels: lock.wheels,
            window_half_marks: lock.window.half_marks(),
            contact_marks,
            hidden_marks: Facts::hidden_area(marks, plain, last_travel_marks),
            drive: &lock.drive,
            reversal_shift_marks: by_wheel(&|i| lock.drive.reversal_shift_marks(i)),
            reach_marks: by_wheel(&|i| lock.drive.reach_marks(i)),
            allowed,
            model: lock,
            likely: &[],
            held: &[],
            codes: 1,
            shape: None,
        };
        let (at, heading) = (lock.drive.rest(), Direction::Right);
        Self {
            behind,
            lock,
            facts,
            gear: Gear::of(&lock.drive),
            area: Area::new(contact_marks, lock.contact_centre_marks, marks),
            reader,
            at,
            heading,
            tally: Tally::default(),
            hand: streams.hand,
            eye: streams.eye,
            drag: streams.drag,
            trace: None,
            felt: None,
            room: Room::default(),
            ahead: Vec::new(),
            until_s: 3600.0 * reader.budget_h,
        }
    }

    /// Has the time be up at `until_s` seconds on the clock, or with the budget where that ends before.
    pub(super) fn work_until(&mut self, until_s: f64) {
        self.until_s = until_s.min(3600.0 * self.reader.budget_h);
    }

    /// Whether the budget is not yet spent.
    pub(super) fn has_time(&self) -> bool {
        self.tally.elapsed_s <= 3600.0 * self.reader.budget_h
    }

    /// What ends the work when the time is up, in words.
    fn time_up(&self) -> &'static str {
        if self.has_time() {
            "breaks off"
        } else {
            "time is up"
        }
    }

    /// The same handle with the space that an earlier one has left.
    #[must_use]
    pub(super) fn with_room(mut self, room: Room) -> Self {
        self.room = room;
        self
    }

    /// The same handle for someone who knows more.
    #[must_use]
    pub fn knowing(mut self, known: Beforehand<'a>) -> Self {
        self.facts = self.facts.knowing(known);
        self
    }

    /// The same handle, with everything that is done on it written down.
    #[must_use]
    pub fn traced(mut self) -> Self {
        self.trace = Some(Vec::new());
        self
    }

    /// What was written down; nothing where the handle is not traced.
    #[must_use]
    pub fn into_trace(self) -> Vec<Event> {
        self.trace.unwrap_or_default()
    }

    /// What is known of the make and model.
    #[must_use]
    pub fn facts(&self) -> Facts<'a> {
        self.facts.clone()
    }

    /// The reader's own profile.
    #[must_use]
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// What has been done so far, the clock included.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Where the dial stands, in `[0, N)` marks: plain to see.
    #[must_use]
    pub fn dial_marks(&self) -> f64 {
        wrap(self.at.cam, self.facts.marks)
    }

    /// Makes the moves of a dial program.
    ///
    /// # Errors
    /// [`Stop::TimeUp`] when the budget is spent.
    pub fn turn(&mut self, moves: &[Move]) -> Step<()> {
        for step in moves {
            let slip = self.slip();
            let aimed = self.facts.drive.destination(self.at.cam, step);
            self.heading = step.direction;
            self.go(aimed + slip);
            let end = self.pass(self.reader.settle_s);
            self.tell(
                Action::Turn,
                || format!("{}{} {:.1}", step.direction, step.passes, step.mark),
                None,
            );
            end?;
        }
        Ok(())
    }

    fn slip(&mut self) -> f64 {
        let ahead = self.ahead.pop().map(f64::from);
        let deviate = ahead.unwrap_or_else(|| self.hand.draw());
        self.reader.mis_set_sd_marks * deviate
    }

    /// Turns on to where the lever can fall, and tries the bolt.
    ///
    /// # Errors
    /// [`Stop::Opened`] if it opens, [`Stop::TimeUp`] when the budget is spent.
    pub fn try_open(&mut self) -> Step<()> {
        let tried = self.try_bolt();
        let time_up = self.time_up();
        let what = || match tried {
            Err(Stop::Opened) => "open".to_owned(),
            Err(Stop::TimeUp) => time_up.to_owned(),
            Ok(()) => "shut".to_owned(),
        };
        self.tell(Action::Try, what, None);
        tried
    }

    fn try_bolt(&mut self) -> Step<()> {
        let back = self.heading.reversed();
        self.approach(back, self.lock.contact_centre_marks);
        self.tally.tries += 1;
        self.pass(self.reader.try_s)?;
        if self.behind.opens(&self.numbers()[..self.facts.wheels]) {
            Err(Stop::Opened)
        } else {
            Ok(())
        }
    }

    /// Writes something down.
    ///
    /// # Errors
    /// [`Stop::TimeUp`] when the budget is spent.
    pub fn note(&mut self) -> Step<()> {
        let end = self.pass(self.reader.note_s);
        self.tell(Action::Note, String::new, None);
        end
    }

    /// Puts a belief or decision into the trace, if there is one; takes no time.
    pub fn think(&mut self, what: impl FnOnce() -> String) {
        self.tell(Action::Think, what, None);
    }

    #[inline]
    fn tell(&mut self, action: Action, what: impl FnOnce() -> String, reading: Option<Reading>) {
        if self.trace.is_some() {
            self.write_down(action, what, reading);
        }
    }

    /// Out of the way: hardly a trial is traced.
    #[cold]
    #[inline(never)]
    fn write_down(
        &mut self,
        action: Action,
        what: impl FnOnce() -> String,
        reading: Option<Reading>,
    ) {
        let numbers = self.numbers();
        let event = Event {
            elapsed_s: self.tally.elapsed_s,
            action,
            what: what(),
            reading,
            wheels_marks: numbers[..self.facts.wheels].to_vec(),
        };
        if let Some(trace) = &mut self.trace {
            trace.push(event);
        }
    }

    /// Lets `tries` more tries pass that take so many turns and seconds: only for an attack that is judged.
    pub(super) fn pass_tries(&mut self, tries: u64, (turns, seconds): (f64, f64)) -> Step<()> {
        self.tally.tries += tries;
        self.tally.turns += turns;
        self.pass(seconds)
    }

    /// Counts a high–low test.
    pub fn count_test(&mut self, inconclusive: bool) {
        self.tally.tests += 1;
        self.tally.inconclusive += u64::from(inconclusive);
    }

    /// Turns in `direction` to the next place where the dial shows `mark`.
    /// Returns how many wheels were carried.
    fn approach(&mut self, direction: Direction, mark: f64) -> usize {
        let step = Move {
            direction,
            passes: 1,
            mark,
        };
        self.go(self.facts.drive.destination(self.at.cam, &step))
    }

    fn go(&mut self, cam: f64) -> usize {
        let turns = (cam - self.at.cam).abs() / self.facts.marks;
        self.tally.turns += turns;
        self.tally.elapsed_s += turns * self.reader.turn_s;
        let drive = self.facts.drive;
        let carried = drive.turn_by_luck(&mut self.at, cam, &mut self.drag);
        if carried > 0 {
            self.felt = None;
        }
        carried
    }

    fn pass(&mut self, seconds: f64) -> Step<()> {
        self.tally.elapsed_s += seconds;
        if self.tally.elapsed_s > self.until_s {
            Err(Stop::TimeUp)
        } else {
            Ok(())
        }
    }

    fn numbers(&self) -> [f64; MOST_WHEELS] {
        let mut numbers = [0.0; MOST_WHEELS];
        for (i, n) in numbers.iter_mut().enumerate().take(self.facts.wheels) {
            *n = self.facts.drive.number(&self.at, i);
        }
        numbers
    }
}

#[cfg(test)]
#[path = "wall_tests.rs"]
mod tests;
