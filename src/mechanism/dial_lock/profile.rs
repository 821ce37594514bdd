//! The lever angle over one gate, tabulated.
//!
//! **What.** `Λ(offset, rise)` of the fence on one wheel around one gate, on rims that are higher or
//! lower than nominal.
//!
//! **Model.** Nodes every 1/64 mark and every few hundredths of a millimetre of rise from the closed
//! form, with their slopes; between four nodes cubics through values and slopes. The table does not
//! answer in cells on or next to a kink (other features touch at a node around, with another slope), nor where it is
//! more than 2e-5 mm off at the fence: there it names the pairs of features that touch nearby, and the
//! perturbed gate is solved from these.
//!
//! **Assumptions.** One gate alone under the fence; overlapping gates are solved in closed form.
//!
//! **Reference.** `physics.md` 1.2: a table must agree with the closed form within 1e-4 mm.
//!
//! **Checked by.** `tests/it/laws/contact.rs`, to 1e-4 mm on random offsets of every shipped design.

use super::Nominal;
use super::grid::{Grid, NOMINAL, ROWS};
use super::rest::RIM_SLACK_RAD;
use crate::geometry::{Outline, Pairs, Slot, SlotShape, Touch};

/// Largest error at the probed places of a cell, mm at the fence.
const TABLE_ERROR_MM: f64 = 2e-5;

/// Where a cell is compared with the closed form: shares of its offsets and rises.
const PROBES: [(f64, f64); 5] = [(0.5, 0.5), (0.25, 0.2), (0.8, 0.3), (0.2, 0.7), (0.75, 0.8)];

/// Most by which the slopes of different pairs differ around a cell, mm at the fence over one cell: a
/// kink between them that the probes do not meet is then no more than a few hundred-thousandths.
const SLOPE_SPREAD_MM: f64 = 1e-3;

/// Steps a mark in which the ends of a signature are searched.
const SEARCHED_PER_MARK: f64 = 16.0;

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
    room_rad: f64,
    grid: Grid,
    /// Offset by offset, [`ROWS`] each.
    nodes: Vec<Node>,
    /// Offset by offset, one fewer each.
    cells: Vec<Cell>,
}

/// The lever at one offset and rise.
#[derive(Debug, Clone, Copy)]
struct Node {
    lever_rad: f64,
    /// Change of the lever over one cell of offset, by the slope here, rad.
    per_cell: f64,
    /// Change over one row of rise, rad.
    per_row: f64,
    /// `∂ lever / ∂ fence height`, rad/mm.
    per_height: f64,
}

/// What stands between four nodes.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Whether the table holds.
    is_tame: bool,
    /// The highest lever at the nodes nearby, rad.
    most_rad: f64,
    /// The most that `∂ lever / ∂ fence height` is at these, rad/mm.
    most_per_height: f64,
    /// The pairs that can touch.
    pairs: Pairs,
}

/// What a table says of an offset and a rise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer {
    /// The lever angle and its `∂ / ∂ fence height`, rad and rad/mm.
    Lever(f64, f64),
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

impl Profile {
    /// Tabulates the gate `shape` in `rim`, on a dial of `rad_per_mark`.
    pub(super) fn new(nominal: &Nominal, rim: Rim, shape: SlotShape, rad_per_mark: f64) -> Self {
        let slots = [Slot {
            centre_rad: 0.0,
            shape,
        }];
        let margin = nominal.fence.flat_mm + 2.0 * nominal.fence.radius_mm;
        let room_rad = ((0.5 * shape.mouth_mm + margin) / rim.radius_mm).min(std::f64::consts::PI);
        let rises = Grid::new(room_rad, rim.rise_mm, rad_per_mark);
        let outlines: [Outline; ROWS] = std::array::from_fn(|j| {
            #[allow(clippy::cast_precision_loss, reason = "nine rows")]
            let rise_mm = rises.rise_mm(j as f64);
            Outline::new(rim.radius_mm + rise_mm, &slots)
        });
        let is_felt = |turn_rad: f64| {
            let ends = [&outlines[0], &outlines[NOMINAL], &outlines[ROWS - 1]];
            let mut touches = ends.into_iter().map(|o| nominal.first_touch(o, turn_rad));
            touches.any(|t| t.is_none_or(|t| t.slot.is_some()))
        };
        let reach_rad = felt_within_rad(room_rad, rad_per_mark / SEARCHED_PER_MARK, is_felt);
        let grid = Grid::new(reach_rad, rim.rise_mm, rad_per_mark);
        #[allow(clippy::cast_precision_loss, reason = "some hundreds of columns")]
        let offsets = (0..=grid.cells).map(|k| grid.offset_rad(k as f64));
        let touched: Vec<Option<Touch>> = offsets
            .flat_map(|offset| outlines.iter().map(move |o| (o, offset)))
            .map(|(outline, offset)| nominal.first_touch(outline, offset))
            .collect();
        let nodes = touched.iter().map(|t| Node::of(*t, &grid)).collect();
        let mut profile = Self {
            outline: outlines[NOMINAL].clone(),
            room_rad,
            grid,
            nodes,
            cells: Vec::new(),
        };
        let part = (rim.radius_mm, &shape);
        let each = (0..grid.cells).flat_map(|k| (0..ROWS - 1).map(move |j| (k, j)));
        profile.cells = each
            .map(|at| profile.cell(nominal, part, &touched, at))
            .collect();
        profile
    }

