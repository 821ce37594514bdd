//! From a chart to its picture, back to front.

use super::hover;
use super::label::Placer;
use super::layout::{
    LABEL_PX, Layout, MARGIN_PX, TICK_GAP_PX, TICK_PX, TITLE_PX, block_px, layout,
};
use super::pen::{Anchor, SCALE, Sheet, Type, fill};
use super::series;
use super::{Chart, bars, key, lines, mark};
use crate::error::{Error, Result};
use crate::figure::canvas::{Head, Svg};
use crate::figure::font::LINE;
use crate::figure::theme::{Colour, GRID, INK, MUTED, PAPER};

const CLIP: &str = " clip-path=\"url(#plot)\"";

pub(super) fn draw(chart: &Chart) -> Result<Svg> {
    let colours = series::colours(&chart.series);
    let all_bars = bars::bars(chart, &colours);
    let laid = layout(chart, &colours, &all_bars);
    let plot = laid.plot;
    let mut sheet = Sheet::new(laid.size_px);

    background(&mut sheet, &laid);
    mark::draw_bands(&mut sheet, &chart.marks, &plot);
    grid(&mut sheet, chart, &laid);
    let with_colours = || chart.series.iter().zip(&colours);
    if let Some((_, heat)) = chart.heat() {
        heat.draw(&mut sheet, &plot, CLIP, TICK_PX);
    }
    for (s, &c) in with_colours() {
        lines::draw_band(&mut sheet, s, c, &plot, CLIP);
    }
    let drawn = chart.series.iter().flat_map(|s| lines::paths(s, &plot));
    let filled = bars::areas(chart, &all_bars, &plot);
    let mut placer = Placer::new(plot.frame, drawn.collect(), filled);
    bars::draw(&mut sheet, chart, &all_bars, &plot, CLIP);
    bars::write_values(&mut sheet, chart, &all_bars, &plot, &mut placer);
    for (s, &c) in with_colours() {
        lines::draw_line(&mut sheet, s, c, &plot, CLIP);
    }
    for (s, &c) in with_colours() {
        lines::draw_points(&mut sheet, s, c, &plot, CLIP);
    }
    axes(&mut sheet, chart, &laid);

    let hits = hits(chart, &all_bars, &laid);
    if hits.is_empty() {
        no_data(&mut sheet, &laid);
    } else {
        mark::draw_rest(&mut sheet, &chart.marks, &plot, &mut placer);
    }
    end_labels(&mut sheet, chart, &colours, &laid);
    key::draw(&mut sheet, &laid.legend);
    hover::draw(&mut sheet, &hits);

    let body = sheet.finish().map_err(|why| Error::Figure {
        figure: chart.name,
        why,
    })?;
    let (w, h) = laid.size_px;
    let head = Head {
        name: chart.name,
        title: chart.title.clone(),
        alt: chart.alt.clone(),
        size_px: laid.size_px,
        view_box: [0.0, 0.0, (w * SCALE).round(), (h * SCALE).round()],
    };
    Svg::new(&head, &body)
}

fn kind(size_px: f64, colour: Colour, anchor: Anchor) -> Type {
    Type {
        size_px,
        colour,
        anchor,
    }
}

/// Paper, title and the clip of the plot.
fn background(sheet: &mut Sheet, laid: &Layout) {
    let f = laid.plot.frame;
    let whole = |px: f64| (px * SCALE).round();
    sheet.raw(&format!(
        "<clipPath id=\"plot\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n",
        whole(f.left - 1.0),
        whole(f.top - 1.0),
        whole(f.width() + 2.0),
        whole(f.height() + 2.0),
    ));
    sheet.layer("", |pen| {
        pen.rect((0.0, 0.0), laid.size_px, fill(PAPER, 1.0));
        let place = (MARGIN_PX, MARGIN_PX + TITLE_PX);
        pen.lines_of_text(&laid.title, place, kind(TITLE_PX, INK, Anchor::Start));
    });
}

