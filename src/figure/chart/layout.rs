//! Where everything of a chart stands: title, legend, axes, plot.

use super::area::{Area, Map, Plot};
use super::bars::Bar;
use super::key::{self, Entry};
use super::lines::{self, EndLabel, LEAD_PX};
use super::series::Kind;
use super::{Axis, Chart, Scale};
use crate::figure::font::{LINE, widest_px, width_px, wrap};

pub(super) const MARGIN_PX: f64 = 16.0;
pub(super) const TITLE_PX: f64 = 16.0;
pub(super) const LABEL_PX: f64 = 12.5;
pub(super) const TICK_PX: f64 = 12.0;
/// From the plot down to the texts of the horizontal ticks.
pub(super) const TICK_GAP_PX: f64 = 8.0;
/// Least height of the plot; the picture grows where its texts leave less.
const LEAST_PX: f64 = 120.0;

/// A tick: its place along the axis and its text.
#[derive(Debug, Clone)]
pub(super) struct Tick {
    pub(super) px: f64,
    pub(super) lines: Vec<String>,
}

/// Everything in its place.
pub(super) struct Layout {
    pub(super) size_px: (f64, f64),
    pub(super) title: Vec<String>,
    pub(super) legend: Vec<Entry>,
    pub(super) end_labels: Vec<EndLabel>,
    pub(super) y_label: Vec<String>,
    pub(super) x_label: Vec<String>,
    pub(super) x_ticks: Vec<Tick>,
    pub(super) y_ticks: Vec<Tick>,
    pub(super) plot: Plot,
}

/// The layout of `chart`.
pub(super) fn layout(chart: &Chart, colours: &[usize], bars: &[Bar]) -> Layout {
    let (width, height) = chart.size_px;
    let room = width - 2.0 * MARGIN_PX;
    let title = wrapped(&chart.title, TITLE_PX, room);
    let mut top = MARGIN_PX + block_px(&title, TITLE_PX);
    if !title.is_empty() {
        top += 6.0;
    }
    let x_label = wrapped(&chart.x.label, LABEL_PX, room);
    let y_label = wrapped(&chart.y.label, LABEL_PX, room);
    let foot = MARGIN_PX + block_px(&x_label, LABEL_PX) + TICK_GAP_PX + 5.0;

    // Lines are named at their ends if there is height for all the names.
    let (mut end_labels, mut widest) = lines::end_labels(chart, TICK_PX);
    let needed: f64 = end_labels.iter().map(|l| l.height_px(TICK_PX)).sum();
    let tallest = height - top - foot - block_px(&y_label, LABEL_PX) - 40.0;
    let is_crowded = needed > tallest || widest + LEAD_PX > 0.45 * width;
    if is_crowded {
        (end_labels, widest) = (Vec::new(), 0.0);
    }
    let (legend, taken) = key::layout(chart, colours, is_crowded, top);
    top += taken + if legend.is_empty() { 0.0 } else { 4.0 };
    top += block_px(&y_label, LABEL_PX) + 8.0;

    let (xs, ys) = reach(chart, bars);
    let has_heat = chart.heat().is_some();
    let (x_low, x_high) = chart.x.shown(&xs, chart.is_lying() && !has_heat);
    let (y_low, y_high) = chart.y.shown(&ys, !has_heat);

    let guess = Area {
        left: 0.0,
        top,
        right: width,
        bottom: (height - foot - TICK_PX * LINE).max(top + LEAST_PX),
    };
    let y_map = |frame: &Area| {
        let down = matches!(chart.y.scale, Scale::Category(_));
        Map {
            low: y_low,
            high: y_high,
            is_log: chart.y.is_log(),
            from_px: if down { frame.top } else { frame.bottom },
            to_px: if down { frame.bottom } else { frame.top },
        }
    };
    let y_widest = y_ticks(&chart.y, &y_map(&guess), 0.36 * width)
        .iter()
        .map(|t| widest_px(&t.lines, TICK_PX))
        .fold(0.0, f64::max);
    let left = MARGIN_PX + y_widest + 9.0;

    let beside = match chart.heat() {
        Some((_, heat)) => heat.scale_width_px(TICK_PX),
        None if end_labels.is_empty() => 0.0,
        None => LEAD_PX + widest,
    };
    let mut right = width - MARGIN_PX - beside;
    let x_map = |right: f64| Map {
        low: x_low,
        high: x_high,
        is_log: chart.x.is_log(),
        from_px: left,
        to_px: right,
    };
    let mut ticks = x_ticks(&chart.x, &x_map(right));
    let over = ticks
        .iter()
        .map(|t| t.px + 0.5 * widest_px(&t.lines, TICK_PX) - (width - 4.0))
        .fold(0.0, f64::max);
    if over > 0.0 {
        right -= over;
        ticks = x_ticks(&chart.x, &x_map(right));
    }
    let tick_rows = ticks.iter().map(|t| t.lines.len()).max().unwrap_or(1);
    let tick_rows_px = tick_rows as f64 * TICK_PX * LINE;
    let frame = Area {
        left,
        top,
        right: right.max(left + 60.0),
        bottom: (height - foot - tick_rows_px).max(top + LEAST_PX),
    };
    let y = y_map(&frame);
    Layout {
        size_px: (width, frame.bottom + tick_rows_px + foot),
        title,
        legend,
        end_labels,
        y_label,
        x_label,
        x_ticks: ticks,
        y_ticks: y_ticks(&chart.y, &y, 0.36 * width),
        plot: Plot {
            frame,
            x: x_map(frame.right),
            y,
        },
    }
}

