//! What a gate at one place adds to the chance of the readings: the lever sinks over it, down to the
//! next wheel at most.

use super::level::{Solved, Wave3, dot, times};
use crate::math::{exp, ln};

/// Sums over the readings that a gate touches, for one (wheel, place, difference in height).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dip {
    /// Log chance with level and difference at their centres.
    ln_p: f64,
    /// What the gate changes in the pull on the level.
    pull: Wave3,
    /// How the difference in height and the level go together.
    both: Wave3,
    /// Precision of the difference in height, and its pull.
    precision: f64,
    pulled: f64,
}

/// One setting as it is felt over a gate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Felt<'a> {
    /// The wave there.
    pub(super) x: &'a Wave3,
    /// Level above the wave, rad, and its precision, rad⁻²: what was read.
    pub(super) r_rad: f64,
    pub(super) w: f64,
    /// By how much the lever is expected to sink, rad, and the variance of that.
    pub(super) drop_rad: f64,
    pub(super) variance: f64,
    /// Chance that it lies on the next wheel.
    pub(super) p_next: f64,
    /// Variance of the difference in height within its class, rad².
    pub(super) gap_variance: f64,
    /// Chance that the next wheel is itself in a gate, and the log density of the lever's level then,
    /// over the density of a reading at its level.
    pub(super) p_deeper: f64,
    pub(super) ln_deeper: f64,
}

impl Dip {
    /// Takes in a setting; takes it back where `sign` is -1.
    #[inline]
    pub(super) fn take(&mut self, f: &Felt<'_>, sign: f64) {
        let plain = 0.5 * f.w * f.r_rad * f.r_rad;
        let more = 1.0 + f.w * f.variance;
        let w = f.w / more;
        let z = f.r_rad + f.drop_rad;
        let normal = plain - 0.5 * (w * z * z + ln(more));
        let (mut share, mut ln_p) = (1.0, normal);
        let p_deeper = f.p_deeper * f.p_next;
        // far below the class, the next wheel may be in a gate of its own
        let spread = 1.0 + w * f.gap_variance * f.p_next * f.p_next;
        let marginal = plain - 0.5 * (w * z * z / spread + ln(more) + ln(spread));
        let deeper = plain + f.ln_deeper;
        if z < 0.0 && p_deeper > 0.0 && deeper - marginal > -4.0 {
            let (a, b) = (ln(1.0 - p_deeper) + marginal, ln(p_deeper) + deeper);
            share = 1.0 / (1.0 + exp(b - a));
            let rest = 1.0 - share;
            let xlnx = |x: f64, p: f64| if x > 1e-12 { x * ln(x / p) } else { 0.0 };
            ln_p =
                share * normal + rest * deeper - xlnx(share, 1.0 - p_deeper) - xlnx(rest, p_deeper);
        }
        self.ln_p += sign * ln_p;
        let change = sign * (share * w * z - f.w * f.r_rad);
        let next = sign * share * w * f.p_next;
        for i in 0..3 {
            self.pull[i] += change * f.x[i];
            self.both[i] += next * f.x[i];
        }
        self.precision += next * f.p_next;
        self.pulled += next * z;
    }

    /// The log chance that the gate adds, with a difference in height of standard deviation
    /// `gap_sd_rad` about its centre.
    #[inline]
    pub(super) fn ln_ratio(&self, level: &Solved, gap_sd_rad: f64) -> f64 {
        let shift = times(&level.covariance, &self.pull);
        let mean = [0, 1, 2].map(|i| level.mean[i] + shift[i]);
        let plain = self.ln_p + dot(&level.mean, &self.pull) + 0.5 * dot(&shift, &self.pull);
        if self.precision <= 0.0 {
            return plain;
        }
        let own = self.precision - dot(&self.both, &times(&level.covariance, &self.both));
        let pulled = self.pulled - dot(&self.both, &mean);
        let variance = gap_sd_rad * gap_sd_rad;
        let more = 1.0 + own.max(0.0) * variance;
        plain + 0.5 * (pulled * pulled * variance / more - ln(more))
    }
}
