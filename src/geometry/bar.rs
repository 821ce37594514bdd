//! A bar on a lever that comes down on a slotted disc: the first contact, in closed form.
//!
//! **What.** The lever angle at which a stadium-shaped bar (flat of length `b` between two corner
//! circles of radius `r`; `b = 0` is a round bar) first touches an [`Outline`], coming down from
//! above (decreasing lever angle).
//!
//! **Model.** Every pair of features has a closed-form root: circle–circle by the law of cosines,
//! circle–line and line–circle by one arc cosine. A root counts where the contact point lies on the
//! solid's surface. All counted roots are touching positions and the first contact is one of them,
//! so the answer is their maximum.
//!
//! **Assumptions.** Rigid parts; the lever comes from above; the bar is convex.
//!
//! **Reference.** Law of cosines; `cos β = (D² + L² − (R + r)²) / (2 D L)` for a round bar.
//!
//! **Checked by.** `tests/it/validation/follower.rs`: the brute-force table of a starting geometry
//! within its ±0.005 mm, and a collision oracle on sampled outlines.

use super::outline::{Feature, Outline};
use super::{Point, Vector, angle, perpendicular, polar, turned};
use crate::math;
use crate::units::{TURN_RAD, circular_difference};

/// The pivot of a lever, in the frame of the disc's centre, mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lever {
    /// Where the pivot stands.
    pub pivot: Point,
}

/// A bar's cross section in the lever's frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Centre of the flat's middle, mm, in the lever's frame; the flat lies along its x axis.
    pub centre: Point,
    /// Length of the flat between the corner circles' centres, mm, ≥ 0.
    pub flat_mm: f64,
    /// Radius of the corner circles, mm, > 0.
    pub radius_mm: f64,
}

/// A first contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// Lever angle, rad, in `(-π, π]`.
    pub lever_rad: f64,
    /// `∂ lever / ∂ turn` of the solid.
    pub per_turn: f64,
    /// `∂ lever / ∂ rim radius`, rad/mm.
    pub per_radius: f64,
    /// `∂ lever / ∂ bar height in the lever's frame`, rad/mm (negative: a higher bar sinks more).
    pub per_height: f64,
    /// The slot whose corner, flank or floor is touched; `None` on the rim.
    pub slot: Option<usize>,
    /// The pair of features that touch, counted in the order of the outline's features.
    pub pair: usize,
}

/// A candidate root in the solid's frame.
pub(super) struct Root {
    pub(super) lever_rad: f64,
    pub(super) at: Point,
    normal: Vector,
}

/// Parts of a bar: two corner circles and the flat.
pub(super) const PARTS: usize = 3;

impl Bar {
    /// Centre of the left (0) or right (1) corner circle in the lever's frame, mm.
    pub(super) fn end(&self, part: usize) -> Point {
        let half = 0.5 * self.flat_mm;
        let off = if part == 0 { -half } else { half };
        self.centre + Vector::new(off, 0.0)
    }
}

impl Lever {
    /// The first contact of `bar` with `solid` turned by `turn_rad`, or `None` if the bar can
    /// swing past it.
    #[must_use]
    pub fn first_touch(&self, bar: &Bar, solid: &Outline, turn_rad: f64) -> Option<Touch> {
        // Seen from the solid, the pivot turns the other way.
        let pivot = Point::from(turned(self.pivot.coords, -turn_rad));
        let mut best: Option<(Root, &Feature, Option<usize>, usize)> = None;
        let mut offer = |root: Root, feature, slot, pair| {
            let lever_rad = circular_difference(root.lever_rad + turn_rad, 0.0, TURN_RAD);
            let root = Root { lever_rad, ..root };
            if best
                .as_ref()
                .is_none_or(|(b, ..)| root.lever_rad > b.lever_rad)
                && solid.is_on_surface(feature, slot, root.at)
            {
                best = Some((root, feature, slot, pair));
            }
        };
        for (k, (feature, slot)) in solid.features().enumerate() {
            let all = roots(pivot, bar, solid.radius_mm(), feature);
            for (part, root) in all.into_iter().enumerate() {
                if let Some(root) = root {
                    offer(root, feature, slot, PARTS * k + part);
                }
            }
        }
        let (root, feature, slot, pair) = best?;
        let rate = root.normal.dot(&perpendicular(root.at - pivot));
        let grows = match feature {
            Feature::Rim => 1.0,
            Feature::Corner { growth, .. } | Feature::Edge { growth, .. } => {
                growth.dot(&root.normal)
            }
        };
        let up = turned(Vector::new(0.0, 1.0), root.lever_rad - turn_rad);
        Some(Touch {
            lever_rad: root.lever_rad,
            per_turn: root.normal.dot(&perpendicular(root.at.coords)) / rate,
            per_radius: grows / rate,
            per_height: -up.dot(&root.normal) / rate,
            slot,
            pair,
        })
    }

