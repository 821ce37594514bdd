//! Wrong emergency sections and scenarios, through the binary.

use super::fuzz::leaves;
use super::{folder, run, said};
use crate::support::{shipped_json, source, with};
use serde_json::{Value, json};
use std::fs;
use wheelpack::emergency::scenario::shipped_scenario_json;

/// Exit code and words of an emergency study, which must fail, with `value` in `broken.json`.
fn refused(value: &Value, args: &[&str]) -> (Option<i32>, String) {
    let here = folder();
    let text = serde_json::to_string_pretty(value).expect("JSON");
    fs::write(here.path().join("broken.json"), text).expect("written");
    let out = run(here.path(), &[&["emergency", "-q"], args].concat());
    assert!(out.stdout.is_empty(), "{args:?}");
    (out.status.code(), said(&out.stderr))
}

fn broken_design(value: &Value) -> (Option<i32>, String) {
    refused(value, &["broken.json"])
}

fn broken_scenario(value: &Value) -> (Option<i32>, String) {
    refused(value, &["smart-outdoor-lock", "--scenario", "broken.json"])
}

fn cabinet() -> Value {
    serde_json::from_str(shipped_scenario_json("outdoor_cabinet").expect("shipped")).expect("JSON")
}

#[test]
fn faults_of_the_details_of_a_solution_are_all_told_each_at_its_place() {
    let mut design = shipped_json("smart-outdoor-lock");
    let solutions = &mut design["emergency"]["solutions"];
    let power = solutions[0]["kind"]["external_power"].take();
    solutions[0]["kind"] = json!({ "external_powr": power });
    solutions[1]["kind"] = json!({});
    solutions[2]["kind"]["force"] = json!({});
    solutions[3]["kind"]["opening_hole"]["toool"] = json!("x");
    let professional = &mut solutions[4]["kind"]["professional"];
    professional["p_opens"]["value"] = json!("often");
    professional["patience_h"].take();
    let (exit, said) = broken_design(&design);
    assert_eq!(exit, Some(1), "{said}");
    let kind = |k: usize| format!("/emergency/solutions/{k}/kind");
    for (place, parts) in [
        (
            kind(0),
            &["external_powr", "did you mean `external_power`?"][..],
        ),
        (kind(1), &["exactly one of external_power, mechanical_key"]),
        (kind(2), &["exactly one of"]),
        (kind(3) + "/opening_hole/toool", &["did you mean `tool`?"]),
        (
            kind(4) + "/professional/p_opens/value",
            &["expected a number"],
        ),
        (kind(4) + "/professional/patience_h", &["expected"]),
    ] {
        let here = said
            .split("\n\n")
            .find(|f| f.contains(&format!("at {place}\n")));
        let here = here.unwrap_or_else(|| panic!("{place}: {said}"));
        let here = here.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in parts {
            assert!(here.contains(part), "{part} in {here}");
        }
    }
}

