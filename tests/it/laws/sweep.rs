//! Readings in bulk against one reading at a time.

use crate::support::{dial_lock, shipped};
use rand::RngExt;
use serde_json::json;
use wheelpack::attack::{Gauge, Readings, reader};
use wheelpack::design::SHIPPED;
use wheelpack::mechanism::dial_lock::{AsBuilt, DialLock, Levers, Rests, Sweep};
use wheelpack::rng::{Normals, Purpose, stream};
use wheelpack::units::wrap;

/// Settings of a sweep: not a whole number of vectors.
const SETTINGS: usize = 53;

/// Every lock of `trials` swept over random settings, half of them near the gates, agrees with `rest`.
fn agrees(lock: &DialLock, codes: &[Vec<f64>], trials: u64) {
    let mut rng = stream(5, 0, Purpose::Hand);
    let n = f64::from(lock.marks);
    let mut number = |k: usize, code: f64| match k % 2 {
        0 => n * rng.random::<f64>(),
        _ => code + 4.0 * (rng.random::<f64>() - 0.5),
    };
    let mut settings: Vec<Vec<f64>> = (0..SETTINGS)
        .map(|k| {
            codes[k % codes.len()]
                .iter()
                .map(|c| number(k, *c))
                .collect()
        })
        .collect();
    // Wheels stand still for a while, too.
    for k in 0..SETTINGS {
        settings[k][0] = settings[k - k % 3][0];
    }
    let sweep = Sweep::new(lock, &settings);
    let row = |wheel: usize| settings.iter().map(move |s| wrap(s[wheel], n)).collect();
    let rows: Vec<Vec<f64>> = (0..lock.wheels).map(row).collect();
    let (mut levers, mut rests) = (Levers::default(), Rests::default());
    for trial in 0..trials {
        let built = AsBuilt::sample(lock, codes, &mut stream(5, trial, Purpose::Lock));
        sweep.rest(&built, &mut levers);
        built.rest_each(&rows, rows[0].len(), &mut rests);
        assert_eq!(levers.rad().len(), SETTINGS);
        assert_eq!(rests.rad().len(), SETTINGS);
        let each = levers.rad().iter().zip(rests.rad());
        for (numbers, (swept, rested)) in settings.iter().zip(each) {
            let one = built.rest(numbers).lever_rad;
            assert!(
                (rested - one).abs() < 1e-12,
                "lock {trial} at {numbers:?}: {rested}, alone {one}"
            );
            assert!(
                (swept - one).abs() < 1e-6,
                "lock {trial} at {numbers:?}: {swept}, alone {one}"
            );
        }
    }
}

#[test]
fn the_first_setting_that_opens_is_the_first_one_that_opens_alone() {
    // Near the gates, where a first wheel that stands still for some settings is in its gate or not.
    let mut rng = stream(6, 0, Purpose::Hand);
    let (mut seen, mut rests) = ([0, 0], Rests::default());
    let rocking = dial_lock(|s| s["lever"]["fence"]["rocking_play"] = json!(0.05));
    let designs = ["group2-dial", "group2m-false-gates", "group2-four-wheel"].map(shipped);
    let shipped_locks = designs
        .iter()
        .map(|d| (d.lock.contact().expect("a dial lock"), d.pack_codes()));
    let locks = shipped_locks.chain([(&rocking, vec![vec![22.0, 67.0, 38.0]])]);
    for (lock, codes) in locks {
        let n = f64::from(lock.marks);
        for trial in 0..40 {
            let built = AsBuilt::sample(lock, &codes, &mut stream(6, trial, Purpose::Lock));
            let mut near = |wheel: usize| codes[0][wheel] + 2.0 * (rng.random::<f64>() - 0.5);
            let mut settings: Vec<Vec<f64>> = (0..SETTINGS)
                .map(|_| (0..lock.wheels).map(|i| wrap(near(i), n)).collect())
                .collect();
            for k in 0..SETTINGS {
                settings[k][0] = settings[k - k % 5][0];
            }
            while !settings.is_empty() {
                let row = |wheel: usize| settings.iter().map(|s| s[wheel]).collect();
                let rows: Vec<Vec<f64>> = (0..lock.wheels).map(row).collect();
                let alone = settings.iter().position(|s| built.opens(s));
                assert_eq!(
                    built.first_open(&rows, rows[0].len(), &mut rests),
                    alone,
                    "lock {trial}"
                );
                seen[usize::from(alone.is_some())] += 1;
                settings.drain(..=alone.unwrap_or(settings.len() - 1));
            }
        }
    }
    assert!(seen.iter().all(|&times| times > 50), "{seen:?}");
}

