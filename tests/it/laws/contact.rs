//! Readings of as-built locks against full re-solves, tables against closed forms, and the nose on
//! the flanks (`physics.md` 1.2 to 1.4).

use crate::support::shipped;
use rand::RngExt;
use wheelpack::design::SHIPPED;
use wheelpack::geometry::{Point, Vector, turned};
use wheelpack::mechanism::dial_lock::{AsBuilt, Contact, DialLock};
use wheelpack::rng::{Purpose, stream};
use wheelpack::tolerance::Dimension;
use wheelpack::units::circular_difference;

/// As-built locks of each design.
const LOCKS: u64 = 10_000;

/// Distance of the nearest gate of `wheel` from the fence line when it shows `number`, marks.
fn nearest_gate_marks(built: &AsBuilt<'_>, wheel: usize, number: f64) -> f64 {
    let (lock, made) = (built.lock(), &built.wheels()[wheel]);
    let turn = lock.offset_marks(number, made.number_marks);
    let from = |gate_rad: f64| {
        let at = turn + gate_rad / lock.rad_per_mark();
        circular_difference(at, 0.0, f64::from(lock.marks)).abs()
    };
    made.gates
        .iter()
        .map(|g| from(g.centre_rad))
        .fold(f64::INFINITY, f64::min)
}

/// How far the two readings of one lock lie apart, over what is allowed; `None` where the lever
/// falls in or the nose rides above the cam.
fn excess(lock: &DialLock, first_order: f64, full: f64, nominal: f64) -> Option<f64> {
    let read = |lever_rad: f64| {
        let is_reading = lever_rad > lock.open_lever_rad;
        lock.cam.at(lever_rad).filter(|_| is_reading)
    };
    let (a, b, z) = (read(first_order)?, read(full)?, read(nominal)?);
    let sides: [fn(&Contact) -> f64; 2] = [|c| c.left_marks, |c| c.right_marks];
    let over = |of: fn(&Contact) -> f64| {
        let allowed = (0.02 * (of(&b) - of(&z)).abs()).max(0.002);
        (of(&a) - of(&b)).abs() / allowed
    };
    Some(sides.into_iter().map(over).fold(0.0, f64::max))
}

#[test]
fn first_order_readings_of_10_000_as_built_locks_agree_with_full_solutions() {
    for shipped_design in SHIPPED {
        let design = shipped(shipped_design.name);
        let lock = design.lock.contact().expect("a dial lock");
        let (codes, n) = (design.pack_codes(), f64::from(lock.marks));
        let nominal = AsBuilt::nominal(lock, &codes);
        let (mut read, mut on_rims) = (0_u64, 0_u64);
        for trial in 0..LOCKS {
            let mut rng = stream(1, trial, Purpose::Lock);
            let built = AsBuilt::sample(lock, &codes, &mut rng);
            let numbers: Vec<f64> = (0..lock.wheels).map(|_| n * rng.random::<f64>()).collect();
            let (a, b) = (built.rest(&numbers), built.resolve(&numbers));
            let z = nominal.resolve(&numbers).lever_rad;
            let Some(over) = excess(lock, a.lever_rad, b.lever_rad, z) else {
                continue;
            };
            read += 1;
            let on_rim = [a.wheel, b.wheel]
                .iter()
                .all(|&w| nearest_gate_marks(&built, w, numbers[w]) > 1.5);
            on_rims += u64::from(on_rim);
            assert!(
                over <= 1.0,
                "{} lock {trial}: {over} times what is allowed; {numbers:?} {a:?} {b:?}",
                design.name
            );
        }
        assert!(read > 95 * LOCKS / 100, "{}: {read} readings", design.name);
        assert!(on_rims < read, "{}: no gate was ever read", design.name);
    }
}

/// `lock` with every part exactly nominal and no runout.
fn exact(lock: &DialLock) -> DialLock {
    let at_nominal = |d: &Dimension| Dimension::exact(d.nominal);
    DialLock {
        rim_radius_mm: at_nominal(&lock.rim_radius_mm),
        runout_mm: Dimension::exact(0.0),
        gate_width_mm: at_nominal(&lock.gate_width_mm),
        gate_position_marks: Dimension::exact(0.0),
        fence_out_of_parallel: Dimension::exact(0.0),
        ..lock.clone()
    }
}

#[test]
fn the_table_of_each_gate_is_within_a_tenth_of_a_micron_of_the_closed_form() {
    for shipped_design in SHIPPED {
        let design = shipped(shipped_design.name);
        let lock = exact(design.lock.contact().expect("a dial lock"));
        let codes = design.pack_codes();
        let built = AsBuilt::nominal(&lock, &codes);
        let arm_mm = lock.nominal.fence.centre.coords.norm();
        let n = f64::from(lock.marks);
        let mut rng = stream(2, 0, Purpose::Lock);
        let edges = [lock.window.low_marks, lock.window.high_marks];
        for wheel in 0..lock.wheels {
            for gate in &built.wheels()[wheel].gates {
                let gate_at = -gate.centre_rad / lock.rad_per_mark() - lock.window.centre_marks();
                for k in 0..4000 {
                    // everywhere in the signature, then close to the edges of the window
                    let offset = match k % 4 {
                        0 => edges[k % 8 / 4] + 0.02 * (rng.random::<f64>() - 0.5),
                        1 => edges[k % 8 / 4] + 1e-6 * (rng.random::<f64>() - 0.5),
                        _ => 3.0 * (rng.random::<f64>() - 0.5),
                    };
                    // the other wheels stand in their gates and let this one decide
                    let mut numbers = codes[0].clone();
                    let number = codes[0][wheel] + gate_at + offset;
                    numbers[wheel] = wheelpack::units::wrap(number, n);
                    let floor = lock.cam.floor_lever_rad;
                    let table = built.rest(&numbers).lever_rad.max(floor);
                    let closed = built.resolve(&numbers).lever_rad.max(floor);
                    let error_mm = (table - closed).abs() * arm_mm;
                    assert!(
                        error_mm < 1e-4,
                        "{} wheel {wheel} at {offset} marks: {error_mm} mm",
                        design.name
                    );
                }
            }
        }
    }
}

