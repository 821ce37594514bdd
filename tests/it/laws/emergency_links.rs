//! Results of the other analyses enter the emergency model, and every number says where from.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::json;
use wheelpack::emergency::given::Origin;
use wheelpack::emergency::scenario::shipped_scenario;
use wheelpack::emergency::shipped::shipped_section;
use wheelpack::emergency::{Cause, Contest, EmergencyReport, Model, SolverLinks};

fn report(design: &str, links: serde_json::Value) -> EmergencyReport {
    let scenario = shipped_scenario("outdoor_cabinet").unwrap();
    let links: SolverLinks = serde_json::from_value(links).unwrap();
    let model = Model::new(&shipped_section(design).unwrap(), &scenario, &links).unwrap();
    Contest::new(vec![model])
        .unwrap()
        .run(1, 0)
        .designs
        .remove(0)
}

#[test]
fn rates_of_jam_and_spring_come_from_the_mechanism_where_it_was_run() {
    let alone = report("mechanical-one-spare", json!({}));
    for cause in [Cause::Jam, Cause::Spring, Cause::Credential] {
        assert_eq!(alone.rates_per_year[&cause].from, Origin::File);
    }
    let linked = report(
        "mechanical-one-spare",
        json!({"jam_rate_per_year": 0.25, "spring_stress_range_mpa": 600.0}),
    );
    let jam = &linked.rates_per_year[&Cause::Jam];
    assert_eq!(
        (jam.from, jam.nominal.to_bits()),
        (Origin::Mechanism, 0.25_f64.to_bits())
    );
    let spring = |r: &EmergencyReport| r.rates_per_year[&Cause::Spring].nominal;
    assert_eq!(
        linked.rates_per_year[&Cause::Spring].from,
        Origin::Mechanism
    );
    assert!(
        spring(&linked) > spring(&alone),
        "a higher stress breaks springs sooner"
    );
    assert!(linked.annual_loss.total.nominal > alone.annual_loss.total.nominal);
}

#[test]
fn independence_of_spares_is_the_verdict_of_the_keyspace() {
    let alone = report("mechanical-one-spare", json!({})).spares.unwrap();
    assert_eq!((alone.independent, alone.from), (true, Origin::File));
    assert!((alone.added_openings - 1.0).abs() < 1e-9);
    let told = report("mechanical-one-spare", json!({"spare_independent": false}))
        .spares
        .unwrap();
    assert_eq!((told.independent, told.from), (false, Origin::Keyspace));
    assert!(
        (told.added_openings - 15.0).abs() < 1e-9,
        "2^4 openings on shared wheels"
    );
    let links = json!({"spare_independent": false, "keyspace": {"openings": 8, "settings": 10000}});
    let counted = report("mechanical-one-spare", links).spares.unwrap();
    assert!((counted.added_openings - 7.0).abs() < 1e-9);
}

#[test]
fn the_time_of_a_professional_follows_the_manipulation_study() {
    let curve = |points: serde_json::Value| json!({"professional_time": {"attack": "graphing", "points": points}});
    let links = curve(json!([
        {"time_h": 0.5, "p_open": 0.2}, {"time_h": 2.0, "p_open": 0.6}, {"time_h": 20.0, "p_open": 0.9},
    ]));
    let linked = report("mechanical-no-spare", links);
    let alone = report("mechanical-no-spare", json!({}));
    let step = |r: &EmergencyReport, cause| r.plan[&cause].steps[0].clone();
    assert_eq!(step(&alone, Cause::Credential).from, Origin::File);
    assert_eq!(step(&linked, Cause::Credential).from, Origin::AttackStudy);
    assert_eq!(
        step(&linked, Cause::Jam).from,
        Origin::File,
        "the study is about a whole lock"
    );
    // By feel: 0.5 h with 0.2, 2 h with 0.4, and 4 h of patience with the rest before drilling.
    let by_feel = 0.2 * 0.5 + 0.4 * 2.0 + 0.4 * 4.0;
    let longer = step(&linked, Cause::Credential).time_h - step(&alone, Cause::Credential).time_h;
    assert!((longer - by_feel).abs() < 1e-9, "{longer}");
    let access = &linked.plan[&Cause::Credential].access;
    assert!(access.len() > alone.plan[&Cause::Credential].access.len());
    let mean = linked.plan[&Cause::Credential].expected_time_h;
    assert!(mean > alone.plan[&Cause::Credential].expected_time_h);
    assert!(
        access
            .windows(2)
            .all(|w| w[0].p <= w[1].p && w[0].time_h <= w[1].time_h)
    );
}

#[test]
fn a_seized_lock_changes_what_is_tried_next() {
    let smart = report("smart-outdoor-lock", json!({}));
    let plan = &smart.plan[&Cause::Credential];
    let force = plan.force.unwrap();
    assert!(
        force.seized > force.without_force,
        "seizing makes the rest dearer"
    );
    let star = force.p_seize_break_even.unwrap();
    assert!(star < force.p_seize, "forcing first does not pay here");
    assert!(plan.endings.iter().all(|e| (0.0..=1.0).contains(&e.p)));
}
