//! How finely readers read, against measured data (case A5).

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
