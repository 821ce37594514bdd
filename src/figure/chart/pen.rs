//! Drawing with plotters, in CSS pixels, one layer at a time.
//!
//! The library works in whole pixels and knows neither dashes nor clipping. So everything is drawn
//! at [`SCALE`] times the size, and each layer becomes an SVG group that carries what the library
//! lacks in its attributes.

use plotters::coord::Shift;
use plotters::prelude::{Circle, DrawingArea, IntoDrawingArea as _, PathElement, Polygon};
use plotters::prelude::{Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{IntoFont as _, RGBAColor, ShapeStyle};

use crate::figure::font;
use crate::figure::theme::{Colour, rgb};

/// Pixels of the drawing library in one CSS pixel.
pub(super) const SCALE: f64 = 4.0;

/// Where the given x stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) size_px: f64,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
}

/// A picture that grows layer by layer.
pub(super) struct Sheet {
    body: String,
    size: (u32, u32),
    fault: Option<String>,
}

impl Sheet {
    pub(super) fn new(size_px: (f64, f64)) -> Self {
        font::register();
        let side = |px: f64| (px * SCALE).round() as u32;
        Self {
            body: String::new(),
            size: (side(size_px.0), side(size_px.1)),
            fault: None,
        }
    }

    /// A group with `attributes`, filled by `paint`.
    pub(super) fn layer(&mut self, attributes: &str, paint: impl FnOnce(&mut Pen<'_>)) {
        let mut drawn = String::new();
        {
            let area = SVGBackend::with_string(&mut drawn, self.size).into_drawing_area();
            let mut pen = Pen { area, fault: None };
            paint(&mut pen);
            if let Err(e) = pen.area.present() {
                pen.fault.get_or_insert(e.to_string());
            }
            if self.fault.is_none() {
                self.fault = pen.fault;
            }
        }
        let inside = drawn
            .split_once('\n')
            .and_then(|(_, rest)| rest.rsplit_once("</svg>"))
            .map_or("", |(inside, _)| inside);
        if !inside.is_empty() {
            let lean = inside
                .replace(" opacity=\"1\"", "")
                .replace(" stroke=\"none\"", "")
                .replace(" font-family=\"sans-serif\"", "")
                .replace("\n</text>", "</text>")
                .replace(" \"/>", "\"/>");
            self.raw(&format!("<g{attributes}>\n{lean}</g>\n"));
        }
    }

    /// Elements written by hand, in units of the drawing library.
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// All layers, or what the library complained of first.
    pub(super) fn finish(self) -> Result<String, String> {
        match self.fault {
            None => Ok(self.body),
            Some(why) => Err(why),
        }
    }
}

/// Draws into one layer; all places and lengths in CSS pixels from the upper left corner.
pub(super) struct Pen<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    fault: Option<String>,
}

type Point = (f64, f64);

impl Pen<'_> {
    pub(super) fn line(&mut self, points: &[Point], colour: Colour, width_px: f64) {
        if points.len() > 1 {
            let path: Vec<_> = points.iter().map(at).collect();
            let style = stroke(colour, width_px);
            self.keep(|a| a.draw(&PathElement::new(path, style)));
        }
    }

    pub(super) fn polygon(&mut self, points: &[Point], colour: Colour, alpha: f64) {
        if points.len() > 2 {
            let path: Vec<_> = points.iter().map(at).collect();
            self.keep(|a| a.draw(&Polygon::new(path, paint(colour, alpha))));
        }
    }

    pub(super) fn rect(&mut self, from: Point, to: Point, fill: ShapeStyle) {
        let corners = [
            at(&(from.0.min(to.0), from.1.min(to.1))),
            at(&(from.0.max(to.0), from.1.max(to.1))),
        ];
        self.keep(|a| a.draw(&Rectangle::new(corners, fill)));
    }

    pub(super) fn disc(&mut self, centre: Point, radius_px: f64, colour: Colour) {
        let radius = (radius_px * SCALE).round() as i32;
        self.keep(|a| a.draw(&Circle::new(at(&centre), radius, fill(colour, 1.0))));
    }

    pub(super) fn ring(&mut self, centre: Point, radius_px: f64, colour: Colour) {
        let radius = (radius_px * SCALE).round() as i32;
        self.keep(|a| a.draw(&Circle::new(at(&centre), radius, stroke(colour, 1.5))));
    }

    /// `text` with its base line at `place.1`.
    pub(super) fn text(&mut self, text: &str, place: Point, how: Type) {
        // The library sets font-size to size / 1.24 and puts the base line 0.76 em below the top.
        let style = (font::FAMILY, how.size_px * SCALE * 1.24)
            .into_font()
            .color(&paint(how.colour, 1.0));
        let h = match how.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = plotters::style::TextStyle {
            pos: Pos::new(h, VPos::Top),
            ..style
        };
        let top = at(&(place.0, place.1 - 0.76 * how.size_px));
        self.keep(|a| a.draw(&Text::new(text.to_owned(), top, style)));
    }

    /// Lines of text, the first base line at `place.1`.
    pub(super) fn lines_of_text(&mut self, lines: &[String], place: Point, how: Type) {
        for (i, line) in lines.iter().enumerate() {
            let below = i as f64 * font::LINE * how.size_px;
            self.text(line, (place.0, place.1 + below), how);
        }
    }

    fn keep<E: std::fmt::Display>(
        &mut self,
        draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), E>,
    ) {
        if let Err(e) = draw(&self.area) {
            self.fault.get_or_insert(e.to_string());
        }
    }
}

/// A filled style.
pub(super) fn fill(colour: Colour, alpha: f64) -> ShapeStyle {
    ShapeStyle::from(paint(colour, alpha)).filled()
}

/// A filled style of a colour outside the theme.
pub(super) fn fill_rgb([r, g, b]: [u8; 3]) -> ShapeStyle {
    ShapeStyle::from(RGBAColor(r, g, b, 1.0)).filled()
}

fn paint(colour: Colour, alpha: f64) -> RGBAColor {
    let (r, g, b) = rgb(colour.hex);
    RGBAColor(r, g, b, alpha)
}

fn stroke(colour: Colour, width_px: f64) -> ShapeStyle {
    ShapeStyle::from(paint(colour, 1.0)).stroke_width((width_px * SCALE).round() as u32)
}

fn at(p: &Point) -> (i32, i32) {
    let whole = |px: f64| (px * SCALE).round().clamp(-1e6, 1e6) as i32;
    (whole(p.0), whole(p.1))
}
