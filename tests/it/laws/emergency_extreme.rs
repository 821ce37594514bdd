//! Extreme figures in emergency files.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
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
    for extreme in [0.0, 1e-12, 1.0, 1e12] {
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