/// Lever angles from the cam gate's floor to well above plain rims.
fn levers(lock: &DialLock) -> impl Iterator<Item = f64> + '_ {
    let (low, high) = (lock.cam.floor_lever_rad, lock.nominal.rim.lever_rad + 0.03);
    (1..1000).map(move |k| low + (high - low) * f64::from(k) / 1000.3)
}

#[test]
fn the_table_of_contact_points_agrees_with_the_closed_form() {
    for shipped_design in SHIPPED {
        let design = shipped(shipped_design.name);
        let lock = design.lock.contact().expect("a dial lock");
        for lever in levers(lock) {
            let table = lock.cam.at(lever).expect("below the cam's rim");
            let closed = lock.cam.solve(&lock.nominal, lever, lock.rad_per_mark());
            let closed = closed.expect("below the cam's rim");
            let apart = (table.left_marks - closed.left_marks).abs()
                + (table.right_marks - closed.right_marks).abs();
            assert!(apart < 2e-4, "{} at {lever}: {apart} marks", design.name);
            let step = (table.left_step_nmm / closed.left_step_nmm - 1.0).abs()
                + (table.right_step_nmm / closed.right_step_nmm - 1.0).abs();
            assert!(step < 0.01, "{} at {lever}: {step} of a step", design.name);
        }
    }
}

/// One flank of the cam gate with its rounded corner, in the cam's frame, from the border alone.
struct Flank {
    top: Point,
    bottom: Point,
    /// Unit normal out of the material.
    out: Vector,
    fillet: Point,
}

fn flank(lock: &DialLock, is_left: bool) -> Flank {
    let cam = &lock.cam;
    let mut border = cam.gate.border(cam.radius_mm);
    if !is_left {
        border.reverse();
    }
    let (top, bottom) = (border[0], border[1]);
    let down = (bottom - top).normalize();
    let across = Vector::new(-down.y, down.x);
    let out = if across.y > 0.0 { across } else { -across };
    // inside the material at its radius from the flank and from the rim
    let r = cam.gate.fillet_mm;
    let inset = out.dot(&top.coords) - r;
    let along = ((cam.radius_mm - r).powi(2) - inset * inset).sqrt();
    Flank {
        top,
        bottom,
        out,
        fillet: Point::from(out * inset - down * along),
    }
}

#[test]
fn at_each_contact_point_the_nose_touches_the_flank_and_enters_no_metal() {
    for shipped_design in SHIPPED {
        let design = shipped(shipped_design.name);
        let lock = design.lock.contact().expect("a dial lock");
        let (nose, fillet_mm) = (lock.nominal.nose, lock.cam.gate.fillet_mm);
        let (mut on_flank, mut on_corner) = (0, 0);
        for lever in levers(lock) {
            let (left, right) = lock.cam.angles(&lock.nominal, lever).expect("contact");
            assert!(left <= right);
            // turned to the left contact point the nose meets the left flank
            for (turn, is_left) in [(left, true), (right, false)] {
                let centre = lock.nominal.lever.place(nose.centre, lever);
                let seen = Point::from(turned(centre.coords, -turn));
                let f = flank(lock, is_left);
                let to_line = f.out.dot(&(seen - f.top));
                let run = (seen - f.top).dot(&(f.bottom - f.top).normalize());
                let is_beside = run > 2.0 * fillet_mm && run < (f.bottom - f.top).norm();
                let to_fillet = (seen - f.fillet).norm() - fillet_mm;
                let flank_gap = to_line - nose.radius_mm;
                let corner_gap = to_fillet - nose.radius_mm;
                let touches = if is_beside {
                    flank_gap
                } else {
                    flank_gap.abs().min(corner_gap.abs())
                };
                assert!(
                    touches.abs() < 1e-9,
                    "{} {lever} {is_left}: {flank_gap} {corner_gap}",
                    design.name
                );
                assert!(
                    corner_gap > -1e-9,
                    "{} {lever} {is_left}: {corner_gap}",
                    design.name
                );
                on_flank += u32::from(flank_gap.abs() < 1e-9);
                on_corner += u32::from(corner_gap.abs() < 1e-9);
            }
        }
        assert!(on_flank > 500 && on_corner > 0, "{on_flank} {on_corner}");
    }
}

#[test]
fn val_sg_6730_manual_contact_points_near_6_and_14_and_fly_travel_near_10() {
    let design = shipped("group2-dial");
    let lock = design.lock.contact().expect("a dial lock");
    let (left, right) = lock.plain_contact_marks();
    assert!(
        (left - 6.0).abs() < 0.5 && (right - 14.0).abs() < 0.5,
        "{left} {right}"
    );
    assert!((right - left - 8.0).abs() < 1.0, "{}", right - left);
}
