//! Settings made one after the other, planned before the dial is turned.
//!
//! What is read along the way changes nothing in how the next setting is dialed, so a manipulator who
//! goes over a list of settings knows all moves beforehand: each setting is dialed anew, or its last
//! stop goes on from where the setting before left it. A [`Tour`] holds the moves of as many settings as
//! are of one kind; the handle then makes them in one go (`wall/course.rs`), to the same effect as one by
//! one.

use super::setting::{Dialer, LastStop, direction_of, run_to};
use super::settings::{Block, Settings};
use super::wall::{Handle, Step};
use crate::mechanism::drive_train::Direction;

/// What is done at each setting of a tour.
#[derive(Clone, Copy)]
pub(super) enum Doing {
    /// The contact points are read and noted so many times.
    Read(u32),
    /// The bolt is tried.
    Try,
}

/// How the settings of a tour are dialed. Rows have an entry for each setting.
#[derive(Default)]
pub(super) struct Plan {
    /// Travel of each stop but the first, as far as it is planned, marks: a row for each.
    runs: Vec<Vec<f64>>,
    /// The mark to which the last stop was dialed anew.
    from: Vec<f64>,
    /// How far from there the last stop has gone on, marks; 0 where it is dialed anew.
    on: Vec<f64>,
    /// How often the mark of the last stop is passed where it goes on; 0 where the setting is dialed anew.
    passes: Vec<f64>,
}

impl Plan {
    fn clear(&mut self, stops: usize) {
        self.runs.resize_with(stops.saturating_sub(1), Vec::new);
        let rows = self.runs.iter_mut();
        let rows = rows.chain([&mut self.from, &mut self.on, &mut self.passes]);
        rows.for_each(Vec::clear);
    }

    /// Adds a setting that is dialed anew.
    fn anew(&mut self) {
        self.on.push(0.0);
        self.passes.push(0.0);
    }

    /// Adds a setting whose last stop goes on `ahead` marks.
    fn go_on(&mut self, passes: u32, ahead: f64) {
        self.on.push(self.on.last().copied().unwrap_or(0.0) + ahead);
        self.passes.push(f64::from(passes));
    }

    /// Fills up the rows of what stays as it is while the last stop goes on.
    fn fill_up(&mut self) {
        let len = self.on.len();
        for row in self.runs.iter_mut().chain([&mut self.from]) {
            // Where nothing came before it does not matter how the first stops were made.
            row.resize(len, row.last().copied().unwrap_or(0.0));
        }
    }

    fn goes_on(&self) -> bool {
        self.passes.first().is_some_and(|passes| *passes > 0.0)
    }
}

/// Settings that have the same wheels on each stop, as they are to be dialed. Rows have an entry for each.
pub(super) struct Tour<'s> {
    block: &'s Block,
    /// Its first setting in the block.
    begin: usize,
    plan: &'s Plan,
}

impl Tour<'_> {
    /// How many settings it has.
    pub(super) fn len(&self) -> usize {
        self.plan.on.len()
    }

    /// How many stops each setting has.
    pub(super) fn stops(&self) -> usize {
        self.block.firsts.len()
    }

    /// Whether its first setting goes on from where the wheels stand.
    pub(super) fn goes_on(&self) -> bool {
        self.plan.goes_on()
    }

    /// The mark of stop `k`; of the last one that to which it was dialed anew.
    pub(super) fn marks(&self, k: usize) -> &[f64] {
        if k + 1 < self.stops() {
            &self.block.marks[k][self.begin..self.begin + self.len()]
        } else {
            &self.plan.from
        }
    }

    /// The mark of the last stop.
    pub(super) fn last(&self) -> &[f64] {
        let row = self.block.marks.last().map_or(&[][..], Vec::as_slice);
        row.get(self.begin..self.begin + self.len())
            .unwrap_or_default()
    }

    /// Travel of stop `k`, which is not the first, as far as it is planned, marks.
    pub(super) fn runs(&self, k: usize) -> &[f64] {
        &self.plan.runs[k - 1]
    }

    /// The mark to which the last stop was dialed anew.
    pub(super) fn from(&self) -> &[f64] {
        &self.plan.from
    }

    /// How far from there the last stop has gone on, marks; 0 where it is dialed anew.
    pub(super) fn on(&self) -> &[f64] {
        &self.plan.on
    }

    /// How often the mark of the last stop is passed where it goes on; 0 where the setting is dialed anew.
    pub(super) fn passes(&self) -> &[f64] {
        &self.plan.passes
    }
}

