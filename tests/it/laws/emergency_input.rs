//! Bad emergency input: every fault is a finding with its code and its place, all at once.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use wheelpack::emergency::check::{MAX_SOLUTIONS, check_design, check_pair, check_scenario};
use wheelpack::emergency::scenario::{shipped_scenario_json, shipped_scenario_names};
use wheelpack::emergency::shipped::{shipped_section_json, shipped_section_names};
use wheelpack::emergency::{EmergencySpec, Model, SOLUTIONS, ScenarioSpec, SolverLinks};
use wheelpack::{Finding, Severity};

fn section(name: &str) -> Value {
    serde_json::from_str(shipped_section_json(name).unwrap()).unwrap()
}

fn scenario() -> Value {
    serde_json::from_str(shipped_scenario_json("outdoor_cabinet").unwrap()).unwrap()
}

/// All findings of the two files together.
fn findings(section: &Value, scenario: &Value) -> Vec<Finding> {
    let section: EmergencySpec = serde_json::from_value(section.clone()).unwrap();
    let scenario: ScenarioSpec = serde_json::from_value(scenario.clone()).unwrap();
    let links = SolverLinks::default();
    let mut found = check_design(&section);
    found.extend(check_pair(&section, &scenario, &links));
    found.extend(check_scenario(&scenario));
    let refused = Model::new(&section, &scenario, &links).is_err();
    assert_eq!(refused, found.iter().any(|f| f.severity == Severity::Error));
    found
}

/// Replaces what stands at `pointer` of the smart lock's section and expects exactly one finding.
fn one_fault(pointer: &str, value: Value, code: &str, at: &str) {
    let mut doc = section("smart-outdoor-lock");
    *doc.pointer_mut(pointer).unwrap() = value;
    expect(&findings(&doc, &scenario()), code, at);
}

fn expect(found: &[Finding], code: &str, at: &str) {
    let places: Vec<(&str, &str)> = found.iter().map(|f| (f.code, f.at.as_str())).collect();
    assert_eq!(places, [(code, at)], "{found:?}");
    assert!(!found[0].message.is_empty() && !found[0].hint.is_empty());
}

#[test]
fn probabilities_outside_their_range_are_found() {
    let place = "/causes/battery/p_ignored";
    for p in [1.2, -0.1] {
        let number = json!({"value": p, "mark": "assumption", "source": "x"});
        one_fault(place, number, "WP501", place);
    }
}

#[test]
fn a_value_outside_low_and_high_is_found() {
    one_fault("/price_cny/low", json!(5000), "WP503", "/price_cny");
    one_fault("/price_cny/low", json!(0), "WP503", "/price_cny");
    one_fault("/price_cny/low", Value::Null, "WP503", "/price_cny");
}

#[test]
fn negative_and_impossible_quantities_are_found() {
    one_fault(
        "/events/port_corroded/weibull/scale_years",
        json!({"value": 0, "mark": "assumption", "source": "x"}),
        "WP502",
        "/events/port_corroded/weibull/scale_years",
    );
}

#[test]
fn a_number_without_a_source_is_found() {
    one_fault("/price_cny/source", json!(" "), "WP520", "/price_cny");
}

#[test]
fn a_missing_event_is_found_with_a_near_miss() {
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][0]["fails_if"] = json!(["bag_left_behnd"]);
    let found = findings(&doc, &scenario());
    expect(&found, "WP504", "/solutions/0");
    assert!(
        found[0].hint.contains("`bag_left_behind`"),
        "{}",
        found[0].hint
    );
}

#[test]
fn a_gate_that_leads_back_to_itself_is_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["gates"]["no_call"] = json!({"any": ["locksmith_out_of_reach"]});
    let found = findings(&doc, &scenario());
    let cycles: Vec<&str> = found.iter().map(|f| f.at.as_str()).collect();
    assert_eq!(cycles, ["/gates/locksmith_out_of_reach", "/gates/no_call"]);
    assert!(
        found
            .iter()
            .all(|f| f.code == "WP505" && f.message.contains('→'))
    );
}

#[test]
fn a_gate_that_refers_to_itself_is_the_only_thing_found_wherever_else_it_is_used() {
    let mut doc = section("smart-outdoor-lock");
    doc["gates"]["no_call"] = json!({"any": ["no_call", "phone_unusable"]});
    let above = |g: &Value| {
        g["any"]
            .as_array()
            .is_some_and(|of| of.contains(&json!("no_call")))
    };
    let gates = doc["gates"].as_object().unwrap();
    assert!(gates.iter().any(|(name, g)| name != "no_call" && above(g)));
    let found = findings(&doc, &scenario());
    let errors: Vec<Finding> = found
        .into_iter()
        .filter(|f| f.severity == Severity::Error)
        .collect();
    expect(&errors, "WP505", "/gates/no_call");
    assert!(
        errors[0].message.ends_with("no_call → no_call"),
        "{errors:?}"
    );
}

