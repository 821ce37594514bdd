//! Reference lines, reference bands and notes.

use super::area::{Area, Plot};
use super::label::{Placer, text_area};
use super::pen::{Anchor, Pen, SCALE, Sheet, Type, fill};
use crate::figure::font::{LINE, wrap};
use crate::figure::theme::{INK, MUTED, SHADE};

/// Something to compare the data with.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A vertical line at this x.
    AtX(f64, String),
    /// A horizontal line at this y.
    AtY(f64, String),
    /// A shaded area from one x to another.
    BetweenX(f64, f64, String),
    /// A shaded area from one y to another.
    BetweenY(f64, f64, String),
    /// A ring at (x, y) with words beside it.
    Note(f64, f64, String),
}

const TEXT_PX: f64 = 12.0;
const WRAP_PX: f64 = 190.0;
const ROW_PX: f64 = TEXT_PX * LINE;

impl Mark {
    /// A vertical line at `x`.
    pub fn at_x(x: f64, label: impl Into<String>) -> Self {
        Self::AtX(x, label.into())
    }

    /// A horizontal line at `y`.
    pub fn at_y(y: f64, label: impl Into<String>) -> Self {
        Self::AtY(y, label.into())
    }

    /// A shaded area between two x.
    pub fn between_x(from: f64, to: f64, label: impl Into<String>) -> Self {
        Self::BetweenX(from, to, label.into())
    }

    /// A shaded area between two y.
    pub fn between_y(from: f64, to: f64, label: impl Into<String>) -> Self {
        Self::BetweenY(from, to, label.into())
    }

    /// Words at a point.
    pub fn note(x: f64, y: f64, text: impl Into<String>) -> Self {
        Self::Note(x, y, text.into())
    }

    /// The x and y it wants to be in the picture.
    pub(super) fn reach(&self) -> (Vec<f64>, Vec<f64>) {
        match self {
            Self::AtX(x, _) => (vec![*x], vec![]),
            Self::AtY(y, _) => (vec![], vec![*y]),
            Self::BetweenX(..) | Self::BetweenY(..) => (vec![], vec![]),
            Self::Note(x, y, _) => (vec![*x], vec![*y]),
        }
    }

    fn label(&self) -> &str {
        match self {
            Self::AtX(_, t)
            | Self::AtY(_, t)
            | Self::BetweenX(_, _, t)
            | Self::BetweenY(_, _, t)
            | Self::Note(_, _, t) => t,
        }
    }

    /// The part of the plot it covers or stands at; `None` where it is out of range.
    fn area(&self, plot: &Plot) -> Option<Area> {
        let f = plot.frame;
        let across = |(a, b): (f64, f64)| {
            let (a, b) = (plot.x.px(a), plot.x.px(b));
            (a.min(b).max(f.left), a.max(b).min(f.right))
        };
        let down = |(a, b): (f64, f64)| {
            let (a, b) = (plot.y.px(a), plot.y.px(b));
            (a.min(b).max(f.top), a.max(b).min(f.bottom))
        };
        let (x, y) = match self {
            Self::AtX(x, _) if plot.x.shows(*x) => (across((*x, *x)), (f.top, f.bottom)),
            Self::AtY(y, _) if plot.y.shows(*y) => ((f.left, f.right), down((*y, *y))),
            Self::BetweenX(a, b, _) => (across((*a, *b)), (f.top, f.bottom)),
            Self::BetweenY(a, b, _) => ((f.left, f.right), down((*a, *b))),
            Self::Note(x, y, _) if plot.shows((*x, *y)) => (across((*x, *x)), down((*y, *y))),
            _ => return None,
        };
        (x.0 <= x.1 && y.0 <= y.1).then_some(Area {
            left: x.0,
            top: y.0,
            right: x.1,
            bottom: y.1,
        })
    }

