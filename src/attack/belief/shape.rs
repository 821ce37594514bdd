//! What the drawing says before anything is read: how far the lever sinks over a wheel's gates, and
//! by how much the wheels' heights differ.

use super::heights::{Rank, heights};
use crate::mechanism::dial_lock::{AsBuilt, Deviations, DialLock, WheelDeviations};
use crate::units::wrap;

/// Samples of the dial, a mark.
const PER_MARK: f64 = 16.0;
/// How far beyond a gate's signature the hand's slip and the grid can reach, marks.
const NEAR_MARKS: f64 = 0.5;
/// Drops smaller than this cannot be felt, rad.
const FELT_RAD: f64 = 1e-5;
/// What a drawing says, tabulated once for all trials of a study.
#[derive(Debug, Clone)]
pub struct Shape {
    marks: f64,
    /// By wheel and offset from its number: how far the lever sinks below the plain rim, rad.
    drops: Vec<Vec<f64>>,
    /// By wheel: the marks from its number at which it may be felt.
    felt: Vec<Vec<usize>>,
    /// By rank: the tallest wheel and the next.
    ranks: Vec<Rank>,
    /// Standard deviation of a rim's cosine and sine over the dial, rad.
    pub(super) wave_sd_rad: f64,
    /// Standard deviation of a gate's place, marks.
    pub(super) place_sd_marks: f64,
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
        let (ranks, height_sd_rad) = heights(model);
        Self {
            marks,
            felt: drops.iter().map(|d| felt(d)).collect(),
            drops,
            ranks,
            height_sd_rad,
            wave_sd_rad: wave_sd_rad(model),
            place_sd_marks: model.gate_position_marks.sd(),
        }
    }

    /// How far the lever sinks over `wheel` where it stands `offset` marks from its number, rad.
    #[inline]
    pub(super) fn drop_rad(&self, wheel: usize, offset: f64) -> f64 {
        let table = &self.drops[wheel];
        let x = wrap(offset, self.marks) * PER_MARK;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the dial"
        )]
        let k = x as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let part = x - k as f64;
        let at = |k: usize| table[if k >= table.len() { 0 } else { k }];
        at(k) + part * (at(k + 1) - at(k))
    }

    /// The marks from the number of `wheel` at which its gates may be felt, counted up from 0 round the
    /// dial.
    #[inline]
    pub(super) fn felt(&self, wheel: usize) -> &[usize] {
        &self.felt[wheel]
    }

    /// The share of the dial on which `wheel` sinks by at least `drop_rad`.
    pub(super) fn share_below(&self, wheel: usize, drop_rad: f64) -> f64 {
        let table = &self.drops[wheel];
        #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let n = table.len() as f64;
        let below = table.iter().filter(|d| **d >= drop_rad).count();
        #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let below = below as f64;
        below / n
    }

    /// How far from its number `wheel` sinks by `drop_rad`, marks.
    pub(super) fn flank_marks(&self, wheel: usize, drop_rad: f64) -> f64 {
        let table = &self.drops[wheel];
        let at = table.iter().take_while(|d| **d >= drop_rad).count();
        #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let at = at as f64;
        at / PER_MARK
    }

    /// The tallest of the `unknown` lowest wheels and the next.
    pub(super) fn rank(&self, unknown: usize) -> &Rank {
        &self.ranks[self.ranks.len() + 1 - unknown.max(2)]
    }
}

/// Standard deviation of the cosine and of the sine of a rim over the dial, rad.
fn wave_sd_rad(model: &DialLock) -> f64 {
    let runout = &model.runout_mm;
    let square = runout.mean().powi(2) + runout.sd().powi(2);
    model.nominal.rim.per_radius.abs() * (0.5 * square).sqrt()
}

/// The marks from which on to the next a table of drops is, or nearly, above what can be felt.
fn felt(drops: &[f64]) -> Vec<usize> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers"
    )]
    let (a_mark, reach) = (PER_MARK as usize, (NEAR_MARKS * PER_MARK) as usize);
    let n = drops.len();
    let near = a_mark + 2 * reach;
    let is_felt = |at: usize| (0..=near).any(|k| drops[(at + n + k - reach) % n] > FELT_RAD);
    (0..n / a_mark).filter(|k| is_felt(k * a_mark)).collect()
}
