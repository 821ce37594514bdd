//! Laws of the contact points: the tables, the first-order terms, the rocking fence.

use rand::RngExt;
use serde_json::{Value, json};
use wheelpack::design::{SHIPPED, read};
use wheelpack::mechanism::MechanismSpec;
use wheelpack::mechanism::dial_lock::{AsBuilt, DialLock, FAMILY, Rest};
use wheelpack::rng::{Purpose, stream};

fn lock(change: impl Fn(&mut Value)) -> DialLock {
    let mut section: Value = serde_json::from_str(FAMILY.example).unwrap();
    change(&mut section);
    let MechanismSpec::DialLock(spec) = serde_json::from_value(section).unwrap();
    DialLock::new(&spec).unwrap()
}

/// `check` on every shipped design with the codes on its wheels.
fn with_each(check: impl Fn(&DialLock, &[Vec<f64>])) {
    for shipped in SHIPPED {
        let design = read(&shipped.open().unwrap()).design.unwrap();
        check(design.lock.contact().unwrap(), &design.pack_codes());
    }
}

#[test]
fn the_nose_touches_the_flank_at_each_contact_point_and_the_table_knows_it() {
    with_each(|lock, _| {
        let (nominal, cam) = (&lock.nominal, &lock.cam);
        for k in 0..500 {
            let part = f64::from(k) / 500.0;
            let lever = lock.open_lever_rad + part * (nominal.rim.lever_rad - lock.open_lever_rad);
            let (left, right) = cam.angles(nominal, lever).unwrap();
            let nose = nominal.lever.place(nominal.nose.centre, lever);
            for (turn, side) in [(left, -1.0), (right, 1.0)] {
                // The distance from the flank's line, built from the corner and its slope; where the
                // nose rides the rounded corner it is larger.
                let half = 0.5 * cam.gate.mouth_mm;
                let corner = [side * half, (cam.radius_mm.powi(2) - half * half).sqrt()];
                let slope = if side < 0.0 {
                    cam.gate.left_rad
                } else {
                    cam.gate.right_rad
                };
                let (s, c) = turn.sin_cos();
                let in_cam = [c * nose.x + s * nose.y, c * nose.y - s * nose.x];
                let normal = [-side * slope.sin(), slope.cos()];
                let distance =
                    normal[0] * (in_cam[0] - corner[0]) + normal[1] * (in_cam[1] - corner[1]);
                assert!(
                    distance - nominal.nose.radius_mm > -1e-9,
                    "the nose is in the flank"
                );
                if part < 0.9 {
                    assert!(
                        (distance - nominal.nose.radius_mm).abs() < 1e-9,
                        "{part}: {distance}"
                    );
                }
            }
            let (exact, table) = (
                cam.solve(nominal, lever, lock.rad_per_mark()).unwrap(),
                cam.at(lever).unwrap(),
            );
            assert!((exact.left_marks - table.left_marks).abs() < 1e-4);
            assert!((exact.right_marks - table.right_marks).abs() < 1e-4);
        }
    });
}

#[test]
fn the_table_of_a_gate_agrees_with_the_closed_form_to_a_ten_thousandth_of_a_millimetre() {
    with_each(|lock, codes| {
        let mut exact = lock.clone();
        exact.runout_mm.nominal = 0.0;
        let built = AsBuilt::nominal(&exact, codes);
        let arm_mm = lock.nominal.fence.centre.coords.norm();
        let mut rng = stream(6, 0, Purpose::Code);
        for k in 0..3000 {
            // Half of the places lie near the gates, where the table has its kinks.
            let spread = if k % 2 == 0 { 3.0 } else { 50.0 };
            let mut off = || spread * (2.0 * rng.random::<f64>() - 1.0);
            let numbers: Vec<f64> = codes[0].iter().map(|c| c + off()).collect();
            let error = built.rest(&numbers).lever_rad - built.resolve(&numbers).lever_rad;
            assert!(
                error.abs() * arm_mm < 1e-4,
                "{} mm at {numbers:?}",
                error * arm_mm
            );
        }
    });
}