#[test]
fn gates_that_explode_when_written_out_are_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["gates"]["g0"] = json!({"any": ["no_call", "no_call"]});
    for i in 1..60 {
        let below = format!("g{}", i - 1);
        doc["gates"][format!("g{i}")] = json!({"any": [below, below]});
    }
    let found = findings(&doc, &scenario());
    assert!(
        !found.is_empty() && found.iter().all(|f| f.code == "WP507"),
        "{found:?}"
    );
}

#[test]
fn impossible_counts_of_a_gate_are_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["gates"]["no_call"] =
        json!({"at_least": {"k": 3, "of": ["phone_unusable", "no_phone_coverage"]}});
    expect(&findings(&doc, &scenario()), "WP518", "/gates/no_call");
}

#[test]
fn a_spare_kept_behind_its_own_lock_is_found() {
    for behind in ["this", "mechanical-two-spares"] {
        let mut doc = section("mechanical-two-spares");
        let place = "/solutions/0/kind/spare_combination/holders/1";
        doc.pointer_mut(place).unwrap()["behind"] = json!(behind);
        expect(&findings(&doc, &scenario()), "WP510", place);
    }
    let mut doc = section("smart-outdoor-lock");
    let place = "/solutions/1/kind/mechanical_key/holders/0";
    doc.pointer_mut(place).unwrap()["behind"] = json!("this");
    expect(&findings(&doc, &scenario()), "WP510", place);
}

#[test]
fn more_holders_needed_than_there_are_is_found() {
    let mut doc = section("mechanical-two-spares");
    let place = "/solutions/0/kind/spare_combination/needed";
    *doc.pointer_mut(place).unwrap() = json!(3);
    expect(&findings(&doc, &scenario()), "WP512", place);
}

#[test]
fn remote_on_a_flat_battery_without_power_is_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][2]["answers"] = json!({"battery": "can"});
    expect(
        &findings(&doc, &scenario()),
        "WP509",
        "/solutions/2/answers/battery",
    );
    doc["solutions"][2]["answers"] = json!({"battery": "with_power"});
    assert_eq!(findings(&doc, &scenario()), []);
}

#[test]
fn forty_solutions_are_refused_with_the_bound() {
    let mut doc = section("mechanical-no-spare");
    let one = doc["solutions"][0].clone();
    let many = (0..40).map(|i| {
        let mut copy = one.clone();
        copy["name"] = json!(format!("professional{i}"));
        copy
    });
    doc["solutions"] = many.collect();
    let found = findings(&doc, &scenario());
    expect(&found, "WP506", "/solutions");
    assert!(found[0].hint.contains(&MAX_SOLUTIONS.to_string()));
}

#[test]
fn as_many_solutions_as_allowed_are_computed() {
    let mut doc = section("smart-outdoor-lock");
    let many = doc["solutions"].as_array_mut().unwrap();
    for i in many.len()..MAX_SOLUTIONS {
        let mut copy = many[1 + i % 4].clone();
        copy["name"] = json!(format!("more{i}"));
        many.push(copy);
    }
    let section: EmergencySpec = serde_json::from_value(doc).unwrap();
    let scenario: ScenarioSpec = serde_json::from_value(scenario()).unwrap();
    let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
    let result = wheelpack::emergency::Contest::new(vec![model])
        .unwrap()
        .run(1, 10);
    assert_eq!(result.designs[0].solution_values.len(), MAX_SOLUTIONS);
}

#[test]
fn equal_names_and_strange_names_are_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][0]["name"] = json!("key");
    let found = findings(&doc, &scenario());
    let codes: Vec<&str> = found.iter().map(|f| f.code).collect();
    assert!(
        codes.contains(&"WP514") && codes.contains(&"WP519"),
        "{found:?}"
    );
    doc = section("smart-outdoor-lock");
    doc["name"] = json!("a lock <b>");
    expect(&findings(&doc, &scenario()), "WP520", "/name");
}

#[test]
fn a_scenario_without_a_cause_is_found() {
    let mut place = scenario();
    place["causes"] = json!([]);
    expect(
        &findings(&section("mechanical-one-spare"), &place),
        "WP508",
        "/causes",
    );
    place["causes"] = json!(["battery"]);
    expect(
        &findings(&section("mechanical-one-spare"), &place),
        "WP508",
        "/causes",
    );
}

#[test]
fn a_horizon_of_no_years_is_found() {
    let mut place = scenario();
    place["horizon_years"] = json!(0);
    expect(
        &findings(&section("mechanical-one-spare"), &place),
        "WP522",
        "/horizon_years",
    );
}

