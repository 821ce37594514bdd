//! Laws of the trade-off between owner and attacker.

use crate::support::{design, shipped, shipped_json, with};
use serde_json::json;
use wheelpack::design::Design;
use wheelpack::study::Options;
use wheelpack::study::trade_off::{Sides, TradeOff, TradeOffPoint, Varied, trade_offs};
use wheelpack::study::{ToleranceQuestion, tolerance};

const SIDES: Sides = Sides {
    owner_trials: 200,
    attack_trials: 240,
};

fn of(design: &Design, over: Varied) -> TradeOff {
    let all = trade_offs(design, SIDES, &Options::with_seed(1)).expect("a dial lock");
    all.into_iter().find(|t| t.over == over).expect("studied")
}

fn owner(p: &TradeOffPoint) -> f64 {
    p.p_open_first_dialing.value.expect("trials were made")
}

fn attacker(p: &TradeOffPoint) -> f64 {
    p.p_open_by_attacker.value.expect("trials were made")
}

#[test]
fn more_clearance_opens_for_the_owner_more_often_and_in_the_end_for_everyone() {
    let t = of(&shipped("group2-dial"), Varied::GateClearanceMm);
    assert!(t.left_out.is_empty() && t.points.len() == 7);
    for pair in t.points.windows(2) {
        assert!(pair[0].window_half_marks < pair[1].window_half_marks);
        assert!(owner(&pair[0]) <= owner(&pair[1]), "{t:?}");
    }
    let (tightest, widest) = (&t.points[0], &t.points[6]);
    assert!(owner(tightest) < 0.95 * owner(widest));
    assert!(attacker(tightest) < attacker(widest), "{t:?}");
    assert!(tightest.p_open_one_mark_off.value < Some(0.01));
    assert!(widest.p_open_one_mark_off.value > Some(0.9));
}

#[test]
fn more_force_drops_the_lever_more_surely_and_is_read_more_easily() {
    let t = of(&shipped("group2-dial"), Varied::SpringTorqueNmm);
    for pair in t.points.windows(2) {
        assert!(owner(&pair[0]) <= owner(&pair[1]), "{t:?}");
    }
    let (weak, strong) = (&t.points[0], &t.points[6]);
    assert!(owner(weak) < 0.6 && owner(strong) > 0.99, "{t:?}");
    assert!(attacker(weak) < 0.67 * attacker(strong), "{t:?}");
    let (weak, strong) = (&weak.p_open_by_attacker, &strong.p_open_by_attacker);
    assert!(weak.high < strong.low && weak.high.is_some(), "{t:?}");
    assert!(t.assumptions.iter().any(|a| a.contains("an assumption")));
}

#[test]
fn the_point_of_the_design_is_what_the_tolerance_study_says_times_the_chance_to_fall() {
    let json = with(
        shipped_json("group2-dial"),
        &[("/owner/dialing_sd_marks", json!(0.4))],
    );
    let design = design(&json);
    let question = ToleranceQuestion {
        trials: SIDES.owner_trials,
        attack_trials: 0,
        ..ToleranceQuestion::default()
    };
    let alone = tolerance(&design, &question, &Options::with_seed(1)).expect("a dial lock");
    let plain = alone.report.p_open_first_dialing.value.expect("trials");
    let t = of(&design, Varied::GateClearanceMm);
    let at = |p: &&TradeOffPoint| (p.value - t.nominal).abs() < 1e-9;
    let here = owner(t.points.iter().find(at).expect("the design is a point"));
    assert!(here < plain && here > 0.999 * plain, "{here} {plain}");
}

#[test]
fn the_bands_hold_the_values_and_the_result_does_not_depend_on_the_run() {
    let design = shipped("dial-spare-shared-wheels");
    let t = of(&design, Varied::GateClearanceMm);
    for p in &t.points {
        for e in [p.p_open_first_dialing, p.p_open_by_attacker] {
            assert!(e.low <= e.value && e.value <= e.high, "{p:?}");
        }
    }
    assert_eq!(t, of(&design, Varied::GateClearanceMm));
}
