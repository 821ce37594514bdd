//! By how much the wheels' heights differ, from locks drawn from the tolerances.

use crate::math;
use crate::math::{cos, sin};
use crate::mechanism::dial_lock::{AsBuilt, DialLock};
use crate::rng::{Purpose, Stream, stream};
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
    /// How far the tallest rim round the dial, now of this wheel, now of another, is off the wave that
    /// fits it best; mean square, rad².
    pub(super) rough_rad2: f64,
}

/// A wheel and those below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rank {
    /// Differences in height to the next wheel.
    pub(super) gaps: [Gap; GAPS],
    /// Chance that no wheel is the tallest one where its gate is: no gate can be felt by itself.
    pub(super) p_none: f64,
}

/// By rank, from the tallest wheel to the last but one: the classes of its difference in height to
/// the next; and the standard deviation of a height, rad.
pub(super) fn heights(model: &DialLock) -> (Vec<Rank>, f64) {
    let code = [vec![0.0; model.wheels]];
    let away = 0.3;
    let mut rng = stream(0, 0, Purpose::Attacker);
    let mut drawn: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(LOCKS); model.wheels - 1];
    let mut none = vec![0.0; model.wheels - 1];
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for _ in 0..LOCKS {
        let built = AsBuilt::sample(model, &code, &mut rng);
        let mut rims: Vec<Rim> = (0..model.wheels)
            .map(|i| Rim {
                here_rad: built.lever_on_wheel_rad(i, away * f64::from(model.marks)),
                swing_rad: built.wheels()[i].runout_mm * model.nominal.rim.per_radius,
                phase_rad: TURN_RAD * away - built.wheels()[i].runout_rad,
            })
            .collect();
        for rim in &rims {
            let from_rim = rim.here_rad - model.nominal.rim.lever_rad;
            sum += from_rim;
            squares += from_rim * from_rim;
            count += 1.0;
        }
        rims.sort_by(|a, b| b.here_rad.total_cmp(&a.here_rad));
        for (k, drawn) in drawn.iter_mut().enumerate() {
            let gap = rims[k].here_rad - rims[k + 1].here_rad;
            drawn.push((gap, off_wave(&rims[k..])));
            none[k] += f64::from(!is_any_felt(&rims[k..], &mut rng));
        }
    }
    let mean = sum / count;
    let sd = (squares / count - mean * mean).max(0.0).sqrt();
    #[allow(clippy::cast_precision_loss, reason = "a few hundred locks")]
    let locks = LOCKS as f64;
    let ranks = drawn.iter_mut().zip(none).map(|(drawn, none)| Rank {
        gaps: classes(drawn),
        p_none: none / locks,
    });
    (ranks.collect(), sd)
}

/// A rim round the dial.
struct Rim {
    /// Lever on it where the wheels are looked at, rad.
    here_rad: f64,
    /// Its wave: swing, and phase there, rad.
    swing_rad: f64,
    phase_rad: f64,
}

impl Rim {
    /// Lever on it where the wheels are turned on by `turn_rad`, rad.
    fn at(&self, turn_rad: f64) -> f64 {
        let wave = |x: f64| self.swing_rad * cos(self.phase_rad + x);
        self.here_rad + wave(turn_rad) - wave(0.0)
    }
}

/// Whether one of `rims` is the highest where its own gate is, somewhere on the dial.
fn is_any_felt(rims: &[Rim], rng: &mut Stream) -> bool {
    (0..rims.len()).any(|i| {
        let gate = TURN_RAD * rng.random::<f64>();
        rims.iter().all(|other| other.at(gate) <= rims[i].at(gate))
    })
}

/// Splits (difference, roughness) into classes of equal chance.
fn classes(drawn: &mut [(f64, f64)]) -> [Gap; GAPS] {
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut classes = [Gap::default(); GAPS];
    for (class, values) in classes.iter_mut().zip(drawn.chunks(LOCKS / GAPS)) {
        #[allow(clippy::cast_precision_loss, reason = "a few dozen values")]
        let n = values.len() as f64;
        let mean = math::sum(values.iter().map(|v| v.0)) / n;
        let squares = math::sum(values.iter().map(|v| (v.0 - mean) * (v.0 - mean)));
        *class = Gap {
            mean_rad: mean,
            sd_rad: (squares / n).sqrt(),
            rough_rad2: math::sum(values.iter().map(|v| v.1)) / n,
        };
    }
    classes
}

/// Mean square by which the highest of `rims` is off the wave that fits it best, rad².
fn off_wave(rims: &[Rim]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "two dozen places")]
    let (n, step) = (ROUND as f64, TURN_RAD / ROUND as f64);
    let (mut mean, mut a, mut b, mut square) = (0.0, 0.0, 0.0, 0.0);
    let zero = rims.first().map_or(0.0, |r| r.here_rad);
    for place in 0..ROUND {
        #[allow(clippy::cast_precision_loss, reason = "two dozen places")]
        let x = place as f64 * step;
        let tops = rims.iter().map(|r| r.at(x) - zero);
        let top = tops.fold(f64::NEG_INFINITY, f64::max);
        mean += top / n;
        a += 2.0 * top * cos(x) / n;
        b += 2.0 * top * sin(x) / n;
        square += top * top / n;
    }
    (square - mean * mean - 0.5 * (a * a + b * b)).max(0.0)
}
