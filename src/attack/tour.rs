//! Settings made one after the other, planned before the dial is turned.
//!
//! What is read along the way changes nothing in how the next setting is dialed, so a manipulator who
//! goes over a list of settings knows all moves beforehand: each setting is dialed anew, or its last
//! stop goes on from where the setting before left it. A [`Tour`] holds the moves of as many settings as
//! are of one kind; the handle then makes them in one go (`wall/course.rs`), to the same effect as one by
//! one.

use super::setting::{Dialer, Stop, direction_of, on_from, run_to};
use super::wall::{Handle, Step};
use crate::mechanism::drive_train::Direction;

/// A list of settings, each a list of stops.
pub(super) struct Settings {
    stops: Vec<Stop>,
    ends: Vec<usize>,
}

impl Settings {
    /// An empty list with room for `settings` of `stops` each.
    pub(super) fn with_room(settings: usize, stops: usize) -> Self {
        Self {
            stops: Vec::with_capacity(settings * stops),
            ends: Vec::with_capacity(settings),
        }
    }

    /// Adds a setting.
    pub(super) fn push(&mut self, stops: &[Stop]) {
        self.stops.extend_from_slice(stops);
        self.ends.push(self.stops.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, k: usize) -> &[Stop] {
        let from = if k == 0 { 0 } else { self.ends[k - 1] };
        &self.stops[from..self.ends[k]]
    }
}

/// What is done at each setting of a tour.
#[derive(Clone, Copy)]
pub(super) enum Doing {
    /// The contact points are read and noted so many times.
    Read(u32),
    /// The bolt is tried.
    Try,
}

/// The moves of settings that have the same wheels on each stop. Rows have an entry for each setting.
#[derive(Default)]
pub(super) struct Tour {
    /// First wheel of each stop.
    pub(super) firsts: Vec<usize>,
    /// Marks of the stops but the last: a row for each stop.
    pub(super) marks: Vec<Vec<f64>>,
    /// Travel of each stop but the first, as far as it is planned, marks: a row for each.
    pub(super) runs: Vec<Vec<f64>>,
    /// The mark to which the last stop was dialed anew.
    pub(super) from: Vec<f64>,
    /// How far from there the last stop has gone on, marks; 0 where it is dialed anew.
    pub(super) on: Vec<f64>,
    /// The mark of the last stop.
    pub(super) last: Vec<f64>,
    /// How often that mark is passed where the last stop goes on; 0 where the setting is dialed anew.
    pub(super) passes: Vec<f64>,
}

impl Tour {
    /// How many settings it has.
    pub(super) fn len(&self) -> usize {
        self.last.len()
    }

    /// Whether its first setting goes on from where the wheels stand.
    pub(super) fn goes_on(&self) -> bool {
        self.passes.first().is_some_and(|p| *p > 0.0)
    }

    /// Empties it for settings like `stops`, `most` of them.
    fn start(&mut self, stops: &[Stop], most: usize) {
        self.firsts.clear();
        self.firsts.extend(stops.iter().map(|s| s.first));
        let inner = stops.len().saturating_sub(1);
        self.marks.resize_with(inner, Vec::new);
        self.runs.resize_with(inner, Vec::new);
        let rows = self.marks.iter_mut().chain(&mut self.runs);
        let rows = rows.chain([
            &mut self.from,
            &mut self.on,
            &mut self.last,
            &mut self.passes,
        ]);
        for row in rows {
            row.clear();
            row.reserve(most);
        }
    }

    /// Adds a setting whose last stop goes on `ahead` marks from that of `old`.
    fn go_on(&mut self, passes: f64, ahead: f64, old: &[Stop]) {
        for row in self.marks.iter_mut().chain(&mut self.runs) {
            // The first stops do not move: what they are does not matter where nothing came before.
            row.push(row.last().copied().unwrap_or(0.0));
        }
        let last_mark = old.last().map_or(0.0, |s| s.mark);
        self.from
            .push(self.from.last().copied().unwrap_or(last_mark));
        self.on.push(self.on.last().copied().unwrap_or(0.0) + ahead);
        self.passes.push(passes);
    }