impl Dialer<'_> {
    /// Makes each of `settings`, turning in `start` first, and does `doing` there: in one go where nothing
    /// comes between. Mean contact widths (marks) are added to `widths`.
    pub(super) fn go_over(
        &mut self,
        handle: &mut Handle<'_>,
        start: Direction,
        settings: &Settings,
        doing: Doing,
        widths: &mut Vec<f64>,
    ) -> Step<()> {
        let mut plan = std::mem::take(&mut handle.room.plan);
        let end = self.go_over_by(&mut plan, handle, start, (settings, doing), widths);
        handle.room.plan = plan;
        end
    }

    fn go_over_by(
        &mut self,
        plan: &mut Plan,
        handle: &mut Handle<'_>,
        start: Direction,
        (settings, doing): (&Settings, Doing),
        widths: &mut Vec<f64>,
    ) -> Step<()> {
        let mut stops = Vec::new();
        for block in settings.blocks() {
            let last_stop = block.firsts.len().saturating_sub(1);
            let rest_marks = handle.rest_marks(doing, direction_of(start, last_stop));
            let mut k = 0;
            while k < block.len {
                let stands = (handle.dial_marks(), rest_marks);
                self.plan((block, k), start, stands, plan);
                let tour = Tour {
                    block,
                    begin: k,
                    plan,
                };
                let (made, by_hand) = handle.tour(&tour, start, doing, widths);
                self.follow(&tour, start, made);
                // Where nothing is planned the wheels stand there already.
                let end = k + tour.len().max(1);
                k += made;
                let until = (k + by_hand).min(end);
                for setting in k..until {
                    stops.clear();
                    stops.extend(block.stops(setting));
                    self.set(handle, start, &stops)?;
                    do_once(handle, doing, widths)?;
                }
                k = until;
            }
        }
        Ok(())
    }

    /// Plans the settings of `block` from number `k` on, as many as can be made in one go; the dial stands
    /// at `dial_marks` now and will stand at `rest_marks` after each of them.
    fn plan(
        &self,
        (block, k): (&Block, usize),
        start: Direction,
        (mut dial_marks, rest_marks): (f64, f64),
        plan: &mut Plan,
    ) {
        plan.clear(block.firsts.len());
        let Some(last_stop) = block.firsts.len().checked_sub(1) else {
            return;
        };
        let last = LastStop::of(&self.facts, start, (last_stop, block.firsts[last_stop]));
        let mut run_marks = self.dialed.run_marks;
        let mut old = self.dialed.last_but_moved(start, block.stops(k));
        for (setting, &new) in block.marks[last_stop].iter().enumerate().skip(k) {
            if old == Some(new) {
                break;
            }
            let on = old.and_then(|old| last.on_from(old, new, run_marks, dial_marks));
            if let Some((passes, ahead)) = on {
                if plan.on.is_empty() {
                    plan.from.extend(old);
                }
                run_marks += ahead;
                plan.go_on(passes, ahead);
            } else if plan.goes_on() {
                break;
            } else {
                plan.fill_up();
                for (k, row) in plan.runs.iter_mut().enumerate() {
                    let direction = direction_of(start, k + 1);
                    let stop = block.stop(k + 1, setting);
                    run_marks = run_to(&self.facts, block.marks[k][setting], stop, direction);
                    row.push(run_marks);
                }
                plan.from.push(new);
                plan.anew();
            }
            let is_alike = setting + 1 < block.len && block.is_alike(setting, setting + 1);
            old = is_alike.then_some(new);
            dial_marks = rest_marks;
        }
        plan.fill_up();
    }

    /// Takes the first `made` settings of `tour` as dialed.
    fn follow(&mut self, tour: &Tour<'_>, start: Direction, made: usize) {
        let Some(last) = made.checked_sub(1) else {
            return;
        };
        let anew = tour.plan.runs.last().map(|row| row[last]);
        let run_marks = match anew {
            Some(run_marks) if !tour.goes_on() => run_marks,
            _ => self.dialed.run_marks,
        };
        let stops = tour.block.stops(tour.begin + last);
        self.dialed_anew(start, stops, Some(run_marks + tour.plan.on[last]));
    }
}

/// Does `doing` where the wheels stand.
fn do_once(handle: &mut Handle<'_>, doing: Doing, widths: &mut Vec<f64>) -> Step<()> {
    match doing {
        Doing::Try => handle.try_open(),
        Doing::Read(repeats) => {
            let mut sum = 0.0;
            for _ in 0..repeats {
                let reading = handle.read_contacts()?;
                handle.note()?;
                sum += reading.width_marks();
            }
            widths.push(sum / f64::from(repeats));
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::reader;
    use crate::attack::setting::Stop;
    use crate::attack::wall::Streams;
    use crate::mechanism::MechanismSpec;
    use crate::mechanism::dial_lock::{AsBuilt, FAMILY};

    #[test]
    fn what_stands_already_is_done_where_it_stands() {
        let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
        let made = spec.build().expect("the example is sound");
        let lock = made.contact().expect("a dial lock");
        let code = vec![vec![52.0, 15.0, 37.0]];
        let reader = reader::find("expert").expect("shipped");
        for is_traced in [false, true] {
            let built = AsBuilt::nominal(lock, &code);
            let mut handle = Handle::new(built, reader, &|_: &[u32]| true, Streams::of(1, 0));
            if is_traced {
                handle = handle.traced();
            }
            let mut dialer = Dialer::new(handle.facts());
            let stop = |mark| [Stop { first: 0, mark }];
            let mut settings = Settings::default();
            for mark in [70.0, 70.0, 72.0, 72.0] {
                settings.push(&stop(mark));
            }
            let start = lock.drive.direction(0);
            let mut widths = Vec::new();
            for _ in 0..2 {
                let done =
                    dialer.go_over(&mut handle, start, &settings, Doing::Read(2), &mut widths);
                assert_eq!(done, Ok(()));
            }
            dialer
                .go_over(&mut handle, start, &settings, Doing::Try, &mut Vec::new())
                .expect("shut");
            assert_eq!((widths.len(), handle.tally().readings), (8, 16));
            assert_eq!(handle.tally().tries, 4);
        }
    }
}
