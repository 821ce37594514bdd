//! A bar over one slot alone, when it is known which features can touch.
//!
//! **What.** The lever angle of the first contact, as [`Lever::first_touch`] gives it for an outline of
//! one slot, from the few pairs of features that come into question.
//!
//! **Model.** The same roots; the contact points that can lie in the slot's air are checked, a corner
//! of a slot that stands alone never does.
//!
//! **Assumptions.** No other slot of the disc is under the bar.
//!
//! **Reference.** `physics.md` 1.2.
//!
//! **Checked by.** the tests below, against [`Lever::first_touch`] on random slots.

use super::bar::{PARTS, circle_on_disc_rad, on_disc, on_line};
use super::slot::SlotShape;
use super::{Bar, Lever, Point, Vector, turned};
use crate::units::{TURN_RAD, circular_difference};

/// A set of pairs (part of a bar, feature of a slotted disc), numbered as [`super::Touch::pair`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs(u32);

impl Pairs {
    /// Every pair of a bar and a disc with one slot.
    pub const ALL: Self = Self((1 << (6 * PARTS)) - 1);

    /// With one pair more.
    #[must_use]
    pub fn with(self, pair: usize) -> Self {
        Self(self.0 | 1 << pair)
    }

    /// Those of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn each(self) -> impl Iterator<Item = (usize, usize)> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let pair = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (pair < 32).then_some((pair / PARTS, pair % PARTS))
        })
    }
}

impl Lever {
    /// The lever angle (rad, in `(-π, π]`) at which `bar`, by one of `pairs`, first touches a disc of
    /// `radius_mm` with a slot whose axis is turned by `axis_rad` from the disc's y axis; `None` if no
    /// pair touches.
    #[must_use]
    pub fn lever_over(
        &self,
        bar: &Bar,
        (radius_mm, shape): (f64, &SlotShape),
        axis_rad: f64,
        pairs: Pairs,
    ) -> Option<f64> {
        // Seen from the slot, the pivot turns the other way.
        let pivot = Point::from(turned(self.pivot.coords, -axis_rad));
        let root = |feature: usize, part: usize| match feature {
            0 => on_disc(pivot, bar, part, Point::origin(), radius_mm)
                .filter(|r| !shape.spans(radius_mm, r.at))
                .map(|r| r.lever_rad),
            1 | 3 => {
                let corner = shape.corner(radius_mm, side(feature));
                if part < 2 && bar.flat_mm > 0.0 {
                    let reach = bar.radius_mm + shape.fillet_mm;
                    return circle_on_disc_rad(pivot, bar.end(part), corner, reach);
                }
                on_disc(pivot, bar, part, corner, shape.fillet_mm).map(|r| r.lever_rad)
            }
            2 | 4 => {
                let flank = shape.flank(radius_mm, side(feature));
                on_line(pivot, bar, part, flank.normal, flank.offset)
                    .filter(|r| flank.down.dot(&(r.at - flank.top)) >= 0.0)
                    .filter(|r| shape.borders(radius_mm, r.at))
                    .map(|r| r.lever_rad)
            }
            _ => {
                let up = Vector::new(0.0, 1.0);
                on_line(pivot, bar, part, up, shape.floor_mm(radius_mm))
                    .filter(|r| shape.borders(radius_mm, r.at))
                    .map(|r| r.lever_rad)
            }
        };
        let roots = pairs
            .each()
            .filter_map(|(feature, part)| root(feature, part));
        roots
            .map(|lever_rad| circular_difference(lever_rad + axis_rad, 0.0, TURN_RAD))
            .reduce(f64::max)
    }
}

/// The side of corner 1 or 3, flank 2 or 4.
fn side(feature: usize) -> f64 {
    if feature < 3 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Outline, Slot};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_first_contact_over_one_slot_is_that_of_its_outline(
            axis_rad in -0.4_f64..0.4,
            radius_mm in 23.0_f64..25.0,
            mouth_mm in 1.0_f64..8.0,
            depth_mm in 0.3_f64..6.0,
            fillet_mm in prop_oneof![Just(0.0), 0.0_f64..0.4],
            relief_rad in -0.5_f64..0.4,
            flat_mm in prop_oneof![Just(0.0), 0.1_f64..3.0],
        ) {
            let shape = SlotShape::walled(mouth_mm, depth_mm, fillet_mm, relief_rad);
            let lever = Lever { pivot: Point::new(-30.0, 31.0) };
            let bar = Bar { centre: Point::new(30.0, -6.0), flat_mm, radius_mm: 1.0 };
            let outline = Outline::new(radius_mm, &[Slot { centre_rad: 0.0, shape }]);
            let full = lever.first_touch(&bar, &outline, axis_rad);
            let over = |pairs| lever.lever_over(&bar, (radius_mm, &shape), axis_rad, pairs);
            match full {
                Some(touch) => {
                    let all = over(Pairs::ALL).expect("it touches");
                    prop_assert!((all - touch.lever_rad).abs() < 1e-9, "{all} {touch:?}");
                    let own = over(Pairs::default().with(touch.pair)).expect("it touches");
                    prop_assert!((own - touch.lever_rad).abs() < 1e-9, "{own} {touch:?}");
                }
                None => prop_assert_eq!(over(Pairs::ALL), None),
            }
        }
    }
}
