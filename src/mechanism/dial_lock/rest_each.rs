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

use super::rest::{OnRim, RIM_SLACK_RAD};
use super::{AsBuilt, MOST_WHEELS};
use crate::eight::{circular_difference_near, cos_coarse, load, make_room};
use crate::units::TURN_RAD;
use fearless_simd::{Level, Select, Simd, SimdBase, SimdMask, dispatch, f64x8};

/// Settings that are looked at together.
const EIGHT: usize = 8;

/// Lever angles of one lock at many settings.
#[derive(Debug)]
pub struct Rests {
    /// Where the fence rests at each setting, rad, and room.
    rest_rad: Vec<f64>,
    settings: usize,
    /// The wheels of the eight settings that are looked at.
    rims: [Rims; MOST_WHEELS],
    level: Level,
}

impl Default for Rests {
    fn default() -> Self {
        Self {
            rest_rad: Vec::new(),
            settings: 0,
            rims: [Rims::NONE; MOST_WHEELS],
            level: Level::new(),
        }
    }
}

impl Rests {
    /// Where the fence rests at each setting, rad.
    #[must_use]
    pub fn rad(&self) -> &[f64] {
        &self.rest_rad[..self.settings]
    }

    /// What the processor can do.
    pub(crate) fn level(&self) -> Level {
        self.level
    }
}