    fn is_of_kind(&self, stops: &[Stop]) -> bool {
        self.firsts.iter().eq(stops.iter().map(|s| &s.first))
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
        let mut tour = std::mem::take(&mut self.tour);
        let mut k = 0;
        while k < settings.len() {
            let last_stop = settings.get(k).len().saturating_sub(1);
            let rest_marks = handle.rest_marks(doing, direction_of(start, last_stop));
            let stands = (handle.dial_marks(), rest_marks);
            self.plan((settings, k), start, stands, &mut tour);
            let (made, by_hand) = handle.tour(&tour, start, doing, widths);
            self.follow((settings, k), start, &tour, made);
            // Where nothing is planned the wheels stand there already.
            let end = k + tour.len().max(1);
            k += made;
            let until = (k + by_hand).min(end);
            for setting in k..until {
                self.set(handle, start, settings.get(setting))?;
                do_once(handle, doing, widths)?;
            }
            k = until;
        }
        self.tour = tour;
        Ok(())
    }

    /// Plans the settings from number `k` on into `tour`, as many as are of one kind; the dial stands at
    /// `dial_marks` now and will stand at `rest_marks` after each of them.
    fn plan(
        &self,
        (settings, k): (&Settings, usize),
        start: Direction,
        (mut dial_marks, rest_marks): (f64, f64),
        tour: &mut Tour,
    ) {
        tour.start(settings.get(k), settings.len() - k);
        let dialed = &self.dialed;
        let (mut old, mut run_marks) = match dialed.start == Some(start) {
            true => (&dialed.stops[..], dialed.run_marks),
            false => (&[][..], 0.0),
        };
        for k in k..settings.len() {
            let stops = settings.get(k);
            if !tour.is_of_kind(stops) || old == stops {
                return;
            }
            let Some(last) = stops.last() else { return };
            let on = on_from(&self.facts, (old, run_marks), dial_marks, start, stops);
            if let Some((step, ahead)) = on {
                run_marks += ahead;
                tour.go_on(f64::from(step.passes), ahead, old);
            } else if tour.goes_on() {
                return;
            } else {
                for (row, stop) in tour.marks.iter_mut().zip(stops) {
                    row.push(stop.mark);
                }
                for (k, row) in tour.runs.iter_mut().enumerate() {
                    let direction = direction_of(start, k + 1);
                    run_marks = run_to(&self.facts, stops[k].mark, stops[k + 1], direction);
                    row.push(run_marks);
                }
                tour.from.push(last.mark);
                tour.on.push(0.0);
                tour.passes.push(0.0);
            }
            tour.last.push(last.mark);
            (old, dial_marks) = (stops, rest_marks);
        }
    }

    /// Takes the first `made` settings of `tour`, which begins at number `k`, as dialed.
    fn follow(
        &mut self,
        (settings, k): (&Settings, usize),
        start: Direction,
        tour: &Tour,
        made: usize,
    ) {
        let Some(last) = made.checked_sub(1) else {
            return;
        };
        let anew = tour.runs.last().map(|row| row[last]);
        let run_marks = match anew {
            Some(run_marks) if !tour.goes_on() => run_marks,
            _ => self.dialed.run_marks,
        };
        self.dialed_anew(
            start,
            settings.get(k + last),
            Some(run_marks + tour.on[last]),
        );
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
            let mut handle = Handle::new(built, reader, &|_| true, Streams::of(1, 0));
            if is_traced {
                handle = handle.traced();
            }
            let mut dialer = Dialer::new(handle.facts());
            let stop = |mark| [Stop { first: 0, mark }];
            let mut settings = Settings::with_room(4, 1);
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
