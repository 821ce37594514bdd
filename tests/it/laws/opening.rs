//! Laws of dialing a lock open: the derived limits are exactly what the simulated dial shows.

use crate::support::dial_lock as lock;
use rand::RngExt;
use serde_json::json;
use wheelpack::design::lock_design::read;
use wheelpack::design::shipped::SHIPPED;
use wheelpack::mechanism::dial_lock::{
    AsBuilt, DialLock, DialResult, ForbiddenReason, ForbiddenZone, Reason,
};
use wheelpack::mechanism::drive_train::{Direction, Program, never};
use wheelpack::rng::{Purpose, Stream, stream};

fn locks() -> Vec<DialLock> {
    let with = |wheels: u32, pin: f64, first: &'static str| {
        lock(move |s| {
            s["wheels"] = json!(wheels);
            s["drive"]["pin_width_marks"] = json!(pin);
            s["drive"]["first_direction"] = json!(first);
        })
    };
    let uneven = lock(|s| s["drive"]["pin_widths_marks"] = json!([2.0, 6.5, 4.0]));
    vec![
        uneven,
        with(3, 4.0, "left"),
        with(4, 4.0, "right"),
        with(4, 0.0, "left"),
        with(2, 7.5, "right"),
    ]
}

fn holds(zone: &ForbiddenZone, number: f64, margin: f64) -> bool {
    let width = (zone.to_marks - zone.from_marks).rem_euclid(100.0);
    let from = (number - zone.from_marks).rem_euclid(100.0);
    from > margin && from < width - margin
}

/// A code that the derived limits allow, kept `margin` marks away from each of them.
fn allowed_code(lock: &DialLock, rng: &mut Stream) -> Vec<f64> {
    let limits = lock.derived_limits();
    loop {
        let code: Vec<f64> = (0..lock.wheels)
            .map(|_| 100.0 * rng.random::<f64>())
            .collect();
        let last = code[lock.wheels - 1];
        let is_free = limits.forbidden_last.iter().all(|z| !holds(z, last, -0.01));
        let near = |i: usize| lock.drive.way_marks(&code, i) > limits.way_limits_marks[i] - 0.01;
        if is_free && !(0..lock.wheels - 1).any(near) {
            return code;
        }
    }
}

fn dial(lock: &DialLock, code: &[f64], program: &Program) -> DialResult {
    lock.dial(&AsBuilt::nominal(lock, &[code.to_vec()]), program)
}

#[test]
fn the_standard_program_opens_every_code_that_the_derived_limits_allow() {
    let mut rng = stream(11, 0, Purpose::Code);
    for lock in locks() {
        for _ in 0..300 {
            let code = allowed_code(&lock, &mut rng);
            let result = dial(&lock, &code, &lock.drive.standard_program(&code));
            assert_eq!(result.reason, Reason::Opened, "{result:?}");
            assert!(result.wheels_off_by_marks.iter().all(|o| o.abs() < 1e-6));
        }
    }
}

#[test]
fn a_number_off_by_more_than_the_window_names_its_wheel_and_one_inside_opens() {
    let mut rng = stream(11, 1, Purpose::Code);
    for lock in locks() {
        let half = lock.window.half_marks();
        for trial in 0..200 {
            let code = allowed_code(&lock, &mut rng);
            let wheel = trial % lock.wheels;
            for (factor, opens) in [(0.97, true), (1.03, false)] {
                let off = factor * half * if trial % 2 == 0 { 1.0 } else { -1.0 };
                let mut dialed = code.clone();
                dialed[wheel] = (dialed[wheel] + off).rem_euclid(100.0);
                let result = dial(&lock, &code, &lock.drive.standard_program(&dialed));
                let last = dialed[lock.wheels - 1];
                let zones = lock.derived_limits().forbidden_last;
                if lock.drive.carried_along(&dialed).is_some()
                    || zones.iter().any(|z| holds(z, last, -0.01))
                {
                    continue; // too near a limit to blame the window
                }
                assert_eq!(result.opens, opens, "{result:?}");
                if !opens {
                    assert_eq!(
                        (result.reason, result.wheel),
                        (Reason::WheelOff, Some(wheel + 1))
                    );
                    assert!((result.wheels_off_by_marks[wheel] - off).abs() < 1e-6);
                }
            }
        }
    }
}

