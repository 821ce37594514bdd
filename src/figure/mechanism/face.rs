//! The face view: wheel 1 with its gates, the cam before it, lever, fence and nose, in any state.

use super::pen::{Pen, round, slot, stadium};
use crate::design::Design;
use crate::figure::theme;
use crate::geometry::{Bar, Point, Slot, contour, polar};
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::AsBuilt;
use svg::node::element::path::Data;
use svg::node::element::{Group, Path};

/// A state of the lock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::figure) struct Pose {
    /// How far wheel 1 stands from its number, marks.
    pub(in crate::figure) wheel_off_marks: f64,
    /// How far the cam stands from its contact centre, rad.
    pub(in crate::figure) cam_rad: f64,
    /// The lever's angle, rad.
    pub(in crate::figure) lever_rad: f64,
    /// Whether the spring is broken.
    pub(in crate::figure) is_broken: bool,
}

/// Gates of wheel 1: angle from where the fence falls when the wheel shows its number, shape, colour.
fn gates(design: &Design, lock: &DialLock) -> Vec<(f64, usize, &'static str)> {
    let built = AsBuilt::nominal(lock, &design.pack_codes());
    let gates = &built.wheels()[0].gates;
    let colour = |k: usize, shape: usize| match (k, shape) {
        (0, _) => theme::series(0).hex,
        (_, 0) => theme::series(3).hex,
        _ => theme::series(6).hex,
    };
    let index_rad = lock.index_marks * lock.rad_per_mark();
    gates
        .iter()
        .enumerate()
        .map(|(k, g)| (index_rad + g.centre_rad, g.shape, colour(k, g.shape)))
        .collect()
}

/// The lock in `pose`.
pub(in crate::figure) fn face(pen: &Pen, design: &Design, lock: &DialLock, pose: Pose) -> Group {
    let rim = lock.rim_radius_mm.nominal;
    let origin = Point::origin();
    let turn = pose.wheel_off_marks * lock.rad_per_mark();
    let gates = gates(design, lock);
    let slots: Vec<Slot> = gates
        .iter()
        .map(|&(centre_rad, shape, _)| Slot {
            centre_rad: turn + centre_rad,
            shape: lock.shapes[shape],
        })
        .collect();
    let wheel = pen.outline(&contour(rim, &slots));
    let mut view = Group::new().add(wheel.set("fill", theme::METAL.hex));
    for (slot_at, (_, _, colour)) in slots.iter().zip(&gates) {
        view = view.add(slot(pen, rim, &slot_at.shape, slot_at.centre_rad, colour));
    }
    let (cam, green) = (&lock.cam, theme::series(2).hex);
    let cam_face = pen
        .circle(origin, cam.radius_mm)
        .set("fill", green)
        .set("fill-opacity", 0.12)
        .set("stroke", green);
    view = view
        .add(cam_face)
        .add(slot(pen, cam.radius_mm, &cam.gate, pose.cam_rad, green))
        .add(pen.circle(origin, 0.12 * rim).set("fill", theme::PAPER.hex));
    lever(pen, lock, pose, view)
}

/// Lever, fence, nose, and a spring that pulls the lever down or does not.
fn lever(pen: &Pen, lock: &DialLock, pose: Pose, view: Group) -> Group {
    let rim = lock.rim_radius_mm.nominal;
    let pivot = lock.nominal.lever.pivot;
    let (fence, nose) = (lock.nominal.fence, lock.nominal.nose);
    let at = |bar: &Bar| lock.nominal.lever.place(bar.centre, pose.lever_rad);
    let (arm, thick) = (theme::series(4).hex, 0.09 * rim);
    let half_way = pivot + (at(&fence) - pivot) * 0.22;
    view.add(
        pen.line(pivot, at(&fence), arm, thick)
            .set("stroke-opacity", 0.75),
    )
    .add(
        pen.line(at(&fence), at(&nose), arm, thick)
            .set("stroke-opacity", 0.75),
    )
    .add(pen.circle(pivot, 0.07 * rim).set("fill", theme::PAPER.hex))
    .add(spring(pen, half_way, 0.42 * rim, pose.is_broken))
    .add(stadium(&fence, lock, pose.lever_rad, theme::series(1).hex))
    .add(
        pen.circle(at(&nose), nose.radius_mm)
            .set("fill", theme::series(2).hex),
    )
}

/// A pulled spring below the lever, drawn as a zigzag; broken: in two parts.
fn spring(pen: &Pen, top: Point, length: f64, is_broken: bool) -> Path {
    let teeth = 9;
    let wide = 0.08 * length;
    let mut data = Data::new().move_to((round(top.x), round(-top.y)));
    for k in 1..=teeth {
        let share = f64::from(k) / f64::from(teeth);
        let mut x = if k == teeth {
            top.x
        } else {
            top.x + wide * if k % 2 == 0 { 1.0 } else { -1.0 }
        };
        let mut y = top.y - share * length;
        let is_gap = is_broken && k == 5;
        if is_broken && k >= 5 {
            // The lower part hangs apart.
            x += 2.0 * wide;
            y -= 0.12 * length;
        }
        let to = (round(x), round(-y));
        data = if is_gap {
            data.move_to(to)
        } else {
            data.line_to(to)
        };
    }
    Path::new()
        .set("d", data)
        .set("fill", "none")
        .set("stroke", theme::INK.hex)
        .set("stroke-width", round(0.12 * pen.text_mm))
}

/// The contact area as an arc on the cam's rim: where the nose meets no flank while the fence rests
/// on plain rims.
pub(super) fn contact_area(pen: &Pen, lock: &DialLock) -> Option<Path> {
    let at = lock.cam.at(lock.nominal.rim.lever_rad)?;
    let (per_mark, r) = (lock.rad_per_mark(), lock.cam.radius_mm - 0.45 * pen.text_mm);
    // The dial's left contact point is met with the cam turned left: seen from the cam, mirrored.
    let ends = [-at.right_marks, -at.left_marks]
        .map(|marks| polar(r, std::f64::consts::FRAC_PI_2 + marks * per_mark));
    let [a, b] = ends;
    let data = Data::new()
        .move_to((round(a.x), round(-a.y)))
        .elliptical_arc_to((round(r), round(r), 0, 0, 0, round(b.x), round(-b.y)));
    Some(
        Path::new()
            .set("d", data)
            .set("fill", "none")
            .set("stroke", theme::series(7).hex)
            .set("stroke-width", round(0.4 * pen.text_mm)),
    )
}
