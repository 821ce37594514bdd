//! The closed-form followers against a published table, hand formulas and brute force.

#![allow(
    clippy::disallowed_methods,
    reason = "hand formulas share nothing with the library, its elementary functions included"
)]

use super::collision::{Gate, Mechanism};
use rand::{Rng, RngExt};
use wheelpack::geometry::{Bar, Lever, Outline, Point, Slot, SlotShape, Touch};
use wheelpack::rng::{Purpose, stream};
use wheelpack::units::rad_per_mark;

const PIVOT: [f64; 2] = [-30.0, 31.0];
const FENCE: Bar = Bar {
    centre: Point::new(30.0, -6.0),
    flat_mm: 1.2,
    radius_mm: 1.0,
};
const RADIUS_MM: f64 = 24.13;

fn lever() -> Lever {
    Lever {
        pivot: Point::new(PIVOT[0], PIVOT[1]),
    }
}

/// Drop to the floor of the table's gate, mm.
const FLOOR_MM: f64 = 5.119;

/// Fence drop below the plain rim along its arc, mm, for a gate turned by `offset_marks`.
fn drop_mm(shape: SlotShape, offset_marks: f64) -> f64 {
    let at = |slots: &[Slot]| {
        let touch = lever().first_touch(&FENCE, &Outline::new(RADIUS_MM, slots), 0.0);
        touch.expect("the wheel is in the way").lever_rad
    };
    let slot = Slot {
        centre_rad: offset_marks * rad_per_mark(100),
        shape,
    };
    (at(&[]) - at(&[slot])) * FENCE.centre.coords.norm()
}

#[test]
fn val_brute_force_table_of_the_starting_geometry() {
    let undercut = SlotShape::walled(5.4, 5.0, 0.0, 15_f64.to_radians());
    let plain = lever()
        .first_touch(&FENCE, &Outline::new(RADIUS_MM, &[]), 0.0)
        .unwrap();
    assert!(
        (plain.lever_rad - 0.00434).abs() < 5e-6,
        "{}",
        plain.lever_rad
    );
    for (offset, clockwise, counter) in [
        (0.6, 1.063, FLOOR_MM),
        (0.75, 0.589, FLOOR_MM),
        (0.5, FLOOR_MM, FLOOR_MM),
        (1.0, 0.216, 0.241),
        (1.25, 0.039, 0.035),
        (1.5, 0.002, 0.006),
    ] {
        for (turn, truth) in [(-offset, clockwise), (offset, counter)] {
            let drop = drop_mm(undercut, turn);
            // The table's floor is round; the straight one turns with the wheel.
            let allowed = if truth < FLOOR_MM { 0.005 } else { 0.055 };
            assert!(
                (drop - truth).abs() < allowed,
                "{turn}: {drop} instead of {truth}"
            );
        }
    }
    let round = lever()
        .first_touch(&FENCE, &Outline::new(RADIUS_MM - 5.0, &[]), 0.0)
        .unwrap();
    let drop = (plain.lever_rad - round.lever_rad) * FENCE.centre.coords.norm();
    assert!((drop - FLOOR_MM).abs() < 0.005, "{drop}");
}

#[test]
fn straight_walls_hold_the_fence_on_its_arc_where_undercut_ones_do_not() {
    let straight = SlotShape::walled(5.4, 5.0, 0.0, 0.0);
    assert!(
        (drop_mm(straight, -0.5) - 1.776).abs() < 0.005,
        "{}",
        drop_mm(straight, -0.5)
    );
    assert!((drop_mm(straight, 0.5) - 5.119).abs() < 0.005);
}

#[test]
fn val_hand_rim_per_mark_and_angle_per_mark() {
    assert!((0.5 * 48.26 * rad_per_mark(100) - 1.516).abs() < 0.001);
    for (marks, degrees) in [(100, 3.6), (50, 7.2), (40, 9.0)] {
        assert!((rad_per_mark(marks).to_degrees() - degrees).abs() < 1e-12);
    }
}

#[test]
fn val_hand_gate_clearance_makes_the_window() {
    // A pivot far away lets the fence come straight down, as the hand formula assumes.
    let lever = Lever {
        pivot: Point::new(-1e5, RADIUS_MM),
    };
    let fence = Bar {
        centre: Point::new(1e5, 1.0),
        flat_mm: 1.2,
        radius_mm: 1.0,
    };
    for (clearance_mm, half_marks) in [(2.27, 0.75), (3.79, 1.25)] {
        let shape = SlotShape::walled(3.2 + clearance_mm, 5.0, 0.0, 15_f64.to_radians());
        let falls = |marks: f64| {
            let slot = Slot {
                centre_rad: marks * rad_per_mark(100),
                shape,
            };
            let touch = lever.first_touch(&fence, &Outline::new(RADIUS_MM, &[slot]), 0.0);
            -touch.unwrap().lever_rad * 1e5 > 4.8
        };
        for side in [-1.0, 1.0] {
            assert!(
                falls(side * (half_marks - 0.01)),
                "{clearance_mm} mm, {side}"
            );
            assert!(
                !falls(side * (half_marks + 0.01)),
                "{clearance_mm} mm, {side}"
            );
        }
    }
}