#[test]
fn first_order_readings_agree_with_a_full_solution_of_the_perturbed_lock() {
    with_each(|lock, codes| {
        let nominal = lock.cam.at(lock.nominal.rim.lever_rad).unwrap();
        let (mut far, locks) = (0, 10_000);
        for trial in 0..locks {
            let mut rng = stream(6, trial, Purpose::Lock);
            let built = AsBuilt::sample(lock, codes, &mut rng);
            let numbers: Vec<f64> = codes[0]
                .iter()
                .map(|_| 100.0 * rng.random::<f64>())
                .collect();
            let (first, full) = (built.rest(&numbers), built.resolve(&numbers));
            let read = |rest: Rest| lock.cam.at(rest.lever_rad);
            let (Some(a), Some(b)) = (read(first), read(full)) else {
                continue; // so tall that the nose has left the gate: nothing is read
            };
            let change = b.right_marks - nominal.right_marks;
            let error = (a.right_marks - b.right_marks).abs();
            if error > (0.02 * change.abs()).max(0.002) {
                far += 1;
                // Where the fence hangs on a steep edge of a gate, second-order terms show.
                let is_near = |rest: Rest| {
                    let wheel = &built.wheels()[rest.wheel];
                    let turned = lock.offset_marks(numbers[rest.wheel], wheel.number_marks);
                    wheel.gates.iter().any(|g| {
                        let off = turned + g.centre_rad / lock.rad_per_mark();
                        off.rem_euclid(100.0).min((-off).rem_euclid(100.0)) < 2.5
                    })
                };
                assert!(
                    is_near(first) || is_near(full),
                    "{error} marks away from the gates"
                );
                assert!(error < 0.2, "{error} marks");
            }
        }
        assert!(far <= locks / 500, "{far} of {locks} readings are off");
    });
}

#[test]
fn a_rocking_fence_lets_the_nose_sink_as_deep_as_the_best_slope_does() {
    let play = 0.004;
    let rocking = lock(|s| s["lever"]["fence"]["rocking_play"] = json!(play));
    let (rigid, code) = (lock(|_| {}), [22.0, 67.0, 38.0]);
    let (per_height, pitch) = (rigid.nominal.rim.per_height, rigid.wheel_pitch_mm);
    let mut deeper = 0;
    for trial in 0..300 {
        let mut rng = stream(8, trial, Purpose::Code);
        // Away from the gates, where all wheels have the same sensitivity.
        let numbers = code.map(|c| c + 10.0 + 80.0 * rng.random::<f64>());
        let built =
            |lock| AsBuilt::sample(lock, &[code.to_vec()], &mut stream(8, trial, Purpose::Lock));
        let (stiff, soft) = (
            built(&rigid).rest(&numbers).lever_rad,
            built(&rocking).rest(&numbers).lever_rad,
        );
        assert!(soft <= stiff + 1e-12, "rocking can only let the lever sink");
        let alone: Vec<f64> = (0..3)
            .map(|i| built(&rigid).lever_on_wheel_rad(i, numbers[i]))
            .collect();
        let best = (-4000..=4000)
            .map(|k| {
                let slope = play * f64::from(k) / 4000.0;
                let tilted = alone.iter().zip([-3.0, -2.0, -1.0]);
                tilted
                    .map(|(l, z)| l + per_height * slope * z * pitch)
                    .fold(f64::MIN, f64::max)
            })
            .fold(f64::MAX, f64::min);
        assert!((soft - best).abs() < 2e-6, "{soft}, by search {best}");
        deeper += u32::from(soft < stiff - 1e-6);
    }
    assert!(
        deeper > 250,
        "the fence rocked in {deeper} of 300 locks only"
    );
}
