//! Extreme figures in emergency files.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use wheelpack::emergency::check::{MAX_QUANTITY, MIN_DIVISOR, check_design};
use wheelpack::emergency::number::Scale;
use wheelpack::emergency::scenario::shipped_scenario_json;
use wheelpack::emergency::shipped::shipped_section_json;
use wheelpack::emergency::{EmergencySpec, Model, Prepared, ScenarioSpec, SolverLinks};

fn section(name: &str) -> Value {
    serde_json::from_str(shipped_section_json(name).unwrap()).unwrap()
}

fn scenario() -> Value {
    serde_json::from_str(shipped_scenario_json("outdoor_cabinet").unwrap()).unwrap()
}

/// Pointers of all numbers of a file.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if map.contains_key("mark") => found.push(at.to_owned()),
        Value::Object(map) => {
            map.iter()
                .for_each(|(k, v)| pointers(v, &format!("{at}/{k}"), found));
        }
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.for_each(|(i, v)| pointers(v, &format!("{at}/{i}"), found));
        }
        _ => {}
    }
}

/// Puts one extreme figure at a time into a file; each is refused or gives finite results.
fn stays_finite(section: &Value, scenario: &Value, in_section: bool, extreme: f64) {
    let doc = if in_section { section } else { scenario };
    let mut places = Vec::new();
    pointers(doc, "", &mut places);
    for place in places {
        let mut changed = doc.clone();
        let number = json!({"value": extreme, "mark": "assumption", "source": "x"});
        *changed.pointer_mut(&place).unwrap() = number;
        let (a, b) = if in_section {
            (&changed, scenario)
        } else {
            (section, &changed)
        };
        let a: EmergencySpec = serde_json::from_value(a.clone()).unwrap();
        let b: ScenarioSpec = serde_json::from_value(b.clone()).unwrap();
        let Ok(model) = Model::new(&a, &b, &SolverLinks::default()) else {
            continue;
        };
        let prepared = Prepared::new(model).unwrap();
        let outcome = prepared.evaluate(&prepared.nominal());
        assert!(
            outcome.loss.total().is_finite(),
            "{place} = {extreme}: {:?}",
            outcome.loss
        );
        assert!(
            outcome
                .causes
                .iter()
                .all(|c| c.rate.value >= 0.0 && c.p_open <= 1.0)
        );
    }
}

#[test]
fn extreme_figures_are_refused_or_give_finite_results() {
    let huge = [1e13, 1e150, 1e308, f64::MAX];
    let tiny = [f64::MIN_POSITIVE, 1e-300, 1e-13];
    let extremes = [0.0, 1e-12, 1.0, 1e12].into_iter().chain(huge).chain(tiny);
    for extreme in extremes {
        stays_finite(&section("smart-outdoor-lock"), &scenario(), true, extreme);
        stays_finite(
            &section("mechanical-two-spares-shared"),
            &scenario(),
            true,
            extreme,
        );
        stays_finite(&section("smart-outdoor-lock"), &scenario(), false, extreme);
    }
}

/// All quantities of the two files at `extreme` at once; shares stay.
fn all_at(extreme: f64) -> (EmergencySpec, ScenarioSpec) {
    let change = |mut doc: Value| {
        let mut places = Vec::new();
        pointers(&doc, "", &mut places);
        for place in places {
            let field = place.rsplit('/').next().unwrap();
            if Scale::of_field(field) == Scale::Positive {
                let number = json!({"value": extreme, "mark": "assumption", "source": "x"});
                *doc.pointer_mut(&place).unwrap() = number;
            }
        }
        doc
    };
    let section = change(section("smart-outdoor-lock"));
    (
        serde_json::from_value(section).unwrap(),
        serde_json::from_value(change(scenario())).unwrap(),
    )
}

#[test]
fn the_bounds_of_all_quantities_at_once_still_give_finite_results() {
    for extreme in [MAX_QUANTITY, MIN_DIVISOR] {
        let (section, scenario) = all_at(extreme);
        let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
        let prepared = Prepared::new(model).unwrap();
        let loss = prepared.evaluate(&prepared.nominal()).loss;
        assert!(loss.total().is_finite(), "{extreme:e}: {loss:?}");
    }
}

#[test]
fn a_price_beyond_all_measure_is_a_finding_at_its_place_with_what_would_pass() {
    let mut doc = section("smart-outdoor-lock");
    doc["price_cny"] = json!({"value": 1e308, "mark": "assumption", "source": "x"});
    let capacity = "/causes/battery/capacity_mah";
    let number = json!({"value": 1e-300, "mark": "assumption", "source": "x"});
    *doc.pointer_mut(capacity).unwrap() = number;
    let found = check_design(&serde_json::from_value(doc).unwrap());
    let told: Vec<[&str; 4]> = found
        .iter()
        .map(|f| [f.code, &*f.at, &*f.message, &*f.hint])
        .collect();
    let price = [
        "WP502",
        "/price_cny",
        "price_cny is 1e308",
        "a number from 0 to 1e12",
    ];
    let cell = [
        "WP502",
        capacity,
        "capacity_mah is 1e-300",
        "a number from 1e-12 to 1e12",
    ];
    assert_eq!(told, [price, cell]);
}

#[test]
fn figures_out_of_bounds_are_one_fault_with_or_without_a_range() {
    let number = |[value, low, high]: [f64; 3]| json!({"value": value, "low": low, "high": high, "mark": "assumption", "source": "x"});
    let (price, capacity) = ("/price_cny", "/causes/battery/capacity_mah");
    let told = |at: &str, number: Value| -> Vec<(&'static str, String, String)> {
        let mut doc = section("smart-outdoor-lock");
        *doc.pointer_mut(at).unwrap() = number;
        let found = check_design(&serde_json::from_value(doc).unwrap());
        found
            .into_iter()
            .map(|f| (f.code, f.at, f.message))
            .collect()
    };
    for (at, figures, code, message) in [
        (price, [1e308, 1.0, 2.0], "WP502", "price_cny is 1e308"),
        (
            price,
            [-3.0, -4.0, -1.0],
            "WP502",
            "price_cny: value -3, low -4, high -1",
        ),
        (price, [3.0, 1.0, 1e13], "WP502", "price_cny: high 1e13"),
        (capacity, [0.0, 0.0, 2.0], "WP502", "capacity_mah is 0"),
        (
            "/causes/battery/p_ignored",
            [1.2, 0.1, 0.3],
            "WP501",
            "p_ignored is 1.2",
        ),
    ] {
        let one = (code, at.to_owned(), message.to_owned());
        assert_eq!(told(at, number(figures)), [one]);
    }
    // Only one of low and high is a fault of its own where the figures can be.
    let one_end = json!({"value": 2000, "high": 3000, "mark": "assumption", "source": "x"});
    let found = told(price, one_end);
    assert!(found.len() == 1 && found[0].0 == "WP503", "{found:?}");
}