#[test]
fn every_number_in_a_forbidden_zone_fails_for_the_reason_of_the_zone() {
    let mut rng = stream(11, 2, Purpose::Code);
    for lock in locks() {
        for zone in lock.derived_limits().forbidden_last {
            let width = (zone.to_marks - zone.from_marks).rem_euclid(100.0);
            for _ in 0..100 {
                let last = (zone.from_marks + width * (0.01 + 0.98 * rng.random::<f64>()))
                    .rem_euclid(100.0);
                let mut code = allowed_code(&lock, &mut rng);
                let end = lock.wheels - 1;
                code[end] = last;
                if lock.drive.carried_along(&code).is_some() {
                    continue;
                }
                let result = dial(&lock, &code, &lock.drive.standard_program(&code));
                let both = lock
                    .derived_limits()
                    .forbidden_last
                    .iter()
                    .all(|z| holds(z, last, 0.0));
                let expected = match zone.reason {
                    ForbiddenReason::PickedUp if !both => Reason::WheelMovedOnRetraction,
                    _ => Reason::NoseTrapped,
                };
                assert_eq!(result.reason, expected, "{result:?}");
            }
        }
    }
}

#[test]
fn a_code_beyond_a_way_limit_carries_that_wheel_off_its_gate() {
    let mut rng = stream(11, 3, Purpose::Code);
    for lock in locks() {
        for _ in 0..100 {
            let mut code = allowed_code(&lock, &mut rng);
            let limit = lock.derived_limits().way_limits_marks[0];
            if limit >= 100.0 {
                continue;
            }
            let way = limit + (100.0 - limit) * rng.random::<f64>();
            code[0] = (code[1] - lock.drive.direction(1).sign() * way).rem_euclid(100.0);
            let excess = way - limit;
            let result = dial(&lock, &code, &lock.drive.standard_program(&code));
            assert!(
                (result.wheels_off_by_marks[0].abs() - excess).abs() < 1e-6,
                "{result:?}"
            );
            if excess > 1.1 * lock.window.half_marks() {
                assert_eq!((result.reason, result.wheel), (Reason::WheelOff, Some(1)));
            }
        }
    }
}

#[test]
fn the_wrong_direction_misses_by_the_derived_shift_and_the_reversed_code_opens() {
    let mut rng = stream(11, 4, Purpose::Code);
    let mut opened = 0;
    for lock in locks() {
        let reversed = lock.drive.reversed();
        let zones = lock.forbidden_last(lock.opening_direction().reversed());
        for _ in 0..200 {
            let code = allowed_code(&lock, &mut rng);
            let equivalent = lock.drive.reversed_code(&code);
            let last = equivalent[lock.wheels - 1];
            if reversed.carried_along(&equivalent).is_some()
                || zones.iter().any(|z| holds(z, last, -0.01))
            {
                continue;
            }
            let result = dial(&lock, &code, &reversed.standard_program(&equivalent));
            assert_eq!(result.reason, Reason::Opened, "{result:?}");
            opened += 1;
        }
        let code = allowed_code(&lock, &mut rng);
        let mut at = lock.drive.rest();
        lock.drive
            .trace(&mut at, &reversed.standard_program(&code), &mut never);
        for (i, number) in lock.drive.numbers(&at).iter().enumerate() {
            let shift = number - code[i];
            let expected = lock.drive.reversal_shift_marks(i);
            let off = (shift - expected).rem_euclid(100.0);
            let is_carried = reversed.carried_along(&code).is_some();
            assert!(
                is_carried || off.min(100.0 - off) < 1e-6,
                "wheel {i}: {shift} or {expected}"
            );
        }
    }
    assert!(
        opened > 200,
        "only {opened} codes could be dialed the other way"
    );
}

#[test]
fn without_an_opening_turn_nothing_is_tried_and_with_the_wrong_one_a_wheel_moves() {
    let lock = lock(|_| {});
    let code = [22.0, 67.0, 38.0];
    let program = |text: &str| Program::parse(text, lock.marks).unwrap();
    let reason = |text: &str| dial(&lock, &code, &program(text)).reason;
    assert_eq!(reason("L4 22 R3 67 L2 38 R"), Reason::Opened);
    assert_eq!(reason("L4 22 R3 67 L2 38"), Reason::NotTried);
    assert_eq!(reason("L4 22 R3 67 L2 37"), Reason::WheelOff);
    assert_eq!(
        reason("L4 22 R3 67 L2 38 L"),
        Reason::WheelMovedOnRetraction
    );
    assert_eq!(reason("L4 22 R2 67 L2 38 R"), Reason::WheelOff);
}

