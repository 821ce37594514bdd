//! Sensitivity studies find what physics says: the spread of the radii is what can be read.

use crate::support::{shipped_json, source};
use std::sync::atomic::{AtomicBool, Ordering};
use wheelpack::Error;
use wheelpack::design::Variation;
use wheelpack::study::sensitivity::{Input, InputKind, Plan, sensitivity};
use wheelpack::study::sweep::{SweepPlan, sweep};
use wheelpack::study::{Options, Verdict, attack_named, reader_named};

fn tolerance(at: &str) -> Input {
    Input {
        at: at.to_owned(),
        kind: InputKind::Tolerance,
        low: 0.5,
        high: 1.5,
    }
}

#[test]
fn the_spread_of_radii_moves_the_time_and_the_gates_place_the_owner() {
    let variation = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let inputs = [
        tolerance("/mechanism/wheel/rim_radius_mm"),
        tolerance("/mechanism/wheel/gate/position_marks"),
    ];
    let plan = Plan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("expert").expect("shipped"),
        inputs: &inputs,
        points: 32,
        trials: 12,
        local_trials: 100,
    };
    let report = sensitivity(&variation, &plan, &Options::with_seed(1)).expect("a dial lock");
    let total = |result: usize, input: usize| {
        let index = report.results[result].indices[input];
        index.total.value.expect("it varies")
    };
    assert!(
        total(0, 0) > 0.7 && total(0, 1) < 0.3,
        "{:?}",
        report.results[0]
    );
    assert!(total(2, 1) > 0.3, "{:?}", report.results[2]);
    // closer radii cost the manipulator time; every tolerance has its line
    assert_eq!(report.local.len(), variation.tolerances().len());
    let radius = &report.local[0];
    assert_eq!(radius.at, inputs[0].at);
    assert_eq!(radius.difference.verdict, Verdict::Harder, "{radius:?}");
    assert!(radius.minutes.low > Some(0.0), "{radius:?}");
    let again = sensitivity(&variation, &plan, &Options::with_seed(1)).expect("a dial lock");
    assert_eq!(report, again);
}

#[test]
fn a_design_without_wheels_or_with_an_impossible_range_is_refused() {
    let plan = |inputs| Plan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("expert").expect("shipped"),
        inputs,
        points: 32,
        trials: 10,
        local_trials: 0,
    };
    let lock = Variation::new(&source(&shipped_json("smart-outdoor-lock"))).expect("JSON");
    let torque = [Input {
        at: "/mechanism/spring/torque_nmm".to_owned(),
        kind: InputKind::Number,
        low: 40.0,
        high: 80.0,
    }];
    assert!(sensitivity(&lock, &plan(&torque), &Options::with_seed(1)).is_err());
    let dial = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let wheels = [Input {
        at: "/mechanism/wheel/gate/width_mm/nominal".to_owned(),
        low: 0.5,
        high: 1.0,
        ..torque[0].clone()
    }];
    let refused = sensitivity(&dial, &plan(&wheels), &Options::with_seed(1));
    assert!(
        matches!(refused, Err(Error::OutOfRange { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_sweep_shows_the_time_fall_with_the_spread_and_names_what_cannot_be() {
    let variation = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let radius = tolerance("/mechanism/wheel/rim_radius_mm");
    let plan = |input| SweepPlan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("expert").expect("shipped"),
        input,
        points: 3,
        trials: 60,
    };
    let report = sweep(&variation, &plan(&radius), &Options::with_seed(1)).expect("a dial lock");
    let chance = |k: usize| report.points[k].p_open_2h;
    assert_eq!(report.points.len(), 3);
    assert!(chance(0).high < chance(2).low, "{report:?}");
    let owner = |k: usize| report.points[k].owner_reliability.value;
    assert!(owner(0) > owner(2), "{report:?}");
    // gates that the fence does not fit are said, not skipped in silence
    let width = Input {
        at: "/mechanism/wheel/gate/width_mm/nominal".to_owned(),
        kind: InputKind::Number,
        low: 1.0,
        high: 5.4,
    };
    let report = sweep(&variation, &plan(&width), &Options::with_seed(1)).expect("one is sound");
    assert!(
        !report.refused.is_empty() && !report.points.is_empty(),
        "{report:?}"
    );
    assert!(report.refused.iter().all(|r| !r.why.is_empty()));
}

#[test]
fn a_sweep_that_is_stopped_tells_the_points_before_and_nothing_before_the_first() {
    let variation = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let plan = SweepPlan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("expert").expect("shipped"),
        input: &tolerance("/mechanism/wheel/rim_radius_mm"),
        points: 3,
        trials: 40,
    };
    let whole = sweep(&variation, &plan, &Options::with_seed(1)).expect("a dial lock");
    for (is_wanted_after, left) in [(40, 1), (80, 2)] {
        let stop = AtomicBool::new(false);
        let options = Options {
            progress: &|done, _| stop.store(done > is_wanted_after, Ordering::Relaxed),
            stop: Some(&stop),
            ..Options::with_seed(1)
        };
        let short = sweep(&variation, &plan, &options).expect("one point is done");
        assert_eq!(short.points[..], whole.points[..left]);
    }
    let options = Options {
        stop: Some(&AtomicBool::new(true)),
        ..Options::with_seed(1)
    };
    let none = sweep(&variation, &plan, &options);
    assert!(matches!(none, Err(Error::Stopped { .. })));
}
