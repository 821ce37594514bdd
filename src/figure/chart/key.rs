//! The legend above the plot, for what cannot be labelled where it ends.

use super::layout::{LABEL_PX, MARGIN_PX};
use super::pen::{Anchor, Pen, Sheet, Type, fill, fill_rgb};
use super::series::{Kind, Series};
use super::{Chart, lines};
use crate::figure::font::{LINE, width_px, wrap};
use crate::figure::theme::{self, Colour, INK};

const SWATCH_PX: f64 = 22.0;
const GAP_PX: f64 = 18.0;

/// How an entry shows what it names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Swatch {
    /// A piece of line of series `n`.
    Line(usize),
    /// The marker of series `n`.
    Marker(usize),
    /// A filled box.
    Box(Colour, f64),
    /// The ramp of a heat map.
    Ramp,
}

/// One entry in its place; base line of the first line of text.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    swatch: Swatch,
    lines: Vec<String>,
    x_px: f64,
    y_px: f64,
}

/// The entries of the legend, laid in rows from `top_px` on, and the height they take.
///
/// `with_lines` says whether lines are named here too.
pub(super) fn layout(
    chart: &Chart,
    colours: &[usize],
    with_lines: bool,
    top_px: f64,
) -> (Vec<Entry>, f64) {
    let room = chart.size_px.0 - 2.0 * MARGIN_PX;
    let (mut x, mut y, mut row) = (0.0, top_px, 0.0_f64);
    let mut entries = Vec::new();
    for (swatch, name) in named(chart, colours, with_lines) {
        let lines = wrap(&name, LABEL_PX, room - SWATCH_PX - 6.0);
        let wide = lines
            .iter()
            .map(|l| width_px(l, LABEL_PX))
            .fold(0.0, f64::max)
            + SWATCH_PX
            + 6.0;
        if x > 0.0 && x + wide > room {
            y += row;
            (x, row) = (0.0, 0.0);
        }
        row = row.max(lines.len() as f64 * LABEL_PX * LINE + 4.0);
        entries.push(Entry {
            swatch,
            lines,
            x_px: MARGIN_PX + x,
            y_px: y + LABEL_PX,
        });
        x += wide + GAP_PX;
    }
    (entries, y + row - top_px)
}

fn named(chart: &Chart, colours: &[usize], with_lines: bool) -> Vec<(Swatch, String)> {
    let mut out = Vec::new();
    for (s, &c) in chart.series.iter().zip(colours) {
        let colour = theme::series(c);
        let swatch = match &s.kind {
            Kind::Line(_) | Kind::Step(_) if with_lines => Swatch::Line(c),
            Kind::Line(_) | Kind::Step(_) => continue,
            Kind::Band(_) | Kind::StepBand(_) => Swatch::Box(colour, lines::BAND_ALPHA),
            Kind::Points { .. } => Swatch::Marker(c),
            Kind::Bars { .. } | Kind::Stacked(_) => Swatch::Box(colour, 1.0),
            Kind::Heat(_) if is_first_heat(chart, s) => Swatch::Ramp,
            Kind::Heat(_) => continue,
            Kind::Spans { names, .. } => {
                for (i, name) in names.iter().enumerate() {
                    out.push((Swatch::Box(theme::series(c + i), 1.0), name.clone()));
                }
                continue;
            }
        };
        out.push((swatch, s.name.clone()));
    }
    out.retain(|(_, name)| !name.is_empty());
    out
}

fn is_first_heat(chart: &Chart, series: &Series) -> bool {
    chart
        .heat()
        .is_some_and(|(first, _)| std::ptr::eq(first, series))
}

pub(super) fn draw(sheet: &mut Sheet, entries: &[Entry]) {
    for e in entries {
        let middle = e.y_px - 0.36 * LABEL_PX;
        let (from, to) = (e.x_px, e.x_px + SWATCH_PX);
        match e.swatch {
            Swatch::Line(n) => lines::swatch(sheet, n, (from, to), middle),
            Swatch::Marker(n) => sheet.layer("", |pen| {
                lines::marker(pen, n, (0.5 * (from + to), middle));
            }),
            Swatch::Box(colour, alpha) => sheet.layer("", |pen| {
                pen.rect(
                    (from, middle - 6.0),
                    (to, middle + 6.0),
                    fill(colour, alpha),
                );
            }),
            Swatch::Ramp => sheet.layer("", |pen| ramp(pen, from, middle)),
        }
    }
    sheet.layer("", |pen| {
        let how = Type {
            size_px: LABEL_PX,
            colour: INK,
            anchor: Anchor::Start,
        };
        for e in entries {
            pen.lines_of_text(&e.lines, (e.x_px + SWATCH_PX + 6.0, e.y_px), how);
        }
    });
}

fn ramp(pen: &mut Pen<'_>, from: f64, middle: f64) {
    let steps = 11;
    for i in 0..steps {
        let x = from + SWATCH_PX * f64::from(i) / f64::from(steps);
        let colour = fill_rgb(theme::ramp(f64::from(i) / f64::from(steps - 1)));
        let to = x + SWATCH_PX / f64::from(steps);
        pen.rect((x, middle - 6.0), (to, middle + 6.0), colour);
    }
}