    /// Where a point of the lever's frame stands when the lever is at `lever_rad`.
    #[must_use]
    pub fn place(&self, p: Point, lever_rad: f64) -> Point {
        self.pivot + turned(p.coords, lever_rad)
    }
}

/// The entering roots of all pairs (corner circles, flat) × `feature`, in the solid's frame.
fn roots(pivot: Point, bar: &Bar, rim_mm: f64, feature: &Feature) -> [Option<Root>; PARTS] {
    std::array::from_fn(|part| match *feature {
        Feature::Edge {
            normal, offset_mm, ..
        } => on_line(pivot, bar, part, normal, offset_mm),
        Feature::Rim => on_disc(pivot, bar, part, Point::origin(), rim_mm),
        Feature::Corner {
            centre, radius_mm, ..
        } => on_disc(pivot, bar, part, centre, radius_mm),
    })
}

/// The entering root of a part of the bar and the line `normal · x = offset_mm`. The flat meets a
/// line with its ends first.
pub(super) fn on_line(
    pivot: Point,
    bar: &Bar,
    part: usize,
    normal: Vector,
    offset_mm: f64,
) -> Option<Root> {
    (part < 2)
        .then(|| circle_on_line(pivot, bar.end(part), bar.radius_mm, normal, offset_mm))
        .flatten()
}

/// The entering root of a part of the bar and the disc of `disc_mm` at `centre`.
pub(super) fn on_disc(
    pivot: Point,
    bar: &Bar,
    part: usize,
    centre: Point,
    disc_mm: f64,
) -> Option<Root> {
    let has_flat = bar.flat_mm > 0.0;
    match part {
        0 => circle_on_disc(pivot, bar.end(part), bar.radius_mm, centre, disc_mm),
        1 if has_flat => circle_on_disc(pivot, bar.end(part), bar.radius_mm, centre, disc_mm),
        2 if has_flat => flat_on_disc(pivot, bar, centre, disc_mm),
        _ => None,
    }
}

/// The lever angle of [`circle_on_disc`] alone.
pub(super) fn circle_on_disc_rad(
    pivot: Point,
    end: Point,
    centre: Point,
    reach: f64,
) -> Option<f64> {
    let to_centre = centre - pivot;
    let (d, l) = (to_centre.norm(), end.coords.norm());
    let cos_beta = (d * d + l * l - reach * reach) / (2.0 * d * l);
    (-1.0..=1.0)
        .contains(&cos_beta)
        .then(|| angle(to_centre) + math::acos(cos_beta) - angle(end.coords))
}

/// Law of cosines in the triangle pivot – bar end – disc centre.
fn circle_on_disc(
    pivot: Point,
    end: Point,
    radius: f64,
    centre: Point,
    disc_mm: f64,
) -> Option<Root> {
    let reach = radius + disc_mm;
    let lever_rad = circle_on_disc_rad(pivot, end, centre, reach)?;
    let bar_centre = pivot + polar(end.coords.norm(), lever_rad + angle(end.coords));
    let normal = (bar_centre - centre) / reach;
    Some(Root {
        lever_rad,
        at: centre + normal * disc_mm,
        normal,
    })
}

/// The bar end's centre at distance `radius` from the line `normal · x = offset`, approaching.
fn circle_on_line(
    pivot: Point,
    end: Point,
    radius: f64,
    normal: Vector,
    offset: f64,
) -> Option<Root> {
    let l = end.coords.norm();
    let ratio = (offset + radius - normal.dot(&pivot.coords)) / l;
    if !(-1.0..=1.0).contains(&ratio) {
        return None;
    }
    let lever_rad = angle(normal) - angle(end.coords) - math::acos(ratio);
    let bar_centre = pivot + polar(l, lever_rad + angle(end.coords));
    Some(Root {
        lever_rad,
        at: bar_centre - normal * radius,
        normal,
    })
}

/// The flat lying on a disc: its axis line at distance `radius + disc` from the disc's centre.
fn flat_on_disc(pivot: Point, bar: &Bar, centre: Point, disc_mm: f64) -> Option<Root> {
    let v = pivot - centre;
    let reach = bar.radius_mm + disc_mm;
    let (_, lever_rad) = math::cos_sin_roots(v.y, -v.x, reach - bar.centre.y)?;
    let (along, normal) = (
        polar(1.0, lever_rad),
        polar(1.0, lever_rad + std::f64::consts::FRAC_PI_2),
    );
    let foot = along.dot(&(centre - pivot)) - bar.centre.x;
    (foot.abs() <= 0.5 * bar.flat_mm).then(|| Root {
        lever_rad,
        at: centre + normal * disc_mm,
        normal,
    })
}
