//! The exhaustive search takes the time that its closed form says.

use crate::support::{design, shipped_json, with};
use serde_json::{Value, json};
use wheelpack::attack::wall::Streams;
use wheelpack::attack::{ExhaustiveLaw, Handle, Known, Reader, Setup, reader, run_trial};
use wheelpack::mechanism::dial_lock::AsBuilt;
use wheelpack::rng::{Purpose, stream};
use wheelpack::stats::interval;
use wheelpack::study::attack_named;

/// A design whose parts are exact.
fn exact() -> Value {
    with(
        shipped_json("group2-dial"),
        &[
            ("/mechanism/wheel/rim_radius_mm/plus_minus", json!(0)),
            ("/mechanism/wheel/runout_mm", json!(0)),
            ("/mechanism/wheel/gate/width_mm", json!(5.4)),
            ("/mechanism/wheel/gate/position_marks", json!(0)),
            ("/mechanism/lever/fence/out_of_parallel", json!(0)),
        ],
    )
}

/// A dialing machine that stops where it should.
fn machine() -> Reader {
    Reader {
        turn_s: 0.5,
        settle_s: 0.1,
        try_s: 0.3,
        mis_set_sd_marks: 0.0,
        budget_h: 48.0,
        ..reader::find("expert").expect("shipped").clone()
    }
}

fn streams() -> Streams {
    Streams::of(1, 0)
}

#[test]
fn the_simulated_search_takes_the_time_of_the_closed_form_for_each_code_and_opens_every_one() {
    let design = design(&exact());
    let lock = design.lock.contact().expect("a dial lock");
    let space = &design.keyspace.as_ref().expect("a key space").space;
    let codes = space.codes().expect("codes");
    let is_allowed = |code: &[u32]| codes.contains(code);
    let reader = machine();
    let built = AsBuilt::nominal(lock, &[vec![52.0, 15.0, 37.0]]);
    let facts = Handle::new(built, &reader, &is_allowed, streams()).facts();
    let law = ExhaustiveLaw::new(&facts, &reader, 3600.0 * reader.budget_h);

    // every allowed code is covered once, and the steps add up to the time
    let last = law.points.last().expect("tries");
    let allowed = codes.len().to_f64();
    assert!((last.covered as f64 - allowed).abs() < 0.5, "{last:?}");
    assert!((law.p_open(last.time_s, allowed) - 1.0).abs() < 1e-12);
    assert!((law.steps.total_s() / last.time_s - 1.0).abs() < 1e-9);
    assert!(law.p_open(0.5 * last.time_s, allowed) < 0.7);

    let setup = Setup {
        lock,
        reader: &reader,
        attack: attack_named("exhaustive").expect("shipped"),
        allowed: &is_allowed,
        seed: 3,
        known: Known::default(),
    };
    let times: Vec<f64> = law.points.iter().map(|p| p.time_s).collect();
    for trial in 0..24 {
        let drawn = codes.sample(&mut stream(3, trial, Purpose::Code));
        let code: Vec<f64> = drawn.expect("a code").into_iter().map(f64::from).collect();
        let outcome = run_trial(&setup, std::slice::from_ref(&code), trial);
        assert!(outcome.opened, "{code:?}");
        let time_s = outcome.tally.elapsed_s;
        let k = usize::try_from(outcome.tally.tries - 1).expect("small");
        assert!(
            (times[k] - time_s).abs() < 1e-6 * time_s,
            "{code:?}, try {k}: {time_s} s, closed form {} s",
            times[k]
        );
    }
}

#[test]
fn the_share_of_locks_open_in_time_is_that_of_the_closed_form() {
    let design = design(&exact());
    let lock = design.lock.contact().expect("a dial lock");
    let space = &design.keyspace.as_ref().expect("a key space").space;
    let codes = space.codes().expect("codes");
    let is_allowed = |code: &[u32]| codes.contains(code);
    let reader = Reader {
        budget_h: 3.0,
        ..machine()
    };
    let built = AsBuilt::nominal(lock, &[vec![52.0, 15.0, 37.0]]);
    let facts = Handle::new(built, &reader, &is_allowed, streams()).facts();
    let budget_s = 3600.0 * reader.budget_h;
    let law = ExhaustiveLaw::new(&facts, &reader, budget_s);
    let setup = Setup {
        lock,
        reader: &reader,
        attack: attack_named("exhaustive").expect("shipped"),
        allowed: &is_allowed,
        seed: 4,
        known: Known::default(),
    };
    let trials = 200;
    let times: Vec<Option<f64>> = (0..trials)
        .map(|trial| {
            let drawn = codes.sample(&mut stream(4, trial, Purpose::Code));
            let code: Vec<f64> = drawn.expect("a code").into_iter().map(f64::from).collect();
            let outcome = run_trial(&setup, &[code], trial);
            outcome.opened.then_some(outcome.tally.elapsed_s)
        })
        .collect();
    for share in [0.3, 0.6, 1.0] {
        let until = share * budget_s;
        let open = times.iter().flatten().filter(|t| **t <= until).count() as u64;
        let band = interval::clopper_pearson(open, trials, 0.99);
        let p = law.p_open(until, codes.len().to_f64());
        assert!(
            p > 0.01 && band.low <= Some(p) && band.high >= Some(p),
            "{until}: {band:?}, {p}"
        );
    }
}
