//! A slot cut into a disc: a wheel's gate (upright walls) or the cam's gate (sloping flanks).
//!
//! ```text
//!        rim  ___              ___  rim
//!                \  fillet    /
//!      left flank \          / right flank      y: the slot's axis, outwards
//!                  \________/                   x: to the right
//!                    floor
//! ```

use super::{Point, Vector, angle, perpendicular};
use crate::math;

/// How deep inside a slot (mm) a point must lie before a contact there is discarded.
pub(super) const INSIDE_MM: f64 = 1e-9;

/// The dimensions of a slot, apart from where on the disc it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlotShape {
    /// Chord between the two (unrounded) corners at the rim, mm, > 0.
    pub mouth_mm: f64,
    /// Depth of the floor below the rim radius, measured on the slot's axis, mm, > 0.
    pub depth_mm: f64,
    /// Radius of the rounded corners, mm, ≥ 0 (0 is a sharp corner).
    pub fillet_mm: f64,
    /// Slope of the left flank from the tangent at the slot's axis, rad, in (0, π); π/2 is upright,
    /// more is undercut.
    pub left_rad: f64,
    /// Slope of the right flank, likewise.
    pub right_rad: f64,
}

impl SlotShape {
    /// A slot with equal walls, undercut by `relief_rad` (0: upright and parallel).
    #[must_use]
    pub fn walled(mouth_mm: f64, depth_mm: f64, fillet_mm: f64, relief_rad: f64) -> Self {
        let slope = std::f64::consts::FRAC_PI_2 + relief_rad;
        Self {
            mouth_mm,
            depth_mm,
            fillet_mm,
            left_rad: slope,
            right_rad: slope,
        }
    }
}

/// A [`SlotShape`] at a place on the disc.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot {
    /// Angle of the slot's axis from the disc's y axis, counter-clockwise, rad.
    pub centre_rad: f64,
    /// Its dimensions.
    pub shape: SlotShape,
}

/// One flank with its rounded corner, in the slot's own frame (axis = +y).
#[derive(Debug, Clone, Copy)]
pub(super) struct Flank {
    /// Unit normal, out of the material.
    pub(super) normal: Vector,
    /// `normal · x` on the flank, mm.
    pub(super) offset: f64,
    /// Unit direction down the flank.
    pub(super) down: Vector,
    /// Where the flank ends and the fillet begins.
    pub(super) top: Point,
    /// Centre of the fillet.
    pub(super) fillet: Point,
    /// Velocity of the unrounded corner per mm of rim radius.
    pub(super) corner_growth: Vector,
    /// Velocity of the fillet's centre per mm of rim radius.
    pub(super) fillet_growth: Vector,
    /// Angle from the axis at which the rim begins, rad, ≥ 0.
    pub(super) rim_from_rad: f64,
}

impl SlotShape {
    /// The left (`side = -1`) or right (`side = 1`) flank on a disc of `radius_mm`.
    pub(super) fn flank(&self, radius_mm: f64, side: f64) -> Flank {
        let slope = if side < 0.0 {
            self.left_rad
        } else {
            self.right_rad
        };
        let (s, c) = (math::sin(slope), math::cos(slope));
        let normal = Vector::new(-side * s, c);
        let down = Vector::new(-side * c, -s);
        let half = 0.5 * self.mouth_mm;
        let corner = Vector::new(
            side * half,
            (radius_mm * radius_mm - half * half).max(0.0).sqrt(),
        );
        let corner_growth = Vector::new(0.0, radius_mm / corner.y);
        let offset = normal.dot(&corner);
        // The fillet's centre lies at `offset - r` from the flank and at `radius - r` from the hub.
        let (reach, inset) = (radius_mm - self.fillet_mm, offset - self.fillet_mm);
        let along = (reach * reach - inset * inset).max(0.0).sqrt();
        let fillet = normal * inset - down * along;
        let fillet_growth = growth(fillet, normal, reach, normal.dot(&corner_growth));
        let top = fillet + normal * self.fillet_mm;
        let rim_from_rad = (side * (std::f64::consts::FRAC_PI_2 - angle(fillet))).max(0.0);
        Flank {
            normal,
            offset,
            down,
            top: Point::from(top),
            fillet: Point::from(fillet),
            corner_growth,
            fillet_growth,
            rim_from_rad,
        }
    }

    /// Centre of the left (`side = -1`) or right (`side = 1`) corner's fillet on a disc of `radius_mm`,
    /// in the slot's own frame: the corner itself where it is sharp.
    pub(super) fn corner(&self, radius_mm: f64, side: f64) -> Point {
        if self.fillet_mm > 0.0 {
            return self.flank(radius_mm, side).fillet;
        }
        let half = 0.5 * self.mouth_mm;
        let up = (radius_mm * radius_mm - half * half).max(0.0).sqrt();
        Point::new(side * half, up)
    }

    /// Whether the rim at `at` (slot's frame) is cut away.
    pub(super) fn spans(&self, radius_mm: f64, at: Point) -> bool {
        let beyond = |side: f64| {
            let corner = self.corner(radius_mm, side).coords;
            side * at.x * corner.norm() < (side * corner.x).max(0.0) * at.coords.norm()
        };
        at.y > 0.0 && beyond(-1.0) && beyond(1.0)
    }

    /// Whether `at` (slot's frame) lies in the slot or on its border.
    pub(super) fn borders(&self, radius_mm: f64, at: Point) -> bool {
        let inside = |side: f64| {
            let flank = self.flank(radius_mm, side);
            flank.normal.dot(&at.coords) > flank.offset - INSIDE_MM
        };
        at.coords.norm() <= radius_mm
            && at.y > self.floor_mm(radius_mm) - INSIDE_MM
            && inside(-1.0)
            && inside(1.0)
    }

    /// The slot's border in its own frame, from the left corner at the rim down, along the floor and
    /// up to the right corner; corners unrounded, flanks that meet above the floor end there.
    #[must_use]
    pub fn border(&self, radius_mm: f64) -> Vec<Point> {
        let (left, right) = (self.flank(radius_mm, -1.0), self.flank(radius_mm, 1.0));
        let floor = self.floor_mm(radius_mm);
        let sharp = Self {
            fillet_mm: 0.0,
            ..*self
        };
        let (a, b) = (sharp.corner(radius_mm, -1.0), sharp.corner(radius_mm, 1.0));
        let down = |from: Point, along: Vector| from + along * ((from.y - floor) / -along.y);
        let (c, d) = (down(a, left.down), down(b, right.down));
        if c.x <= d.x {
            return vec![a, c, d, b];
        }
        let share = (b.x - a.x) / ((b.x - a.x) + (c.x - d.x));
        vec![a, a + (c - a) * share, b]
    }

    /// Height of the floor above the hub on a disc of `radius_mm`, mm.
    #[must_use]
    pub fn floor_mm(&self, radius_mm: f64) -> f64 {
        radius_mm - self.depth_mm
    }
}

/// How the fillet's centre `c` moves when the rim radius grows: `c · v = reach`, `n · v = rate`.
fn growth(c: Vector, n: Vector, reach: f64, rate: f64) -> Vector {
    let along = perpendicular(n);
    let denominator = c.dot(&along);
    if denominator.abs() < 1e-12 {
        return n * rate;
    }
    n * rate + along * ((reach - rate * c.dot(&n)) / denominator)
}