    /// What stands in cell `(k, j)` of the gate `shape` in a rim of `radius_mm`.
    fn cell(
        &self,
        nominal: &Nominal,
        (radius_mm, shape): (f64, &SlotShape),
        touched: &[Option<Touch>],
        (k, j): (usize, usize),
    ) -> Cell {
        let around = |columns: usize| {
            let columns = k.saturating_sub(columns)..=(k + 1 + columns).min(self.grid.cells);
            let rows = j.saturating_sub(1)..=(j + 2).min(ROWS - 1);
            columns.flat_map(move |k| rows.clone().map(move |j| touched[k * ROWS + j]))
        };
        let pairs = |columns: usize| {
            let touches = around(columns).flatten();
            touches.fold(Pairs::default(), |pairs, t| pairs.with(t.pair))
        };
        let arm_mm = nominal.fence.centre.coords.norm();
        // One pair all around, or a smooth passage from one to another.
        let is_smooth = || {
            let Some(touch) = touched[k * ROWS + j] else {
                return false;
            };
            let near = |t: Touch| {
                let differs = (t.per_turn - touch.per_turn).abs() * self.grid.step_rad * arm_mm;
                t.pair == touch.pair || differs < SLOPE_SPREAD_MM
            };
            around(1).all(|t| t.is_some_and(near))
        };
        let touching = pairs(1);
        let is_near = |(u, v): &(f64, f64)| {
            #[allow(clippy::cast_precision_loss, reason = "some hundreds of columns")]
            let (offset, rise) = (k as f64 + u, j as f64 + v);
            let exact = nominal.lever.lever_over(
                &nominal.fence,
                (radius_mm + self.grid.rise_mm(rise), shape),
                self.grid.offset_rad(offset),
                touching,
            );
            let (lever_rad, _) = self.between((k, *u), (j, *v));
            exact.is_some_and(|e| (lever_rad - e).abs() * arm_mm < TABLE_ERROR_MM)
        };
        // An as-built gate may stand as another cell nearby: beside a steep wall that is another height.
        let columns = k.saturating_sub(NEARBY)..=(k + 1 + NEARBY).min(self.grid.cells);
        let rows = j.saturating_sub(1)..=(j + 2).min(ROWS - 1);
        let nodes = columns.flat_map(|k| &self.nodes[k * ROWS..][rows.clone()]);
        let most = |of: fn(&Node) -> f64| nodes.clone().map(of).fold(f64::NEG_INFINITY, f64::max);
        Cell {
            is_tame: is_smooth() && PROBES.iter().all(is_near),
            most_rad: most(|node| node.lever_rad),
            most_per_height: most(|node| node.per_height.abs()),
            pairs: pairs(NEARBY),
        }
    }

    /// Half-width of the table: beyond it the fence rests on the plain rim, rad.
    #[must_use]
    pub fn reach_rad(&self) -> f64 {
        self.grid.reach_rad
    }

    /// Distance from the gate beyond which nothing that is cut into the wheel comes near the fence
    /// while it is over this gate, rad.
    pub(super) fn room_rad(&self) -> f64 {
        self.room_rad
    }

    /// The closed form at `offset_rad` (gate centre from the fence line, counter-clockwise).
    pub(super) fn solve(&self, nominal: &Nominal, offset_rad: f64) -> Lift {
        nominal.lift(&self.outline, offset_rad)
    }

