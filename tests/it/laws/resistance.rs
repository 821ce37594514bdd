//! Physics pulls the right way in manipulation studies, with confidence bands apart.

use crate::support::{design, shipped_json, with};
use serde_json::{Value, json};
use wheelpack::attack::{Reader, reader};
use wheelpack::mechanism::dial_lock::DialLock;
use wheelpack::stats::{Estimate, interval};
use wheelpack::study::{Options, ResistReport, attack_named, resist};

const TRIALS: u64 = 300;
const RADIUS: &str = "/mechanism/wheel/rim_radius_mm/plus_minus";

fn expert() -> Reader {
    reader::find("expert").expect("shipped").clone()
}

fn graphed(json: &Value, reader: &Reader) -> ResistReport {
    graphed_often(json, reader, TRIALS)
}

fn graphed_often(json: &Value, reader: &Reader, trials: u64) -> ResistReport {
    let options = Options {
        trials: Some(trials),
        ..Options::with_seed(7)
    };
    let graphing = attack_named("graphing").expect("shipped");
    resist(&design(json), graphing, reader, &options).expect("a dial lock")
}

/// The chance of an opening within `hours`.
fn p_open(report: &ResistReport, hours: f64) -> Estimate {
    let at = report
        .p_open
        .iter()
        .find(|p| (p.time_min - 60.0 * hours).abs() < 1e-9);
    at.expect("a stated time").p
}

/// Half of the locks of `harder` open later than half of those of `easier`, and fewer are open
/// after 2 and 20 hours, bands apart.
fn assert_harder(easier: &ResistReport, harder: &ResistReport, what: &str) {
    let (soon, late) = (easier.t50_min, harder.t50_min);
    assert!(
        soon.high < late.low && soon.high.is_some(),
        "{what}: {soon:?} {late:?}"
    );
    for hours in [2.0, 20.0] {
        let (more, fewer) = (p_open(easier, hours), p_open(harder, hours));
        assert!(
            fewer.high < more.low && fewer.high.is_some(),
            "{what}, {hours} h: {more:?} {fewer:?}"
        );
    }
}

#[test]
fn a_fourth_wheel_and_false_gates_raise_the_median_time() {
    // At 20 h the shares of open locks are near: more trials than elsewhere.
    let often = |json: &Value| graphed_often(json, &expert(), 1_200);
    let plain = often(&shipped_json("group2-dial"));
    let four = often(&shipped_json("group2-four-wheel"));
    assert_harder(&plain, &four, "four wheels");
    // the false gates alone: everything else as in the plain lock
    let false_gates = shipped_json("group2m-false-gates")["mechanism"]["false_gates"].clone();
    let mut gated = shipped_json("group2-dial");
    gated["mechanism"]["false_gates"] = false_gates;
    assert_harder(&plain, &often(&gated), "false gates");
}

#[test]
fn a_larger_spread_of_the_radii_lowers_the_median_time() {
    let spread = |mm: f64| {
        let json = with(shipped_json("group2-dial"), &[(RADIUS, json!(mm))]);
        // At 20 h the shares of open locks are near: more trials than elsewhere.
        graphed_often(&json, &expert(), 800)
    };
    let (close, middle, wide) = (spread(0.15), spread(0.6), spread(1.2));
    assert_harder(&middle, &close, "0.15 mm against 0.6 mm");
    assert_harder(&wide, &middle, "0.6 mm against 1.2 mm");
}

#[test]
fn more_noise_of_the_readings_raises_the_median_time() {
    let noise = |marks: f64| {
        let reader = Reader {
            sigma0_marks: marks,
            resolution_marks: 0.0,
            ..expert()
        };
        graphed(&shipped_json("group2-dial"), &reader)
    };
    let (fine, usual, coarse) = (noise(0.005), noise(0.05), noise(0.15));
    assert_harder(&usual, &coarse, "0.15 marks against 0.05");
    assert_harder(&fine, &usual, "0.05 marks against 0.005");
}

/// `group2-dial` with `spread_mm` of radius and no other deviation: no runout, a parallel fence,
/// gates exactly in place and as wide as drawn.
fn otherwise_exact(spread_mm: f64) -> Value {
    with(
        shipped_json("group2-dial"),
        &[
            (RADIUS, json!(spread_mm)),
            ("/mechanism/wheel/runout_mm", json!(0)),
            ("/mechanism/wheel/gate/width_mm", json!(5.4)),
            ("/mechanism/wheel/gate/position_marks", json!(0)),
            ("/mechanism/lever/fence/out_of_parallel", json!(0)),
        ],
    )
}

/// A reader without any error, as slow as an expert.
fn faultless() -> Reader {
    Reader {
        resolution_marks: 0.0,
        sigma0_marks: 0.0,
        kappa: 0.0,
        mis_set_sd_marks: 0.0,
        ..expert()
    }
}

/// Settings that a search must go through at least: the allowed codes over those that one setting can
/// open, as many whole marks on each wheel as fit into the dialing window.
fn settings(json: &Value) -> f64 {
    let design = design(json);
    let lock: &DialLock = design.lock.contact().expect("a dial lock");
    let allowed = design
        .keyspace
        .as_ref()
        .expect("a key space")
        .space
        .codes()
        .expect("codes")
        .len()
        .to_f64();
    let marks = 1.0 + (2.0 * lock.window.half_marks()).floor();
    allowed / marks.powi(3)
}

/// The chance that a search of `all` settings in any order has opened one, if it looked at `looks`
/// of them on average before it opened or gave up. With T uniform on 1..N and n looks at most,
/// E min(T, n) = n − n²/2N and P = n/N.
fn p_by_trying(looks: f64, all: f64) -> f64 {
    1.0 - (1.0 - 2.0 * looks / all).max(0.0).sqrt()
}

/// Codes looked at in a trial: tried, or set while reading, where a fallen lever would open too.
fn looks(report: &ResistReport) -> f64 {
    report.tries.value.expect("a mean") + report.readings.value.expect("a mean")
}

#[test]
fn without_any_spread_graphing_is_no_better_than_trying_codes() {
    let json = otherwise_exact(0.0);
    let all = settings(&json);
    for reader in [expert(), faultless()] {
        for budget_h in [20.0, 30.0] {
            let reader = Reader {
                budget_h,
                ..reader.clone()
            };
            let report = graphed_often(&json, &reader, 120);
            let opened = interval::clopper_pearson(report.opened, report.trials, 0.95);
            let by_trying = p_by_trying(looks(&report), all);
            assert!(
                opened.low.expect("a limit") <= by_trying && by_trying < 0.5,
                "{budget_h} h: {opened:?} opened, {by_trying} by trying as many codes"
            );
        }
    }
    // on a lock with spread the same work opens far more than trying as many codes would
    let spread = graphed(&otherwise_exact(0.6), &expert());
    let by_trying = p_by_trying(looks(&spread), all);
    let low = p_open(&spread, 20.0).low.expect("a limit");
    assert!(low > 3.0 * by_trying, "{low} {by_trying}");
}

#[test]
fn without_noise_and_with_a_large_spread_the_lock_nearly_always_opens() {
    let report = graphed(&otherwise_exact(1.2), &faultless());
    let p = p_open(&report, 20.0);
    assert!(p.low > Some(0.95), "{p:?}");
}