/// Hairlines at the ticks of axes of numbers.
fn grid(sheet: &mut Sheet, chart: &Chart, laid: &Layout) {
    let f = laid.plot.frame;
    sheet.layer("", |pen| {
        for t in laid.y_ticks.iter().filter(|_| !chart.y.has_names()) {
            pen.line(&[(f.left, t.px), (f.right, t.px)], GRID, 1.0);
        }
        for t in laid.x_ticks.iter().filter(|_| !chart.x.has_names()) {
            pen.line(&[(t.px, f.top), (t.px, f.bottom)], GRID, 1.0);
        }
    });
}

/// Base line, ticks and labels of both axes.
fn axes(sheet: &mut Sheet, chart: &Chart, laid: &Layout) {
    let f = laid.plot.frame;
    let lift = 0.36 * TICK_PX;
    sheet.layer("", |pen| {
        if chart.x.has_names() && chart.y.has_names() {
            return;
        }
        if chart.is_lying() {
            let base = laid.plot.x.base_px();
            pen.line(&[(base, f.top), (base, f.bottom)], INK, 1.0);
        } else {
            pen.line(&[(f.left, f.bottom), (f.right, f.bottom)], INK, 1.0);
        }
    });
    sheet.layer("", |pen| {
        let how = kind(TICK_PX, MUTED, Anchor::End);
        for t in &laid.y_ticks {
            let first = t.px + lift - 0.5 * (t.lines.len() - 1) as f64 * TICK_PX * LINE;
            pen.lines_of_text(&t.lines, (f.left - 7.0, first), how);
        }
        let how = kind(TICK_PX, MUTED, Anchor::Middle);
        for t in &laid.x_ticks {
            pen.lines_of_text(&t.lines, (t.px, f.bottom + TICK_GAP_PX + TICK_PX), how);
        }
    });
    sheet.layer("", |pen| {
        let first = f.top - 8.0 - block_px(&laid.y_label, LABEL_PX) + LABEL_PX;
        let how = kind(LABEL_PX, INK, Anchor::Start);
        pen.lines_of_text(&laid.y_label, (MARGIN_PX, first), how);
        let below = laid.size_px.1 - MARGIN_PX - block_px(&laid.x_label, LABEL_PX) + LABEL_PX;
        let middle = 0.5 * (f.left + f.right);
        let wide = crate::figure::font::widest_px(&laid.x_label, LABEL_PX);
        let inside = middle.clamp(
            MARGIN_PX + 0.5 * wide,
            (laid.size_px.0 - MARGIN_PX - 0.5 * wide).max(MARGIN_PX + 0.5 * wide),
        );
        let how = kind(LABEL_PX, INK, Anchor::Middle);
        pen.lines_of_text(&laid.x_label, (inside, below), how);
    });
}

fn hits(chart: &Chart, all_bars: &[bars::Bar], laid: &Layout) -> Vec<hover::Hit> {
    let plot = &laid.plot;
    let mut hits = bars::hits(chart, all_bars, plot);
    for s in &chart.series {
        hits.extend(lines::hits(chart, s, plot));
    }
    if let Some((_, heat)) = chart.heat() {
        hits.extend(heat.hits(chart, plot));
    }
    hits
}

fn no_data(sheet: &mut Sheet, laid: &Layout) {
    let f = laid.plot.frame;
    sheet.layer("", |pen| {
        let middle = (0.5 * (f.left + f.right), 0.5 * (f.top + f.bottom));
        pen.text("no data", middle, kind(14.0, MUTED, Anchor::Middle));
    });
}

fn end_labels(sheet: &mut Sheet, chart: &Chart, colours: &[usize], laid: &Layout) {
    let f = laid.plot.frame;
    let end = |index: usize| {
        let runs = lines::paths(&chart.series[index], &laid.plot);
        let last = runs.iter().flatten().rfind(|p| p.0 <= f.right + 0.5);
        let (x, y) = last.copied().unwrap_or((f.right, f.bottom));
        (x.max(f.left), y.clamp(f.top, f.bottom))
    };
    let ends: Vec<_> = laid
        .end_labels
        .iter()
        .map(|l| (colours[l.series], end(l.series)))
        .collect();
    lines::draw_end_labels(sheet, &laid.end_labels, &ends, &laid.plot, TICK_PX);
}