#[test]
fn the_lever_falls_in_where_the_nose_has_left_the_cam_to_the_opening_depth() {
    let lock = lock(|_| {});
    for direction in [Direction::Left, Direction::Right] {
        let at = lock.drop_in_marks(direction) - lock.contact_centre_marks;
        let (low, high) = lock.cam.angles(&lock.nominal, lock.open_lever_rad).unwrap();
        let expected = if direction == Direction::Left {
            low
        } else {
            high
        } / lock.rad_per_mark();
        assert!((at - expected).abs() < 0.01, "{at} {expected}");
    }
}

#[test]
fn a_result_is_written_with_the_fields_of_the_interface() {
    let lock = lock(|_| {});
    let code = [22.0, 67.0, 38.0];
    let result = dial(&lock, &code, &lock.drive.standard_program(&code));
    let value = serde_json::to_value(&result).unwrap();
    for field in [
        "opens",
        "reason",
        "wheels_marks",
        "wheels_off_by_marks",
        "moves",
    ] {
        assert!(value.get(field).is_some(), "{field} is missing");
    }
    assert_eq!(value["reason"], "opened");
    assert_eq!(value["moves"][0]["carried"][0]["wheel"], 3);
    assert_eq!(value["moves"].as_array().unwrap().len(), 5);
}

#[test]
fn the_standard_program_of_every_code_of_every_shipped_design_opens_it() {
    for shipped in SHIPPED {
        let design = read(&shipped.open().unwrap()).design.unwrap();
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        let codes = design.pack_codes();
        let built = AsBuilt::nominal(lock, &codes);
        let half = lock.window.half_marks();
        for code in &codes {
            let program = lock.drive.standard_program(code);
            let result = lock.dial(&built, &program);
            assert_eq!(result.reason, Reason::Opened, "{}: {result:?}", design.name);
            for wheel in 0..lock.wheels {
                for by in [1.03 * half, -1.03 * half] {
                    let mut off = code.clone();
                    off[wheel] = (off[wheel] + by).rem_euclid(f64::from(lock.marks));
                    let result = lock.dial(&built, &lock.drive.standard_program(&off));
                    let blamed = (result.reason, result.wheel);
                    let expected = (Reason::WheelOff, Some(wheel + 1));
                    assert_eq!(blamed, expected, "{} {by}", design.name);
                }
            }
        }
    }
}

#[test]
fn every_shipped_design_dialed_the_wrong_way_misses_by_the_derived_shift() {
    let mut dialed = 0;
    for shipped in SHIPPED {
        let design = read(&shipped.open().unwrap()).design.unwrap();
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        let codes = design.pack_codes();
        let built = AsBuilt::nominal(lock, &codes);
        let reversed = lock.drive.reversed();
        let result = lock.dial(&built, &reversed.standard_program(&codes[0]));
        assert!(!result.opens, "{}: {result:?}", design.name);
        if reversed.carried_along(&codes[0]).is_none() {
            for (i, number) in result.wheels_marks.iter().enumerate() {
                let n = f64::from(lock.marks);
                let shift = number - codes[0][i] - lock.drive.reversal_shift_marks(i);
                let off = shift.rem_euclid(n);
                assert!(
                    off.min(n - off) < 1e-6,
                    "{} wheel {i}: {shift}",
                    design.name
                );
            }
        }
        // The numbers that make up for the shift set the code, and open where the limits allow them.
        let equivalent = lock.drive.reversed_code(&codes[0]);
        let last = equivalent[lock.wheels - 1];
        let zones = lock.forbidden_last(lock.opening_direction().reversed());
        let is_forbidden = zones.iter().any(|z| holds(z, last, -0.01));
        if reversed.carried_along(&equivalent).is_none() && !is_forbidden {
            let result = lock.dial(&built, &reversed.standard_program(&equivalent));
            assert_eq!(result.reason, Reason::Opened, "{}: {result:?}", design.name);
            dialed += 1;
        }
    }
    assert!(dialed > 0, "no shipped code can be dialed the other way");
}
