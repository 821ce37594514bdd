//! The rocking fence against a search over its slope.

use crate::support::{dial_lock as lock, try_dial_lock};
use rand::RngExt;
use serde_json::json;
use wheelpack::mechanism::dial_lock::AsBuilt;
use wheelpack::rng::{Purpose, stream};

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

#[test]
fn a_fence_that_rocks_as_far_as_to_open_on_plain_rims_is_refused() {
    let plain = [40.0, 85.0, 56.0];
    let (mut sound, mut refused) = (0, 0);
    for k in 0..=40 {
        let play = 0.005 * f64::from(k);
        let made = try_dial_lock(|s| {
            s["cam"]["engagement_mm"] = json!(1.4);
            s["lever"]["fence"]["rocking_play"] = json!(play);
        });
        match made {
            Ok(lock) => {
                let built = AsBuilt::nominal(&lock, &[vec![22.0, 67.0, 38.0]]);
                assert!(!built.opens(&plain), "every code opens at {play}");
                assert_eq!(refused, 0, "a larger play is sound again");
                sound += 1;
            }
            Err(found) => {
                let place = (found[0].code, &*found[0].at);
                assert_eq!(place, ("WP206", "/cam/engagement_mm"));
                assert!(found[0].hint.contains("rocking_play"), "{found:?}");
                refused += 1;
            }
        }
    }
    assert!(sound > 5 && refused > 5, "{sound} sound, {refused} refused");
}

#[test]
fn a_false_gate_that_holds_a_rigid_fence_only_is_refused() {
    let code = [22.0, 67.0, 38.0];
    let with_gate = |wheel: usize, depth_mm: f64, play: f64| {
        try_dial_lock(|s| {
            s["false_gates"] = json!([
                { "wheel": wheel, "from_gate_marks": 30, "width_mm": 5.4, "depth_mm": depth_mm }
            ]);
            s["lever"]["fence"]["rocking_play"] = json!(play);
            s["wheel"]["runout_mm"] = json!(0);
        })
    };
    // The deepest gate that is accepted; no number but the wheel's own opens with it.
    let deepest = |wheel: usize, play: f64| {
        let depths = (1..50).map(|k| 0.1 * f64::from(k));
        let mut sound = depths.map_while(|d| Some((d, with_gate(wheel, d, play).ok()?)));
        let (depth_mm, lock) = sound.by_ref().last().expect("a shallow gate holds");
        let built = AsBuilt::nominal(&lock, &[code.to_vec()]);
        for off in (12..388).map(|k| 0.25 * f64::from(k)) {
            let mut numbers = code;
            numbers[wheel - 1] = (numbers[wheel - 1] + off) % 100.0;
            assert!(
                !built.opens(&numbers),
                "wheel {wheel}, {depth_mm} mm, {numbers:?}"
            );
        }
        depth_mm
    };
    let rigid = deepest(1, 0.0);
    assert!(deepest(3, 0.1) < rigid);
    assert!(
        deepest(1, 0.1) < deepest(3, 0.1),
        "it is farther from the nose"
    );
}
