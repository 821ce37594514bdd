//! The mechanism drawn to scale: face view and side view, millimetres as drawn units.

use super::canvas::escape;
use super::{Draw, Figure, Head, Svg, theme};
use crate::design::Design;
use crate::error::Result;
use crate::geometry::{Bar, Point, SlotShape, turned};
use crate::mechanism::DialLock;
use crate::study::Study;
use svg::node::element::path::Data;
use svg::node::element::{Circle, Group, Line, Path, Rectangle, Text};

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "mechanism",
    about: "the mechanism to scale: wheel with its gates, fence, lever, nose and drive cam",
    draw: Draw::One(draw),
};

/// Height of a capital letter line, as a share of the drawing's width.
const TEXT_SHARE: f64 = 1.0 / 62.0;
/// Width of the figure on the page, pixels.
const WIDTH_PX: f64 = 860.0;

fn draw(design: &Design, study: &Study) -> Result<Option<Svg>> {
    let Some(lock) = design.lock.contact() else {
        return Ok(None);
    };
    let rim = lock.rim_radius_mm.nominal;
    let largest = rim.max(lock.cam.radius_mm);
    let pivot = lock.nominal.lever.pivot;
    let left = pivot.x.min(-largest) - 0.15 * rim;
    let top = pivot.y.max(largest) + 0.35 * rim;
    let side_from = largest + 0.35 * rim;
    let pack_mm = lock.wheel_pitch_mm * (lock.wheels as f64 + 1.0);
    let width = side_from + pack_mm + 0.55 * rim - left;
    let text_mm = width * TEXT_SHARE;
    let legend_top = -largest - 0.12 * rim - 1.6 * text_mm;
    let legend = legend(design, lock);
    let rows = legend.len().div_ceil(2) as f64;
    let height = top - legend_top + (rows + 0.8) * 1.7 * text_mm;
    let pen = Pen { text_mm };
    let mut group = Group::new();
    for part in [
        face(&pen, design, lock),
        side(&pen, lock, side_from, pack_mm),
    ] {
        group = group.add(part);
    }
    for (k, (colour, words)) in legend.iter().enumerate() {
        let x = left + 0.06 * rim + (k % 2) as f64 * 0.5 * width;
        let y = legend_top - (k / 2) as f64 * 1.7 * text_mm;
        group = group
            .add(pen.swatch(Point::new(x, y), colour))
            .add(pen.text(Point::new(x + 2.0 * text_mm, y), words, "start"));
    }
    let title = format!("{}: the mechanism, drawn to scale", study.name);
    group = group.add(pen.text(
        Point::new(left + 0.06 * rim, top - 1.3 * text_mm),
        &title,
        "start",
    ));
    let head = Head {
        name: "mechanism",
        title,
        alt: described(lock),
        size_px: (WIDTH_PX, (WIDTH_PX * height / width).round()),
        view_box: [left, -top, width, height],
    };
    Svg::new(&head, &group.to_string()).map(Some)
}

fn described(lock: &DialLock) -> String {
    format!(
        "Face view: a wheel of radius {:.2} mm with a gate {:.2} mm wide, the fence resting on its rim, the lever from its pivot to fence and nose, and the nose in the gate of the drive cam. Side view: {} wheels {:.1} mm apart and the cam.",
        lock.rim_radius_mm.nominal, lock.gate_width_mm.nominal, lock.wheels, lock.wheel_pitch_mm
    )
}

/// The legend: colour and words, the dimensions that matter among them.
fn legend(design: &Design, lock: &DialLock) -> Vec<(&'static str, String)> {
    let fence = lock.nominal.fence;
    let fence_mm = fence.flat_mm + 2.0 * fence.radius_mm;
    let width = lock.gate_width_mm.nominal;
    let mut rows = vec![
        (
            theme::METAL.hex,
            format!("wheel 1, rim radius {:.2} mm", lock.rim_radius_mm.nominal),
        ),
        (
            theme::series(0).hex,
            format!(
                "true gate {width:.2} mm wide, {:.2} mm deep",
                lock.shapes[0].depth_mm
            ),
        ),
        (
            theme::series(1).hex,
            format!(
                "fence {fence_mm:.2} mm, clearance {:.2} mm",
                width - fence_mm
            ),
        ),
        (
            theme::series(4).hex,
            format!(
                "lever; bolt carried from {:.2} mm nose depth",
                lock.engagement_mm
            ),
        ),
        (
            theme::series(2).hex,
            format!("drive cam, radius {:.2} mm, with nose", lock.cam.radius_mm),
        ),
    ];
    if design.pack_code_count() > 1 {
        rows.push((theme::series(3).hex, "spare gate".to_owned()));
    }
    if lock.false_gates.iter().any(|g| g.wheel == 0) {
        rows.push((theme::series(6).hex, "false gate".to_owned()));
    }
    rows
}

