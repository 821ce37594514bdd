//! The first misfit between a value and a type, at its exact place.
//!
//! serde reports one fault at a time, and inside an internally tagged enum it forgets where it was.
//! [`first`] finds such a place again: it changes one suspect part after the other and sees in
//! which case the fault reads differently, or is gone.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::fault::Fault;
use super::node::{Node, got};
use super::pointer;

/// How many parts may still be tried in searches for lost places. Each trial reads the whole value
/// again, so that large values get fewer.
#[derive(Debug)]
pub(super) struct Probes {
    left: usize,
}

impl Probes {
    /// As many as take about a second.
    pub(super) fn for_value(value: &Value) -> Self {
        Self {
            left: (2_000_000 / parts(value)).clamp(10, 5000),
        }
    }
}

fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum(),
        Value::Object(fields) => fields.values().map(parts).sum(),
        _ => 0,
    }
}

/// A fault, and the pointer of the value, field or missing field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) at: String,
    pub(super) fault: Fault,
}

/// Reads `value` as a `T`, or says what does not fit first. `value` is changed during the search
/// for the place and left as it was; `template` is a value known to fit.
pub(super) fn first<T: DeserializeOwned>(
    value: &mut Value,
    template: &Value,
    probes: &mut Probes,
) -> Result<T, Misfit> {
    attempt::<T>(value).map_err(|rough| {
        let exact = sharpen::<T>(value, &rough, probes)
            .unwrap_or_else(|| descend::<T>(value, template, &rough, probes));
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
fn sharpen<T: DeserializeOwned>(
    root: &mut Value,
    rough: &Misfit,
    probes: &mut Probes,
) -> Option<String> {
    let mut suspects = Suspects {
        fault: &rough.fault,
        most: probes.left,
        found: Vec::new(),
    };
    suspects.collect(root.pointer(&rough.at)?, &rough.at);
    suspects.found.into_iter().find_map(|(at, altered)| {
        probes.left -= 1;
        let original = std::mem::replace(root.pointer_mut(&at)?, altered);
        let outcome = attempt::<T>(root).map(|_| ());
        *root.pointer_mut(&at)? = original;
        is_about_the_change(&rough.fault, &outcome).then_some(at)
    })
}

/// The place of a fault that tells of no part, as one that a type's own reader has found: from the rough
/// place on down into the part with which, put in from `template` after those before it, the fault goes.
/// Of two faults that read alike it is the last.
fn descend<T: DeserializeOwned>(
    root: &Value,
    template: &Value,
    rough: &Misfit,
    probes: &mut Probes,
) -> String {
    let (mut work, mut at) = (root.clone(), rough.at.clone());
    loop {
        let parts: Vec<String> = match work.pointer(&at) {
            Some(Value::Array(items)) => (0..items.len())
                .map(|k| pointer::child(&at, &k.to_string()))
                .collect(),
            Some(Value::Object(fields)) => fields.keys().map(|k| pointer::child(&at, k)).collect(),
            _ => Vec::new(),
        };
        let mut find = |is_alone| {
            let mut cures = |part: &&String| {
                cures::<T>(&mut work, template, (part, is_alone), &rough.fault, probes)
            };
            parts.iter().find(|part| cures(part)).cloned()
        };
        // A fault between scalars is one of the part that holds them.
        let together = |part: &String| {
            root.pointer(part)
                .is_some_and(|v| v.is_array() || v.is_object())
        };
        match find(true).or_else(|| find(false).filter(together)) {
            Some(part) => at = part,
            None => return at,
        }
    }
}

/// Whether `fault` goes once `part` of `work` is that of `template`. Where it does not, the part stays so,
/// unless it is to be tried alone.
fn cures<T: DeserializeOwned>(
    work: &mut Value,
    template: &Value,
    (part, is_alone): (&str, bool),
    fault: &Fault,
    probes: &mut Probes,
) -> bool {
    let (Some(fitting), Some(place)) = (pointer::lenient(template, part), work.pointer_mut(part))
    else {
        return false;
    };
    if probes.left == 0 || place == fitting {
        return false;
    }
    probes.left -= 1;
    let original = std::mem::replace(place, fitting.clone());
    let is_gone = !attempt::<T>(work).is_err_and(|after| after.fault == *fault);
    if (is_gone || is_alone)
        && let Some(place) = work.pointer_mut(part)
    {
        *place = original;
    }
    is_gone
}

/// The parts that a fault could be about, outermost first, each with a version of it for which the
/// fault would read differently.
struct Suspects<'a> {
    fault: &'a Fault,
    most: usize,
    found: Vec<(String, Value)>,
}

impl Suspects<'_> {
    fn collect(&mut self, value: &Value, at: &str) {
        if self.found.len() >= self.most {
            return;
        }
        if let Some(altered) = altered(self.fault, value) {
            self.found.push((at.to_owned(), altered));
        }
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, &pointer::child(at, &index.to_string()));
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.collect(field, &pointer::child(at, name));
                }
            }
            _ => {}
        }
    }
}

