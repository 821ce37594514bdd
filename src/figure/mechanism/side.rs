//! The side view.

use super::pen::{Pen, round};
use crate::figure::theme;
use crate::geometry::Point;
use crate::mechanism::DialLock;
use svg::node::element::{Group, Rectangle};

/// The side view: wheels on the spindle, the fence along them, the cam.
pub(super) fn side(pen: &Pen, lock: &DialLock, from: f64, pack_mm: f64) -> Group {
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
