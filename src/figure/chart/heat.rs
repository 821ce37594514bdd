//! Heat maps: cells coloured by a value.

use super::area::{Area, Map, Plot};
use super::hover::{Hit, Shape};
use super::pen::{Anchor, Pen, Sheet, Type, fill_rgb};
use super::{Axis, Chart};
use crate::figure::font::width_px;
use crate::figure::theme::{Colour, INK, MUTED, ramp};

/// Most cells drawn; finer maps are averaged over blocks.
const CELLS: usize = 900;
/// Width of the scale of colours, CSS pixels.
const BAR_PX: f64 = 14.0;
const VALUE_PX: f64 = 12.0;

/// Cells at every pair of `x` and `y`.
#[derive(Debug, Clone)]
pub struct Heat {
    /// Middles of the columns, ascending; category numbers on an axis of categories.
    pub x: Vec<f64>,
    /// Middles of the rows, ascending.
    pub y: Vec<f64>,
    /// Values, `z[row][column]`; not finite for an empty cell.
    pub z: Vec<Vec<f64>>,
    /// Scale of the colours: range, ticks and how a value is written.
    pub scale: Axis,
}

/// A heat map made ready: blocks averaged, range known.
pub(super) struct Cells {
    x: Vec<f64>,
    y: Vec<f64>,
    z: Vec<Vec<f64>>,
    colours: Map,
}

impl Heat {
    /// Edges of the cells along x and y, for the range of the axes.
    pub(super) fn reach(&self) -> (Vec<f64>, Vec<f64>) {
        (edges(&self.x), edges(&self.y))
    }

    pub(super) fn cells(&self) -> Cells {
        let (nx, ny) = (self.x.len(), self.y.len());
        let mut block = 1;
        while nx.div_ceil(block) * ny.div_ceil(block) > CELLS {
            block += 1;
        }
        let z = (0..ny.div_ceil(block))
            .map(|r| {
                (0..nx.div_ceil(block))
                    .map(|c| self.block_mean(r * block, c * block, block))
                    .collect()
            })
            .collect();
        let all: Vec<f64> = self.z.iter().flatten().copied().collect();
        let (low, high) = self.scale.shown(&all, false);
        Cells {
            x: blocks(&self.x, block),
            y: blocks(&self.y, block),
            z,
            colours: Map {
                low,
                high,
                is_log: self.scale.is_log(),
                from_px: 0.0,
                to_px: 1.0,
            },
        }
    }

    fn block_mean(&self, row: usize, column: usize, block: usize) -> f64 {
        let rows = self.z.iter().skip(row).take(block);
        let inside = rows.flat_map(|r| r.iter().skip(column).take(block));
        let (sum, n) = inside
            .filter(|v| v.is_finite())
            .fold((0.0, 0.0), |(s, n), v| (s + v, n + 1.0));
        sum / n
    }

    /// Ticks of the scale of colours: share of the range from below, and text.
    fn ticks(&self, colours: &Map) -> Vec<(f64, String)> {
        self.scale
            .tick_values(colours.low, colours.high, 6)
            .into_iter()
            .map(|v| (colours.px(v), (self.scale.format)(v)))
            .collect()
    }

    /// Width the scale of colours needs right of the plot.
    pub(super) fn scale_width_px(&self, size_px: f64) -> f64 {
        let ticks = self.ticks(&self.cells().colours);
        let widest = ticks.iter().map(|t| width_px(&t.1, size_px));
        14.0 + BAR_PX + 6.0 + widest.fold(0.0, f64::max)
    }

    pub(super) fn draw(&self, sheet: &mut Sheet, plot: &Plot, clip: &str, size_px: f64) {
        let cells = self.cells();
        sheet.layer(&format!("{clip} shape-rendering=\"crispEdges\""), |pen| {
            for (area, z) in cells.areas(plot) {
                pen.rect(
                    (area.left, area.top),
                    (area.right, area.bottom),
                    cells.fill(z),
                );
            }
        });
        sheet.layer("", |pen| self.write_values(pen, &cells, plot));
        self.draw_scale(sheet, &cells.colours, plot.frame, size_px);
    }

    /// The values themselves, where every cell has room for its own.
    fn write_values(&self, pen: &mut Pen<'_>, cells: &Cells, plot: &Plot) {
        let texts: Vec<(Area, f64, String)> = cells
            .areas(plot)
            .map(|(a, z)| (a, z, (self.scale.format)(z)))
            .collect();
        let fits = |(a, _, t): &(Area, f64, String)| {
            a.height() > 1.5 * VALUE_PX && a.width() > width_px(t, VALUE_PX) + 8.0
        };
        if !texts.iter().all(fits) {
            return;
        }
        for (a, z, text) in texts {
            // Dark text on the light part of the ramp and light text on the dark one; both colours
            // stay as they are in every theme, as the cells do.
            let light = cells.colours.px(z) < 0.5;
            let hex = if light { "#14181d" } else { "#fcfcfc" };
            let colour = Colour { variable: "", hex };
            let how = Type {
                size_px: VALUE_PX,
                colour,
                anchor: Anchor::Middle,
            };
            let middle = (0.5 * (a.left + a.right), 0.5 * (a.top + a.bottom));
            pen.text(&text, (middle.0, middle.1 + 0.36 * VALUE_PX), how);
        }
    }

