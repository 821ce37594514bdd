//! Plane geometry of a bar on a lever that follows slotted discs, in closed form.
//!
//! Frames: the solid's frame has its centre at the origin; angles are counter-clockwise. The
//! lever's frame has its origin at the pivot and coincides with the global axes at lever angle 0.

mod bar;
mod contour;
mod lone_slot;
mod outline;
mod slot;
mod span;

pub use bar::{Bar, Lever, Touch};
pub use contour::{Piece, contour};
pub use lone_slot::Pairs;
pub use outline::{Feature, Outline};
pub use slot::{Slot, SlotShape};
pub use span::Span;

/// A point in the plane, mm.
pub type Point = nalgebra::Point2<f64>;
/// A displacement or direction in the plane, mm or unitless.
pub type Vector = nalgebra::Vector2<f64>;

use crate::math;

/// The vector of length `radius` at `angle_rad` from the x axis.
#[must_use]
pub fn polar(radius: f64, angle_rad: f64) -> Vector {
    Vector::new(radius * math::cos(angle_rad), radius * math::sin(angle_rad))
}

/// The angle of `v` from the x axis, in `(-π, π]` radians.
#[must_use]
pub fn angle(v: Vector) -> f64 {
    math::atan2(v.y, v.x)
}

/// `v` turned by `angle_rad` counter-clockwise.
#[must_use]
pub fn turned(v: Vector, angle_rad: f64) -> Vector {
    let (s, c) = (math::sin(angle_rad), math::cos(angle_rad));
    Vector::new(c * v.x - s * v.y, s * v.x + c * v.y)
}

/// `v` turned by a quarter turn counter-clockwise.
#[must_use]
pub fn perpendicular(v: Vector) -> Vector {
    Vector::new(-v.y, v.x)
}
