//! Where dial and wheels come to stand over a tour, eight settings at a time.
//!
//! **What.** For each setting of a [`Tour`] the travel of the dial, the wheels' numbers while something is
//! done there, and whether it follows from its own stops and slips at all.
//!
//! **Model.** The couplings are play operators (`mechanism/drive_train`). A first stop of more than the
//! whole free travel leaves all wheels where it pushes them, wherever they stood. A setting that goes on
//! from the one before it ends like that one with a longer last stop, if the dial moves forward and
//! nothing was carried along in between; only its own last move takes time.
//!
//! **Assumptions.** No drag.
//!
//! **Reference.** `physics.md` 1.7, 4.
//!
//! **Checked by.** `tests/it/laws/tour.rs`: whole trials in tours against the same action by action, with
//! hands that stop anywhere too.

use crate::attack::tour::Tour;
use crate::eight::{load, make_room, wrap};
use crate::mechanism::dial_lock::MOST_WHEELS;
use crate::mechanism::drive_train::DriveTrain;
use fearless_simd::{Select, Simd, SimdBase, SimdFloat, SimdMask, f64x8};

/// Settings that are looked at together.
const EIGHT: usize = 8;

/// The couplings as numbers, by wheel.
#[derive(Clone, Copy)]
pub(super) struct Gear {
    pub(super) n: f64,
    /// Half the free travel of the wheel's coupling.
    half_play: [f64; MOST_WHEELS],
    /// Half the free travel between cam and wheel.
    half_reach: [f64; MOST_WHEELS],
    /// From where the wheel stands to the number it shows.
    to_number: [f64; MOST_WHEELS],
    wheels: usize,
    /// Free travel between cam and wheel.
    reach: [f64; MOST_WHEELS],
}

impl Gear {
    /// How many wheels there are, where room is made for `WHEELS`; known beforehand if not for all there can be.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "part of vector code")]
    fn wheels_of<const WHEELS: usize>(&self) -> usize {
        if WHEELS < MOST_WHEELS {
            WHEELS
        } else {
            self.wheels
        }
    }

    pub(super) fn of(drive: &DriveTrain) -> Self {
        let mut gear = Self {
            n: f64::from(drive.marks),
            half_play: [0.0; MOST_WHEELS],
            half_reach: [0.0; MOST_WHEELS],
            to_number: [0.0; MOST_WHEELS],
            wheels: drive.wheels,
            reach: [0.0; MOST_WHEELS],
        };
        for i in 0..drive.wheels {
            gear.half_play[i] = 0.5 * drive.travel_marks(i);
            gear.reach[i] = drive.reach_marks(i);
            gear.half_reach[i] = 0.5 * gear.reach[i];
            gear.to_number[i] = drive.direction(i).sign() * gear.half_reach[i];
        }
        gear
    }
}

/// What is the same for all settings of a tour.
pub(super) struct Common {
    pub(super) gear: Gear,
    /// Sign of the direction of the first stop and of the last one.
    pub(super) first_sign: f64,
    pub(super) last_sign: f64,
    /// The mark to which the dial is turned back from the last stop.
    pub(super) back_to: f64,
    /// The way on from there to where it comes to rest, marks, and how often that way is made again.
    pub(super) on_to_rest: f64,
    pub(super) repeats: f64,
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
    /// Travel for the setting and what is done there, marks.
    pub(super) travel: Vec<f64>,
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
        for row in [&mut self.rest, &mut self.travel] {
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
            travel: zero,
            odd: SimdMask::splat(simd, false),
            wheels: [zero; WHEELS],
        };
        if tour.goes_on() {
            self.push_on(simd, tour, common, at, &mut eight);
        } else {
            self.dial_anew(simd, tour, common, at, &mut eight);
        }
        // Back into the contact area and on to where the dial rests.
        let s = common.last_sign;
        let free = 2.0 * gear.half_play[gear.wheels - 1] - 1e-9;
        let back = way((eight.dial - common.back_to) * s, gear.n);
        let turned_back = eight.dial - back * s;
        carry(&mut eight.wheels, turned_back, gear);
        let rest = turned_back + s * common.on_to_rest;
        // A reading that turns the dial on beyond its stop moves wheels between its two points.
        let mut odd = (eight.odd | back.simd_lt(common.on_to_rest)).to_bitmask();
        let here = Left {
            dial: eight.dial,
            rest,
            carries: (back.simd_gt(free)).select(zero + 1.0, zero),
        };
        let before = Left {
            dial: last.dial.slide::<{ EIGHT - 1 }>(here.dial),
            rest: last.rest.slide::<{ EIGHT - 1 }>(here.rest),
            carries: last.carries.slide::<{ EIGHT - 1 }>(here.carries),
        };
        *last = here;
        rest.store_slice(&mut self.rest[at..at + EIGHT]);
        // Settings that go on: the one move, and whether it ends where their stops and slips say.
        let passes = load(simd, tour.passes(), at);
        let goes_on = passes.simd_gt(0.0);
        if goes_on.any_true() {
            let ahead = way((load(simd, tour.last(), at) - before.rest) * s, gear.n);
            let by = (ahead + (passes - 1.0) * gear.n) * s + self.slip(simd, tour, at);
            let is_lost = (before.rest + by - eight.dial).abs().simd_gt(1e-6);
            let is_behind = ((eight.dial - before.dial) * s).simd_lt(0.0);
            let is_carried = before.carries.simd_gt(0.0);
            // What was done before the tour has been taken in with the wheels.
            let later = if at == 0 { !1 } else { !0 };
            let since = (is_behind | is_carried).to_bitmask() & later;
            odd |= goes_on.to_bitmask() & (is_lost.to_bitmask() | since);
            eight.travel = goes_on.select(by.abs(), eight.travel);
        }
        let within = (tour.len() - at).min(EIGHT);
        self.odd.push(odd & ((1 << within) - 1));
        let done = common.on_to_rest * (1.0 + common.repeats);
        let travel = eight.travel + back + done;
        travel.store_slice(&mut self.travel[at..at + EIGHT]);
        for i in 0..gear.wheels_of::<WHEELS>() {
            let x = eight.wheels[i];
            x.store_slice(&mut self.wheels[i][at..at + EIGHT]);
            wrap(x + gear.to_number[i], gear.n).store_slice(&mut self.numbers[i][at..at + EIGHT]);
        }
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as turn")]
    fn slip<S: Simd>(&self, simd: S, tour: &Tour<'_>, at: usize) -> f64x8<S> {
        load(simd, &self.slips[tour.stops() - 1], at)
    }

