//! How a setting changes the belief.

use super::dip::Felt;
use super::heights::GAPS;
use super::level::Wave3;
use super::{Belief, Reading, Setting};
use crate::math;
use crate::units::TURN_RAD;
use std::sync::Arc;

/// Chances of the three slips of the hand.
const SLIPS: [f64; 3] = [1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0];
/// Standard deviations of a wheel's height over which the lever's level is spread where the next wheel
/// is in a gate.
const DEEPER_SD: f64 = 4.0;

/// A setting as it is read where the difference in height is of one class.
#[derive(Clone, Copy)]
struct Read {
    /// Precision of the level, rad⁻².
    w: f64,
    /// Log of the variance over that of the reading alone.
    ln_more: f64,
    /// See [`Felt::ln_deeper`].
    ln_deeper: f64,
}

impl Belief<'_> {
    /// What `readings` say of a setting.
    pub(super) fn setting(
        &self,
        numbers: Vec<f64>,
        readings: &[Reading],
        is_sweep: bool,
    ) -> Setting {
        let mut sense = self.sense.borrow_mut();
        let mut ln_likelihood: Vec<f64> = Vec::new();
        for reading in readings {
            let one = sense.ln_likelihood(*reading);
            if ln_likelihood.is_empty() {
                ln_likelihood.extend_from_slice(&one);
            } else {
                ln_likelihood
                    .iter_mut()
                    .zip(one.iter())
                    .for_each(|(a, b)| *a += b);
            }
        }
        let (level_rad, precision) = sense.summed_up(&ln_likelihood);
        Setting {
            numbers,
            ln_likelihood,
            level_rad,
            precision,
            is_sweep,
        }
    }

    /// Takes in what was seen; takes it back where `sign` is -1.
    pub(super) fn update(&mut self, seen: &Setting, sign: f64) {
        let (places, shape) = (self.places(), Arc::clone(&self.shape));
        if seen.precision <= 0.0 {
            return;
        }
        let read = self.gaps.map(|gap| {
            let more = 1.0 + seen.precision * gap.rough_rad2;
            let w = seen.precision / more;
            Read {
                w,
                ln_more: math::ln(more),
                ln_deeper: 0.5 * math::ln(TURN_RAD / w) - math::ln(DEEPER_SD * shape.height_sd_rad),
            }
        });
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let number = seen.numbers[wheel];
            let mark = number - self.shifts[k];
            let angle = mark / self.marks * TURN_RAD;
            let x: Wave3 = [1.0, math::cos(angle), math::sin(angle)];
            let r_rad = seen.level_rad - self.wave.at(mark);
            for (level, read) in self.levels[k * GAPS..].iter_mut().zip(&read) {
                level.take(&x, (sign * read.w, r_rad), sign * read.ln_more);
            }
            let more = 1.0 + seen.precision * self.none_rad2(k);
            let ln_more = sign * math::ln(more);
            self.none[k].take(&x, (sign * seen.precision / more, r_rad), ln_more);
            for step in shape.felt(wheel) {
                let place = self.place_before(number, *step);
                let Some(drops) = self.drops(wheel, number - self.number(place)) else {
                    continue;
                };
                let next_variance = self.next_variance(seen, (k, place));
                let at = (k * places + place) * GAPS;
                let classes = self.gaps.iter().zip(&read);
                for (dip, (gap, read)) in self.dips[at..at + GAPS].iter_mut().zip(classes) {
                    let (mut drop_rad, mut square, mut p_next) = (0.0, 0.0, 0.0);
                    for (d, p) in drops.iter().zip(SLIPS) {
                        let d = if *d >= gap.mean_rad {
                            p_next += p;
                            gap.mean_rad
                        } else {
                            *d
                        };
                        drop_rad += p * d;
                        square += p * d * d;
                    }
                    let felt = Felt {
                        x: &x,
                        r_rad,
                        w: read.w,
                        drop_rad,
                        variance: (square - drop_rad * drop_rad).max(0.0) + p_next * next_variance,
                        p_next,
                        gap_variance: gap.sd_rad * gap.sd_rad,
                        p_deeper: self.p_deeper[k],
                        ln_deeper: read.ln_deeper,
                    };
                    dip.take(&felt, sign);
                }
            }
        }
    }

    /// How far the level is off one wave where two wheels are of one height: by their waves, and in
    /// the gates of the one that is the higher there; mean square, rad².
    fn none_rad2(&self, k: usize) -> f64 {
        self.gaps[0].rough_rad2 + self.p_deeper[k] * 2.0 * self.shape.wave_sd_rad.powi(2)
    }

    /// By how much the next wheel's rim may be off where it is in a sweep with unknown wheel `k` in its
    /// gate at `place`: in `seen` the others stand elsewhere. Variance, rad².
    fn next_variance(&self, seen: &Setting, (k, place): (usize, usize)) -> f64 {
        let gate = self.number(place) - self.shifts[k];
        let (mut sum, mut count) = (0.0, 0.0);
        for (j, &wheel) in self.unknown.iter().enumerate() {
            if j != k {
                let at = seen.numbers[wheel] - self.shifts[j];
                sum += 1.0 - math::cos((at - gate) / self.marks * TURN_RAD);
                count += 1.0;
            }
        }
        2.0 * self.shape.wave_sd_rad.powi(2) * sum / f64::max(count, 1.0)
    }

    /// How far the lever sinks at `offset` from a gate for three slips of the hand; `None` off it.
    #[inline]
    pub(super) fn drops(&self, wheel: usize, offset: f64) -> Option<[f64; 3]> {
        let at = |slip: f64| self.shape.drop_rad(wheel, offset + slip);
        let drops = [at(-self.slip_marks), at(0.0), at(self.slip_marks)];
        drops.iter().any(|d| *d > 0.0).then_some(drops)
    }
}
