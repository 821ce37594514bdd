//! Settings made one after the other, planned before the dial is turned.
//!
//! What is read along the way changes nothing in how the next setting is dialed, so a manipulator who
//! goes over a list of settings knows all moves beforehand: each setting is dialed anew, or one of its
//! last two stops goes on from where the setting before left it. A [`Tour`] holds the moves of as many settings as
//! are of one kind; the handle then makes them in one go (`wall/course.rs`), to the same effect as one by
//! one.

mod onward;
mod plan;

pub(super) use plan::Plan;

use super::setting::{Dialer, MovingStop, Runs, Stop, direction_of};
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

/// Settings that have the same wheels on each stop, as they are to be dialed. Rows have an entry for each, and some over.
pub(super) struct Tour<'s> {
    block: &'s Block,
    /// Its first setting in the block.
    begin: usize,
    plan: &'s Plan,
}

impl Tour<'_> {
    /// How many settings it has.
    pub(super) fn len(&self) -> usize {
        self.plan.len
    }

    /// How many stops each setting has.
    pub(super) fn stops(&self) -> usize {
        self.plan.stops
    }

    /// Whether its first setting goes on from where the wheels stand.
    pub(super) fn goes_on(&self) -> bool {
        self.plan.goes_on()
    }

    /// The stop that moves on where a setting goes on from the one before: the last one or the one before that.
    pub(super) fn moving(&self) -> usize {
        self.plan.moving
    }

    /// The mark of stop `k`. This row and the others have something in them beyond their end.
    pub(super) fn marks(&self, k: usize) -> &[f64] {
        self.block.marks(k, self.begin)
    }

    /// The mark of stop `k`; of the one that moves that to which it was dialed anew.
    pub(super) fn anew(&self, k: usize) -> &[f64] {
        if k == self.moving() {
            &self.plan.from
        } else {
            self.marks(k)
        }
    }

    /// The first wheel of stop `k`.
    pub(super) fn first(&self, k: usize) -> usize {
        self.block.firsts[k]
    }

    /// The mark to which the stop that moves was dialed anew.
    pub(super) fn from(&self) -> &[f64] {
        &self.plan.from
    }

    /// How far from there it has gone on, marks; 0 where the setting is dialed anew.
    pub(super) fn on(&self) -> &[f64] {
        &self.plan.on
    }

    /// How often the mark of the stop that moves is passed where it goes on; 0 where the setting is dialed anew.
    pub(super) fn passes(&self) -> &[f64] {
        &self.plan.passes
    }

    /// Moves of a setting that goes on from the one before: of the stop that moves and those behind it.
    pub(super) fn moves_on(&self) -> usize {
        self.stops() - self.moving()
    }

    /// Moves of the first `settings` settings.
    pub(super) fn moves(&self, settings: usize) -> usize {
        let anew = if settings == self.len() {
            self.plan.anew
        } else {
            let passes = self.plan.passes[..settings].iter();
            passes.filter(|passes| **passes <= 0.0).count()
        };
        anew * self.stops() + (settings - anew) * self.moves_on()
    }
}

