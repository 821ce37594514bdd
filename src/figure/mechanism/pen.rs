//! Lines, circles, slots and words in millimetres.

use crate::figure::canvas::escape;
use crate::figure::theme;
use crate::geometry::{Bar, Piece, Point, SlotShape, turned};
use crate::mechanism::DialLock;
use std::f64::consts::PI;
use svg::node::element::path::Data;
use svg::node::element::{Circle, Line, Path, Rectangle, Text};

/// Draws in millimetres, y upwards.
pub(in crate::figure) struct Pen {
    /// Size of the text, mm of the drawing.
    pub(in crate::figure) text_mm: f64,
}

impl Pen {
    pub(in crate::figure) fn text(&self, at: Point, words: &str, anchor: &str) -> Text {
        Text::new(escape(words))
            .set("x", round(at.x))
            .set("y", round(-at.y))
            .set("font-size", round(self.text_mm))
            .set("text-anchor", anchor)
            .set("fill", theme::INK.hex)
    }

    pub(in crate::figure) fn swatch(&self, at: Point, colour: &str) -> Rectangle {
        let s = self.text_mm;
        Rectangle::new()
            .set("x", round(at.x))
            .set("y", round(-at.y - 0.8 * s))
            .set("width", round(1.4 * s))
            .set("height", round(0.9 * s))
            .set("fill", colour)
            .set("stroke", theme::INK.hex)
            .set("stroke-width", round(0.06 * s))
    }

    pub(in crate::figure) fn line(&self, a: Point, b: Point, colour: &str, width_mm: f64) -> Line {
        Line::new()
            .set("x1", round(a.x))
            .set("y1", round(-a.y))
            .set("x2", round(b.x))
            .set("y2", round(-b.y))
            .set("stroke", colour)
            .set("stroke-width", round(width_mm))
            .set("stroke-linecap", "round")
    }

    /// A closed outline, arcs as arcs.
    pub(in crate::figure) fn outline(&self, pieces: &[Piece]) -> Path {
        let mut data = Data::new();
        if let Some(first) = pieces.first() {
            let from = first.from();
            data = data.move_to((round(from.x), round(-from.y)));
        }
        for piece in pieces {
            // In halves: the two ends of a whole circle are one point.
            for to in [piece.at(0.5), piece.to()] {
                let (x, y) = (round(to.x), round(-to.y));
                data = match *piece {
                    Piece::Line { .. } => data.line_to((x, y)),
                    Piece::Arc {
                        radius_mm,
                        sweep_rad,
                        ..
                    } => {
                        let r = round(radius_mm);
                        let large = f64::from(u8::from(0.5 * sweep_rad.abs() > PI));
                        let sweep = f64::from(u8::from(sweep_rad < 0.0));
                        data.elliptical_arc_to((r, r, 0.0, large, sweep, x, y))
                    }
                };
            }
        }
        Path::new()
            .set("d", data.close())
            .set("stroke", theme::INK.hex)
            .set("stroke-width", round(0.12 * self.text_mm))
    }

    pub(in crate::figure) fn circle(&self, centre: Point, radius: f64) -> Circle {
        Circle::new()
            .set("cx", round(centre.x))
            .set("cy", round(-centre.y))
            .set("r", round(radius))
            .set("stroke", theme::INK.hex)
            .set("stroke-width", round(0.12 * self.text_mm))
    }
}

pub(in crate::figure) fn round(v: f64) -> f64 {
    (v * 1e4).round() / 1e4
}

/// The border of a slot.
pub(in crate::figure) fn slot(
    pen: &Pen,
    radius: f64,
    shape: &SlotShape,
    turn: f64,
    stroke: &str,
) -> Path {
    let place = |p: Point| Point::from(turned(p.coords, turn));
    let border: Vec<Point> = shape.border(radius).into_iter().map(place).collect();
    let mut data = Data::new();
    for (k, p) in border.iter().enumerate() {
        let xy = (round(p.x), round(-p.y));
        data = if k == 0 {
            data.move_to(xy)
        } else {
            data.line_to(xy)
        };
    }
    Path::new()
        .set("d", data)
        .set("fill", "none")
        .set("stroke", stroke)
        .set("stroke-width", round(0.22 * pen.text_mm))
        .set("stroke-linejoin", "round")
}

/// The fence's section on the lever at `lever_rad`.
pub(in crate::figure) fn stadium(
    bar: &Bar,
    lock: &DialLock,
    lever_rad: f64,
    fill: &str,
) -> Rectangle {
    let centre = lock.nominal.lever.place(bar.centre, lever_rad);
    let (w, r) = (bar.flat_mm + 2.0 * bar.radius_mm, bar.radius_mm);
    let turn = format!(
        "rotate({} {} {})",
        round(-lever_rad.to_degrees()),
        round(centre.x),
        round(-centre.y)
    );
    Rectangle::new()
        .set("x", round(centre.x - 0.5 * w))
        .set("y", round(-centre.y - r))
        .set("width", round(w))
        .set("height", round(2.0 * r))
        .set("rx", round(r))
        .set("fill", fill)
        .set("stroke", theme::INK.hex)
        .set("stroke-width", 0.1)
        .set("transform", turn)
}
