//! Lines, step lines, bands and points.

use super::area::Plot;
use super::decimate::{polyline, spread};
use super::hover::{Hit, Shape};
use super::pen::{Anchor, Pen, SCALE, Sheet, Type};
use super::series::{Kind, Series};
use super::{Chart, label};
use crate::figure::font::{LINE, widest_px, wrap};
use crate::figure::theme::{self, INK};

/// Opacity of bands.
pub(super) const BAND_ALPHA: f64 = 0.2;
const WIDTH_PX: f64 = 2.0;
const MARKER_PX: f64 = 3.6;
/// Most markers of one series.
const MARKERS: usize = 500;
/// Largest error of a thinned line.
const OFF_PX: f64 = 0.15;

/// Dashes by series, so that colour is never the only cue; in CSS pixels.
const DASHES: [&[f64]; 5] = [
    &[],
    &[8.0, 4.0],
    &[2.5, 3.5],
    &[10.0, 3.5, 2.5, 3.5],
    &[4.0, 3.0],
];

/// Attributes of the group of a line of series `n`.
fn dashed(n: usize) -> String {
    // Ten series: the second round of colours has other dashes than the first.
    let dash = DASHES[(n + n / theme::SERIES.len()) % DASHES.len()];
    let lengths: Vec<String> = dash.iter().map(|d| (d * SCALE).to_string()).collect();
    let join = " stroke-linejoin=\"round\"";
    if lengths.is_empty() {
        join.to_owned()
    } else {
        format!("{join} stroke-dasharray=\"{}\"", lengths.join(" "))
    }
}

/// A short piece of the line of series `n`.
pub(super) fn swatch(sheet: &mut Sheet, n: usize, (from, to): (f64, f64), y: f64) {
    let line = [(from, y), (to, y)];
    sheet.layer(&dashed(n), |pen| {
        pen.line(&line, theme::series(n), WIDTH_PX);
    });
}

/// The marker of series `n`: disc, square, triangle, diamond, ring, cross, in turn.
pub(super) fn marker(pen: &mut Pen<'_>, n: usize, (x, y): (f64, f64)) {
    let (colour, r) = (theme::series(n), MARKER_PX);
    match (n + n / theme::SERIES.len()) % 6 {
        0 => pen.disc((x, y), r, colour),
        1 => {
            let q = 0.9 * r;
            pen.polygon(
                &[
                    (x - q, y - q),
                    (x + q, y - q),
                    (x + q, y + q),
                    (x - q, y + q),
                ],
                colour,
                1.0,
            );
        }
        2 => pen.polygon(
            &[
                (x, y - 1.2 * r),
                (x + 1.1 * r, y + 0.8 * r),
                (x - 1.1 * r, y + 0.8 * r),
            ],
            colour,
            1.0,
        ),
        3 => pen.polygon(
            &[
                (x, y - 1.3 * r),
                (x + 1.3 * r, y),
                (x, y + 1.3 * r),
                (x - 1.3 * r, y),
            ],
            colour,
            1.0,
        ),
        4 => pen.ring((x, y), r, colour),
        _ => {
            for slant in [-r, r] {
                pen.line(&[(x - r, y - slant), (x + r, y + slant)], colour, WIDTH_PX);
            }
        }
    }
}

/// The polylines of a series on the paper: one a run without gaps.
pub(super) fn paths(series: &Series, plot: &Plot) -> Vec<Vec<(f64, f64)>> {
    let (data, is_step) = match &series.kind {
        Kind::Line(data) => (data, false),
        Kind::Step(data) => (data, true),
        _ => return Vec::new(),
    };
    let runs = data.split(|p| plot.at(*p).is_none());
    runs.filter(|r| !r.is_empty())
        .map(|run| {
            let placed: Vec<_> = run.iter().filter_map(|p| plot.at(*p)).collect();
            polyline(&corners(&placed, is_step), OFF_PX)
        })
        .collect()
}

/// The corner points of a step line, or the points themselves.
fn corners(placed: &[(f64, f64)], is_step: bool) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(2 * placed.len());
    for &(x, y) in placed {
        if let Some(&(_, before)) = out.last().filter(|_| is_step) {
            out.push((x, before));
        }
        out.push((x, y));
    }
    out
}

pub(super) fn draw_band(sheet: &mut Sheet, series: &Series, n: usize, plot: &Plot, clip: &str) {
    let (data, is_step) = match &series.kind {
        Kind::Band(data) => (data, false),
        Kind::StepBand(data) => (data, true),
        _ => return,
    };
    let edge = |pick: fn(&(f64, f64, f64)) -> f64| {
        let placed: Vec<_> = data
            .iter()
            .filter(|d| plot.y.takes(d.1) && plot.y.takes(d.2))
            .filter_map(|d| plot.at((d.0, pick(d))))
            .collect();
        polyline(&corners(&placed, is_step), OFF_PX)
    };
    let mut outline = edge(|d| d.1);
    outline.extend(edge(|d| d.2).into_iter().rev());
    sheet.layer(clip, |pen| {
        pen.polygon(&outline, theme::series(n), BAND_ALPHA);
    });
}

