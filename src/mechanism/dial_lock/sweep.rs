//! Many as-built locks over the same settings.
//!
//! **What.** Where the fence rests at each of a list of settings: what [`AsBuilt::rest`] gives for one.
//!
//! **Model.** That of `rest`, in another order: what depends on the settings alone is worked out once
//! for all locks; per lock, all wheels are first taken as plain rims, in loops over the settings that
//! the compiler turns into vector code; a setting is solved by `rest` only where a gate lies under the
//! fence on a wheel that would be the tallest there.
//!
//! **Assumptions.** As `rest`. A fence with rocking play is solved setting by setting.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/sweep.rs`: as-built locks of every shipped design against `rest`.

use super::rest::RIM_SLACK_RAD;
use super::{AsBuilt, DialLock};
use crate::math;
use crate::units::wrap;
use fearless_simd::{Level, dispatch};

/// Settings to which rows are filled up: the widest vector.
const LANES: usize = 8;

/// Settings of all wheels, prepared for the locks of one model.
#[derive(Debug)]
pub struct Sweep<'a> {
    lock: &'a DialLock,
    settings: usize,
    wheels: Vec<Row>,
    level: Level,
}

/// The settings of one wheel; filled up with the last one to whole vectors.
#[derive(Debug)]
struct Row {
    /// Its numbers, marks, in [0, N).
    numbers: Vec<f64>,
    /// Cosine and sine of the angle at which the wheel shows them.
    cosine: Vec<f64>,
    sine: Vec<f64>,
    /// The settings in the order of their numbers.
    sorted: Vec<usize>,
    /// For each mark, how many of them lie below it.
    below: Vec<usize>,
}

/// Lever angles of one lock over a sweep, and room to work them out.
#[derive(Debug, Default)]
pub struct Levers {
    /// Where the fence rests at each setting, rad.
    rest_rad: Vec<f64>,
    /// The lever on each wheel alone, rad, wheel by wheel: as a plain rim until a gate there is solved.
    on_wheel_rad: Vec<f64>,
    /// For each setting, which wheels have a gate under the fence, a bit each; 0 between sweeps.
    over_gates: Vec<u8>,
    /// The settings with such wheels.
    settings: Vec<usize>,
}

impl Levers {
    /// Where the fence rests at each setting, rad.
    #[must_use]
    pub fn rad(&self) -> &[f64] {
        &self.rest_rad
    }
}

/// A wheel taken as a plain rim: the lever is `rise (linear + rise bend) + base` where
/// `rise = taller + along cos θ + across sin θ`.
#[derive(Clone, Copy)]
struct Plain {
    base_rad: f64,
    linear: f64,
    bend: f64,
    taller_mm: f64,
    along_mm: f64,
    across_mm: f64,
}

impl<'a> Sweep<'a> {
    /// Prepares `settings`, each a number per wheel (marks), for locks of the model `lock`.
    #[must_use]
    pub fn new(lock: &'a DialLock, settings: &[Vec<f64>]) -> Self {
        let wheels = (0..lock.wheels)
            .map(|w| Row::new(lock, settings.iter().map(|numbers| numbers[w])))
            .collect();
        Self {
            lock,
            settings: settings.len(),
            wheels,
            level: Level::new(),
        }
    }

    /// Works out where the fence of `built`, a lock of this model, rests at each setting.
    ///
    /// # Panics
    /// Where `built` is of another number of wheels.
    pub fn rest(&self, built: &AsBuilt<'_>, levers: &mut Levers) {
        assert_eq!(
            built.wheels.len(),
            self.wheels.len(),
            "a lock of this model"
        );
        let width = self.wheels.first().map_or(0, |row| row.numbers.len());
        levers.rest_rad.clear();
        levers.rest_rad.resize(width, f64::NEG_INFINITY);
        if self.lock.rocking_play > 0.0 {
            for k in 0..self.settings {
                levers.rest_rad[k] = self.solve(built, k);
            }
        } else {
            levers.over_gates.resize(width, 0);
            levers.on_wheel_rad.resize(width * self.wheels.len(), 0.0);
            let (highest, on_wheel_rad) = (&mut levers.rest_rad, &mut levers.on_wheel_rad);
            dispatch!(self.level, _ => self.take_as_rims(built, on_wheel_rad, highest));
            self.solve_gates(built, levers);
        }
        levers.rest_rad.truncate(self.settings);
    }

