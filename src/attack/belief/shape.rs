//! What the drawing says before anything is read: how far the lever sinks over a wheel's gates, and
//! by how much the wheels' heights differ.

use crate::mechanism::dial_lock::{AsBuilt, Deviations, DialLock, WheelDeviations};
use crate::rng::{Purpose, stream};
use crate::stats::quantile;
use crate::units::wrap;

/// Samples of the dial, a mark.
const PER_MARK: f64 = 8.0;
/// Grid points of a gate's position, a mark.
pub(super) const STEPS_PER_MARK: f64 = 4.0;
/// How far beyond a gate's signature the hand's slip and the grid can reach, marks.
const NEAR_MARKS: f64 = 0.5;
/// Drops smaller than this cannot be felt, rad.
const FELT_RAD: f64 = 1e-5;
/// Locks drawn for the prior of heights.
const LOCKS: usize = 200;
/// Values of a difference in height that are told apart.
pub(super) const GAPS: usize = 6;

/// What a drawing says, tabulated once for all trials of a study.
#[derive(Debug, Clone)]
pub struct Shape {
    marks: f64,
    /// By wheel and offset from its number: how far the lever sinks below the plain rim, rad.
    drops: Vec<Vec<f64>>,
    /// By wheel: the quarter marks from its number at which it may be felt.
    felt: Vec<Vec<usize>>,
    /// By rank: differences in height to the next wheel, equally likely, rad.
    gaps: Vec<[f64; GAPS]>,
    /// Standard deviation of a wheel's height, rad.
    pub(in crate::attack) height_sd_rad: f64,
}

impl Shape {
    /// Tabulates `model`.
    #[must_use]
    pub fn new(model: &DialLock) -> Self {
        let marks = f64::from(model.marks);
        let code = vec![0.0; model.wheels];
        let exact = Deviations {
            fence_slope: model.fence_out_of_parallel.nominal,
            wheels: vec![
                WheelDeviations {
                    taller_mm: 0.0,
                    wider_mm: 0.0,
                    position_marks: model.gate_position_marks.nominal,
                };
                model.wheels
            ],
        };
        let built = AsBuilt::deviating(model, std::slice::from_ref(&code), &exact);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few thousand samples"
        )]
        let samples = (marks * PER_MARK) as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let at = |k: usize| wrap(k as f64 / PER_MARK, marks);
        let drops: Vec<Vec<f64>> = (0..model.wheels)
            .map(|i| {
                let levers: Vec<f64> = (0..samples)
                    .map(|k| built.lever_on_wheel_rad(i, at(k)))
                    .collect();
                let rim = levers.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
                levers.iter().map(|l| (rim - l).clamp(0.0, 1.0)).collect()
            })
            .collect();
        let (gaps, height_sd_rad) = heights(model, &code);
        Self {
            marks,
            felt: drops.iter().map(|d| felt(d)).collect(),
            drops,
            gaps,
            height_sd_rad,
        }
    }

    /// How far the lever sinks over `wheel` where it stands `offset` marks from its number, rad.
    #[inline]
    pub(super) fn drop_rad(&self, wheel: usize, offset: f64) -> f64 {
        let table = &self.drops[wheel];
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the dial"
        )]
        let k = (wrap(offset, self.marks) * PER_MARK + 0.5) as usize;
        table[if k >= table.len() { 0 } else { k }]
    }

    /// The grid steps from the number of `wheel` at which its gates may be felt, counted up from 0
    /// round the dial.
    #[inline]
    pub(super) fn felt(&self, wheel: usize) -> &[usize] {
        &self.felt[wheel]
    }

    /// The differences in height between the tallest of the `unknown` lowest wheels and the next.
    pub(super) fn gaps_rad(&self, unknown: usize) -> &[f64; GAPS] {
        &self.gaps[self.gaps.len() + 1 - unknown.max(2)]
    }
}

/// The steps of a quarter mark at or near which a table of drops is above what can be felt.
fn felt(drops: &[f64]) -> Vec<usize> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers"
    )]
    let (a_step, reach) = (
        (PER_MARK / STEPS_PER_MARK) as usize,
        (NEAR_MARKS * PER_MARK) as usize,
    );
    let n = drops.len();
    let is_felt = |at: usize| (0..=2 * reach).any(|k| drops[(at + n + k - reach) % n] > FELT_RAD);
    (0..n / a_step).filter(|k| is_felt(k * a_step)).collect()
}

/// Gaps between wheels in order of height, tallest first, and the spread of heights; rad.
fn heights(model: &DialLock, code: &[f64]) -> (Vec<[f64; GAPS]>, f64) {
    let away: Vec<f64> = vec![0.3 * f64::from(model.marks); model.wheels];
    let mut rng = stream(0, 0, Purpose::Attacker);
    let mut gaps: Vec<Vec<f64>> = vec![Vec::with_capacity(LOCKS); model.wheels - 1];
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for _ in 0..LOCKS {
        let built = AsBuilt::sample(model, &[code.to_vec()], &mut rng);
        let mut levers: Vec<f64> = (0..model.wheels)
            .map(|i| built.lever_on_wheel_rad(i, away[i]))
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
    }
    let values = |gap: &Vec<f64>| {
        let mut quantiles = [0.0; GAPS];
        for (k, q) in quantiles.iter_mut().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "six values")]
            let p = (k as f64 + 0.5) / GAPS as f64;
            *q = quantile::of(gap, p).unwrap_or(0.0);
        }
        quantiles
    };
    let mean = sum / count;
    let sd = (squares / count - mean * mean).max(0.0).sqrt();
    (gaps.iter().map(values).collect(), sd)
}
