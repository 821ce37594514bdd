//! The level of the lever while the tallest wheel's gate is not under the fence: a constant, and the
//! wave of its eccentricity.

use crate::math::{cos, sin};
use crate::units::TURN_RAD;

/// Levels further off than this many typical deviations are dips, not wave.
const TRIM: f64 = 2.5;

/// `mean + a cos x + b sin x` over the dial, rad.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Wave {
    mean: f64,
    a: f64,
    b: f64,
    marks: f64,
}

impl Wave {
    /// The level at `mark`, rad.
    #[inline]
    pub(super) fn at(&self, mark: f64) -> f64 {
        let x = mark / self.marks * TURN_RAD;
        self.mean + self.a * cos(x) + self.b * sin(x)
    }

    /// Mean, cosine and sine, rad.
    pub(super) fn coefficients(&self) -> [f64; 3] {
        [self.mean, self.a, self.b]
    }

    /// Fits (mark, level) pairs on a dial of `marks`, dips left out; `ridge` is the variance of the
    /// noise over that of the wave's coefficients.
    pub(super) fn fit(points: &[(f64, f64)], marks: f64, ridge: f64) -> Self {
        let mut levels: Vec<f64> = points.iter().map(|p| p.1).collect();
        levels.sort_by(f64::total_cmp);
        let middle = levels.get(levels.len() / 2).copied().unwrap_or(0.0);
        let mut wave = Self {
            mean: middle,
            a: 0.0,
            b: 0.0,
            marks,
        };
        for _ in 0..4 {
            let mut away: Vec<f64> = points.iter().map(|p| (p.1 - wave.at(p.0)).abs()).collect();
            away.sort_by(f64::total_cmp);
            let typical = 1.4826 * away.get(away.len() / 2).copied().unwrap_or(0.0);
            let limit = TRIM * typical + 1e-9;
            let kept = points
                .iter()
                .filter(|p| (p.1 - wave.at(p.0)).abs() <= limit);
            let kept: Vec<(f64, f64)> = kept.copied().collect();
            wave = wave.refitted(&kept, ridge);
        }
        wave
    }

    /// One step of alternating least squares on `points`.
    fn refitted(self, points: &[(f64, f64)], ridge: f64) -> Self {
        let mut next = self;
        for _ in 0..3 {
            let (mut n, mut sum) = (0.0, 0.0);
            let (mut cc, mut cy, mut ss, mut sy) = (0.0, 0.0, 0.0, 0.0);
            for &(mark, level) in points {
                let x = mark / self.marks * TURN_RAD;
                let (c, s) = (cos(x), sin(x));
                let (a, b) = (next.a * c, next.b * s);
                n += 1.0;
                sum += level - a - b;
                cc += c * c;
                cy += c * (level - next.mean - b);
                ss += s * s;
                sy += s * (level - next.mean - a);
            }
            if n < 3.0 {
                return next;
            }
            next.mean = sum / n;
            next.a = cy / (cc + ridge);
            next.b = sy / (ss + ridge);
        }
        next
    }
}
