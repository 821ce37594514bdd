//! Laws of the force on the lever: energy, weight, broken springs.

use crate::support::{design, dial_lock as lock, shipped_json, try_dial_lock as try_lock};
use serde_json::{Value, json};
use wheelpack::emergency::spring_life::p_broken;
use wheelpack::mechanism::dial_lock::{AsBuilt, Orientation, Reason};
use wheelpack::mechanism::spring::LifeSpec;

/// A lever of 40 g, its mass at the fence, under a compression spring.
fn heavy(s: &mut Value) {
    s["lever"]["mass_g"] = json!(40);
    s["lever"]["centre_of_mass_mm"] = json!([25, -4]);
    s["lever"]["friction_nmm"] = json!(2);
    s["spring"] = json!({
        "torque_nmm": 60,
        "coil": {
            "kind": "compression", "wire_mm": 0.5, "coil_mm": 5.0, "turns": 10,
            "modulus_mpa": 80000, "arm_mm": 15, "free_length_mm": 25,
            "life": { "reference_cycles": 1e6, "reference_mpa": 500, "exponent": 9, "sd_ln": 0.6 },
        },
    });
}

#[test]
fn turning_the_dial_along_a_flank_does_the_work_that_the_lever_takes_up() {
    for lock in [lock(|_| {}), lock(heavy)] {
        let (nominal, cam) = (&lock.nominal, &lock.cam);
        let (top, bottom) = (nominal.rim.lever_rad, lock.open_lever_rad);
        let cells = 4000;
        let at = |k: f64| bottom + (top - bottom) * k / f64::from(cells);
        for right in [false, true] {
            let angle = |k: f64| {
                let (l, r) = cam.angles(nominal, at(k)).unwrap();
                if right { r } else { -l }
            };
            let (mut work, mut energy) = (0.0, 0.0);
            for k in 0..cells {
                let k = f64::from(k);
                let contact = cam
                    .solve(nominal, at(k + 0.5), lock.rad_per_mark())
                    .unwrap();
                let torque = if right {
                    contact.right_step_nmm
                } else {
                    contact.left_step_nmm
                };
                work += torque * (angle(k + 1.0) - angle(k));
                energy += nominal.torque_nmm(at(k + 0.5)) * (at(k + 1.0) - at(k));
            }
            assert!((work / energy - 1.0).abs() < 1e-6, "{work} {energy}");
        }
    }
}

#[test]
fn the_weight_acts_against_itself_upside_down_and_vanishes_in_the_sum_of_all_mountings() {
    let lock = lock(heavy);
    let moment = |mounting| lock.in_state(mounting, true).nominal.torque_nmm(-0.05);
    let [rh, lh, vu, vd] = Orientation::ALL.map(moment);
    assert!((vu + vd).abs() < 1e-9 && (rh + lh).abs() < 1e-9);
    // 0.392266 N at the height of the mass: arm 25 cos 0.05 − 4 sin 0.05 = 24.7688 mm.
    assert!((vu - 0.392_266 * 24.768_8).abs() < 1e-3, "{vu}");
}

#[test]
fn a_lock_with_a_broken_spring_opens_where_the_weight_lowers_the_lever_only() {
    let lock = lock(heavy);
    let code = vec![22.0, 67.0, 38.0];
    let program = lock.drive.standard_program(&code);
    let report = lock.spring_report();
    let mut opened = 0;
    for drop_in in &report.drop_in {
        for is_broken in [false, true] {
            let lock = lock.in_state(drop_in.mounting, is_broken);
            let result = lock.dial(
                &AsBuilt::nominal(&lock, std::slice::from_ref(&code)),
                &program,
            );
            let falls = if is_broken {
                drop_in.opens_broken
            } else {
                drop_in.falls
            };
            let reason = if falls {
                Reason::Opened
            } else {
                Reason::LeverStaysUp
            };
            assert_eq!(result.reason, reason, "{drop_in:?}");
            opened += u32::from(is_broken && result.opens);
        }
        assert!(drop_in.margin_nmm > drop_in.broken_margin_nmm);
    }
    assert!(
        (1..4).contains(&opened),
        "{opened} of four mountings open without a spring"
    );
}

