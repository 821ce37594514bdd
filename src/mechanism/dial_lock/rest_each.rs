//! One as-built lock at many settings.
//!
//! **What.** Where the fence rests at each of a list of settings: what [`AsBuilt::rest`] gives for one.
//!
//! **Model.** That of `rest`. All wheels are first taken as plain rims, in loops over eight settings at a
//! time; a wheel with a gate under the fence is solved where its plain
//! rim would be the tallest.
//!
//! **Assumptions.** As `rest`. A fence with rocking play is solved setting by setting.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/sweep.rs`: as-built locks of every shipped design against `rest`.

use super::rest::RIM_SLACK_RAD;
use super::{AsBuilt, MOST_WHEELS};
use crate::eight::{circular_difference_near, cos_coarse, fit, load};
use crate::units::TURN_RAD;
use fearless_simd::{Level, Select, Simd, SimdBase, dispatch, f64x8};

/// Lever angles of one lock at many settings, and room to work them out.
#[derive(Debug)]
pub struct Rests {
    /// Where the fence rests at each setting, rad.
    rest_rad: Vec<f64>,
    /// The lever on each wheel as a plain rim, rad.
    rims_rad: Vec<Vec<f64>>,
    /// 1 where a gate of the wheel lies under the fence, else 0.
    under: Vec<Vec<f64>>,
    level: Level,
}

impl Default for Rests {
    fn default() -> Self {
        Self {
            rest_rad: Vec::new(),
            rims_rad: Vec::new(),
            under: Vec::new(),
            level: Level::new(),
        }
    }
}

impl Rests {
    /// Where the fence rests at each setting, rad.
    #[must_use]
    pub fn rad(&self) -> &[f64] {
        &self.rest_rad
    }
}

impl AsBuilt<'_> {
    /// Works out where the fence rests at each setting; `numbers` has a row for each wheel, marks in
    /// [0, N), all of one length.
    #[allow(clippy::float_cmp, reason = "whether a wheel has moved at all")]
    pub fn rest_each(&self, numbers: &[Vec<f64>], rests: &mut Rests) {
        let settings = numbers.first().map_or(0, Vec::len);
        let wheels = self.wheels.len();
        let highest_rad = &mut rests.rest_rad;
        highest_rad.clear();
        highest_rad.resize(settings, f64::NEG_INFINITY);
        if self.lock.rocking_play > 0.0 {
            for (k, lever_rad) in highest_rad.iter_mut().enumerate() {
                let mut setting = [0.0; MOST_WHEELS];
                for (number, row) in setting.iter_mut().zip(numbers) {
                    *number = row[k];
                }
                *lever_rad = self.rest(&setting[..wheels]).lever_rad;
            }
            return;
        }
        let room = settings.next_multiple_of(8);
        highest_rad.resize(room, f64::NEG_INFINITY);
        rests.rims_rad.resize_with(wheels, Vec::new);
        rests.under.resize_with(wheels, Vec::new);
        let level = rests.level;
        for (i, numbers) in numbers.iter().enumerate().take(wheels) {
            fit(&mut rests.rims_rad[i], room);
            fit(&mut rests.under[i], room);
            dispatch!(level, simd => self.take_as_rim(simd, i, numbers, rests));
        }
        rests.rest_rad.truncate(settings);
        for (i, numbers) in numbers.iter().enumerate().take(wheels) {
            let rows = rests.rest_rad.iter_mut().zip(&rests.rims_rad[i]);
            // A wheel often stands still from one setting to the next.
            let (mut solved_at, mut solved_rad) = (f64::NAN, 0.0);
            for (((highest, rim), under), number) in rows.zip(&rests.under[i]).zip(numbers) {
                // Over a gate the lever is never higher than on the plain rim.
                if *under > 0.0 && rim + RIM_SLACK_RAD >= *highest {
                    if *number != solved_at {
                        (solved_at, solved_rad) = (*number, self.lever_on_wheel_rad(i, *number));
                    }
                    *highest = highest.max(solved_rad);
                }
            }
        }
    }

    /// The first setting at which the lever falls to the opening depth: what [`AsBuilt::opens`] says of
    /// each; `numbers` as for [`AsBuilt::rest_each`].
    #[allow(clippy::float_cmp, reason = "whether a wheel has moved at all")]
    #[must_use]
    pub fn first_open(&self, numbers: &[Vec<f64>]) -> Option<usize> {
        let settings = numbers.first().map_or(0, Vec::len);
        let is_rocking = self.lock.rocking_play > 0.0;
        let mut setting = [0.0; MOST_WHEELS];
        // One wheel that holds the fence up is enough, and settings often differ in the last one only.
        let mut held_by_first = f64::NAN;
        (0..settings).find(|&k| {
            let first = numbers[0][k];
            if first == held_by_first {
                return false;
            }
            if !is_rocking && self.lever_on_wheel_rad(0, first) > self.lock.open_lever_rad {
                held_by_first = first;
                return false;
            }
            for (number, row) in setting.iter_mut().zip(numbers) {
                *number = row[k];
            }
            self.opens(&setting[..self.wheels.len()])
        })
    }

    /// The lever on wheel `i` as a plain rim, whether one of its gates is under the fence, and the
    /// highest lever so far of wheels without; rows are of one length, a multiple of eight.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn take_as_rim<S: Simd>(&self, simd: S, i: usize, numbers: &[f64], rows: &mut Rests) {
        let (wheel, lock) = (&self.wheels[i], self.lock);
        let (n, nominal) = (f64::from(lock.marks), &lock.nominal);
        let (one, zero) = (f64x8::splat(simd, 1.0), f64x8::splat(simd, 0.0));
        let eights = rows.rest_rad.as_chunks_mut::<8>().0.iter_mut();
        let out = rows.rims_rad[i].as_chunks_mut::<8>().0.iter_mut();
        let out = out.zip(rows.under[i].as_chunks_mut::<8>().0);
        for (at, (highest, (rims, under_gate))) in eights.zip(out).enumerate() {
            let number = load(simd, numbers, 8 * at);
            let near = circular_difference_near(number + lock.index_marks, wheel.number_marks, n);
            let turn = near * lock.rad_per_mark();
            let cosine = cos_coarse(turn - wheel.runout_rad);
            let rise = cosine * wheel.runout_mm + wheel.taller_mm;
            let rim = nominal.rim;
            let lever = rise * (rise * nominal.rim_bend + rim.per_radius)
                + rim.lever_rad
                + rim.per_height * wheel.fence_rise_mm;
            let mut under = zero;
            for gate in &wheel.gates {
                let offset = circular_difference_near(turn, -gate.centre_rad, TURN_RAD).abs();
                under = offset.simd_lt(gate.within_rad).select(one, under);
            }
            let so_far = f64x8::from_slice(simd, &*highest);
            let free = under.simd_gt(0.0).select(so_far, lever);
            so_far.max(free).store_slice(highest);
            lever.store_slice(rims);
            under.store_slice(under_gate);
        }
    }
}
