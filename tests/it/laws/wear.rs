//! Laws of wear, and of mechanisms that cannot be.

use crate::support::try_dial_lock as try_lock;
use serde_json::{Value, json};
use wheelpack::mechanism::dial_lock::{AsBuilt, OwnerSetup};

#[test]
fn a_lock_that_was_never_opened_is_new_and_a_worn_one_is_looser_weaker_and_rounder() {
    let lock = try_lock(|_| {}).unwrap();
    let codes = [vec![22.0, 67.0, 38.0]];
    let setup = OwnerSetup {
        lock: &lock,
        codes: &codes,
        dialing_sd_marks: 0.3,
        seed: 4,
    };
    let points: Vec<_> = [0.0, 1e4, 1e5]
        .iter()
        .map(|n| lock.wear_point(&setup, *n, 200).unwrap())
        .collect();
    assert!(points.iter().all(|p| p.is_assumed));
    assert!((points[0].window_half_marks - lock.window.half_marks()).abs() < 1e-9);
    assert!((points[0].torque_nmm - lock.nominal.press.spring_nmm).abs() < 1e-12);
    for pair in points.windows(2) {
        assert!(pair[1].corner_radius_mm > pair[0].corner_radius_mm);
        assert!(
            pair[1].window_half_marks > pair[0].window_half_marks,
            "round corners let in"
        );
        assert!(pair[1].torque_nmm < pair[0].torque_nmm);
        assert!(pair[1].right_step_nmm < pair[0].right_step_nmm);
        assert!(
            pair[1].signal_sd_marks > pair[0].signal_sd_marks,
            "loose wheels differ more"
        );
    }
}

#[test]
fn wear_follows_its_stated_laws() {
    let lock = try_lock(|s| {
        s["wear"] = json!({ "corner_radius_mm": 0.1, "clearance_mm": 0.02, "relaxation_share": 0.05,
                    "fence_corner_radius_mm": 0.4, "cam_corner_radius_mm": 0.3 });
        s["wheel"]["gate"]["corner_radius_mm"] = json!(0.3);
    })
    .unwrap();
    let codes = [vec![22.0, 67.0, 38.0]];
    let setup = OwnerSetup {
        lock: &lock,
        codes: &codes,
        dialing_sd_marks: 0.3,
        seed: 4,
    };
    let point = lock.wear_point(&setup, 9000.0, 10).unwrap();
    assert!(!point.is_assumed);
    assert!((point.corner_radius_mm - (0.09_f64 + 0.01 * 0.9).sqrt()).abs() < 1e-12);
    assert!((point.clearance_mm - 0.018).abs() < 1e-12);
    // 1 + 9000/1000 is one decade.
    assert!((point.torque_nmm - 60.0 * 0.95).abs() < 1e-9);
    let worn = lock.worn(9000.0).unwrap();
    // The fence keeps its width and its lower face.
    let (old, new) = (&lock.nominal.fence, &worn.nominal.fence);
    assert!((new.radius_mm - (1.0 + 0.16 * 0.9_f64).sqrt()).abs() < 1e-12);
    assert!((new.flat_mm + 2.0 * new.radius_mm - old.flat_mm - 2.0 * old.radius_mm).abs() < 1e-12);
    assert!((new.centre.y - new.radius_mm - (old.centre.y - old.radius_mm)).abs() < 1e-12);
    let cam = worn.cam.gate.fillet_mm;
    assert!(
        (cam - (0.09 + 0.09 * 0.9_f64).sqrt()).abs() < 1e-12,
        "{cam}"
    );
    assert!((worn.rim_radius_mm.band() - lock.rim_radius_mm.band() - 0.018).abs() < 1e-12);
}

#[test]
fn a_worn_lock_keeps_its_gates_where_they_were_indexed() {
    let lock = try_lock(|_| {}).unwrap();
    let worn = lock.worn(2e5).unwrap();
    let code = [vec![22.0, 67.0, 38.0]];
    let (new, old) = (
        AsBuilt::nominal(&lock, &code),
        AsBuilt::nominal(&worn, &code),
    );
    for i in 0..3 {
        let (new, old) = (new.window_marks(i).unwrap(), old.window_marks(i).unwrap());
        assert!(
            (new.0 + new.1).abs() < 0.05,
            "a new window lies about its number: {new:?}"
        );
        assert!(
            old.0 < new.0 && old.1 > new.1,
            "{old:?} does not hold {new:?}"
        );
    }
    assert!((lock.offset_marks(22.0, 22.0) - worn.offset_marks(22.0, 22.0)).abs() < 1e-12);
    assert!((lock.window.centre_marks() - worn.window.centre_marks()).abs() > 1e-4);
}

#[test]
fn mechanisms_that_cannot_be_are_found_with_their_place() {
    type Change = fn(&mut Value);
    let cases: [(&str, &str, Change); 9] = [
        ("WP205", "/lever/nose/centre_mm", |s| {
            s["lever"]["nose"]["centre_mm"] = json!([30, -6]);
        }),
        ("WP205", "/cam/gate/mouth_mm", |s| {
            s["cam"]["gate"]["mouth_mm"] = json!(2)
        }),
        ("WP201", "/drive/pin_width_marks", |s| {
            s["drive"]["pin_width_marks"] = json!(101)
        }),
        ("WP203", "/wheel/gate/width_mm", |s| {
            s["wheel"]["gate"]["width_mm"] = json!(3)
        }),
        ("WP204", "/lever/fence/centre_mm", |s| {
            s["lever"]["fence"]["centre_mm"] = json!([5, -6]);
        }),
        ("WP206", "/cam/engagement_mm", |s| {
            s["cam"]["engagement_mm"] = json!(6.9)
        }),
        ("WP206", "/cam/engagement_mm", |s| {
            s["cam"]["engagement_mm"] = json!(0.1)
        }),
        ("WP201", "/wear/relaxation_share", |s| {
            s["wear"] =
                json!({ "corner_radius_mm": 0.1, "clearance_mm": 0.02, "relaxation_share": 0.5 });
        }),
        ("WP201", "/lever/pivot_mm/0", |s| {
            s["lever"]["pivot_mm"] = json!([1e9, 0])
        }),
    ];
    for (code, at, change) in cases {
        let found = try_lock(change).expect_err(at);
        assert!(
            found.iter().any(|f| f.code == code && f.at == at),
            "{code} {at}: {found:?}"
        );
        assert!(
            found
                .iter()
                .all(|f| !f.message.is_empty() && !f.hint.is_empty())
        );
    }
}

#[test]
fn a_range_is_told_in_the_words_of_its_field() {
    let found = try_lock(|s| s["wheel"]["gate"]["depth_mm"] = json!(90)).unwrap_err();
    assert_eq!(found[0].message, "the depth of the gate is 90");
    assert!(
        found[0].hint.starts_with("give a value from 0.1 to 19.3"),
        "{}",
        found[0].hint
    );
}