#[test]
fn a_spring_eases_as_the_lever_sinks_and_is_stressed_most_on_the_cam() {
    let lock = lock(heavy);
    let report = lock.spring_report();
    for pair in report.travel.windows(2) {
        assert!(pair[1].stress_mpa < pair[0].stress_mpa);
        assert!(pair[1].fence_drop_mm > pair[0].fence_drop_mm);
    }
    let arm_mm = lock.nominal.fence.centre.coords.norm();
    for p in &report.travel {
        assert!((p.fence_force_n * arm_mm - p.torque_nmm).abs() < 1e-9);
        // The spring's force on its arm of 15 mm and the weight make the torque.
        let weight = lock.nominal.press.weight_nmm(p.lever_rad);
        let spring = 15.0 * p.spring_force_n.expect("a compression spring");
        assert!((spring + weight - p.torque_nmm).abs() < 1e-9);
    }
    let coil = report.coil.unwrap();
    let range = coil.most_stress_mpa - coil.least_stress_mpa;
    assert!((range - coil.stress_range_mpa).abs() < 1e-9 && range > 0.0);
    assert!(coil.shortest_length_mm > coil.solid_length_mm);
    let (few, many) = (
        lock.p_spring_broken(1e4).unwrap(),
        lock.p_spring_broken(1e9).unwrap(),
    );
    assert!(few < many && many <= 1.0);
}

#[test]
fn the_chance_of_a_broken_spring_is_that_of_the_emergency_model() {
    let life = LifeSpec {
        reference_cycles: 1e6,
        reference_mpa: 400.0,
        exponent: 8.0,
        sd_ln: 0.5,
    };
    for cycles in [1e3, 1e5, 3e6, 1e8] {
        let other = p_broken(cycles, life.median_cycles(350.0), life.sd_ln);
        assert!((life.p_broken(cycles, 350.0) - other).abs() < 1e-12);
    }
}

#[test]
fn springs_that_cannot_be_are_found_with_their_place() {
    type Change = fn(&mut Value);
    let cases: [(&str, &str, Change); 7] = [
        ("WP212", "/spring/coil/free_length_mm", |s| {
            s["spring"]["coil"]["free_length_mm"] = json!(12);
        }),
        ("WP211", "/spring/coil/arm_mm", |s| {
            s["spring"]["coil"]["arm_mm"] = Value::Null;
        }),
        ("WP211", "/spring/coil/free_length_mm", |s| {
            s["spring"]["coil"]["free_length_mm"] = Value::Null;
        }),
        ("WP211", "/spring/rate_nmm_per_rad", |s| {
            s["spring"]["rate_nmm_per_rad"] = json!(3)
        }),
        ("WP211", "/spring/rate_nmm_per_rad", |s| {
            s["spring"]["coil"] = Value::Null
        }),
        ("WP201", "/spring/coil/coil_mm", |s| {
            s["spring"]["coil"]["coil_mm"] = json!(0.6)
        }),
        ("WP213", "/spring/coil/initial_tension_n", |s| {
            s["spring"]["coil"]["kind"] = json!("extension");
            s["spring"]["coil"]["initial_tension_n"] = json!(5);
        }),
    ];
    for (code, at, change) in cases {
        let found = try_lock(|s| {
            heavy(s);
            change(s);
        });
        let found = found.unwrap_err();
        assert!(
            found.iter().any(|f| f.code == code && f.at == at),
            "{code} {at}: {found:?}"
        );
    }
}

#[test]
fn a_design_file_may_give_coil_weight_mounting_rocking_and_wear() {
    let mut file = shipped_json("group2-dial");
    let section = &mut file["mechanism"];
    heavy(section);
    section["mounting"] = json!("rh");
    section["lever"]["fence"]["rocking_play"] = json!(0.001);
    section["wear"] =
        json!({ "corner_radius_mm": 0.1, "clearance_mm": 0.02, "relaxation_share": 0.05 });
    let design = design(&file);
    let lock = design.lock.contact().unwrap();
    assert!(lock.coil.is_some() && !lock.wear().1);
    assert_eq!(lock.nominal.press.mounting, Orientation::Rh);
    assert!(lock.rocking_play > 0.0);
}