#[test]
fn val_hand_a_round_bar_on_a_plain_rim_follows_the_law_of_cosines() {
    let mut rng = stream(2, 0, Purpose::Lock);
    for _ in 0..1000 {
        let mechanism = random_mechanism(&mut rng, 0);
        let Mechanism {
            pivot,
            fence,
            corner_mm: r,
            radius_mm: big_r,
            ..
        } = mechanism;
        let (d, l) = (pivot[0].hypot(pivot[1]), fence[0].hypot(fence[1]));
        let beta = ((d * d + l * l - (big_r + r).powi(2)) / (2.0 * d * l)).acos();
        let truth = (-pivot[1]).atan2(-pivot[0]) + beta - fence[1].atan2(fence[0]);
        let bar = Bar {
            flat_mm: 0.0,
            ..bar_of(&mechanism)
        };
        let touch = lever_of(&mechanism)
            .first_touch(&bar, &Outline::new(big_r, &[]), 0.0)
            .unwrap();
        assert!((touch.lever_rad - truth).abs() < 1e-9);
        let per_radius = (big_r + r) / (d * l * beta.sin());
        assert!((touch.per_radius / per_radius - 1.0).abs() < 1e-9);
    }
}

/// A mechanism whose fence comes down near the top of the wheel, with `gates` gates near it.
fn random_mechanism(rng: &mut impl Rng, gates: usize) -> Mechanism {
    let mut between = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
    let radius_mm = between(12.0, 30.0);
    let pivot = [between(-45.0, -20.0), radius_mm * between(0.6, 1.6)];
    let corner_mm = between(0.3, 2.0);
    let flat_mm = if between(0.0, 1.0) < 0.3 {
        0.0
    } else {
        between(0.2, 3.0)
    };
    let landing = [
        between(-1.5, 1.5),
        radius_mm + corner_mm + between(-0.3, 0.3),
    ];
    let width = flat_mm + 2.0 * corner_mm;
    let rounded = gates == 1 && between(0.0, 1.0) < 0.5;
    let gates = (0..gates).map(|_| {
        let mouth_mm = width * between(0.6, 2.2);
        Gate {
            centre_rad: between(-1.0, 1.0) * (0.5 * mouth_mm + 0.6 * width) / radius_mm,
            mouth_mm: mouth_mm.min(1.2 * radius_mm),
            depth_mm: between(1.0, 5.0),
            fillet_mm: if rounded { between(0.05, 0.5) } else { 0.0 },
            relief_rad: between(0.0, 0.4) * f64::from(between(0.0, 1.0) < 0.6),
        }
    });
    let gates: Vec<Gate> = gates.collect();
    let fence = [landing[0] - pivot[0], landing[1] - pivot[1]];
    Mechanism {
        pivot,
        fence,
        flat_mm,
        corner_mm,
        radius_mm,
        gates,
    }
}

fn lever_of(m: &Mechanism) -> Lever {
    Lever {
        pivot: Point::new(m.pivot[0], m.pivot[1]),
    }
}

fn bar_of(m: &Mechanism) -> Bar {
    Bar {
        centre: Point::new(m.fence[0], m.fence[1]),
        flat_mm: m.flat_mm,
        radius_mm: m.corner_mm,
    }
}

fn solved(m: &Mechanism) -> Touch {
    let slots: Vec<Slot> = m
        .gates
        .iter()
        .map(|g| Slot {
            centre_rad: g.centre_rad,
            shape: SlotShape::walled(g.mouth_mm, g.depth_mm, g.fillet_mm, g.relief_rad),
        })
        .collect();
    let outline = Outline::new(m.radius_mm, &slots);
    lever_of(m)
        .first_touch(&bar_of(m), &outline, 0.0)
        .expect("the wheel is in the way")
}

#[test]
fn followers_agree_with_colliding_sampled_outlines_on_random_mechanisms() {
    // The outline's points lie up to 2e-4 mm inside the true contact; the scan needs a bar of
    // that much more or less to see a grazing contact as well.
    const GRID_MM: f64 = 0.002;
    let mut rng = stream(3, 0, Purpose::Lock);
    let (mut tight, mut deep, mut resting, mut faults) = (0, 0, 0, Vec::new());
    for case in 0..1000 {
        let mechanism = random_mechanism(&mut rng, 1 + case % 3);
        let touch = solved(&mechanism);
        let arm = mechanism.fence[0].hypot(mechanism.fence[1]);
        let points = mechanism.points();
        let top = 4.0 / arm;
        let low = mechanism.first_collision(&points, top, -GRID_MM);
        let high = mechanism.first_collision(&points, top, GRID_MM);
        let is_within = touch.lever_rad > low - 1e-6 && touch.lever_rad < high + 1e-6;
        if !is_within {
            let off = (
                (touch.lever_rad - low) * arm,
                (touch.lever_rad - high) * arm,
            );
            faults.push(format!(
                "{case}: {off:?} mm, slot {:?}, {mechanism:?}",
                touch.slot
            ));
        }
        tight += usize::from((high - low) * arm < 0.02);
        resting += usize::from(touch.slot.is_none());
        deep += usize::from(high * arm < -0.8);
    }
    assert!(
        faults.is_empty(),
        "{} of 1000\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(tight > 900, "the bracket was tight in {tight} cases only");
    assert!(
        deep > 100 && resting > 50,
        "{deep} deep, {resting} on the rim: not all contacts seen"
    );
}