#[test]
fn a_sweep_rests_where_each_setting_alone_does_on_every_shipped_design() {
    for file in SHIPPED {
        let design = shipped(file.name);
        if let Some(lock) = design.lock.contact() {
            agrees(lock, &design.pack_codes(), 300);
        }
    }
}

#[test]
fn a_sweep_of_a_rocking_fence_rests_where_each_setting_alone_does() {
    let lock = dial_lock(|s| s["lever"]["fence"]["rocking_play"] = json!(0.004));
    agrees(&lock, &[vec![22.0, 67.0, 38.0]], 20);
}

#[test]
fn readings_in_bulk_are_those_of_the_reader_with_the_same_deviates() {
    for file in SHIPPED {
        let design = shipped(file.name);
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        let levers: Vec<f64> = (0..1000)
            .map(|k| {
                let travel = lock.cam.rim_lever_rad - lock.cam.floor_lever_rad;
                lock.cam.floor_lever_rad + travel * (f64::from(k) / 980.0 - 0.005)
            })
            .collect();
        for name in ["expert", "instrumented", "autodialer"] {
            let mut reader = reader::find(name).expect("shipped").clone();
            reader.bias_marks = 0.3;
            let step = reader.resolution_marks;
            let exact = wheelpack::attack::Reader {
                resolution_marks: 0.0,
                ..reader.clone()
            };
            let read = |reader| {
                let mut readings = Readings::default();
                let mut eye = Normals::new(stream(5, 0, Purpose::Reading));
                Gauge::new(lock, reader).read(&levers, &mut eye, &mut readings);
                (readings.left_marks, readings.right_marks)
            };
            let mut eye = Normals::new(stream(5, 0, Purpose::Reading));
            let (left, right) = read(&exact);
            let (left_noted, right_noted) = read(&reader);
            for (is_left, at, noted) in [(true, left, left_noted), (false, right, right_noted)] {
                for ((lever, at), noted) in levers.iter().zip(at).zip(noted) {
                    let deviate = eye.draw();
                    let Some(c) = lock.cam.at(*lever) else {
                        assert!(at.is_nan() && noted.is_nan());
                        continue;
                    };
                    let (marks, step_nmm) = match is_left {
                        true => (c.left_marks, c.left_step_nmm),
                        false => (c.right_marks, c.right_step_nmm),
                    };
                    let centre = lock.contact_centre_marks + reader.bias_marks;
                    let friction = lock.dial_friction_nmm;
                    let one = exact.read(centre + marks, step_nmm, friction, deviate);
                    // In the one cell of the table where a flank begins, the noise changes at once.
                    let allowed = 0.05 * exact.sigma_marks(step_nmm, friction) * deviate.abs();
                    assert!(
                        (at - one).abs() < allowed + 1e-9,
                        "{name} at {lever}: {at}, alone {one}"
                    );
                    if step > 0.0 {
                        let whole = noted / step;
                        assert!((whole - whole.round()).abs() < 1e-9, "{noted} is no step");
                        assert!((noted - at).abs() <= 0.5 * step + 1e-9, "{noted} of {at}");
                    }
                }
            }
        }
    }
}
