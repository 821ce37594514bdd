//! The first misfit between a value and a type, at its exact place.
//!
//! serde reports one fault at a time, and inside an internally tagged enum it forgets where it was.
//! [`first`] finds such a place again: it changes one suspect part after the other and sees in
//! which case the fault reads differently.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::fault::Fault;
use super::node::{Node, got};
use super::pointer;

/// The most parts that are tried in the search for a lost place.
const MAX_PROBES: usize = 500;

/// A fault, and the pointer of the value, field or missing field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) at: String,
    pub(super) fault: Fault,
}

/// Reads `value` as a `T`, or says what does not fit first. `value` is changed during the search
/// for the place and left as it was.
pub(super) fn first<T: DeserializeOwned>(value: &mut Value) -> Result<T, Misfit> {
    attempt::<T>(value).map_err(|rough| {
        let exact = sharpen::<T>(value, &rough).unwrap_or_else(|| rough.at.clone());
        let at = match &rough.fault {
            Fault::MissingField { name } => pointer::child(&exact, name),
            Fault::UnknownField { name, .. } => pointer::child(&exact, name),
            _ => exact,
        };
        Misfit {
            at,
            fault: rough.fault,
        }
    })
}

/// One reading; for a missing or unknown field, `at` is the object that lacks or has it.
fn attempt<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    serde_path_to_error::deserialize(Node(value)).map_err(|error| {
        let mut at = pointer_of(error.path(), value);
        let fault = error.into_inner();
        if let Fault::UnknownField { name, .. } = &fault
            && let Some((parent, last)) = pointer::split(&at)
            && last == *name
        {
            at = parent.to_owned();
        }
        Misfit { at, fault }
    })
}

fn pointer_of(path: &Path, root: &Value) -> String {
    let mut at = String::new();
    for segment in path {
        let next = match segment {
            Segment::Seq { index } => pointer::child(&at, &index.to_string()),
            Segment::Map { key } => pointer::child(&at, key),
            Segment::Enum { variant } => pointer::child(&at, variant),
            Segment::Unknown => break,
        };
        if matches!(segment, Segment::Enum { .. }) && root.pointer(&next).is_none() {
            continue; // an enum without content is a text, not a field
        }
        at = next;
    }
    at
}

/// The exact place of a fault whose place may be known only roughly.
fn sharpen<T: DeserializeOwned>(root: &mut Value, rough: &Misfit) -> Option<String> {
    let mut suspects = Vec::new();
    collect(
        root.pointer(&rough.at)?,
        &rough.at,
        &rough.fault,
        &mut suspects,
    );
    suspects.truncate(MAX_PROBES);
    suspects.into_iter().find_map(|(at, altered)| {
        let original = std::mem::replace(root.pointer_mut(&at)?, altered);
        let outcome = attempt::<T>(root).map(|_| ());
        *root.pointer_mut(&at)? = original;
        is_about_the_change(rough, &outcome).then_some(at)
    })
}

/// Every part of `value` that the fault could be about, outermost first, each with a version of it
/// for which the fault would read differently.
fn collect(value: &Value, at: &str, fault: &Fault, suspects: &mut Vec<(String, Value)>) {
    if suspects.len() >= MAX_PROBES {
        return;
    }
    if let Some(altered) = altered(fault, value) {
        suspects.push((at.to_owned(), altered));
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(
                    item,
                    &pointer::child(at, &index.to_string()),
                    fault,
                    suspects,
                );
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, &pointer::child(at, name), fault, suspects);
            }
        }
        _ => {}
    }
}

fn altered(fault: &Fault, value: &Value) -> Option<Value> {
    match (fault, value) {
        (Fault::Type { got: seen, .. } | Fault::Value { got: seen, .. }, scalar)
            if *seen == got(scalar) =>
        {
            other_scalar(scalar)
        }
        (Fault::UnknownName { name, .. }, Value::String(text)) if name == text => {
            other_scalar(value)
        }
        (Fault::UnknownField { name, .. }, Value::Object(fields)) => {
            let mut fields = fields.clone();
            let content = fields.shift_remove(name)?;
            fields.insert(format!("{name}?"), content);
            Some(Value::Object(fields))
        }
        (Fault::MissingField { name }, Value::Object(fields)) if !fields.contains_key(*name) => {
            let mut fields = fields.clone();
            fields.insert((*name).to_owned(), Value::Null);
            Some(Value::Object(fields))
        }
        (Fault::Length { got, .. }, Value::Array(items)) if items.len() == *got => {
            let mut items = items.clone();
            items.push(items.last().cloned().unwrap_or(Value::Null));
            Some(Value::Array(items))
        }
        _ => None,
    }
}