impl AsBuilt<'_> {
    /// Works out where the fence rests at each of the first `settings` settings; `numbers` has a row for each wheel,
    /// marks in [0, N), none of them shorter.
    pub fn rest_each(&self, numbers: &[Vec<f64>], settings: usize, rests: &mut Rests) {
        let (level, rest_rad) = (rests.level, &mut rests.rest_rad);
        rests.settings = settings;
        let rims = &mut rests.rims;
        make_room(rest_rad, settings.next_multiple_of(EIGHT));
        if self.lock.rocking_play > 0.0 {
            for (k, lever_rad) in rest_rad.iter_mut().enumerate().take(settings) {
                let setting = setting(numbers, k);
                *lever_rad = self.rest(&setting[..self.wheels.len()]).lever_rad;
            }
        } else {
            dispatch!(level, simd => self.rest_eights(simd, (numbers, settings), rims, rest_rad));
        }
    }

    /// The first setting at which the lever falls to the opening depth: what [`AsBuilt::opens`] says of
    /// each; `numbers` as for [`AsBuilt::rest_each`].
    #[must_use]
    pub fn first_open(
        &self,
        numbers: &[Vec<f64>],
        settings: usize,
        rests: &mut Rests,
    ) -> Option<usize> {
        if self.lock.rocking_play > 0.0 {
            return (0..settings).find(|&k| self.opens(&setting(numbers, k)[..self.wheels.len()]));
        }
        let rims = &mut rests.rims;
        dispatch!(rests.level, simd => self.first_open_by_eights(simd, (numbers, settings), rims))
    }

    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn rest_eights<S: Simd>(
        &self,
        simd: S,
        (numbers, settings): (&[Vec<f64>], usize),
        rims: &mut [Rims; MOST_WHEELS],
        rest_rad: &mut [f64],
    ) {
        let mut seen = [Seen::NOTHING; MOST_WHEELS];
        let out = rest_rad.as_chunks_mut::<EIGHT>().0.iter_mut();
        for (at, out) in (0..settings).step_by(EIGHT).zip(out) {
            let mut highest = f64x8::splat(simd, f64::NEG_INFINITY);
            for (i, row) in numbers.iter().enumerate().take(self.wheels.len()) {
                let (lever, is_under) = self.as_rim(simd, i, load(simd, row, at), &mut rims[i]);
                highest = highest.max(is_under.select(highest, lever));
            }
            highest.store_slice(out);
            for (i, row) in numbers.iter().enumerate().take(self.wheels.len()) {
                for l in lanes(rims[i].under & first(settings - at)) {
                    // Over a gate the lever is never higher than on the plain rim.
                    let rim = rims[i].of(l);
                    if rim.lever_rad + RIM_SLACK_RAD >= out[l] {
                        let lever =
                            self.lever_seen_rad(i, (row[at + l], rim), out[l], &mut seen[i]);
                        out[l] = out[l].max(lever);
                    }
                }
            }
        }
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as rest_eights")]
    fn first_open_by_eights<S: Simd>(
        &self,
        simd: S,
        (numbers, settings): (&[Vec<f64>], usize),
        rims: &mut [Rims; MOST_WHEELS],
    ) -> Option<usize> {
        let open_rad = self.lock.open_lever_rad;
        let mut seen = [Seen::NOTHING; MOST_WHEELS];
        let wheels = self.wheels.len();
        for at in (0..settings).step_by(EIGHT) {
            let mut open = first(settings - at);
            // One wheel that holds the fence up is enough, and plain rims are known at once.
            for (i, row) in numbers.iter().enumerate().take(wheels) {
                let (lever, _) = self.as_rim(simd, i, load(simd, row, at), &mut rims[i]);
                open &= rims[i].under | lever.simd_le(open_rad).to_bitmask();
            }
            for l in lanes(open) {
                let is_down = |i: usize| {
                    let at_number = (numbers[i][at + l], rims[i].of(l));
                    rims[i].under >> l & 1 == 0
                        || self.lever_seen_rad(i, at_number, open_rad, &mut seen[i]) <= open_rad
                };
                if (0..wheels).all(is_down) {
                    return Some(at + l);
                }
            }
        }
        None
    }

    /// The lever on wheel `i`, which may stand where it stood when it was last solved, rad; free fall where it is
    /// not above `rad`.
    #[allow(clippy::float_cmp, reason = "whether the wheel has moved at all")]
    #[inline]
    fn lever_seen_rad(
        &self,
        i: usize,
        (number, rim): (f64, OnRim),
        rad: f64,
        seen: &mut Seen,
    ) -> f64 {
        if number == seen.number {
            return seen.lever_rad;
        }
        let lever_rad = self.lever_above_rad(i, rim, rad);
        if lever_rad > f64::NEG_INFINITY {
            *seen = Seen { number, lever_rad };
        }
        lever_rad
    }

    /// The lever on wheel `i` as a plain rim when it shows `number`, and whether one of its gates is under the
    /// fence; what is needed to look at these gates goes to `rims`.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as rest_eights")]
    fn as_rim<S: Simd>(
        &self,
        simd: S,
        i: usize,
        number: f64x8<S>,
        rims: &mut Rims,
    ) -> (f64x8<S>, <f64x8<S> as SimdBase<S>>::Mask) {
        let (wheel, lock) = (&self.wheels[i], self.lock);
        let (n, nominal) = (f64::from(lock.marks), &lock.nominal);
        let near = circular_difference_near(number + lock.index_marks, wheel.number_marks, n);
        let turn = near * lock.rad_per_mark();
        let cosine = cos_coarse(turn - wheel.runout_rad);
        let rise = cosine * wheel.runout_mm + wheel.taller_mm;
        let rim = nominal.rim;
        let lever = rise * (rise * nominal.rim_bend + rim.per_radius)
            + rim.lever_rad
            + rim.per_height * wheel.fence_rise_mm;
        let mut under = SimdBase::simd_lt(number, f64x8::splat(simd, f64::NEG_INFINITY));
        for gate in &wheel.gates {
            let offset = circular_difference_near(turn, -gate.centre_rad, TURN_RAD).abs();
            under |= offset.simd_lt(gate.within_rad);
        }
        rims.under = under.to_bitmask();
        if rims.under != 0 {
            turn.store_slice(&mut rims.turn_rad);
            rise.store_slice(&mut rims.rise_mm);
            lever.store_slice(&mut rims.lever_rad);
        }
        (lever, under)
    }
}

