//! How finely readers read, and against which friction the hand feels (cases A5, M7).

use crate::support::shipped_json;
use wheelpack::stats::paired::repeatability;
use wheelpack::study::reader_named;

/// Steps of the encoder in a mark.
const STEPS: f64 = 84.0;

/// Two runs of a dialing machine over the twelve indents of one safe lock: widths in steps of the encoder.
const RUNS: [[f64; 12]; 2] = [
    [
        359.0, 371.0, 365.0, 371.0, 378.0, 393.0, 388.0, 381.0, 378.0, 386.0, 382.0, 392.0,
    ],
    [
        366.0, 375.0, 375.0, 395.0, 394.0, 409.0, 401.0, 396.0, 388.0, 395.0, 393.0, 392.0,
    ],
];

fn in_marks(run: [f64; 12]) -> [f64; 12] {
    run.map(|width| width / STEPS)
}

/// SparkFun's safe-cracking robot, log of two runs.
#[test]
fn val_sparkfun_repeatability_of_a_width_read_twice() {
    let one = repeatability(&in_marks(RUNS[0]), &in_marks(RUNS[1]), 0.95);
    let value = one.value.expect("twelve pairs");
    assert!((value - 0.053).abs() <= 0.002, "{value}");
    assert!(one.low < Some(value) && one.high > Some(value));
}

/// The machine among the readers has its noise from there.
#[test]
fn the_autodialer_repeats_a_width_as_the_measured_machine_does() {
    let machine = reader_named("autodialer").expect("shipped");
    // Crisp steps: the dial's friction blurs nothing.
    let modelled = machine.width_sd_marks(1.0, 1.0, 0.0);
    let measured = repeatability(&in_marks(RUNS[0]), &in_marks(RUNS[1]), 0.95);
    let value = measured.value.expect("twelve pairs");
    assert!((modelled - value).abs() <= 0.002, "{modelled} and {value}");
    assert!((machine.resolution_marks * STEPS - 1.0).abs() < 0.001);
}

/// MIL-HDBK-1013/8: the dial of S&G's locks turns at 18 to 24 oz·in, 127 to 169 N·mm.
#[test]
fn val_mil_hdbk_1013_8_dial_friction_of_the_shipped_safe_locks() {
    let (ounce_n, inch_mm) = (0.028_349_523_125 * 9.806_65, 25.4);
    let [least, most] = [18.0, 24.0].map(|ounce_inches| ounce_inches * ounce_n * inch_mm);
    assert!((least - 127.0_f64).abs() < 0.5 && (most - 169.0_f64).abs() < 0.6);
    for name in [
        "group2-dial",
        "group2-four-wheel",
        "group2m-false-gates",
        "group1-roller-nose",
        "dial-spare-shared-wheels",
        "dial-two-spares-shared",
        "dial-spare-separate-pack",
        "dial-two-spares-separate",
    ] {
        let friction = &shipped_json(name)["mechanism"]["dial"]["dial_friction_nmm"];
        let friction = friction.as_f64().expect("a number");
        assert!((least..=most).contains(&friction), "{name}: {friction}");
    }
}
