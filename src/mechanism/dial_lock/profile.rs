//! The lever angle over one gate, tabulated.
//!
//! **What.** `Λ(offset)` of the fence on one wheel around one gate, with its derivatives.
//!
//! **Model.** Nodes every 1/64 mark from the closed form, linear in between; a cell in which the
//! middle deviates by more than 2e-5 mm at the fence (a kink, a steep wall) is answered by
//! the closed form itself. Each cell has a ceiling, so that the closed form is asked only where the
//! wheel can be the highest.
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

/// How far the ceiling of a cell lies above the highest of its five solved points, mm at the fence:
/// more than a lever can rise and sink again within 1/256 mark. Cells over which the lever moves
/// farther than that (walls, on which the sensitivities are wild) have no ceiling.
const CEILING_MARGIN_MM: f64 = 0.02;

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
    ceilings: Vec<Lift>,
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
            ceilings: Vec::with_capacity(cells),
        };
        let arm_mm = nominal.fence.centre.coords.norm();
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        let at = |k: usize, part: f64| (k as f64 + part) * step - reach_rad;
        profile.nodes = (0..=cells)
            .map(|k| profile.solve(nominal, at(k, 0.0)))
            .collect();
        for k in 0..cells {
            let (a, b) = (profile.nodes[k], profile.nodes[k + 1]);
            let parts = [0.25, 0.5, 0.75];
            let exact = parts.map(|part| profile.solve(nominal, at(k, part)));
            profile
                .smooth
                .push(parts.into_iter().zip(exact).all(|(part, x)| {
                    (mixed(a, b, part).lever_rad - x.lever_rad).abs() * arm_mm < TABLE_ERROR_MM
                }));
            let solved = || exact.into_iter().chain([a, b]);
            let mut top = solved().fold(a, higher);
            let lowest = solved().fold(f64::INFINITY, |l, x| l.min(x.lever_rad));
            let is_wall = (top.lever_rad - lowest) * arm_mm > CEILING_MARGIN_MM;
            top.lever_rad += if is_wall {
                f64::INFINITY
            } else {
                CEILING_MARGIN_MM / arm_mm
            };
            profile.ceilings.push(top);
        }
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

    /// The lift at `offset_rad`, which must lie within the reach; `None` where only the closed form
    /// knows it.
    #[inline]
    pub(super) fn at(&self, offset_rad: f64) -> Option<Lift> {
        let (k, part) = self.cell(offset_rad);
        self.smooth[k].then(|| mixed(self.nodes[k], self.nodes[k + 1], part))
    }

    /// What the lever and the sizes of its sensitivities at `offset_rad`, within the reach, are not
    /// above; an infinite lever where that is not known.
    #[inline]
    pub(super) fn ceiling(&self, offset_rad: f64) -> Lift {
        self.ceilings[self.cell(offset_rad).0]
    }

    /// The cell in which `offset_rad` lies and the part of it that lies before.
    #[inline]
    fn cell(&self, offset_rad: f64) -> (usize, f64) {
        let x = (offset_rad + self.reach_rad) * self.cells_per_rad;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "x is in [0, cells]"
        )]
        let k = (x as usize).min(self.smooth.len() - 1);
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        (k, x - k as f64)
    }

    /// The offsets of the table's nodes, rad, ascending.
    pub(super) fn node_offsets_rad(&self) -> impl Iterator<Item = f64> + '_ {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        (0..self.nodes.len()).map(|k| k as f64 / self.cells_per_rad - self.reach_rad)
    }

    /// The lift at node `k`.
    pub(super) fn node(&self, k: usize) -> Lift {
        self.nodes[k]
    }
}

/// The higher of both levers, and the larger size of each sensitivity.
fn higher(a: Lift, b: Lift) -> Lift {
    Lift {
        lever_rad: a.lever_rad.max(b.lever_rad),
        per_radius: a.per_radius.abs().max(b.per_radius.abs()),
        per_height: a.per_height.abs().max(b.per_height.abs()),
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

#[cfg(test)]
mod tests {
    use crate::design;
    use crate::rng::{Purpose, stream};
    use rand::RngExt as _;

    #[test]
    fn the_closed_form_is_nowhere_above_its_ceiling() {
        for shipped in design::SHIPPED {
            let design = design::read(&shipped.open().unwrap()).design.unwrap();
            let Some(lock) = design.lock.contact() else {
                continue;
            };
            let mut rng = stream(1, 0, Purpose::Hand);
            for profile in &lock.profiles {
                for _ in 0..20_000 {
                    let offset = profile.reach_rad() * (2.0 * rng.random::<f64>() - 1.0);
                    let (lift, top) = (
                        profile.solve(&lock.nominal, offset),
                        profile.ceiling(offset),
                    );
                    assert!(lift.lever_rad <= top.lever_rad, "{offset}");
                    let is_wall = top.lever_rad.is_infinite();
                    assert!(is_wall || lift.per_radius.abs() <= 1.01 * top.per_radius);
                    assert!(is_wall || lift.per_height.abs() <= 1.01 * top.per_height);
                }
            }
        }
    }
}