/// Draws in millimetres, y upwards.
struct Pen {
    text_mm: f64,
}

impl Pen {
    fn text(&self, at: Point, words: &str, anchor: &str) -> Text {
        Text::new(escape(words))
            .set("x", round(at.x))
            .set("y", round(-at.y))
            .set("font-size", round(self.text_mm))
            .set("text-anchor", anchor)
            .set("fill", theme::INK.hex)
    }

    fn swatch(&self, at: Point, colour: &str) -> Rectangle {
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

    fn line(&self, a: Point, b: Point, colour: &str, width_mm: f64) -> Line {
        Line::new()
            .set("x1", round(a.x))
            .set("y1", round(-a.y))
            .set("x2", round(b.x))
            .set("y2", round(-b.y))
            .set("stroke", colour)
            .set("stroke-width", round(width_mm))
            .set("stroke-linecap", "round")
    }

    fn circle(&self, centre: Point, radius: f64) -> Circle {
        Circle::new()
            .set("cx", round(centre.x))
            .set("cy", round(-centre.y))
            .set("r", round(radius))
            .set("stroke", theme::INK.hex)
            .set("stroke-width", round(0.12 * self.text_mm))
    }
}

fn round(v: f64) -> f64 {
    (v * 1e4).round() / 1e4
}

/// The face view: the wheel away from its number, the fence on its rim, the cam before it.
fn face(pen: &Pen, design: &Design, lock: &DialLock) -> Group {
    let rim = lock.rim_radius_mm.nominal;
    let lever = lock.nominal.rim.lever_rad;
    let origin = Point::origin();
    let mut view = Group::new().add(pen.circle(origin, rim).set("fill", theme::METAL.hex));
    // The wheel stands a seventh of a turn off its number, so that its gate can be seen.
    let turn = lock.rad_per_mark() * (f64::from(lock.marks) / 7.0).round();
    for (centre_rad, shape, colour) in gates(design, lock) {
        view = view.add(slot(
            pen,
            rim,
            &lock.shapes[shape],
            turn + centre_rad,
            colour,
            theme::PAPER.hex,
        ));
    }
    let cam = &lock.cam;
    let cam_face = pen
        .circle(origin, cam.radius_mm)
        .set("fill", theme::series(2).hex)
        .set("fill-opacity", 0.12)
        .set("stroke", theme::series(2).hex);
    view = view.add(cam_face);
    view = view.add(slot(
        pen,
        cam.radius_mm,
        &cam.gate,
        0.0,
        theme::series(2).hex,
        "none",
    ));
    view = view.add(pen.circle(origin, 0.12 * rim).set("fill", theme::PAPER.hex));
    let pivot = lock.nominal.lever.pivot;
    let (fence, nose) = (lock.nominal.fence, lock.nominal.nose);
    let at = |bar: &Bar| lock.nominal.lever.place(bar.centre, lever);
    let arm = theme::series(4).hex;
    let thick = 0.09 * rim;
    view = view
        .add(
            pen.line(pivot, at(&fence), arm, thick)
                .set("stroke-opacity", 0.75),
        )
        .add(
            pen.line(at(&fence), at(&nose), arm, thick)
                .set("stroke-opacity", 0.75),
        )
        .add(pen.circle(pivot, 0.07 * rim).set("fill", theme::PAPER.hex))
        .add(stadium(&fence, lock, lever, theme::series(1).hex))
        .add(
            pen.circle(at(&nose), nose.radius_mm)
                .set("fill", theme::series(2).hex),
        );
    let above = Point::new(at(&fence).x + 0.12 * rim, at(&fence).y + 0.09 * rim);
    view.add(pen.text(
        Point::new(pivot.x + 0.14 * rim, pivot.y + 0.04 * rim),
        "pivot",
        "start",
    ))
    .add(pen.text(above, "fence", "start"))
    .add(pen.text(Point::new(0.0, -0.26 * rim), "drive cam", "middle"))
    .add(pen.text(
        Point::new(0.0, -0.5 * (rim + cam.radius_mm) - 0.35 * pen.text_mm),
        "wheel 1",
        "middle",
    ))
}

/// Gates of wheel 1: angle from the true gate, shape, colour.
fn gates(design: &Design, lock: &DialLock) -> Vec<(f64, usize, &'static str)> {
    let built = crate::mechanism::dial_lock::AsBuilt::nominal(lock, &design.pack_codes());
    let gates = &built.wheels()[0].gates;
    let colour = |k: usize, shape: usize| match (k, shape) {
        (0, _) => theme::series(0).hex,
        (_, 0) => theme::series(3).hex,
        _ => theme::series(6).hex,
    };
    gates
        .iter()
        .enumerate()
        .map(|(k, g)| (g.centre_rad, g.shape, colour(k, g.shape)))
        .collect()
}

/// A slot: its air in `fill`, its border in `stroke`.
fn slot(pen: &Pen, radius: f64, shape: &SlotShape, turn: f64, stroke: &str, fill: &str) -> Path {
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
        .set("fill", fill)
        .set("stroke", stroke)
        .set("stroke-width", round(0.22 * pen.text_mm))
        .set("stroke-linejoin", "round")
}

/// The fence's section on the lever at `lever_rad`.
fn stadium(bar: &Bar, lock: &DialLock, lever_rad: f64, fill: &str) -> Rectangle {
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

/// The side view: wheels on the spindle, the fence along them, the cam.
fn side(pen: &Pen, lock: &DialLock, from: f64, pack_mm: f64) -> Group {
    let rim = lock.rim_radius_mm.nominal;
    let thick = 0.55 * lock.wheel_pitch_mm;
    let disc = |k: usize, radius: f64, fill: &str| {
        let x = from + (k as f64 + 0.5) * lock.wheel_pitch_mm;
        Rectangle::new()
            .set("x", round(x - 0.5 * thick))
            .set("y", round(-radius))
            .set("width", round(thick))
            .set("height", round(2.0 * radius))
            .set("fill", fill)
            .set("stroke", theme::INK.hex)
            .set("stroke-width", round(0.12 * pen.text_mm))
    };
    let spindle = pen.line(
        Point::new(from - 0.1 * rim, 0.0),
        Point::new(from + pack_mm, 0.0),
        theme::MUTED.hex,
        0.1 * rim,
    );
    let mut view = Group::new().add(spindle);
    for k in 0..lock.wheels {
        view = view.add(disc(k, rim, theme::METAL.hex));
        let x = from + (k as f64 + 0.5) * lock.wheel_pitch_mm;
        view = view.add(pen.text(
            Point::new(x, -rim - 1.2 * pen.text_mm),
            &(k + 1).to_string(),
            "middle",
        ));
    }
    let cam_x = from + (lock.wheels as f64 + 0.5) * lock.wheel_pitch_mm;
    view = view
        .add(disc(lock.wheels, lock.cam.radius_mm, theme::series(2).hex))
        .add(pen.text(Point::new(cam_x, -rim - 1.2 * pen.text_mm), "cam", "middle"));
    let r = lock.nominal.fence.radius_mm;
    let y = rim + r;
    let fence = Rectangle::new()
        .set("x", round(from))
        .set("y", round(-y - r))
        .set("width", round(lock.wheel_pitch_mm * lock.wheels as f64))
        .set("height", round(2.0 * r))
        .set("fill", theme::series(1).hex)
        .set("stroke", theme::INK.hex)
        .set("stroke-width", 0.1);
    view.add(fence).add(pen.text(
        Point::new(from, y + 2.0 * pen.text_mm),
        "side view",
        "start",
    ))
}