    /// Places where the label may stand, the best first.
    fn candidates(&self, at: &Area, lines: &[String], frame: &Area) -> Vec<Area> {
        let size = text_area(lines, TEXT_PX, 0.0, 0.0);
        let (w, h) = (size.width(), size.height());
        let rows = ((frame.height() - h) / ROW_PX).max(0.0) as usize;
        let columns = (0..=10).map(|i| f64::from(i) / 10.0);
        let centred =
            (0.5 * (at.left + at.right - w)).clamp(frame.left, (frame.right - w).max(frame.left));
        let spots: Vec<(f64, f64)> = match self {
            Self::AtX(..) => (0..=rows)
                .map(|r| frame.top + 3.0 + r as f64 * ROW_PX)
                .flat_map(|top| [(at.left + 5.0, top), (at.left - 5.0 - w, top)])
                .collect(),
            Self::BetweenX(..) => (0..=rows)
                .map(|r| frame.top + 3.0 + r as f64 * ROW_PX)
                .flat_map(|top| {
                    [
                        (centred, top),
                        (at.right + 4.0, top),
                        (at.left - 4.0 - w, top),
                    ]
                })
                .collect(),
            Self::AtY(..) | Self::BetweenY(..) => columns
                .map(|share| frame.right - 4.0 - w - share * (frame.width() - w - 8.0))
                .flat_map(|left| {
                    let inside = 0.5 * (at.top + at.bottom - h);
                    let is_band = at.height() > h;
                    let above = if is_band { inside } else { at.top - h - 1.0 };
                    [(left, above), (left, at.bottom + 2.0)]
                })
                .collect(),
            Self::Note(..) => [10.0, 26.0, 44.0, 64.0]
                .into_iter()
                .flat_map(|away| {
                    let (x, y) = (at.left, at.top);
                    [
                        (x + away, y - 0.5 * h),
                        (x - away - w, y - 0.5 * h),
                        (x + 0.7 * away, y - h - 0.7 * away),
                        (x - w - 0.7 * away, y - h - 0.7 * away),
                        (x + 0.7 * away, y + 0.7 * away),
                        (x - w - 0.7 * away, y + 0.7 * away),
                        (centred, y - h - away),
                        (centred, y + away),
                    ]
                })
                .collect(),
        };
        let area = |(left, top)| text_area(lines, TEXT_PX, left, top);
        spots.into_iter().map(area).collect()
    }
}

/// The shaded areas, under the data.
pub(super) fn draw_bands(sheet: &mut Sheet, marks: &[Mark], plot: &Plot) {
    sheet.layer("", |pen| {
        for m in marks {
            if let (Mark::BetweenX(..) | Mark::BetweenY(..), Some(a)) = (m, m.area(plot)) {
                pen.rect((a.left, a.top), (a.right, a.bottom), fill(SHADE, 1.0));
            }
        }
    });
}

/// The lines and rings, and every label, over the data.
pub(super) fn draw_rest(sheet: &mut Sheet, marks: &[Mark], plot: &Plot, placer: &mut Placer) {
    let dash = format!(" stroke-dasharray=\"{} {}\"", 3.0 * SCALE, 3.0 * SCALE);
    sheet.layer(&dash, |pen| {
        for m in marks {
            if let (Mark::AtX(..) | Mark::AtY(..), Some(a)) = (m, m.area(plot)) {
                pen.line(&[(a.left, a.top), (a.right, a.bottom)], MUTED, 1.25);
            }
        }
    });
    sheet.layer("", |pen| {
        for m in marks {
            if let (Mark::Note(..), Some(a)) = (m, m.area(plot)) {
                pen.ring((a.left, a.top), 4.5, INK);
            }
        }
    });
    let halo = format!(
        " stroke=\"#ffffff\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
        3.0 * SCALE
    );
    let upright = |m: &Mark| matches!(m, Mark::AtX(..)).then(|| m.area(plot)).flatten();
    let upright: Vec<f64> = marks.iter().filter_map(upright).map(|a| a.left).collect();
    sheet.layer(&halo, |pen| {
        for m in marks {
            if let Some(a) = m.area(plot).filter(|_| !m.label().is_empty()) {
                write(pen, m, &a, (&plot.frame, &upright), placer);
            }
        }
    });
}

/// Writes the label of `mark` where it is free, across as few of the `upright` lines as can be.
fn write(
    pen: &mut Pen<'_>,
    mark: &Mark,
    at: &Area,
    (frame, upright): (&Area, &[f64]),
    placer: &mut Placer,
) {
    let lines = wrap(mark.label(), TEXT_PX, WRAP_PX.min(frame.width() - 12.0));
    let crossed = |c: &Area| {
        upright
            .iter()
            .filter(|&&x| c.left < x && x < c.right)
            .count()
    };
    let mut candidates = mark.candidates(at, &lines, frame);
    candidates.sort_by_key(crossed);
    // A label without any room left is not drawn: two texts over each other help nobody.
    if let Some(place) = placer.place(candidates) {
        let how = Type {
            size_px: TEXT_PX,
            colour: INK,
            anchor: Anchor::Start,
        };
        pen.lines_of_text(&lines, (place.left + 1.0, place.top + TEXT_PX), how);
    }
}