    fn draw_scale(&self, sheet: &mut Sheet, colours: &Map, frame: Area, size_px: f64) {
        let left = frame.right + 14.0;
        let place = |share: f64| frame.bottom - share.clamp(0.0, 1.0) * frame.height();
        let ticks = self.ticks(colours);
        sheet.layer(" shape-rendering=\"crispEdges\"", |pen| {
            let steps = 48;
            for i in 0..steps {
                let share = |i: i32| f64::from(i) / f64::from(steps);
                let colour = fill_rgb(ramp(f64::from(i) / f64::from(steps - 1)));
                let (from, to) = (
                    (left, place(share(i + 1))),
                    (left + BAR_PX, place(share(i))),
                );
                pen.rect(from, to, colour);
            }
        });
        sheet.layer("", |pen| {
            for (share, text) in &ticks {
                let y = place(*share);
                pen.line(&[(left + BAR_PX, y), (left + BAR_PX + 3.0, y)], INK, 1.0);
                let how = Type {
                    size_px,
                    colour: MUTED,
                    anchor: Anchor::Start,
                };
                pen.text(text, (left + BAR_PX + 6.0, y + 0.36 * size_px), how);
            }
        });
    }

    pub(super) fn hits(&self, chart: &Chart, plot: &Plot) -> Vec<Hit> {
        let cells = self.cells();
        let middles = |(a, z): (Area, f64), (x, y): (f64, f64)| Hit {
            shape: Shape::Box(a),
            text: format!(
                "{}, {} → {}",
                chart.x.say(x),
                chart.y.say(y),
                self.scale.say(z)
            ),
        };
        cells
            .areas(plot)
            .zip(cells.places())
            .map(|(cell, place)| middles(cell, place))
            .collect()
    }
}

impl Cells {
    /// Every cell that has a value, row by row.
    fn areas<'a>(&'a self, plot: &'a Plot) -> impl Iterator<Item = (Area, f64)> + 'a {
        let (ex, ey) = (edges(&self.x), edges(&self.y));
        let frame = plot.frame;
        self.filled().map(move |(r, c)| {
            let (xs, ys) = (
                [plot.x.px(ex[c]), plot.x.px(ex[c + 1])],
                [plot.y.px(ey[r]), plot.y.px(ey[r + 1])],
            );
            let area = Area {
                left: xs[0].min(xs[1]).clamp(frame.left, frame.right),
                top: ys[0].min(ys[1]).clamp(frame.top, frame.bottom),
                right: xs[0].max(xs[1]).clamp(frame.left, frame.right),
                bottom: ys[0].max(ys[1]).clamp(frame.top, frame.bottom),
            };
            (area, self.z[r][c])
        })
    }

    fn places(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.filled().map(|(r, c)| (self.x[c], self.y[r]))
    }

    fn filled(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let columns = self.x.len();
        let has = |r: usize, c: usize| self.z[r].get(c).is_some_and(|z| z.is_finite());
        let rows = self.y.len().min(self.z.len());
        (0..rows)
            .flat_map(move |r| (0..columns).map(move |c| (r, c)))
            .filter(move |&(r, c)| has(r, c))
    }

    fn fill(&self, z: f64) -> plotters::style::ShapeStyle {
        fill_rgb(ramp(self.colours.px(z)))
    }
}

/// Means of blocks of neighbouring places.
fn blocks(places: &[f64], block: usize) -> Vec<f64> {
    let mean = |b: &[f64]| b.iter().sum::<f64>() / b.len() as f64;
    places.chunks(block).map(mean).collect()
}

/// The edges of cells around `middles`: halfway between neighbours, one more than middles.
fn edges(middles: &[f64]) -> Vec<f64> {
    let n = middles.len();
    match n {
        0 => Vec::new(),
        1 => vec![middles[0] - 0.5, middles[0] + 0.5],
        _ => {
            let mut out = vec![1.5 * middles[0] - 0.5 * middles[1]];
            out.extend(middles.windows(2).map(|w| 0.5 * (w[0] + w[1])));
            out.push(1.5 * middles[n - 1] - 0.5 * middles[n - 2]);
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fine_map_is_averaged_over_blocks_and_keeps_its_mean() {
        let side: Vec<f64> = (0..100).map(f64::from).collect();
        let z: Vec<Vec<f64>> = (0..100)
            .map(|r| (0..100).map(|c| f64::from(r * c)).collect())
            .collect();
        let heat = Heat {
            x: side.clone(),
            y: side,
            z,
            scale: Axis::linear(""),
        };
        let cells = heat.cells();
        assert_eq!((cells.x.len(), cells.y.len()), (25, 25));
        let mean = cells.z.iter().flatten().sum::<f64>() / 625.0;
        assert!((mean - 49.5 * 49.5).abs() < 1e-9);
    }
}
