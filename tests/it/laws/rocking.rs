//! The rocking fence against a search over its slope.

use crate::support::dial_lock as lock;
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
