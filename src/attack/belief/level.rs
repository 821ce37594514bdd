//! The rim of one wheel as a regression: what its level may be, given all readings.
//!
//! The level is that of the fitted wave plus `β · (1, cos, sin)`; β is normal beforehand as the
//! tolerances say, and integrated out.

use crate::math::ln;

/// A vector of (constant, cosine, sine).
pub(super) type Wave3 = [f64; 3];

/// Sums over readings for one wheel whose gates are nowhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// Σ w x xᵀ, with the precision beforehand.
    precision: [Wave3; 3],
    /// Σ w x r, with what is expected beforehand.
    pull: Wave3,
    /// `-½ Σ w r²` and what β beforehand adds.
    plain: f64,
}

/// What the readings so far say of the level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Solved {
    /// Covariance of β.
    pub(super) covariance: [Wave3; 3],
    /// Mean of β.
    pub(super) mean: Wave3,
    /// Log chance of all readings, were there no gates.
    pub(super) ln_p: f64,
}

impl Level {
    /// Before any reading: β about `mean` with the standard deviations `sd`.
    pub(super) fn new(mean: Wave3, sd: Wave3) -> Self {
        let mut level = Self {
            precision: [[0.0; 3]; 3],
            pull: [0.0; 3],
            plain: 0.0,
        };
        for i in 0..3 {
            let w = 1.0 / (sd[i] * sd[i]);
            level.precision[i][i] = w;
            level.pull[i] = w * mean[i];
            level.plain += 0.5 * ln(w) - 0.5 * w * mean[i] * mean[i];
        }
        level
    }

    /// Takes in a level `r` above the wave, known to the precision `w`, where the wave is `x`, with the
    /// log `ln_more` of its variance; takes it back where both are negative.
    pub(super) fn take(&mut self, x: &Wave3, (w, r): (f64, f64), ln_more: f64) {
        for i in 0..3 {
            for j in 0..3 {
                self.precision[i][j] += w * x[i] * x[j];
            }
            self.pull[i] += w * x[i] * r;
        }
        self.plain -= 0.5 * (w * r * r + ln_more);
    }

    /// Solves for β.
    pub(super) fn solved(&self) -> Solved {
        let a = &self.precision;
        let minor = |i: usize, j: usize| {
            let (p, q) = ((i + 1) % 3, (i + 2) % 3);
            let (r, s) = ((j + 1) % 3, (j + 2) % 3);
            a[p][r] * a[q][s] - a[p][s] * a[q][r]
        };
        let det: f64 = (0..3).map(|j| a[0][j] * minor(0, j)).sum();
        let covariance = [0, 1, 2].map(|i| [0, 1, 2].map(|j| minor(j, i) / det));
        let mean = times(&covariance, &self.pull);
        Solved {
            covariance,
            mean,
            ln_p: self.plain + 0.5 * dot(&mean, &self.pull) - 0.5 * ln(det),
        }
    }
}

#[inline]
pub(super) fn dot(a: &Wave3, b: &Wave3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(super) fn times(m: &[Wave3; 3], v: &Wave3) -> Wave3 {
    [dot(&m[0], v), dot(&m[1], v), dot(&m[2], v)]
}