#[test]
fn faults_of_a_design_stand_at_their_place_in_its_file() {
    let change = |at: &str, value: Value| {
        let mut design = shipped_json("dial-spare-shared-wheels");
        *design.pointer_mut(at).unwrap_or_else(|| panic!("{at}")) = value;
        broken_design(&design)
    };
    let spare = "/emergency/solutions/0/kind/spare_combination";
    let behind = json!([{
        "who": "the cabinet", "unavailable": "first_holder_away", "behind": "dial-spare-shared-wheels",
        "p_disclosed_per_year": {"value": 0.1, "mark": "assumption", "source": "judgement"}
    }]);
    let cases = [
        (format!("{spare}/holders"), behind, "WP510"),
        (
            format!("{spare}/p_used_if_disclosed/value"),
            json!(1.2),
            "WP501",
        ),
        (format!("{spare}/spares"), json!(2), "WP524"),
        (
            format!("{spare}/realisation"),
            json!("separate_pack"),
            "WP524",
        ),
        (
            "/emergency/gates/no_call/any".to_owned(),
            json!(["locksmith_out_of_reach"]),
            "WP505",
        ),
        (
            "/emergency/gates/no_call/any".to_owned(),
            json!(["phone_unusabel"]),
            "WP504",
        ),
    ];
    for (at, value, code) in cases {
        let (exit, said) = change(&at, value);
        assert_eq!(exit, Some(1), "{code}: {said}");
        let line = said
            .lines()
            .find(|l| l.contains(code))
            .unwrap_or_else(|| panic!("{code}: {said}"));
        let place: Vec<&str> = line.split(':').collect();
        let number = |i: usize| place[i].trim().parse::<usize>().is_ok_and(|n| n > 0);
        assert!(
            place[0].ends_with("broken.json") && number(1) && number(2),
            "{line}"
        );
    }
    let mut many = shipped_json("smart-outdoor-lock");
    let all = many["emergency"]["solutions"]
        .as_array_mut()
        .expect("solutions");
    let key = all[1].clone();
    for k in 0..40 {
        let mut copy = key.clone();
        copy["name"] = json!(format!("key{k}"));
        all.push(copy);
    }
    let (code, said) = broken_design(&many);
    assert!(
        code == Some(1) && said.contains("WP506") && said.contains("at most 10"),
        "{said}"
    );
}

#[test]
fn faults_of_a_scenario_stand_at_their_place_in_its_file() {
    let mut none = cabinet();
    none["causes"] = json!([]);
    let (code, said) = broken_scenario(&none);
    assert!(
        code == Some(1) && said.contains("broken.json:4:") && said.contains("WP508"),
        "{said}"
    );
    let mut wrong = cabinet();
    wrong["events"]["bag_left_behind"]["p"]["value"] = json!(1.5);
    wrong["night_share"]["value"] = json!("often");
    wrong["horizon"] = json!(3);
    let (code, said) = broken_scenario(&wrong);
    assert_eq!(code, Some(1));
    for code in ["WP501", "WP103", "WP101"] {
        assert!(said.contains(code), "{code}: {said}");
    }
    let mut missing = cabinet();
    missing["events"]
        .as_object_mut()
        .expect("events")
        .remove("bag_left_behind");
    let (code, said) = broken_scenario(&missing);
    assert!(code == Some(1) && said.contains("WP504"), "{said}");
    assert!(said.contains("designs/smart-outdoor-lock.json:"), "{said}");
}

#[test]
fn a_misspelt_event_is_told_by_check_already() {
    let at = "/emergency/solutions/4/kind/professional/unavailable";
    let json = shipped_json("smart-outdoor-lock");
    let json = with(json, &[(at, "locksmith_out_of_reech".into())]);
    let reading = wheelpack::design::read(&source(&json));
    assert!(reading.design.is_some(), "a scenario may bring it");
    let told: Vec<_> = reading.findings.iter().map(|f| &f.finding).collect();
    assert!(
        told.iter()
            .any(|f| f.code == "WP504" && f.hint.contains("`locksmith_out_of_reach`")),
        "{told:?}"
    );
}

#[test]
fn one_wrong_value_in_a_solution_is_one_error_at_its_place() {
    for name in ["dial-spare-shared-wheels", "group2-dial"] {
        let json = shipped_json(name);
        let mut all = Vec::new();
        let solutions = "/emergency/solutions";
        leaves(json.pointer(solutions).expect("some"), solutions, &mut all);
        assert!(all.len() > 100, "{name}");
        for at in all {
            let broken = with(json.clone(), &[(&at, json!({ "?": [] }))]);
            let reading = wheelpack::design::read(&source(&broken));
            let told = reading.findings.iter().map(|f| &f.finding);
            let told: Vec<_> = told.map(|f| (f.code, f.at.as_str())).collect();
            let is_there = told.len() == 1 && told[0].1.starts_with(at.as_str());
            assert!(is_there, "{name}, {at}: {told:?}");
        }
    }
}