impl Dialer<'_> {
    /// Makes each of `settings`, turning in `start` first, and does `doing` there: in one go where nothing
    /// comes between. Mean contact widths (marks) are added to `widths`.
    pub(super) fn go_over(
        &mut self,
        handle: &mut Handle<'_>,
        start: Direction,
        settings: &mut Settings,
        doing: Doing,
        widths: &mut Vec<f64>,
    ) -> Step<()> {
        settings.fill_up();
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
                    self.set(handle, start, &block.setting(setting))?;
                    do_once(handle, doing, widths)?;
                }
                k = until;
            }
        }
        Ok(())
    }

    /// Plans the settings of `block` from number `k` on, as many as can be made in one go; the dial stands
    /// at `dial_marks` now and will stand at `rest_marks` after each of them.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    fn plan(
        &self,
        (block, k): (&Block, usize),
        start: Direction,
        (mut dial_marks, rest_marks): (f64, f64),
        plan: &mut Plan,
    ) {
        let stops = block.firsts.len();
        plan.begin(stops, block.len - k);
        let mut moved = self.dialed.only_moved(start, block.stops(k));
        let mut kind: Option<MovingStop<'_>> = None;
        // Not yet worked out where the setting before is dialed anew.
        let mut runs = None;
        let of_all = block.only_moved();
        let mark = |stop: usize, setting: usize| block.marks(stop, 0)[setting];
        let kind_of = |stop: usize, setting: usize| {
            let behind = (stop + 1 < stops).then(|| block.stop(stop + 1, setting));
            let which = (stop, block.firsts[stop]);
            MovingStop::of(&self.facts, start, which, behind.as_ref())
        };
        let mut setting = k;
        while setting < block.len {
            if moved.is_some_and(|(stop, old)| old == mark(stop, setting)) {
                break;
            }
            let on = moved.and_then(|(stop, old)| {
                if kind.as_ref().is_none_or(|kind| kind.stop != stop) {
                    kind = Some(kind_of(stop, setting));
                }
                let runs = *runs.get_or_insert_with(|| {
                    if setting == k {
                        return self.runs(start);
                    }
                    let stop = |k| block.stop(k, setting - 1);
                    Runs::anew(&self.facts, start, stops, stop)
                });
                let new = mark(stop, setting);
                kind.as_ref()?.on_from(old, new, runs, dial_marks)
            });
            let next = match setting + 1 {
                next if next == block.len => None,
                next => of_all.or_else(|| block.only_moved_between(setting, next)),
            };
            match (on, moved) {
                (Some(on), Some((_, old))) => {
                    if plan.len == 0 {
                        plan.moving = on.stop;
                    } else if plan.moving != on.stop {
                        break;
                    }
                    plan.go_on(&on, old);
                    runs = Some(on.runs);
                }
                _ if plan.goes_on() => break,
                _ => {
                    if plan.len == 0 {
                        plan.moving = next.unwrap_or(plan.moving);
                    }
                    plan.anew(mark(plan.moving, setting));
                    runs = None;
                }
            }
            dial_marks = rest_marks;
            if let Some(stop) = of_all
                && plan.moving == stop
            {
                let of_stop = kind.take().filter(|kind| kind.stop == stop);
                let kind = kind.insert(of_stop.unwrap_or_else(|| kind_of(stop, setting)));
                let row = (block.marks(stop, setting), block.len - setting);
                setting += match &mut runs {
                    Some(runs) => plan.go_on_over(row, kind, runs, rest_marks),
                    None => {
                        let before = stop.checked_sub(1).map(|k| mark(k, setting));
                        let more = kind.anew_over(row, before);
                        plan.all_anew(&row.0[1..=more]);
                        more
                    }
                };
            }
            if block.each_is_anew() && !plan.goes_on() {
                let row = &block.marks(plan.moving, setting)[1..block.len - setting];
                plan.all_anew(row);
                break;
            }
            if next.is_none() {
                kind = None;
            }
            moved = next.map(|stop| (stop, mark(stop, setting)));
            setting += 1;
        }
        plan.runs = runs;
    }

    /// Takes the first `made` settings of `tour` as dialed.
    fn follow(&mut self, tour: &Tour<'_>, start: Direction, made: usize) {
        let Some(last) = made.checked_sub(1) else {
            return;
        };
        let (block, setting) = (tour.block, tour.begin + last);
        let runs = if made == tour.len() {
            tour.plan.runs
        } else {
            Some(self.runs_after(tour, start, last))
        };
        self.dialed_anew(start, block.stops(setting), runs);
    }

    /// The last two stops of setting number `last` of `tour`.
    fn runs_after(&self, tour: &Tour<'_>, start: Direction, last: usize) -> Runs {
        let (moving, on) = (tour.moving(), tour.on()[last]);
        let stop = |k| tour.block.stop(k, tour.begin + last);
        let mut runs = if tour.goes_on() {
            self.runs(start)
        } else {
            let anew = |k| Stop {
                mark: tour.anew(k)[last],
                ..stop(k)
            };
            Runs::anew(&self.facts, start, tour.stops(), anew)
        };
        if moving + 1 == tour.stops() {
            runs.last += on;
        } else {
            runs.before += on;
            runs.last = Runs::anew(&self.facts, start, tour.stops(), stop).last;
        }
        runs
    }
}

/// Does `doing` where the wheels stand.
fn do_once(handle: &mut Handle<'_>, doing: Doing, widths: &mut Vec<f64>) -> Step<()> {
    match doing {
        Doing::Try => handle.try_open(),
        Doing::Read(repeats) => {
            // Left and right each for themselves, as in one go: the same sums to the last bit.
            let (mut left, mut right) = (0.0, 0.0);
            for _ in 0..repeats {
                let reading = handle.read_contacts()?;
                handle.note()?;
                left += reading.left_marks;
                right += reading.right_marks;
            }
            widths.push((right - left) * (1.0 / f64::from(repeats)));
            Ok(())
        }
    }
}

#[cfg(test)]
#[path = "tour_tests.rs"]
mod tests;
