//! Which wheel decides what is read, and when a high–low test says nothing (cases A1, A2).

use crate::support::{design, shipped_json, with};
use serde_json::json;
use wheelpack::attack::{Verdict, high_low_verdict};
use wheelpack::design::Design;
use wheelpack::mechanism::dial_lock::AsBuilt;
use wheelpack::rng::{Purpose, stream};

/// `group2-dial` whose only imperfection is a wide spread of the wheels' radii.
fn spread_only() -> Design {
    let exact = json!(0);
    design(&with(
        shipped_json("group2-dial"),
        &[
            ("/mechanism/wheel/runout_mm", exact.clone()),
            ("/mechanism/wheel/gate/position_marks", exact.clone()),
            ("/mechanism/wheel/gate/width_mm", json!(5.4)),
            ("/mechanism/lever/fence/out_of_parallel", exact),
        ],
    ))
}

const CODE: [f64; 3] = [52.0, 15.0, 37.0];
const AWAY: [f64; 3] = [80.0, 43.0, 65.0];

/// Wheels in descending order of height.
fn by_height(built: &AsBuilt<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..3).collect();
    let height = |i: usize| built.wheels()[i].taller_mm;
    order.sort_by(|&a, &b| height(b).total_cmp(&height(a)));
    order
}

/// The contact width with the wheels of `inside` in their gates and the others away.
fn width(built: &AsBuilt<'_>, inside: &[usize]) -> f64 {
    let mut numbers = AWAY;
    for &i in inside {
        numbers[i] = CODE[i];
    }
    let contact = built.lock().cam.at(built.rest(&numbers).lever_rad);
    contact.map_or(0.0, |c| c.right_marks - c.left_marks)
}

#[test]
fn val_simulator_session_the_tallest_wheel_outside_its_gate_alone_sets_the_width() {
    let design = spread_only();
    let lock = design.lock.contact().expect("a dial lock");
    let mut seen = 0;
    for trial in 0..400 {
        let mut rng = stream(5, trial, Purpose::Lock);
        let built = AsBuilt::sample(lock, &[CODE.to_vec()], &mut rng);
        let order = by_height(&built);
        if order != [1, 2, 0] {
            continue; // heights as in the session: wheel 2 > wheel 3 > wheel 1
        }
        seen += 1;
        let none = width(&built, &[]);
        // wheels below the tallest change nothing, alone or together
        for inside in [&[0][..], &[2], &[0, 2]] {
            assert!((width(&built, inside) - none).abs() < 1e-12, "{inside:?}");
        }
        // as wheels enter their gates the width falls with the tallest one left (10.0 / 6.4 / 4.5)
        let first = width(&built, &[1]);
        let second = width(&built, &[1, 2]);
        let last = width(&built, &[0, 1, 2]);
        assert!(none > first && first > second && second > last);
        assert!((width(&built, &[0, 1]) - first).abs() < 1e-12);
        // the size of each step is that of the step in height, whatever the wheel's place
        let alone = |k: usize| {
            let mut only = AWAY;
            for (i, n) in only.iter_mut().enumerate() {
                *n = if i == order[k] { AWAY[i] } else { CODE[i] };
            }
            let contact = lock.cam.at(built.rest(&only).lever_rad).expect("contact");
            contact.right_marks - contact.left_marks
        };
        for (k, width) in [none, first, second].into_iter().enumerate() {
            assert!((alone(k) - width).abs() < 1e-12, "{k}");
        }
    }
    assert!(seen > 30, "only {seen} locks with heights in that order");
}

#[test]
fn val_hand_computed_widths_within_the_noise_are_inconclusive() {
    assert_eq!(
        high_low_verdict(&[10.1, 10.0, 10.0], 0.05),
        Verdict::Inconclusive
    );
}

#[test]
fn a_lead_beyond_twice_the_noise_of_a_difference_names_the_wheel() {
    let margin = 2.0 * 2.0_f64.sqrt() * 0.05;
    let widths = |lead: f64| [10.0, 10.0 + lead, 9.7];
    assert_eq!(
        high_low_verdict(&widths(margin + 1e-9), 0.05),
        Verdict::Owner(1)
    );
    assert_eq!(
        high_low_verdict(&widths(margin - 1e-9), 0.05),
        Verdict::Inconclusive
    );
    assert_eq!(high_low_verdict(&[9.0, 9.0], 0.0), Verdict::Inconclusive);
    assert_eq!(high_low_verdict(&[], 0.05), Verdict::Inconclusive);
}