fn altered(fault: &Fault, value: &Value) -> Option<Value> {
    match (fault, value) {
        (Fault::Type { got: seen, .. } | Fault::Value { got: seen, .. }, value)
            if *seen == got(value) =>
        {
            other(value)
        }
        (Fault::UnknownName { name, .. }, Value::String(text)) if name == text => other(value),
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

/// Another scalar of the same type; null for a list or an object, and a boolean for null.
fn other(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(format!("?{text}").into()),
        Value::Bool(b) => Some((!b).into()),
        Value::Number(n) => match (n.as_u64(), n.as_i64(), n.as_f64()) {
            // One that is to be above 0 is to be wrong still.
            (Some(0), ..) => Some((-1).into()),
            (Some(n), ..) => Some(n.checked_add(1).unwrap_or_else(|| n - 1).into()),
            (_, Some(n), _) => Some(n.checked_sub(1).unwrap_or_else(|| n + 1).into()),
            // -0.0 too: half of it reads the same.
            (_, _, Some(0.0)) => Some((-1).into()),
            (_, _, Some(x)) => Some((x * 0.5).into()),
            _ => None,
        },
        Value::Array(_) | Value::Object(_) => Some(Value::Null),
        Value::Null => Some(Value::Bool(true)),
    }
}

fn is_about_the_change(before: &Fault, after: &Result<(), Misfit>) -> bool {
    let Err(Misfit { fault: after, .. }) = after else {
        return matches!(before, Fault::MissingField { .. } | Fault::Length { .. });
    };
    match (before, after) {
        (Fault::MissingField { name: lacking }, Fault::UnknownField { name, .. }) => {
            name != lacking
        }
        (Fault::MissingField { .. }, _)
        | (Fault::UnknownField { .. }, Fault::UnknownField { .. })
        | (Fault::UnknownName { .. }, Fault::UnknownName { .. }) => before != after,
        // a part that did fit would be expected to be something else
        (Fault::Type { expected: a, .. }, Fault::Type { expected: b, .. })
        | (Fault::Value { expected: a, .. }, Fault::Value { expected: b, .. })
        | (Fault::Length { expected: a, .. }, Fault::Length { expected: b, .. }) => {
            a == b && before != after
        }
        _ => false,
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
        #[serde(deserialize_with = "rising")]
        span: [f64; 2],
    }

    fn rising<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<[f64; 2], D::Error> {
        let span = <[f64; 2]>::deserialize(deserializer)?;
        match span[0] < span[1] {
            true => Ok(span),
            false => Err(serde::de::Error::custom("the span does not rise")),
        }
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
        let template = value.clone();
        assert!(first::<Mechanism>(&mut value, &template, &mut Probes { left: 100 }).is_ok());
        match value.pointer_mut(pointer) {
            Some(part) => *part = replacement,
            None => panic!("{pointer} is not in the value"),
        }
        let before = value.clone();
        let misfit = first::<Mechanism>(&mut value, &template, &mut Probes { left: 100 })
            .err()
            .expect("does not fit");
        assert_eq!(value, before, "the value is left as it was");
        misfit.at
    }

    #[test]
    fn the_place_is_exact_even_inside_an_internally_tagged_enum() {
        assert_eq!(place("/marks", json!("many")), "/marks");
        assert_eq!(place("/marks", json!(-5)), "/marks");
        assert_eq!(place("/family", json!("dial_lok")), "/family");
        assert_eq!(place("/wheels", json!({"0": 1})), "/wheels");
        assert_eq!(
            place("/wheels/1/radius_mm", json!([1])),
            "/wheels/1/radius_mm"
        );
        assert_eq!(
            place("/wheels/1/radius_mm", json!(null)),
            "/wheels/1/radius_mm"
        );
        assert_eq!(
            place("/wheels/1/radius_mm", json!("NaN")),
            "/wheels/1/radius_mm"
        );
        assert_eq!(place("/wheels/1/kind", json!("plane")), "/wheels/1/kind");
        assert_eq!(place("/wheels/1/span", json!([1])), "/wheels/1/span");
        assert_eq!(place("/wheels/1/span", json!([1, 2, 3])), "/wheels/1/span");
        assert_eq!(place("/wheels/1/span", json!([2, 1])), "/wheels/1/span");
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
        let misfit = first::<Rule>(&mut value, &Value::Null, &mut Probes { left: 100 })
            .err()
            .expect("a text is no limit");
        assert_eq!(misfit.at, "/limit");
    }
}