#[test]
fn events_of_equal_name_in_both_files_are_found() {
    let mut doc = section("smart-outdoor-lock");
    doc["events"]["no_locksmith"] = doc["events"]["port_corroded"].clone();
    expect(
        &findings(&doc, &scenario()),
        "WP517",
        "/events/no_locksmith",
    );
}

#[test]
fn an_event_that_nothing_refers_to_is_a_warning_only() {
    let mut doc = section("smart-outdoor-lock");
    doc["events"]["moon"] = doc["events"]["port_corroded"].clone();
    let found = findings(&doc, &scenario());
    expect(&found, "WP516", "/events/moon");
    assert_eq!(found[0].severity, Severity::Warning);
}

#[test]
fn links_that_no_analysis_can_give_are_found() {
    let spec: EmergencySpec = serde_json::from_value(section("mechanical-one-spare")).unwrap();
    let place: ScenarioSpec = serde_json::from_value(scenario()).unwrap();
    for links in [
        json!({"jam_rate_per_year": -1.0}),
        json!({"keyspace": {"openings": 5, "settings": 4}}),
        json!({"professional_time": {"attack": "graphing", "points": [
            {"time_h": 2.0, "p_open": 0.5}, {"time_h": 1.0, "p_open": 0.6}]}}),
    ] {
        let links: SolverLinks = serde_json::from_value(links).unwrap();
        expect(&check_pair(&spec, &place, &links), "WP523", "");
    }
}

#[test]
fn all_faults_are_found_at_once() {
    let mut doc = section("smart-outdoor-lock");
    doc["price_cny"]["value"] = json!(-1);
    doc["solutions"][0]["slip"]["p_practised"]["value"] = json!(7);
    doc["solutions"][1]["fails_if"] = json!(["nothing_like_it"]);
    let found = findings(&doc, &scenario());
    let codes: std::collections::BTreeSet<&str> = found.iter().map(|f| f.code).collect();
    assert!(
        codes.is_superset(&["WP501", "WP502", "WP504"].into()),
        "{found:?}"
    );
}

#[test]
fn unknown_fields_and_kinds_are_errors_of_the_reader() {
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][0]["kind"]["external_power"]["volt"] = json!(5);
    let said = serde_json::from_value::<EmergencySpec>(doc)
        .unwrap_err()
        .to_string();
    assert!(said.contains("unknown field `volt`"), "{said}");
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][0]["kind"] = json!({"magic": {}});
    let said = serde_json::from_value::<EmergencySpec>(doc)
        .unwrap_err()
        .to_string();
    assert!(SOLUTIONS.iter().all(|k| said.contains(k.name)), "{said}");
}

/// Counts the objects that carry a mark: the numbers of a file.
fn numbers_in(value: &Value) -> usize {
    match value {
        Value::Object(map) if map.contains_key("mark") => 1,
        Value::Object(map) => map.values().map(numbers_in).sum(),
        Value::Array(list) => list.iter().map(numbers_in).sum(),
        _ => 0,
    }
}

#[test]
fn every_number_of_every_shipped_file_is_in_the_table_and_survives_a_round_trip() {
    for place in shipped_scenario_names() {
        let place: Value = serde_json::from_str(shipped_scenario_json(place).unwrap()).unwrap();
        let scenario: ScenarioSpec = serde_json::from_value(place.clone()).unwrap();
        let written = serde_json::to_value(&scenario).unwrap();
        assert_eq!(
            serde_json::from_value::<ScenarioSpec>(written).unwrap(),
            scenario
        );
        for name in shipped_section_names() {
            let doc = section(name);
            let spec: EmergencySpec = serde_json::from_value(doc.clone()).unwrap();
            let back: EmergencySpec =
                serde_json::from_value(serde_json::to_value(&spec).unwrap()).unwrap();
            assert_eq!(back, spec);
            let model = Model::new(&spec, &scenario, &SolverLinks::default()).unwrap();
            let stated = serde_json::to_value(&model.design).unwrap();
            assert!(numbers_in(&stated) >= numbers_in(&doc));
            let all = numbers_in(&stated) + numbers_in(&place);
            assert_eq!(model.parameters.list().len(), all, "{name}");
            let keys: std::collections::BTreeSet<&str> = model
                .parameters
                .list()
                .iter()
                .map(|p| p.key.as_str())
                .collect();
            assert_eq!(keys.len(), all, "keys of {name} are unique");
        }
    }
}

#[test]
fn shipped_files_meet_their_schema_and_faulty_ones_do_not() {
    let schema = serde_json::to_value(schemars::schema_for!(EmergencySpec)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in shipped_section_names() {
        let errors: Vec<String> = validator
            .iter_errors(&section(name))
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    let mut doc = section("smart-outdoor-lock");
    doc["solutions"][0]["kind"]["external_power"]["volt"] = json!(5);
    assert!(!validator.is_valid(&doc));
    let schema = serde_json::to_value(schemars::schema_for!(ScenarioSpec)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&scenario()));
}
