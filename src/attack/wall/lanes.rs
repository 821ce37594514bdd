//! Where dial and wheels come to stand over a tour, eight settings at a time.
//!
//! **What.** For each setting of a [`Tour`] the travel of the dial, the wheels' numbers while something is
//! done there, and whether it follows from its own stops and slips at all.
//!
//! **Model.** The couplings are play operators (`mechanism/drive_train`). A first stop of more than the
//! whole free travel leaves all wheels where it pushes them, wherever they stood. A setting that goes on
//! from the one before it ends like that one with the stop that moves made longer, if the dial moves forward there and
//! no wheel before it was carried along in between; only its own last moves take time.
//!
//! **Assumptions.** No drag.
//!
//! **Reference.** `physics.md` 1.7, 4.
//!
//! **Checked by.** `tests/it/laws/tour.rs`: whole trials in tours against the same action by action, with
//! hands that stop anywhere too.

use super::gear::{Gear, carry};
use crate::attack::tour::Tour;
use crate::eight::{full, make_room, wrap};
use crate::mechanism::dial_lock::MOST_WHEELS;
use fearless_simd::{Select, Simd, SimdBase, SimdFloat, SimdMask, f64x8};

/// Settings that are looked at together.
const EIGHT: usize = 8;

/// What is the same for all settings of a tour.
pub(super) struct Common {
    pub(super) gear: Gear,
    /// Signs of the directions of the first stop and of the last one.
    pub(super) first_sign: f64,
    pub(super) last_sign: f64,
    /// Sign of the direction of the stop that moves on.
    pub(super) moving_sign: f64,
    /// The mark to which the dial is turned back from the last stop.
    pub(super) back_to: f64,
    /// The way on from there to where it comes to rest, marks, and how often that way is made again.
    pub(super) on_to_rest: f64,
    pub(super) repeats: f64,
    /// Seconds of a turn of the dial, and of all that is not turning: at a setting that is dialed anew and at one that
    /// goes on.
    pub(super) turn_s: f64,
    pub(super) anew_s: f64,
    pub(super) on_s: f64,
    /// Where the dial and the wheels stand before the tour.
    pub(super) cam: f64,
    pub(super) wheels: [f64; MOST_WHEELS],
}

/// Where things stand at each setting; rows have an entry for each, and room.
#[derive(Default)]
pub(super) struct Lanes {
    /// Slips of the hand, a row for each stop; those beyond are room.
    pub(super) slips: Vec<Vec<f64>>,
    /// Where the dial rests, marks of unlimited travel.
    rest: Vec<f64>,
    /// For the setting and what is done there: turns of the dial, and seconds.
    pub(super) turns: Vec<f64>,
    pub(super) seconds: Vec<f64>,
    /// Where each wheel stands, marks of unlimited travel, and the number it shows.
    wheels: Vec<Vec<f64>>,
    pub(super) numbers: Vec<Vec<f64>>,
    /// For eight settings at a time, a bit each: whether it does not follow from its own stops and slips.
    odd: Vec<u64>,
}

impl Lanes {
    /// Where the dial and the wheels stand after setting `l`.
    pub(super) fn after(&self, l: usize) -> (f64, impl Iterator<Item = f64> + '_) {
        (self.rest[l], self.wheels.iter().map(move |row| row[l]))
    }

    /// Whether setting `l` is odd: it does not follow from its own stops and slips.
    pub(super) fn is_odd(&self, l: usize) -> bool {
        self.odd[l / EIGHT] >> (l % EIGHT) & 1 == 1
    }

    /// The first odd setting, if it is before setting number `most`, else `most`.
    pub(super) fn before_odd(&self, most: usize) -> usize {
        let found = self.odd.iter().enumerate().find(|(_, odd)| **odd != 0);
        let first = found.map(|(k, odd)| EIGHT * k + odd.trailing_zeros() as usize);
        first.unwrap_or(most).min(most)
    }

