//! By how much the wheels' heights differ, from locks drawn from the tolerances.

use crate::math;
use crate::math::{cos, sin};
use crate::mechanism::dial_lock::{AsBuilt, DialLock};
use crate::rng::{Purpose, stream};
use crate::units::TURN_RAD;
use rand::RngExt;

/// Locks drawn.
const LOCKS: usize = 600;
/// Classes of a difference in height, of equal chance.
pub(super) const GAPS: usize = 12;
/// Places round the dial at which the tallest rim is looked at.
const ROUND: usize = 24;

/// One class of a difference in height, normal within.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gap {
    /// Its mean, rad.
    pub(super) mean_rad: f64,
    /// Its standard deviation, rad.
    pub(super) sd_rad: f64,
}

/// A wheel and those below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rank {
    /// Differences in height to the next wheel.
    pub(super) gaps: [Gap; GAPS],
    /// How far the tallest rim round the dial, now of this wheel, now of another, is off the wave that
    /// fits it best; root of the mean square, rad.
    pub(super) rough_rad: f64,
}

/// Ranks from the tallest wheel to the last but one, and the standard deviation of a height, rad;
/// rims whose cosine and sine over the dial have the standard deviation `wave_sd_rad`.
pub(super) fn heights(model: &DialLock, wave_sd_rad: f64) -> (Vec<Rank>, f64) {
    let code = [vec![0.0; model.wheels]];
    let away = 0.3 * f64::from(model.marks);
    let mut rng = stream(0, 0, Purpose::Attacker);
    let mut gaps: Vec<Vec<f64>> = vec![Vec::with_capacity(LOCKS); model.wheels - 1];
    let mut rough: Vec<f64> = vec![0.0; model.wheels - 1];
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for _ in 0..LOCKS {
        let built = AsBuilt::sample(model, &code, &mut rng);
        let mut levers: Vec<f64> = (0..model.wheels)
            .map(|i| built.lever_on_wheel_rad(i, away))
            .collect();
        for l in &levers {
            let from_rim = l - model.nominal.rim.lever_rad;
            sum += from_rim;
            squares += from_rim * from_rim;
            count += 1.0;
        }
        levers.sort_by(|a, b| b.total_cmp(a));
        for (gap, pair) in gaps.iter_mut().zip(levers.windows(2)) {
            gap.push(pair[0] - pair[1]);
        }
        let waves: Vec<(f64, f64)> = levers
            .iter()
            .map(|_| {
                let swing_rad = 2.0_f64.sqrt() * wave_sd_rad;
                (swing_rad, TURN_RAD * rng.random::<f64>())
            })
            .collect();
        for (k, rough) in rough.iter_mut().enumerate() {
            *rough += off_wave(&levers[k..], &waves[k..]);
        }
    }
    let ranks = gaps.iter_mut().zip(&rough).map(|(gap, rough)| Rank {
        gaps: classes(gap),
        rough_rad: (rough / locks()).sqrt(),
    });
    let mean = sum / count;
    let sd = (squares / count - mean * mean).max(0.0).sqrt();
    (ranks.collect(), sd)
}

#[allow(clippy::cast_precision_loss, reason = "a few hundred locks")]
fn locks() -> f64 {
    LOCKS as f64
}

/// Splits differences into classes of equal chance.
fn classes(gap: &mut [f64]) -> [Gap; GAPS] {
    gap.sort_by(f64::total_cmp);
    let mut classes = [Gap::default(); GAPS];
    for (class, values) in classes.iter_mut().zip(gap.chunks(LOCKS / GAPS)) {
        #[allow(clippy::cast_precision_loss, reason = "a few dozen values")]
        let n = values.len() as f64;
        let mean = math::sum(values.iter().copied()) / n;
        let squares = math::sum(values.iter().map(|v| (v - mean) * (v - mean)));
        *class = Gap {
            mean_rad: mean,
            sd_rad: (squares / n).sqrt(),
        };
    }
    classes
}

/// Mean square by which the highest of rims of the heights `levers`, each with a wave of (swing, phase),
/// is off the wave that fits it best, rad².
fn off_wave(levers: &[f64], waves: &[(f64, f64)]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "two dozen places")]
    let (n, step) = (ROUND as f64, TURN_RAD / ROUND as f64);
    let (mut mean, mut a, mut b, mut square) = (0.0, 0.0, 0.0, 0.0);
    for place in 0..ROUND {
        #[allow(clippy::cast_precision_loss, reason = "two dozen places")]
        let x = place as f64 * step;
        let rims = levers.iter().zip(waves);
        let top = rims
            .map(|(l, (swing, phase))| l + swing * cos(x - phase))
            .fold(f64::NEG_INFINITY, f64::max);
        mean += top / n;
        a += 2.0 * top * cos(x) / n;
        b += 2.0 * top * sin(x) / n;
        square += top * top / n;
    }
    (square - mean * mean - 0.5 * (a * a + b * b)).max(0.0)
}