/// A wheel at eight settings, taken as a plain rim.
#[derive(Debug, Clone, Copy)]
struct Rims {
    /// At which settings one of its gates is under the fence, a bit each; the rest is known if there are any.
    under: u64,
    turn_rad: [f64; EIGHT],
    rise_mm: [f64; EIGHT],
    lever_rad: [f64; EIGHT],
}

impl Rims {
    const NONE: Self = Self {
        under: 0,
        turn_rad: [0.0; EIGHT],
        rise_mm: [0.0; EIGHT],
        lever_rad: [0.0; EIGHT],
    };

    fn of(&self, l: usize) -> OnRim {
        OnRim {
            turn_rad: self.turn_rad[l],
            rise_mm: self.rise_mm[l],
            lever_rad: self.lever_rad[l],
        }
    }
}

/// What a wheel was last seen to do.
#[derive(Clone, Copy)]
struct Seen {
    number: f64,
    lever_rad: f64,
}

impl Seen {
    const NOTHING: Self = Self {
        number: f64::NAN,
        lever_rad: 0.0,
    };
}

/// The numbers of setting `k`.
fn setting(numbers: &[Vec<f64>], k: usize) -> [f64; MOST_WHEELS] {
    let mut setting = [0.0; MOST_WHEELS];
    for (number, row) in setting.iter_mut().zip(numbers) {
        *number = row[k];
    }
    setting
}

/// The first `count` lanes, all eight where there are more, as a set.
fn first(count: usize) -> u64 {
    (1 << count.min(EIGHT)) - 1
}

/// The lanes in `set`, in order.
fn lanes(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = set.trailing_zeros() as usize;
        let is_any = set != 0;
        set &= set.wrapping_sub(1);
        is_any.then_some(lane)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanism::MechanismSpec;
    use crate::mechanism::dial_lock::FAMILY;
    use crate::rng::{Purpose, stream};
    use serde_json::{Value, json};

    #[test]
    fn a_gate_is_told_to_lie_too_low_only_where_it_does() {
        let example: Value = serde_json::from_str(FAMILY.example).expect("an example");
        let width = |nominal: f64, plus_minus: f64| {
            let mut spec = example.clone();
            spec["wheel"]["gate"]["width_mm"] =
                json!({ "nominal": nominal, "plus_minus": plus_minus, "source": "assumption" });
            spec
        };
        let mut slanted = example.clone();
        slanted["lever"]["fence"]["out_of_parallel"]["plus_minus"] = json!(0.05);
        let mut told = 0;
        for spec in [example.clone(), width(5.4, 1.5), width(4.2, 0.9), slanted] {
            let spec: MechanismSpec = serde_json::from_value(spec).expect("a mechanism");
            let made = spec.build().expect("it is sound");
            let lock = made.contact().expect("a dial lock");
            let code = vec![22.0, 67.0, 38.0];
            for trial in 0..40 {
                let mut parts = stream(8, trial, Purpose::Lock);
                let built = AsBuilt::sample(lock, std::slice::from_ref(&code), &mut parts);
                for (i, number) in code.iter().enumerate() {
                    for step in -200..=200 {
                        let rim =
                            built.on_rim(i, built.turn_rad(i, number + 0.01 * f64::from(step)));
                        let exact = built.lever_above_rad(i, rim, f64::NEG_INFINITY);
                        // Just below where it is nobody may say that it is not above.
                        let above = built.lever_above_rad(i, rim, exact - 1e-9);
                        assert!(
                            above >= exact,
                            "lock {trial}, wheel {i}, {step}: {above}, {exact}"
                        );
                        // Beside another wheel a little lower than this one's rim.
                        let beside = built.lever_above_rad(i, rim, rim.lever_rad - 0.01);
                        told += u32::from(beside < exact);
                    }
                }
            }
        }
        assert!(told > 30_000, "{told}");
    }
}