    /// Works all settings of `tour` out.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    pub(super) fn turn<S: Simd>(&mut self, simd: S, tour: &Tour<'_>, common: &Common) {
        let room = tour.len().next_multiple_of(EIGHT);
        for row in [&mut self.rest, &mut self.turns, &mut self.seconds] {
            make_room(row, room);
        }
        for rows in [&mut self.wheels, &mut self.numbers] {
            rows.resize_with(common.gear.wheels, Vec::new);
            rows.iter_mut().for_each(|row| make_room(row, room));
        }
        self.odd.clear();
        let cam = f64x8::splat(simd, common.cam);
        let mut last = Left {
            dial: cam,
            rest: cam,
            carries: f64x8::splat(simd, 0.0),
        };
        // The usual numbers of wheels stay in the processor's registers.
        for at in (0..room).step_by(EIGHT) {
            match common.gear.wheels {
                3 => self.turn_eight::<S, 3>(simd, tour, common, (at, &mut last)),
                4 => self.turn_eight::<S, 4>(simd, tour, common, (at, &mut last)),
                _ => self.turn_eight::<S, MOST_WHEELS>(simd, tour, common, (at, &mut last)),
            }
        }
    }

    /// The eight settings from number `at` on.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn turn_eight<S: Simd, const WHEELS: usize>(
        &mut self,
        simd: S,
        tour: &Tour<'_>,
        common: &Common,
        (at, last): (usize, &mut Left<S>),
    ) {
        let gear = &common.gear;
        let zero = f64x8::splat(simd, 0.0);
        let mut eight = Eight::<S, WHEELS> {
            dial: zero,
            moved: zero,
            kept: zero,
            travel: zero,
            behind: zero,
            odd: SimdMask::splat(simd, false),
            wheels: [zero; WHEELS],
        };
        let made = if tour.goes_on() {
            self.push_on(simd, tour, common, at, &mut eight);
            tour.moving()
        } else {
            self.dial_anew(simd, tour, common, at, &mut eight);
            0
        };
        self.stop_behind(simd, tour, common, (made + 1, at), &mut eight);
        // Back into the contact area and on to where the dial rests.
        let s = common.last_sign;
        let free = 2.0 * gear.half_play[gear.wheels - 1] - 1e-9;
        let back = way((eight.dial - common.back_to) * s, gear.n);
        let turned_back = eight.dial - back * s;
        carry(&mut eight.wheels, turned_back, gear);
        let rest = turned_back + s * common.on_to_rest;
        // A reading that turns the dial on beyond its stop moves wheels between its two points.
        let mut odd = (eight.odd | back.simd_lt(common.on_to_rest)).to_bitmask();
        let (sm, moving) = (common.moving_sign, tour.moving());
        let here = if moving + 1 == tour.stops() {
            Left {
                dial: eight.dial,
                rest,
                carries: (back.simd_gt(free)).select(zero + 1.0, zero),
            }
        } else {
            // The stops behind it end on its other side, and the dial is turned back from there.
            let is_beyond = ((turned_back - eight.moved) * sm).simd_gt(0.0);
            let carries = match tour.first(moving).checked_sub(1) {
                Some(kept) => (eight.wheels[kept] - eight.kept).abs(),
                None => zero,
            };
            Left {
                dial: is_beyond.select(turned_back, eight.moved),
                rest,
                carries,
            }
        };
        let before = Left {
            dial: last.dial.slide::<{ EIGHT - 1 }>(here.dial),
            rest: last.rest.slide::<{ EIGHT - 1 }>(here.rest),
            carries: last.carries.slide::<{ EIGHT - 1 }>(here.carries),
        };
        *last = here;
        rest.store_slice(&mut self.rest[at..at + EIGHT]);
        // Settings that go on: the one move, and whether it ends where their stops and slips say.
        let passes = full(simd, tour.passes(), at);
        let goes_on = passes.simd_gt(0.0);
        if goes_on.any_true() {
            let mark = full(simd, tour.marks(moving), at);
            let ahead = way((mark - before.rest) * sm, gear.n);
            let by = (ahead + (passes - 1.0) * gear.n) * sm + self.slip(simd, moving, at);
            let is_lost = (before.rest + by - eight.moved).abs().simd_gt(1e-6);
            let is_behind = ((eight.moved - before.dial) * sm).simd_lt(0.0);
            let is_carried = before.carries.simd_gt(0.0);
            // What was done before the tour has been taken in with the wheels.
            let later = if at == 0 { !1 } else { !0 };
            let since = (is_behind | is_carried).to_bitmask() & later;
            odd |= goes_on.to_bitmask() & (is_lost.to_bitmask() | since);
            eight.travel = goes_on.select(by.abs() + eight.behind, eight.travel);
        }
        let within = (tour.len() - at).min(EIGHT);
        self.odd.push(odd & ((1 << within) - 1));
        let done = common.on_to_rest * (1.0 + common.repeats);
        let turns = (eight.travel + back + done) / gear.n;
        let still_s = goes_on.select(zero + common.on_s, zero + common.anew_s);
        turns.store_slice(&mut self.turns[at..at + EIGHT]);
        let seconds = turns * common.turn_s + still_s;
        seconds.store_slice(&mut self.seconds[at..at + EIGHT]);
        for i in 0..gear.wheels_of::<WHEELS>() {
            let x = eight.wheels[i];
            x.store_slice(&mut self.wheels[i][at..at + EIGHT]);
            wrap(x + gear.to_number[i], gear.n).store_slice(&mut self.numbers[i][at..at + EIGHT]);
        }
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn slip<S: Simd>(&self, simd: S, stop: usize, at: usize) -> f64x8<S> {
        full(simd, &self.slips[stop], at)
    }

    /// The stop that moves, where all settings push on from where the wheels stand.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn push_on<S: Simd, const WHEELS: usize>(
        &self,
        simd: S,
        tour: &Tour<'_>,
        common: &Common,
        at: usize,
        eight: &mut Eight<S, WHEELS>,
    ) {
        let (s, gear, moving) = (common.moving_sign, &common.gear, tour.moving());
        let first = |row: &[f64]| row.first().copied().unwrap_or(0.0);
        let way = |mark: f64| crate::units::wrap(s * (mark - common.cam), gear.n);
        let base = if moving + 1 == tour.stops() {
            way(first(tour.from()))
        } else {
            let turns = (first(tour.passes()) - 1.0) * gear.n;
            way(first(tour.marks(moving))) + turns - first(tour.on())
        };
        let base = common.cam + s * base;
        eight.dial = full(simd, tour.on(), at) * s + base + self.slip(simd, moving, at);
        for i in 0..gear.wheels_of::<WHEELS>() {
            eight.wheels[i] = f64x8::splat(simd, common.wheels[i]);
        }
        carry(&mut eight.wheels, eight.dial, gear);
        eight.stop_moving(tour, f64x8::splat(simd, 0.0));
    }

    /// The first stop, where all settings are dialed anew or go on from one that is.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn dial_anew<S: Simd, const WHEELS: usize>(
        &self,
        simd: S,
        tour: &Tour<'_>,
        common: &Common,
        at: usize,
        eight: &mut Eight<S, WHEELS>,
    ) {
        let gear = &common.gear;
        let s = common.first_sign;
        let mark = full(simd, tour.anew(0), at);
        // The dial rests in one place after each setting; only the first may begin elsewhere.
        let rests = common.back_to + common.last_sign * common.on_to_rest;
        let mut from = [rests; EIGHT];
        if at == 0 {
            from[0] = common.cam;
        }
        let slip = self.slip(simd, 0, at);
        #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
        let whole = gear.wheels as f64 * gear.n;
        let go = way((mark - f64x8::from_slice(simd, &from)) * s, gear.n) + whole + slip * s;
        eight.travel = go.abs();
        eight.odd = go.simd_lt(gear.reach[0]);
        eight.dial = mark + slip;
        if tour.moving() == 0 {
            eight.dial += full(simd, tour.on(), at) * s;
        }
        for i in 0..gear.wheels_of::<WHEELS>() {
            eight.wheels[i] = eight.dial - s * gear.half_reach[i];
        }
        if tour.moving() == 0 {
            eight.stop_moving(tour, f64x8::splat(simd, 0.0));
        }
    }

    /// Makes the stops from number `from` on.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn stop_behind<S: Simd, const WHEELS: usize>(
        &self,
        simd: S,
        tour: &Tour<'_>,
        common: &Common,
        (from, at): (usize, usize),
        eight: &mut Eight<S, WHEELS>,
    ) {
        let gear = &common.gear;
        for k in from..tour.stops() {
            let s = if k % 2 == 0 {
                common.first_sign
            } else {
                -common.first_sign
            };
            let mark = full(simd, tour.anew(k), at);
            // The whole turns that the stop has more than the way to it, as planned from mark to mark: its first
            // wheel must be picked up.
            let planned = way((mark - full(simd, tour.marks(k - 1), at)) * s, gear.n);
            let short = (gear.reach[tour.first(k)] - planned) / gear.n;
            let run = planned + short.ceil().max(0.0) * gear.n;
            let way = way((mark - eight.dial) * s, gear.n);
            let more = (run - way) * (1.0 / gear.n);
            let mut by = way + more.round_ties_even().max(0.0) * gear.n;
            if k == tour.moving() {
                by += full(simd, tour.on(), at);
            }
            let to = eight.dial + by * s + self.slip(simd, k, at);
            let travel = (to - eight.dial).abs();
            (eight.travel, eight.behind) = (eight.travel + travel, eight.behind + travel);
            eight.dial = to;
            carry(&mut eight.wheels, to, gear);
            if k == tour.moving() {
                eight.stop_moving(tour, f64x8::splat(simd, 0.0));
            }
        }
    }
}