pub(super) fn draw_line(sheet: &mut Sheet, series: &Series, n: usize, plot: &Plot, clip: &str) {
    let runs = paths(series, plot);
    sheet.layer(&format!("{clip}{}", dashed(n)), |pen| {
        for run in runs.iter().filter(|r| r.len() > 1) {
            pen.line(run, theme::series(n), WIDTH_PX);
        }
    });
    sheet.layer(clip, |pen| {
        for run in runs.iter().filter(|r| r.len() == 1) {
            marker(pen, n, run[0]);
        }
    });
}

pub(super) fn draw_points(sheet: &mut Sheet, series: &Series, n: usize, plot: &Plot, clip: &str) {
    let Kind::Points { at, spans } = &series.kind else {
        return;
    };
    let colour = theme::series(n);
    sheet.layer(clip, |pen| {
        for (p, (low, high)) in at.iter().zip(spans) {
            if let (Some(a), Some(b)) = (plot.at((p.0, *low)), plot.at((p.0, *high))) {
                pen.line(&[a, b], colour, 1.25);
                for (x, y) in [a, b] {
                    pen.line(&[(x - 3.0, y), (x + 3.0, y)], colour, 1.25);
                }
            }
        }
        let placed: Vec<_> = at.iter().filter_map(|p| plot.at(*p)).collect();
        for place in spread(&placed, MARKERS) {
            marker(pen, n, place);
        }
    });
}

/// What is read under the pointer, for lines and points.
pub(super) fn hits(chart: &Chart, series: &Series, plot: &Plot) -> Vec<Hit> {
    let (data, spans): (&[_], &[_]) = match &series.kind {
        Kind::Line(data) | Kind::Step(data) => (data, &[]),
        Kind::Points { at, spans } => (at, spans),
        _ => return Vec::new(),
    };
    let prefix = if series.name.is_empty() {
        String::new()
    } else {
        format!("{}: ", series.name)
    };
    let shown: Vec<usize> = (0..data.len()).filter(|&i| plot.shows(data[i])).collect();
    let said = |i: usize| {
        let (x, y) = data[i];
        let span = spans.get(i).map_or_else(String::new, |(low, high)| {
            format!(" ({} to {})", chart.y.say(*low), chart.y.say(*high))
        });
        Hit {
            shape: Shape::Point(plot.x.px(x), plot.y.px(y)),
            text: format!("{prefix}{} → {}{span}", chart.x.say(x), chart.y.say(y)),
        }
    };
    spread(&shown, 120).into_iter().map(said).collect()
}

/// The name of a line beside its end.
#[derive(Debug, Clone)]
pub(super) struct EndLabel {
    /// Index of the series.
    pub(super) series: usize,
    pub(super) lines: Vec<String>,
}

/// Space between the plot and the text of an end label: leader and piece of line.
pub(super) const LEAD_PX: f64 = 34.0;

impl EndLabel {
    pub(super) fn height_px(&self, size_px: f64) -> f64 {
        self.lines.len() as f64 * size_px * LINE + 2.0
    }
}

/// The end labels of `chart`, wrapped, and the width of the widest.
pub(super) fn end_labels(chart: &Chart, size_px: f64) -> (Vec<EndLabel>, f64) {
    let limit = 0.3 * chart.size_px.0;
    let labels: Vec<EndLabel> = chart
        .series
        .iter()
        .enumerate()
        .filter(|(_, s)| s.is_line() && !s.name.is_empty() && has_data(s))
        .map(|(series, s)| EndLabel {
            series,
            lines: wrap(&s.name, size_px, limit),
        })
        .collect();
    let wide = labels.iter().map(|l| widest_px(&l.lines, size_px));
    let widest = wide.fold(0.0, f64::max);
    (labels, widest)
}

fn has_data(series: &Series) -> bool {
    match &series.kind {
        Kind::Line(d) | Kind::Step(d) => d.iter().any(|p| p.0.is_finite() && p.1.is_finite()),
        _ => true,
    }
}

/// Draws the labels right of the plot, each joined to the end of its line.
pub(super) fn draw_end_labels(
    sheet: &mut Sheet,
    labels: &[EndLabel],
    ends: &[(usize, (f64, f64))],
    plot: &Plot,
    size_px: f64,
) {
    let heights: Vec<f64> = labels.iter().map(|l| l.height_px(size_px)).collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, (_, y))| *y).collect();
    let frame = plot.frame;
    let tops = label::spread(&wanted, &heights, frame.top - 8.0, frame.bottom + 8.0);
    for ((l, (n, end)), top) in labels.iter().zip(ends).zip(tops) {
        let middle = top + 0.5 * size_px * LINE + 1.0;
        let right = frame.right;
        sheet.layer("", |pen| {
            let mut leader = vec![(end.0 + 6.0_f64.min(right - end.0), end.1)];
            if end.0 < right - 6.0 {
                leader.push((right, end.1));
            }
            leader.push((right + LEAD_PX - 24.0, middle));
            pen.line(&leader, theme::GRID, 1.0);
        });
        swatch(
            sheet,
            *n,
            (right + LEAD_PX - 24.0, right + LEAD_PX - 5.0),
            middle,
        );
        sheet.layer("", |pen| {
            let how = Type {
                size_px,
                colour: INK,
                anchor: Anchor::Start,
            };
            let base = middle + 0.36 * size_px;
            pen.lines_of_text(&l.lines, (right + LEAD_PX, base), how);
        });
    }
}