    /// The lever on each wheel as a plain rim, and the highest of them.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn take_as_rims(&self, built: &AsBuilt<'_>, on_wheel_rad: &mut [f64], highest: &mut [f64]) {
        let rows = on_wheel_rad.chunks_exact_mut(highest.len().max(1));
        for ((w, row), on_wheel_rad) in self.wheels.iter().enumerate().zip(rows) {
            self.plain(built, w).over(row, on_wheel_rad, highest);
        }
    }

    /// Solves the settings at which a gate lies under the fence on a wheel that may be the tallest.
    fn solve_gates(&self, built: &AsBuilt<'_>, levers: &mut Levers) {
        let (n, marks_per_rad) = (f64::from(self.lock.marks), 1.0 / self.lock.rad_per_mark());
        let Levers {
            rest_rad,
            on_wheel_rad,
            over_gates,
            settings,
        } = levers;
        settings.clear();
        for (w, (row, wheel)) in self.wheels.iter().zip(&built.wheels).enumerate() {
            let zero = wheel.number_marks - self.lock.index_marks;
            for gate in &wheel.gates {
                let stands = zero - gate.centre_rad * marks_per_rad;
                for k in row.near(stands, gate.within_rad * marks_per_rad, n) {
                    if over_gates[k] == 0 {
                        settings.push(k);
                    }
                    over_gates[k] |= 1 << w;
                }
            }
        }
        let (width, wheels) = (rest_rad.len(), self.wheels.len());
        for &k in settings.iter() {
            let mut over = std::mem::take(&mut over_gates[k]);
            let lever = |on: &[f64], w: usize| on[w * width + k];
            // Over a gate the lever is never higher than on the plain rim: a wheel matters only if
            // its plain rim would reach the highest of the others.
            while over != 0 {
                let highest = rest_rad[k];
                let reaches = |w: &usize| {
                    over & 1 << w != 0 && lever(on_wheel_rad, *w) + RIM_SLACK_RAD >= highest
                };
                let Some(w) = (0..wheels).find(reaches) else {
                    break;
                };
                over &= !(1 << w);
                on_wheel_rad[w * width + k] =
                    built.lever_on_wheel_rad(w, self.wheels[w].numbers[k]);
                let all = (0..wheels).map(|w| lever(on_wheel_rad, w));
                rest_rad[k] = all.fold(f64::NEG_INFINITY, f64::max);
            }
        }
    }

    fn solve(&self, built: &AsBuilt<'_>, k: usize) -> f64 {
        let mut numbers = [0.0; super::MOST_WHEELS];
        for (number, row) in numbers.iter_mut().zip(&self.wheels) {
            *number = row.numbers[k];
        }
        built.rest(&numbers[..self.wheels.len()]).lever_rad
    }

    fn plain(&self, built: &AsBuilt<'_>, w: usize) -> Plain {
        let (wheel, nominal) = (&built.wheels[w], &self.lock.nominal);
        let phase = wheel.number_marks * self.lock.rad_per_mark() + wheel.runout_rad;
        Plain {
            base_rad: nominal.raised(nominal.rim, 0.0, wheel.fence_rise_mm),
            linear: nominal.rim.per_radius,
            bend: nominal.rim_bend,
            taller_mm: wheel.taller_mm,
            along_mm: wheel.runout_mm * math::cos_coarse(phase),
            across_mm: wheel.runout_mm * math::cos_coarse(phase - std::f64::consts::FRAC_PI_2),
        }
    }
}

impl Plain {
    /// The lever at each setting of `row`; raises `highest` where it is higher.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn over(self, row: &Row, plain_rad: &mut [f64], highest: &mut [f64]) {
        let angles = row.cosine.iter().zip(&row.sine);
        let levers = plain_rad.iter_mut().zip(highest.iter_mut());
        for ((cosine, sine), (lever, highest)) in angles.zip(levers) {
            let rise = self.taller_mm + self.along_mm * cosine + self.across_mm * sine;
            *lever = self.base_rad + rise * (self.linear + rise * self.bend);
            *highest = if *lever > *highest { *lever } else { *highest };
        }
    }
}

impl Row {
    fn new(lock: &DialLock, numbers: impl Iterator<Item = f64>) -> Self {
        let n = f64::from(lock.marks);
        let mut numbers: Vec<f64> = numbers.map(|x| wrap(x, n)).collect();
        let mut sorted: Vec<usize> = (0..numbers.len()).collect();
        sorted.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
        let below = |mark: u32| sorted.partition_point(|&k| numbers[k] < f64::from(mark));
        let below = (0..=lock.marks).map(below).collect();
        let last = numbers.last().copied().unwrap_or(0.0);
        numbers.resize(numbers.len().next_multiple_of(LANES), last);
        let angle = |x: &f64| (x + lock.index_marks) * lock.rad_per_mark();
        Self {
            cosine: numbers.iter().map(|x| math::cos(angle(x))).collect(),
            sine: numbers.iter().map(|x| math::sin(angle(x))).collect(),
            numbers,
            sorted,
            below,
        }
    }

    /// The settings within about `reach` marks of `middle` on a dial of `n` marks: all that are, and
    /// some that lie less than a mark beyond.
    fn near(&self, middle: f64, reach: f64, n: f64) -> impl Iterator<Item = usize> + '_ {
        let reach = reach.min(0.5 * n);
        let low = wrap(middle - reach, n);
        let high = low + 2.0 * reach;
        let (first, second) = if high < n {
            (self.between(low, high), 0..0)
        } else {
            (self.between(low, n), self.between(0.0, (high - n).min(low)))
        };
        first.chain(second).map(|at| self.sorted[at])
    }

    /// Places in the order by number of all settings from `low` to `high`, rounded to whole marks.
    fn between(&self, low: f64, high: f64) -> std::ops::Range<usize> {
        let last = self.below.len() - 1;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "marks of a dial"
        )]
        let (from, to) = (low as usize, (high as usize + 1).min(last));
        self.below[from]..self.below[to]
    }
}