/// How eight settings leave the dial, marks of unlimited travel.
struct Left<S: Simd> {
    /// Where it has pushed the wheels to that are moved on, and where it rests.
    dial: f64x8<S>,
    rest: f64x8<S>,
    /// 0 unless a wheel is carried along that is not moved on, or the contact area carries the last one.
    carries: f64x8<S>,
}

/// Eight settings on the way.
struct Eight<S: Simd, const WHEELS: usize> {
    /// Where the dial is, marks of unlimited travel.
    dial: f64x8<S>,
    /// Where it was at the stop that moves on, and where the wheel before stood then.
    moved: f64x8<S>,
    kept: f64x8<S>,
    travel: f64x8<S>,
    /// Travel of the stops behind that one.
    behind: f64x8<S>,
    odd: <f64x8<S> as SimdBase<S>>::Mask,
    /// Where each wheel stands, marks of unlimited travel.
    wheels: [f64x8<S>; WHEELS],
}

impl<S: Simd, const WHEELS: usize> Eight<S, WHEELS> {
    /// The stop that moves on is made.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "part of vector code")]
    fn stop_moving(&mut self, tour: &Tour<'_>, zero: f64x8<S>) {
        self.moved = self.dial;
        if let Some(kept) = tour.first(tour.moving()).checked_sub(1) {
            self.kept = self.wheels[kept];
        }
        self.behind = zero;
    }
}

/// `x` marks as a way to be turned: a start on the mark is a whole turn before it.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
fn way<S: Simd>(x: f64x8<S>, n: f64) -> f64x8<S> {
    let way = wrap(x, n);
    way.simd_lt(1e-9).select(way + n, way)
}
