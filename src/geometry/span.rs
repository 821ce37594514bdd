//! How far a round nose at a fixed distance from the hub can swing inside a slot.

use super::slot::{Flank, SlotShape};
use super::{Vector, angle, polar};
use crate::math;

/// The nose's extreme positions in a slot, as angles of its centre from the slot's axis, rad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Towards the left flank, ≥ 0 for a nose that fits.
    pub left_rad: f64,
    /// Towards the right flank, ≤ 0 for a nose that fits.
    pub right_rad: f64,
}

impl SlotShape {
    /// The span of a nose of radius `nose_mm` whose centre is `distance_mm` from the hub of a disc
    /// of `radius_mm`. `None` where the nose passes over the rim or does not fit between the flanks.
    #[must_use]
    pub fn span(&self, radius_mm: f64, distance_mm: f64, nose_mm: f64) -> Option<Span> {
        if distance_mm >= radius_mm + nose_mm {
            return None;
        }
        let side = |side: f64| {
            let flank = self.flank(radius_mm, side);
            let corner = corner_limit(&flank, self.fillet_mm, distance_mm, nose_mm, side);
            match flank_limit(&flank, distance_mm, nose_mm, side) {
                Some(f) if -side * f < -side * corner.unwrap_or(f) => Some(f),
                f => corner.or(f),
            }
        };
        let (left_rad, right_rad) = (side(-1.0)?, side(1.0)?);
        (left_rad >= right_rad).then_some(Span {
            left_rad,
            right_rad,
        })
    }
}

/// Touching the straight flank; `None` where the foot would lie above its upper end.
fn flank_limit(flank: &Flank, distance: f64, nose: f64, side: f64) -> Option<f64> {
    let ratio = (flank.offset + nose) / distance;
    if !(-1.0..=1.0).contains(&ratio) {
        return None;
    }
    let at = angle(flank.normal) - side * math::acos(ratio);
    let foot: Vector = polar(distance, at) - flank.normal * nose;
    (flank.down.dot(&(foot - flank.top.coords)) >= 0.0).then_some(at - std::f64::consts::FRAC_PI_2)
}

/// Touching the rounded corner.
fn corner_limit(flank: &Flank, fillet: f64, distance: f64, nose: f64, side: f64) -> Option<f64> {
    let (c, reach) = (flank.fillet.coords.norm(), nose + fillet);
    let cosine = (distance * distance + c * c - reach * reach) / (2.0 * distance * c);
    (-1.0..=1.0).contains(&cosine).then(|| {
        angle(flank.fillet.coords) + side * math::acos(cosine) - std::f64::consts::FRAC_PI_2
    })
}
