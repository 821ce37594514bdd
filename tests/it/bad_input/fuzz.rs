//! Every value of a shipped design replaced by every kind of wrong value.

use crate::support::{shipped_json, source};
use serde_json::{Value, json};
use wheelpack::design::read;
use wheelpack::finding::Severity;

/// The pointers of all leaves below `value`.
pub(super) fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                leaves(inner, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (k, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{at}/{k}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

/// `json` without what stands at `pointer`.
fn without(mut json: Value, pointer: &str) -> Value {
    let (parent, last) = pointer.rsplit_once('/').expect("below the root");
    match json.pointer_mut(parent) {
        Some(Value::Object(fields)) => {
            fields.shift_remove(last);
        }
        Some(Value::Array(items)) => {
            items.remove(last.parse().expect("an index"));
        }
        _ => panic!("nothing at {parent}"),
    }
    json
}

/// Reads without a panic; gives a design, or an error with a place and a cure.
fn survives(json: &Value, what: &str) -> bool {
    let text = source(json);
    let reading = std::panic::catch_unwind(|| read(&text));
    let Ok(reading) = reading else {
        panic!("{what}: the reader panicked");
    };
    let errors: Vec<_> = reading
        .findings
        .iter()
        .filter(|f| f.finding.severity == Severity::Error)
        .collect();
    assert_eq!(reading.design.is_none(), !errors.is_empty(), "{what}");
    for f in errors {
        let x = &f.finding;
        assert!(f.line >= 1 && f.column >= 1, "{what}: {x:?}");
        assert!(!x.message.is_empty() && !x.hint.is_empty(), "{what}: {x:?}");
        assert!(x.code.starts_with("WP"), "{what}: {x:?}");
        assert!(x.message.len() < 600, "{what}: {x:?}");
    }
    reading.design.is_some()
}

#[test]
fn no_value_in_any_place_brings_the_reader_down() {
    let original = shipped_json("dial-spare-shared-wheels");
    let mut pointers = Vec::new();
    leaves(&original, "", &mut pointers);
    assert!(pointers.len() > 60, "{} leaves", pointers.len());
    let bad = [
        json!(null),
        json!(-1),
        json!(1e308),
        json!("NaN"),
        json!([]),
        json!({}),
        json!(true),
    ];
    let (mut refused, mut taken) = (0, 0);
    let mut count = |is_design: bool| {
        taken += u32::from(is_design);
        refused += u32::from(!is_design);
    };
    for pointer in &pointers {
        for value in &bad {
            let mut json = original.clone();
            *json.pointer_mut(pointer).expect("a leaf") = value.clone();
            count(survives(&json, &format!("{value} at {pointer}")));
        }
        let json = without(original.clone(), pointer);
        count(survives(&json, &format!("{pointer} removed")));
    }
    assert!(refused > 4 * taken, "{refused} refused, {taken} taken");
}