    /// All settings push on from where the wheels stand.
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
        let (s, gear) = (common.last_sign, &common.gear);
        let from = tour.from().first().copied().unwrap_or(0.0);
        let base = common.cam + s * crate::units::wrap(s * (from - common.cam), gear.n);
        eight.dial = load(simd, tour.on(), at) * s + base + self.slip(simd, tour, at);
        for i in 0..gear.wheels_of::<WHEELS>() {
            eight.wheels[i] = f64x8::splat(simd, common.wheels[i]);
        }
        carry(&mut eight.wheels, eight.dial, gear);
    }

    /// All settings are dialed anew, or go on from one that is.
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
        let stops = tour.stops();
        let on = load(simd, tour.on(), at);
        let mut s = common.first_sign;
        let mark = load(simd, tour.marks(0), at);
        // The dial rests in one place after each setting; only the first may begin elsewhere.
        let rests = common.back_to + common.last_sign * common.on_to_rest;
        let mut from = [rests; EIGHT];
        if at == 0 {
            from[0] = common.cam;
        }
        let slip = load(simd, &self.slips[0], at);
        #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
        let whole = gear.wheels as f64 * gear.n;
        let go = way((mark - f64x8::from_slice(simd, &from)) * s, gear.n) + whole + slip * s;
        eight.travel = go.abs();
        eight.odd = go.simd_lt(gear.reach[0]);
        eight.dial = mark + slip;
        if stops == 1 {
            eight.dial += on * s;
        }
        for i in 0..gear.wheels_of::<WHEELS>() {
            eight.wheels[i] = eight.dial - s * gear.half_reach[i];
        }
        let mut before = mark;
        for k in 1..stops {
            s = -s;
            let mark = load(simd, tour.marks(k), at);
            // The whole turns that the stop has more than the way to it, as planned from mark to mark: its first
            // wheel must be picked up.
            let planned = way((mark - before) * s, gear.n);
            let short = (gear.reach[tour.first(k)] - planned) / gear.n;
            let run = planned + short.ceil().max(0.0) * gear.n;
            let way = way((mark - eight.dial) * s, gear.n);
            let more = (run - way) * (1.0 / gear.n);
            let mut by = way + more.round_ties_even().max(0.0) * gear.n;
            before = mark;
            if k + 1 == stops {
                by += on;
            }
            let to = eight.dial + by * s + load(simd, &self.slips[k], at);
            eight.travel += (to - eight.dial).abs();
            eight.dial = to;
            carry(&mut eight.wheels, to, gear);
        }
    }
}

/// How eight settings leave the dial, marks of unlimited travel.
struct Left<S: Simd> {
    /// Where it leaves the wheels, and where it rests.
    dial: f64x8<S>,
    rest: f64x8<S>,
    /// 1 where the contact area carries a wheel along on the way, else 0.
    carries: f64x8<S>,
}

/// Eight settings on the way.
struct Eight<S: Simd, const WHEELS: usize> {
    /// Where the dial is, marks of unlimited travel.
    dial: f64x8<S>,
    travel: f64x8<S>,
    odd: <f64x8<S> as SimdBase<S>>::Mask,
    /// Where each wheel stands, marks of unlimited travel.
    wheels: [f64x8<S>; WHEELS],
}

/// `x` marks as a way to be turned: a start on the mark is a whole turn before it.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
fn way<S: Simd>(x: f64x8<S>, n: f64) -> f64x8<S> {
    let way = wrap(x, n);
    way.simd_lt(1e-9).select(way + n, way)
}

/// Carries the wheels along with the dial, which turns to `dial`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
fn carry<S: Simd, const WHEELS: usize>(
    wheels: &mut [f64x8<S>; WHEELS],
    dial: f64x8<S>,
    gear: &Gear,
) {
    let mut driver = dial;
    for i in (0..gear.wheels_of::<WHEELS>()).rev() {
        let play = gear.half_play[i];
        driver = wheels[i].max(driver - play).min(driver + play);
        wheels[i] = driver;
    }
}
