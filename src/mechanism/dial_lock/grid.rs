//! Where the nodes of a gate's table lie: over offset and rise.

/// Table nodes per mark.
const NODES_PER_MARK: f64 = 64.0;

/// Rows of nodes: rises of the rim up to [`RISES`] times the tolerance to either side.
pub(super) const ROWS: usize = 9;

/// The row of the nominal rim.
pub(super) const NOMINAL: usize = ROWS / 2;

/// How far the rows reach, in tolerances of the rise.
const RISES: f64 = 1.5;

/// Where the nodes lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// Half-width of the table, rad.
    pub(super) reach_rad: f64,
    /// Cells over the offset.
    pub(super) cells: usize,
    /// Width of a cell, rad.
    pub(super) step_rad: f64,
    cells_per_rad: f64,
    /// Height of a row, mm.
    pub(super) row_mm: f64,
    rows_per_mm: f64,
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "some hundreds of cells, nine rows"
)]
impl Grid {
    /// Columns within `reach_rad` to both sides, rows over `rise_mm`.
    pub(super) fn new(reach_rad: f64, rise_mm: f64, rad_per_mark: f64) -> Self {
        let cells = (2.0 * reach_rad / rad_per_mark * NODES_PER_MARK)
            .ceil()
            .max(1.0);
        let step_rad = 2.0 * reach_rad / cells;
        // Parts without tolerance still get rows of their own.
        let row_mm = (RISES * rise_mm).max(1e-3) / NOMINAL as f64;
        Self {
            reach_rad,
            cells: cells as usize,
            step_rad,
            cells_per_rad: 1.0 / step_rad,
            row_mm,
            rows_per_mm: 1.0 / row_mm,
        }
    }

    /// Offset of column `k`, rad.
    pub(super) fn offset_rad(&self, k: f64) -> f64 {
        k * self.step_rad - self.reach_rad
    }

    /// Rise of row `j`, mm.
    pub(super) fn rise_mm(&self, j: f64) -> f64 {
        (j - NOMINAL as f64) * self.row_mm
    }

    /// Column and row of the cell at an offset within the reach and a rise, and the shares of the way
    /// through it; `None` beyond the rows.
    #[inline]
    pub(super) fn cell(
        &self,
        offset_rad: f64,
        rise_mm: f64,
    ) -> Option<((usize, f64), (usize, f64))> {
        let x = (offset_rad + self.reach_rad) * self.cells_per_rad;
        let y = rise_mm * self.rows_per_mm + NOMINAL as f64;
        if !(0.0..=(ROWS - 1) as f64).contains(&y) {
            return None;
        }
        let (k, j) = (
            (x as u32).min(self.cells as u32 - 1),
            (y as u32).min(ROWS as u32 - 2),
        );
        let (over, up) = (x - f64::from(k), y - f64::from(j));
        Some(((k as usize, over), (j as usize, up)))
    }
}
