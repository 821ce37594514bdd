//! The lever angle over one gate, tabulated.
//!
//! **What.** `Λ(offset)` of the fence on one wheel around one gate, with its derivatives.
//!
//! **Model.** Nodes every 1/64 mark from the closed form, linear in between. The table does not
//! answer in cells in which the line deviates by more than 2e-5 mm at the fence (a kink, a steep
//! wall), nor where the term in the rim radius is more than 1 % off the true change (the
//! shoulders of a gate): there it names the pairs of features that touch for some rise and offset
//! nearby, and the perturbed gate is solved from these.
//!
//! **Assumptions.** One gate alone under the fence; overlapping gates are solved in closed form.
//!
//! **Reference.** `physics.md` 1.2: a table must agree with the closed form within 1e-4 mm.
//!
//! **Checked by.** `tests/it/laws/contact.rs`, to 1e-4 mm on random offsets of every shipped design.

use super::Nominal;
use crate::geometry::{Outline, Pairs, Slot, SlotShape, Touch};

/// Largest error of a linear cell, mm at the fence.
const TABLE_ERROR_MM: f64 = 2e-5;

/// Largest error of the terms in the radius: share of the true change, and mm at the fence below
/// which it does not count.
const RISE_ERROR_SHARE: f64 = 0.01;
const RISE_ERROR_MM: f64 = 0.001;

/// Rises of the rim at which the terms in the radius are checked, in half tolerance bands.
const RISES: [f64; 6] = [-1.5, 1.5, -0.75, 0.75, -0.3, 0.3];

/// Table nodes per mark.
const NODES_PER_MARK: f64 = 64.0;

/// Nodes on either side (1/8 mark) whose contacts come into question in a cell: as-built gates are
/// shifted and wider.
const NEARBY: usize = 8;

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

/// The rim that a gate is cut into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rim {
    /// Its nominal radius, mm.
    pub(super) radius_mm: f64,
    /// How far as-built rims rise and sink under the fence, mm.
    pub(super) rise_mm: f64,
}

/// The tabulated signature of one gate shape.
#[derive(Debug, Clone)]
pub struct Profile {
    outline: Outline,
    reach_rad: f64,
    cells_per_rad: f64,
    nodes: Vec<Lift>,
    cells: Vec<Cell>,
    rise_mm: f64,
}

/// What stands between two nodes.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Whether the table and its first-order terms hold.
    is_tame: bool,
    /// The pairs that can touch where the rim rises or sinks no more than in [`RISES`].
    pairs: Pairs,
}

/// What a table says of an offset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// The lift, good with its first-order terms.
    Lift(Lift),
    /// The perturbed gate is to be solved; one of these pairs touches.
    Solve(Pairs),
}

impl Lift {
    /// Of a first contact; free fall where there is none.
    pub(super) fn of(touch: Option<Touch>) -> Self {
        touch.map_or(
            Self {
                lever_rad: f64::NEG_INFINITY,
                per_radius: 0.0,
                per_height: 0.0,
            },
            |t| Self {
                lever_rad: t.lever_rad,
                per_radius: t.per_radius,
                per_height: t.per_height,
            },
        )
    }
}

fn with(pairs: Pairs, touch: Option<Touch>) -> Pairs {
    touch.map_or(pairs, |t| pairs.with(t.pair))
}

impl Profile {
    /// Tabulates the gate `shape` in `rim`, on a dial of `rad_per_mark`.
    pub(super) fn new(nominal: &Nominal, rim: Rim, shape: SlotShape, rad_per_mark: f64) -> Self {
        let slots = [Slot {
            centre_rad: 0.0,
            shape,
        }];
        let radius_mm = rim.radius_mm;
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
        let outline = Outline::new(radius_mm, &slots);
        #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
        let at = |k: usize, part: f64| (k as f64 + part) * step - reach_rad;
        let touched: Vec<Option<Touch>> = (0..=cells)
            .map(|k| nominal.first_touch(&outline, at(k, 0.0)))
            .collect();
        let raised = RISES.map(|share| {
            let rise_mm = share * rim.rise_mm;
            (rise_mm, Outline::new(radius_mm + rise_mm, &slots))
        });
        let arm_mm = nominal.fence.centre.coords.norm();
        // Whether the terms in the radius hold at each node, and what touches there.
        let (is_near, pairs): (Vec<bool>, Vec<Pairs>) = (0..=cells)
            .map(|k| {
                let lift = Lift::of(touched[k]);
                let mut pairs = with(Pairs::default(), touched[k]);
                let mut is_near = true;
                for (rise_mm, outline) in &raised {
                    let touch = nominal.first_touch(outline, at(k, 0.0));
                    pairs = with(pairs, touch);
                    let full = Lift::of(touch).lever_rad;
                    let change_mm = (full - lift.lever_rad) * arm_mm;
                    let error_mm = (nominal.raised(lift, *rise_mm, 0.0) - full).abs() * arm_mm;
                    is_near &= error_mm <= RISE_ERROR_MM.max(RISE_ERROR_SHARE * change_mm.abs());
                }
                (is_near, pairs)
            })
            .unzip();
        let nodes: Vec<Lift> = touched.into_iter().map(Lift::of).collect();
        let cell = |k: usize| {
            let (a, b) = (nodes[k], nodes[k + 1]);
            let near = k.saturating_sub(NEARBY)..=(k + 1 + NEARBY).min(cells);
            Cell {
                is_tame: is_near[k]
                    && is_near[k + 1]
                    && [0.25, 0.5, 0.75].into_iter().all(|part| {
                        let exact = nominal.lift(&outline, at(k, part)).lever_rad;
                        (mixed(a, b, part).lever_rad - exact).abs() * arm_mm < TABLE_ERROR_MM
                    }),
                pairs: pairs[near].iter().fold(Pairs::default(), |p, q| p.or(*q)),
            }
        };
        let cells = (0..cells).map(cell).collect();
        Self {
            outline,
            reach_rad,
            cells_per_rad: 1.0 / step,
            nodes,
            cells,
            rise_mm: RISES[1] * rim.rise_mm,
        }
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

    /// What holds at `offset_rad`, which must lie within the reach, on a rim that rises by `rise_mm`.
    #[inline]
    pub(super) fn at(&self, offset_rad: f64, rise_mm: f64) -> Answer {
        let x = (offset_rad + self.reach_rad) * self.cells_per_rad;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "x is in [0, cells]"
        )]
        let k = (x as usize).min(self.cells.len() - 1);
        let cell = self.cells[k];
        if cell.is_tame {
            #[allow(clippy::cast_precision_loss, reason = "a few hundred cells")]
            return Answer::Lift(mixed(self.nodes[k], self.nodes[k + 1], x - k as f64));
        }
        Answer::Solve(if rise_mm.abs() <= self.rise_mm {
            cell.pairs
        } else {
            Pairs::ALL
        })
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
