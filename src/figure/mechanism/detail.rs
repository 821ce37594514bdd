//! The gate and the fence in it, enlarged, with the dimensions that decide over the window.

use super::pen::{Pen, round, slot, stadium};
use crate::figure::theme;
use crate::geometry::{Point, Slot, Vector, contour};
use crate::mechanism::DialLock;
use svg::node::element::{ClipPath, Group, Rectangle};

/// How many times larger than the rest.
pub(super) const SCALE: f64 = 3.0;

/// Width and height of the detail, mm of the drawing.
pub(super) fn size_mm(pen: &Pen, lock: &DialLock) -> (f64, f64) {
    let gate = &lock.shapes[0];
    let wide = SCALE * (gate.mouth_mm + 1.2 * gate.depth_mm);
    (wide, SCALE * 1.5 * gate.depth_mm + 6.0 * pen.text_mm)
}

/// The detail with its upper left corner at `corner`: wheel 1 at its number, the lever as deep as the
/// gate lets it.
pub(super) fn detail(pen: &Pen, lock: &DialLock, corner: Point) -> Group {
    let (rim, gate) = (lock.rim_radius_mm.nominal, &lock.shapes[0]);
    let (width, _) = size_mm(pen, lock);
    let shown = (width / SCALE, 1.5 * gate.depth_mm);
    // What of the lock is seen: the gate's surroundings, mm of the lock, y upwards.
    let seen = Point::new(-0.5 * shown.0, rim + 0.3 * gate.depth_mm);
    let top = corner.y - 3.0 * pen.text_mm;
    let place = |p: Point| {
        Point::new(
            corner.x + SCALE * (p.x - seen.x),
            top + SCALE * (p.y - seen.y),
        )
    };
    let thin = Pen {
        text_mm: pen.text_mm / SCALE,
    };
    let lever_rad = lock.travel_rad().1;
    let index_rad = lock.index_marks * lock.rad_per_mark();
    let clip = ClipPath::new().set("id", "detail").add(
        Rectangle::new()
            .set("x", round(seen.x))
            .set("y", round(-seen.y))
            .set("width", round(shown.0))
            .set("height", round(shown.1)),
    );
    let at_index = Slot {
        centre_rad: index_rad,
        shape: *gate,
    };
    let wheel = thin
        .outline(&contour(rim, &[at_index]))
        .set("fill", theme::METAL.hex);
    let blue = theme::series(0).hex;
    let parts = Group::new()
        .set("clip-path", "url(#detail)")
        .set(
            "transform",
            format!(
                "translate({} {}) scale({SCALE}) translate({} {})",
                round(corner.x),
                round(-top),
                round(-seen.x),
                round(seen.y)
            ),
        )
        .add(wheel)
        .add(slot(&thin, rim, gate, index_rad, blue))
        .add(stadium(
            &lock.nominal.fence,
            lock,
            lever_rad,
            theme::series(1).hex,
        ));
    let fence_mm = lock.nominal.fence.flat_mm + 2.0 * lock.nominal.fence.radius_mm;
    let fence = place(lock.fence_centre(lever_rad));
    let mouth = 0.5 * SCALE * gate.mouth_mm;
    let middle = place(Point::new(0.0, rim)).x;
    let above = place(Point::new(0.0, rim)).y + 1.1 * pen.text_mm;
    let below = top - SCALE * shown.1 - 0.9 * pen.text_mm;
    Group::new()
        .add(clip)
        .add(parts)
        .add(pen.text(
            Point::new(corner.x, corner.y - 0.9 * pen.text_mm),
            &format!("gate and fence × {SCALE}, fallen in"),
            "start",
        ))
        .add(span(pen, (middle - mouth, middle + mouth), above, blue))
        .add(pen.text(
            Point::new(
                middle + mouth + 0.5 * pen.text_mm,
                above - 0.35 * pen.text_mm,
            ),
            &format!("gate {:.2} mm", gate.mouth_mm),
            "start",
        ))
        .add(span(
            pen,
            (
                fence.x - 0.5 * SCALE * fence_mm,
                fence.x + 0.5 * SCALE * fence_mm,
            ),
            below,
            theme::series(1).hex,
        ))
        .add(pen.text(
            Point::new(middle, below - 1.4 * pen.text_mm),
            &format!(
                "fence {fence_mm:.2} mm, clearance {:.2} mm",
                gate.mouth_mm - fence_mm
            ),
            "middle",
        ))
}

/// A dimension line with a tick at either end.
fn span(pen: &Pen, (from, to): (f64, f64), y: f64, colour: &str) -> Group {
    let width = 0.12 * pen.text_mm;
    let tick = Vector::new(0.0, 0.45 * pen.text_mm);
    let (a, b) = (Point::new(from, y), Point::new(to, y));
    Group::new()
        .add(pen.line(a, b, colour, width))
        .add(pen.line(a - tick, a + tick, colour, width))
        .add(pen.line(b - tick, b + tick, colour, width))
}
