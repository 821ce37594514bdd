//! The lever angle over one gate, tabulated.
//!
//! **What.** `Λ(offset)` of the fence on one wheel around one gate, with its derivatives.
//!
//! **Model.** Nodes every 1/64 mark from the closed form, linear in between; a cell in which the
//! middle deviates by more than 2e-5 mm at the fence (a kink, a steep wall) is answered by
//! the closed form itself.
//!
//! **Assumptions.** One gate alone under the fence; overlapping gates are solved in closed form.
//!
//! **Reference.** `physics.md` 1.2: a table must agree with the closed form within 1e-4 mm.
//!
//! **Checked by.** `tests/it/laws/contact.rs`, to 1e-4 mm on random offsets of every shipped design.

use super::Nominal;
use crate::geometry::{Outline, Slot, SlotShape, Touch};

/// Largest error of a linear cell, mm at the fence.
const TABLE_ERROR_MM: f64 = 2e-5;

/// Table nodes per mark.
const NODES_PER_MARK: f64 = 64.0;

/// The lever's position on one wheel with its sensitivities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lift {
    /// Lever angle, rad.
    pub lever_rad: f64,
    /// `∂ lever / ∂ rim radius`, rad/mm.
    pub per_radius: f64,
    /// `∂ lever / ∂ fence height`, rad/mm.
    pub per_height: f64,
}

/// The tabulated signature of one gate shape.
#[derive(Debug, Clone)]
pub struct Profile {
    outline: Outline,
    reach_rad: f64,
    cells_per_rad: f64,
    nodes: Vec<Lift>,
    smooth: Vec<bool>,
}

impl From<Touch> for Lift {
    fn from(t: Touch) -> Self {
        Self {
            lever_rad: t.lever_rad,
            per_radius: t.per_radius,
            per_height: t.per_height,
        }
    }
}

impl Profile {
    /// Tabulates the gate `shape` on a wheel of `radius_mm`, on a dial of `rad_per_mark`.
    pub(super) fn new(
        nominal: &Nominal,
        radius_mm: f64,
        shape: SlotShape,
        rad_per_mark: f64,
    ) -> Self {
        let outline = Outline::new(
            radius_mm,
            &[Slot {
                centre_rad: 0.0,
                shape,
            }],
        );
        let margin = nominal.fence.flat_mm + 2.0 * nominal.fence.radius_mm;
        let reach_rad = ((0.5 * shape.mouth_mm + margin) / radius_mm).min(std::f64::consts::PI);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred cells"
        )]
        let cells = (2.0 * reach_rad / rad_per_mark * NODES_PER_MARK).ceil() as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        let step = 2.0 * reach_rad / cells as f64;
        let mut profile = Self {
            outline,
            reach_rad,
            cells_per_rad: 1.0 / step,
            nodes: Vec::with_capacity(cells + 1),
            smooth: Vec::with_capacity(cells),
        };
        let arm_mm = nominal.fence.centre.coords.norm();
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        let at = |k: usize, part: f64| (k as f64 + part) * step - reach_rad;
        profile.nodes = (0..=cells)
            .map(|k| profile.solve(nominal, at(k, 0.0)))
            .collect();
        profile.smooth = (0..cells)
            .map(|k| {
                let (a, b) = (profile.nodes[k], profile.nodes[k + 1]);
                [0.25, 0.5, 0.75].into_iter().all(|part| {
                    let exact = profile.solve(nominal, at(k, part));
                    (mixed(a, b, part).lever_rad - exact.lever_rad).abs() * arm_mm < TABLE_ERROR_MM
                })
            })
            .collect();
        profile
    }

    /// Half-width of the table: beyond it the fence rests on the plain rim, rad.
    #[must_use]
    pub fn reach_rad(&self) -> f64 {
        self.reach_rad
    }

    /// The closed form at `offset_rad` (gate centre from the fence line, counter-clockwise).
    pub(super) fn solve(&self, nominal: &Nominal, offset_rad: f64) -> Lift {
        nominal.lift(&self.outline, offset_rad)
    }

    /// The lift at `offset_rad`, which must lie within the reach.
    #[inline]
    pub(super) fn at(&self, nominal: &Nominal, offset_rad: f64) -> Lift {
        let x = (offset_rad + self.reach_rad) * self.cells_per_rad;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "x is in [0, cells]"
        )]
        let k = (x as usize).min(self.smooth.len() - 1);
        if !self.smooth[k] {
            return self.solve(nominal, offset_rad);
        }
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        mixed(self.nodes[k], self.nodes[k + 1], x - k as f64)
    }

    /// The offsets of the table's nodes, rad, ascending.
    pub(super) fn node_offsets_rad(&self) -> impl Iterator<Item = f64> + '_ {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        (0..self.nodes.len()).map(|k| k as f64 / self.cells_per_rad - self.reach_rad)
    }

    /// How many nodes the table has.
    pub(super) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The lift at node `k`.
    pub(super) fn node(&self, k: usize) -> Lift {
        self.nodes[k]
    }
}

#[inline]
fn mixed(a: Lift, b: Lift, part: f64) -> Lift {
    let mix = |p: f64, q: f64| p + part * (q - p);
    Lift {
        lever_rad: mix(a.lever_rad, b.lever_rad),
        per_radius: mix(a.per_radius, b.per_radius),
        per_height: mix(a.per_height, b.per_height),
    }
}