    /// What holds at `offset_rad`, which must lie within the reach, on a rim that rises by `rise_mm`.
    #[inline]
    pub(super) fn at(&self, offset_rad: f64, rise_mm: f64) -> Answer {
        let Some((column, row)) = self.grid.cell(offset_rad, rise_mm) else {
            return Answer::Solve(Pairs::ALL);
        };
        let cell = self.cells[column.0 * (ROWS - 1) + row.0];
        if !cell.is_tame {
            return Answer::Solve(cell.pairs);
        }
        let (lever_rad, per_height) = self.between(column, row);
        Answer::Lever(lever_rad, per_height)
    }

    /// Whether at `offset_rad`, which must lie within the reach, on a rim that rises by `rise_mm` under a fence that
    /// rises by `fence_rise_mm` the lever is not above `rad`, as told by the nodes nearby. Between nodes it bends up by less than the
    /// slack, and its kinks point down: it is the highest of smooth functions.
    #[inline]
    pub(super) fn is_below(
        &self,
        offset_rad: f64,
        (rise_mm, fence_rise_mm): (f64, f64),
        rad: f64,
    ) -> bool {
        self.grid
            .cell(offset_rad, rise_mm)
            .is_some_and(|((k, _), (j, _))| {
                let cell = &self.cells[k * (ROWS - 1) + j];
                let most = cell.most_rad + cell.most_per_height * fence_rise_mm.abs();
                most + RIM_SLACK_RAD <= rad
            })
    }

    /// Lever angle and its `∂ / ∂ fence height` inside a cell.
    #[inline]
    fn between(&self, (k, u): (usize, f64), (j, v): (usize, f64)) -> (f64, f64) {
        let near = &self.nodes[k * ROWS + j..][..2];
        let far = &self.nodes[(k + 1) * ROWS + j..][..2];
        let mix = |a: f64, b: f64, t: f64| a + t * (b - a);
        let row = |i: usize| {
            let (a, b) = (&near[i], &far[i]);
            (
                cubic((a.lever_rad, a.per_cell), (b.lever_rad, b.per_cell), u),
                mix(a.per_row, b.per_row, u),
            )
        };
        let per_height = mix(
            mix(near[0].per_height, far[0].per_height, u),
            mix(near[1].per_height, far[1].per_height, u),
            v,
        );
        (cubic(row(0), row(1), v), per_height)
    }

    /// The offsets of the table's columns, rad, ascending.
    pub(super) fn node_offsets_rad(&self) -> impl Iterator<Item = f64> + '_ {
        #[allow(clippy::cast_precision_loss, reason = "some hundreds of columns")]
        (0..=self.grid.cells).map(|k| self.grid.offset_rad(k as f64))
    }

    /// How many columns the table has.
    pub(super) fn node_count(&self) -> usize {
        self.grid.cells + 1
    }

    /// The lever angle at column `k` on a nominal rim, rad.
    pub(super) fn lever_rad(&self, k: usize) -> f64 {
        self.nodes[k * ROWS + NOMINAL].lever_rad
    }
}

impl Node {
    fn of(touch: Option<Touch>, grid: &Grid) -> Self {
        let lift = Lift::of(touch);
        Self {
            lever_rad: lift.lever_rad,
            per_cell: touch.map_or(0.0, |t| t.per_turn * grid.step_rad),
            per_row: lift.per_radius * grid.row_mm,
            per_height: lift.per_height,
        }
    }
}

/// The cubic through two values with their slopes, at the share `t` of the way.
#[inline]
fn cubic((a, slope_a): (f64, f64), (b, slope_b): (f64, f64), t: f64) -> f64 {
    let rise = b - a;
    let bend = 3.0 * rise - 2.0 * slope_a - slope_b;
    let twist = slope_a + slope_b - 2.0 * rise;
    a + t * (slope_a + t * (bend + t * twist))
}

/// How far from the gate on either side, up to `most_rad`, it is felt; searched from outside in steps
/// of `step_rad`, two of which are added for parts that deviate.
fn felt_within_rad(most_rad: f64, step_rad: f64, is_felt: impl Fn(f64) -> bool) -> f64 {
    let mut reach_rad = most_rad;
    while reach_rad > 2.0 * step_rad && !is_felt(reach_rad) && !is_felt(-reach_rad) {
        reach_rad -= step_rad;
    }
    (reach_rad + 2.0 * step_rad).min(most_rad)
}