fn wrapped(text: &str, size_px: f64, room: f64) -> Vec<String> {
    if text.trim().is_empty() {
        Vec::new()
    } else {
        wrap(text, size_px, room)
    }
}

/// Height of lines of text.
pub(super) fn block_px(lines: &[String], size_px: f64) -> f64 {
    lines.len() as f64 * size_px * LINE
}

/// All x and all y that the data and marks want to show.
fn reach(chart: &Chart, bars: &[Bar]) -> (Vec<f64>, Vec<f64>) {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for s in &chart.series {
        match &s.kind {
            Kind::Line(data) | Kind::Step(data) => {
                xs.extend(data.iter().map(|p| p.0));
                ys.extend(data.iter().map(|p| p.1));
            }
            Kind::Band(data) | Kind::StepBand(data) => {
                xs.extend(data.iter().map(|p| p.0));
                ys.extend(data.iter().flat_map(|p| [p.1, p.2]));
            }
            Kind::Points { at, spans } => {
                xs.extend(at.iter().map(|p| p.0));
                ys.extend(at.iter().map(|p| p.1));
                ys.extend(spans.iter().flat_map(|p| [p.0, p.1]));
            }
            Kind::Heat(heat) => {
                let (x, y) = heat.reach();
                xs.extend(x);
                ys.extend(y);
            }
            Kind::Bars { .. } | Kind::Stacked(_) | Kind::Spans { .. } => {}
        }
    }
    let along = bars.iter().flat_map(Bar::reach);
    if chart.is_lying() {
        xs.extend(along);
    } else {
        ys.extend(along);
    }
    for m in &chart.marks {
        let (x, y) = m.reach();
        xs.extend(x);
        ys.extend(y);
    }
    (xs, ys)
}

/// Ticks of the vertical axis, texts at most `limit_px` wide, none over another.
fn y_ticks(axis: &Axis, map: &Map, limit_px: f64) -> Vec<Tick> {
    let tall = (map.to_px - map.from_px).abs();
    let ticks: Vec<Tick> = match &axis.scale {
        Scale::Category(names) => names
            .iter()
            .enumerate()
            .map(|(i, name)| Tick {
                px: map.px(i as f64),
                lines: wrap(name, TICK_PX, limit_px),
            })
            .collect(),
        _ => axis
            .tick_values(map.low, map.high, (tall / 42.0) as usize)
            .into_iter()
            .map(|v| Tick {
                px: map.px(v),
                lines: vec![(axis.format)(v)],
            })
            .collect(),
    };
    thinned(ticks, |t| block_px(&t.lines, TICK_PX))
}

/// Ticks of the horizontal axis, none over another.
fn x_ticks(axis: &Axis, map: &Map) -> Vec<Tick> {
    let wide = (map.to_px - map.from_px).abs();
    let with_gap = |t: &Tick| widest_px(&t.lines, TICK_PX) + 10.0;
    match &axis.scale {
        Scale::Category(names) => {
            let slot = wide / names.len().max(1) as f64;
            let longest = names
                .iter()
                .flat_map(|n| n.split_whitespace())
                .map(|w| width_px(w, TICK_PX))
                .fold(0.0, f64::max);
            // Words are not broken while that can be helped: fewer names, each with more room.
            let limit = (slot - 10.0).max(longest.min(120.0));
            let named = names.iter().enumerate().map(|(i, name)| Tick {
                px: map.px(i as f64),
                lines: wrap(name, TICK_PX, limit),
            });
            thinned(named.collect(), with_gap)
        }
        _ => {
            let tick = |v: f64| Tick {
                px: map.px(v),
                lines: vec![(axis.format)(v)],
            };
            let most = ((wide / 64.0) as usize).clamp(2, 12);
            for count in (2..=most).rev() {
                let values = axis.tick_values(map.low, map.high, count);
                let ticks: Vec<Tick> = values.into_iter().map(tick).collect();
                let kept = thinned(ticks.clone(), with_gap).len();
                if kept == ticks.len() {
                    return ticks;
                }
            }
            let values = axis.tick_values(map.low, map.high, 2);
            thinned(values.into_iter().map(tick).collect(), with_gap)
        }
    }
}

/// Every `k`-th tick, with the smallest `k` for which none overlaps the next.
fn thinned(ticks: Vec<Tick>, extent: impl Fn(&Tick) -> f64) -> Vec<Tick> {
    for k in 1..=ticks.len().max(1) {
        let kept: Vec<&Tick> = ticks.iter().step_by(k).collect();
        let clear = |w: &[&Tick]| (w[1].px - w[0].px).abs() >= 0.5 * (extent(w[0]) + extent(w[1]));
        if kept.windows(2).all(clear) {
            return kept.into_iter().cloned().collect();
        }
    }
    ticks
}
