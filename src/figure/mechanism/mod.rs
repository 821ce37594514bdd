//! The mechanism drawn to scale: face view, side view and the gate enlarged, millimetres as drawn
//! units.

mod detail;
mod face;
mod pen;
mod side;

pub(super) use face::{Pose, face};
pub(super) use pen::Pen;

use super::{Draw, Figure, Head, Svg, theme};
use crate::design::Design;
use crate::error::Result;
use crate::geometry::{Bar, Point};
use crate::mechanism::DialLock;
use crate::study::Study;
use svg::node::element::Group;

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

/// Wheel 1 a seventh of a turn off its number, so that its gate can be seen and the fence rests on
/// its rim.
pub(super) fn one_wheel_off(lock: &DialLock) -> Pose {
    Pose {
        wheel_off_marks: (f64::from(lock.marks) / 7.0).round(),
        cam_rad: 0.0,
        lever_rad: lock.nominal.rim.lever_rad,
        is_broken: false,
    }
}

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
    let pen = Pen { text_mm };
    let below = -largest - 0.12 * rim - 1.6 * text_mm;
    let legend = legend(design, lock);
    let (detail_mm, detail_high_mm) = detail::size_mm(&pen, lock);
    let rows = legend.len() as f64;
    let height = top - below + detail_high_mm.max((rows + 0.8) * 1.7 * text_mm);
    let mut group = Group::new()
        .add(face(&pen, design, lock, one_wheel_off(lock)))
        .add(names(&pen, lock))
        .add(side::side(&pen, lock, side_from, pack_mm));
    if let Some(area) = face::contact_area(&pen, lock) {
        group = group.add(area);
    }
    for (k, (colour, words)) in legend.iter().enumerate() {
        let x = left + 0.06 * rim;
        let y = below - (k as f64 + 0.8) * 1.7 * text_mm;
        group = group
            .add(pen.swatch(Point::new(x, y), colour))
            .add(pen.text(Point::new(x + 2.0 * text_mm, y), words, "start"));
    }
    let corner = Point::new(left + width - detail_mm - 2.0 * text_mm, below + text_mm);
    group = group.add(detail::detail(&pen, lock, corner));
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

/// The names of the parts at their places.
fn names(pen: &Pen, lock: &DialLock) -> Group {
    let rim = lock.rim_radius_mm.nominal;
    let (pivot, lever) = (lock.nominal.lever.pivot, lock.nominal.rim.lever_rad);
    let at = |bar: &Bar| lock.nominal.lever.place(bar.centre, lever);
    let fence = at(&lock.nominal.fence);
    let above = Point::new(fence.x + 0.12 * rim, fence.y + 0.09 * rim);
    let beside = Point::new(pivot.x + 0.14 * rim, pivot.y + 0.04 * rim);
    let on_rim = -0.5 * (rim + lock.cam.radius_mm) - 0.35 * pen.text_mm;
    Group::new()
        .add(pen.text(beside, "pivot", "start"))
        .add(pen.text(above, "fence", "start"))
        .add(pen.text(Point::new(0.0, -0.26 * rim), "drive cam", "middle"))
        .add(pen.text(Point::new(0.0, on_rim), "wheel 1", "middle"))
}

fn described(lock: &DialLock) -> String {
    let (left, right) = lock.plain_contact_marks();
    format!(
        "Face view: a wheel of radius {:.2} mm with a gate {:.2} mm wide, the fence resting on its rim, the lever from its pivot to fence and nose, and the nose in the gate of the drive cam, whose contact area runs from {left:.1} to {right:.1} marks. Side view: {} wheels {:.1} mm apart and the cam. Enlarged: the fence fallen into the gate.",
        lock.rim_radius_mm.nominal, lock.gate_width_mm.nominal, lock.wheels, lock.wheel_pitch_mm
    )
}

/// The legend: colour and words, the dimensions that matter among them.
fn legend(design: &Design, lock: &DialLock) -> Vec<(&'static str, String)> {
    let arm_mm = lock.nominal.fence.centre.coords.norm();
    let (left, right) = lock.plain_contact_marks();
    let mut rows = vec![
        (
            theme::METAL.hex,
            format!("wheel 1, rim radius {:.2} mm", lock.rim_radius_mm.nominal),
        ),
        (
            theme::series(0).hex,
            format!("true gate, {:.2} mm deep", lock.shapes[0].depth_mm),
        ),
    ];
    if design.pack_code_count() > 1 {
        rows.push((theme::series(3).hex, "spare gate".to_owned()));
    }
    if let Some(gate) = lock.false_gates.iter().find(|g| g.wheel == 0) {
        let deep_mm = lock.shapes[gate.profile].depth_mm;
        let words = format!("false gate, {deep_mm:.2} mm deep");
        rows.push((theme::series(6).hex, words));
    }
    rows.extend([
        (theme::series(1).hex, "fence".to_owned()),
        (
            theme::series(4).hex,
            format!("lever, pivot to fence {arm_mm:.2} mm (spring: a sign)"),
        ),
        (
            theme::series(2).hex,
            format!(
                "drive cam {:.2} mm; nose carries bolt from {:.2} mm",
                lock.cam.radius_mm, lock.engagement_mm
            ),
        ),
        (
            theme::series(7).hex,
            format!(
                "contact area, {:.2} marks ({left:.2} to {right:.2})",
                right - left
            ),
        ),
    ]);
    rows
}
