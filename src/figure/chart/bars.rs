//! Bars: side by side, stacked, tornado; standing or lying.

use super::area::{Area, Plot};
use super::hover::{Hit, Shape};
use super::label::{self, Placer};
use super::pen::{Anchor, Pen, SCALE, Sheet, Type, fill};
use super::series::Kind;
use super::{Axis, Chart};
use crate::figure::font::{LINE, width_px};
use crate::figure::theme::{self, INK};

/// Share of a category's room that its bars fill.
const FULL: f64 = 0.72;
const VALUE_PX: f64 = 12.0;

/// One bar, in units of the axes.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    /// Colour index.
    colour: usize,
    /// Place across: from and to, in category numbers.
    across: (f64, f64),
    /// From and to along the value axis.
    along: (f64, f64),
    /// Interval of the value.
    span: Option<(f64, f64)>,
    /// What is read under the pointer.
    text: String,
    /// Whether the value is written at the end where there is room.
    is_labelled: bool,
}

fn value_axis(chart: &Chart) -> &Axis {
    if chart.is_lying() { &chart.x } else { &chart.y }
}

/// All bars of `chart`.
pub(super) fn bars(chart: &Chart, colours: &[usize]) -> Vec<Bar> {
    let (names, values) = if chart.is_lying() {
        (&chart.y, &chart.x)
    } else {
        (&chart.x, &chart.y)
    };
    let is_bars = |k: &Kind| matches!(k, Kind::Bars { .. });
    let side_by_side = chart.series.iter().filter(|s| is_bars(&s.kind)).count();
    let mut slot = 0;
    let mut tops: Vec<f64> = Vec::new();
    let mut out = Vec::new();
    for (s, &colour) in chart.series.iter().zip(colours) {
        let titled = |i: usize, said: String| {
            let name = names.say(i as f64);
            if s.name.is_empty() {
                format!("{name}: {said}")
            } else {
                format!("{name}, {}: {said}", s.name)
            }
        };
        match &s.kind {
            Kind::Bars { values: v, spans } => {
                let wide = FULL / side_by_side as f64;
                for (i, v) in v.iter().enumerate().filter(|(_, v)| v.is_finite()) {
                    let from = i as f64 - 0.5 * FULL + wide * slot as f64;
                    let span = spans
                        .get(i)
                        .copied()
                        .filter(|s| s.0.is_finite() && s.1.is_finite());
                    let known = span.map_or_else(String::new, |(low, high)| {
                        format!(" ({} to {})", values.say(low), values.say(high))
                    });
                    out.push(Bar {
                        colour,
                        across: (from, from + wide),
                        along: (f64::NAN, *v),
                        span,
                        text: titled(i, values.say(*v) + &known),
                        is_labelled: true,
                    });
                }
                slot += 1;
            }
            Kind::Stacked(v) => {
                tops.resize(tops.len().max(v.len()), 0.0);
                for (i, v) in v.iter().enumerate().filter(|(_, v)| v.is_finite()) {
                    out.push(Bar {
                        colour,
                        across: (i as f64 - 0.5 * FULL, i as f64 + 0.5 * FULL),
                        along: (tops[i], tops[i] + v),
                        span: None,
                        text: titled(i, values.say(*v)),
                        is_labelled: false,
                    });
                    tops[i] += v;
                }
            }
            Kind::Spans { base, ends, names } => {
                for (i, ends) in ends.iter().enumerate() {
                    for (j, end) in [ends.0, ends.1].into_iter().enumerate() {
                        if end.is_finite() {
                            out.push(Bar {
                                colour: colour + j,
                                across: (i as f64 - 0.5 * FULL, i as f64 + 0.5 * FULL),
                                along: (*base, end),
                                span: None,
                                text: titled(i, format!("{} → {}", names[j], values.say(end))),
                                is_labelled: false,
                            });
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

impl Bar {
    /// The values the axis must reach.
    pub(super) fn reach(&self) -> [f64; 4] {
        let from = if self.along.0.is_nan() {
            0.0
        } else {
            self.along.0
        };
        let (low, high) = self.span.unwrap_or(self.along);
        [from, self.along.1, low, high]
    }

    fn area(&self, plot: &Plot, is_lying: bool) -> Area {
        let (across, along) = if is_lying {
            (&plot.y, &plot.x)
        } else {
            (&plot.x, &plot.y)
        };
        let (a, b) = (across.px(self.across.0), across.px(self.across.1));
        let from = if self.along.0.is_nan() {
            along.base_px()
        } else {
            along.px(self.along.0)
        };
        let to = along.px(self.along.1);
        let (left, right, top, bottom) = if is_lying {
            (from, to, a, b)
        } else {
            (a, b, from, to)
        };
        Area {
            left: left.min(right),
            top: top.min(bottom),
            right: left.max(right),
            bottom: top.max(bottom),
        }
    }
}

pub(super) fn draw(sheet: &mut Sheet, chart: &Chart, bars: &[Bar], plot: &Plot, clip: &str) {
    let lying = chart.is_lying();
    // A hairline of paper parts the pieces of a stack.
    let parted = format!(
        "{clip} stroke=\"{}\" stroke-width=\"{SCALE}\"",
        theme::PAPER.hex
    );
    sheet.layer(&parted, |pen| {
        for b in bars {
            let a = b.area(plot, lying);
            pen.rect(
                (a.left, a.top),
                (a.right, a.bottom),
                fill(theme::series(b.colour), 1.0),
            );
        }
    });
    sheet.layer(clip, |pen| {
        for b in bars {
            whisker(pen, b, plot, lying);
        }
    });
}

fn whisker(pen: &mut Pen<'_>, bar: &Bar, plot: &Plot, lying: bool) {
    let Some((low, high)) = bar.span else { return };
    let a = bar.area(plot, lying);
    let cap = 4.0;
    if lying {
        let y = 0.5 * (a.top + a.bottom);
        let (x0, x1) = (plot.x.px(low), plot.x.px(high));
        pen.line(&[(x0, y), (x1, y)], INK, 1.25);
        for x in [x0, x1] {
            pen.line(&[(x, y - cap), (x, y + cap)], INK, 1.25);
        }
    } else {
        let x = 0.5 * (a.left + a.right);
        let (y0, y1) = (plot.y.px(low), plot.y.px(high));
        pen.line(&[(x, y0), (x, y1)], INK, 1.25);
        for y in [y0, y1] {
            pen.line(&[(x - cap, y), (x + cap, y)], INK, 1.25);
        }
    }
}

/// Writes values beyond the ends of the bars, if there is room for every one of them.
pub(super) fn write_values(
    sheet: &mut Sheet,
    chart: &Chart,
    bars: &[Bar],
    plot: &Plot,
    placer: &mut Placer,
) {
    let lying = chart.is_lying();
    let mut texts: Vec<(String, Area)> = Vec::new();
    for b in bars.iter().filter(|b| b.is_labelled) {
        let text = (value_axis(chart).format)(b.along.1);
        let place = beyond(b, &text, plot, lying);
        if !plot.frame.holds(&place) || texts.iter().any(|(_, t)| t.meets(&place)) {
            return;
        }
        texts.push((text, place));
    }
    for (_, place) in &texts {
        placer.take(*place);
    }
    sheet.layer("", |pen| {
        let how = Type {
            size_px: VALUE_PX,
            colour: INK,
            anchor: Anchor::Start,
        };
        for (text, a) in texts {
            pen.text(&text, (a.left, a.top + VALUE_PX), how);
        }
    });
}

/// The place of the value just beyond the end of its bar or interval.
fn beyond(bar: &Bar, text: &str, plot: &Plot, lying: bool) -> Area {
    let a = bar.area(plot, lying);
    let is_negative = bar.along.1 < 0.0;
    let far = bar.span.map_or(
        bar.along.1,
        |(low, high)| {
            if is_negative { low } else { high }
        },
    );
    let (w, h) = (width_px(text, VALUE_PX), VALUE_PX * LINE);
    let (left, top) = if lying {
        let x = plot.x.px(far);
        let left = if is_negative { x - 6.0 - w } else { x + 6.0 };
        (left, 0.5 * (a.top + a.bottom) - 0.64 * VALUE_PX)
    } else {
        let y = plot.y.px(far);
        let top = if is_negative { y + 3.0 } else { y - 3.0 - h };
        (0.5 * (a.left + a.right) - 0.5 * w, top)
    };
    label::text_area(&[text.to_owned()], VALUE_PX, left, top)
}

/// The bars on the paper.
pub(super) fn areas(chart: &Chart, bars: &[Bar], plot: &Plot) -> Vec<Area> {
    let lying = chart.is_lying();
    bars.iter().map(|b| b.area(plot, lying)).collect()
}

pub(super) fn hits(chart: &Chart, bars: &[Bar], plot: &Plot) -> Vec<Hit> {
    let hit = |b: &Bar| Hit {
        shape: Shape::Box(b.area(plot, chart.is_lying())),
        text: b.text.clone(),
    };
    bars.iter().map(hit).collect()
}