/// Another scalar of the same type.
fn other_scalar(scalar: &Value) -> Option<Value> {
    match scalar {
        Value::String(text) => Some(format!("?{text}").into()),
        Value::Bool(b) => Some((!b).into()),
        Value::Number(n) => match (n.as_u64(), n.as_i64(), n.as_f64()) {
            (Some(n), ..) => Some(n.checked_add(1).unwrap_or(n - 1).into()),
            (_, Some(n), _) => Some(n.checked_sub(1).unwrap_or(n + 1).into()),
            (_, _, Some(x)) => Some((x * 0.5).into()),
            _ => None,
        },
        _ => None,
    }
}

fn is_about_the_change(before: &Misfit, after: &Result<(), Misfit>) -> bool {
    match (&before.fault, after) {
        (Fault::MissingField { .. }, Ok(())) => true,
        (_, Ok(())) => matches!(before.fault, Fault::Length { .. }),
        (Fault::MissingField { name: lacking }, Err(after)) => match &after.fault {
            Fault::UnknownField { name, .. } => name != lacking,
            fault => *fault != before.fault,
        },
        (Fault::Length { expected, .. }, Err(after)) => matches!(
            &after.fault,
            Fault::Length { expected: e, .. } if e == expected && after.fault != before.fault
        ),
        (fault, Err(after)) => {
            std::mem::discriminant(fault) == std::mem::discriminant(&after.fault)
                && *fault != after.fault
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only the reading is tested")]
    #[serde(tag = "family", rename_all = "snake_case", deny_unknown_fields)]
    enum Mechanism {
        DialLock { wheels: Vec<Wheel>, marks: u32 },
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only the reading is tested")]
    #[serde(deny_unknown_fields)]
    struct Wheel {
        radius_mm: f64,
        kind: Kind,
        span: [f64; 2],
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
    }

    fn place(pointer: &str, replacement: Value) -> String {
        let mut value = json!({
            "family": "dial_lock", "marks": 100,
            "wheels": [
                {"radius_mm": 20, "kind": "plain", "span": [1, 2]},
                {"radius_mm": 21, "kind": "plain", "span": [1, 2]},
            ],
        });
        assert!(first::<Mechanism>(&mut value).is_ok());
        match value.pointer_mut(pointer) {
            Some(part) => *part = replacement,
            None => panic!("{pointer} is not in the value"),
        }
        let before = value.clone();
        let misfit = first::<Mechanism>(&mut value).err().expect("does not fit");
        assert_eq!(value, before, "the value is left as it was");
        misfit.at
    }

    #[test]
    fn the_place_is_exact_even_inside_an_internally_tagged_enum() {
        assert_eq!(place("/marks", json!("many")), "/marks");
        assert_eq!(place("/marks", json!(-5)), "/marks");
        assert_eq!(place("/family", json!("dial_lok")), "/family");
        assert_eq!(
            place("/wheels/1/radius_mm", json!("NaN")),
            "/wheels/1/radius_mm"
        );
        assert_eq!(place("/wheels/1/kind", json!("plane")), "/wheels/1/kind");
        assert_eq!(place("/wheels/1/span", json!([1])), "/wheels/1/span");
        assert_eq!(place("/wheels/1/span", json!([1, 2, 3])), "/wheels/1/span");
        let misspelt = json!({"radius": 20, "radius_mm": 20, "kind": "plain", "span": [1, 2]});
        assert_eq!(place("/wheels/1", misspelt), "/wheels/1/radius");
        let lacking = json!({"radius_mm": 20, "kind": "plain"});
        assert_eq!(place("/wheels/1", lacking), "/wheels/1/span");
    }

    #[test]
    fn of_two_equal_values_the_guilty_one_is_named() {
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "only the reading is tested")]
        #[serde(tag = "kind")]
        enum Rule {
            Named { name: String, limit: u8 },
        }
        let mut value = json!({"kind": "Named", "name": "5", "limit": "5"});
        let misfit = first::<Rule>(&mut value).err().expect("a text is no limit");
        assert_eq!(misfit.at, "/limit");
    }
}
