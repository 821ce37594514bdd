//! Designs for the tests of several parts.

use serde_json::Value;
use wheelpack::Finding;
use wheelpack::design::{Design, SHIPPED, SourceText, read};
use wheelpack::mechanism::MechanismSpec;
use wheelpack::mechanism::dial_lock::{DialLock, FAMILY};

/// The dial lock family's example with `change` made to it, or what is wrong then.
pub(crate) fn try_dial_lock(change: impl Fn(&mut Value)) -> Result<DialLock, Vec<Finding>> {
    let mut section: Value = serde_json::from_str(FAMILY.example).expect("the example is JSON");
    change(&mut section);
    match serde_json::from_value(section).expect("the section has the right shape") {
        MechanismSpec::DialLock(spec) => DialLock::new(&spec),
        _ => panic!("a dial lock is needed"),
    }
}

/// A sound lock like the family's example, with `change` made to it.
pub(crate) fn dial_lock(change: impl Fn(&mut Value)) -> DialLock {
    try_dial_lock(change).expect("a sound lock")
}

/// The shipped design called `name`, as JSON.
pub(crate) fn shipped_json(name: &str) -> Value {
    let shipped = SHIPPED.iter().find(|d| d.name == name);
    let text = shipped.expect("a shipped design").text;
    serde_json::from_str(text).expect("shipped designs are JSON")
}

/// The shipped design called `name`.
pub(crate) fn shipped(name: &str) -> Design {
    design(&shipped_json(name))
}

/// A sound design from JSON.
pub(crate) fn design(json: &Value) -> Design {
    let reading = read(&source(json));
    let findings: Vec<_> = reading.findings.iter().map(|f| &f.finding).collect();
    reading
        .design
        .unwrap_or_else(|| panic!("not sound: {findings:?}"))
}

/// JSON as a source text.
pub(crate) fn source(json: &Value) -> SourceText {
    SourceText::from_bytes("test.json", json.to_string().as_bytes()).expect("small UTF-8")
}

/// `json` with the values at the JSON pointers replaced.
pub(crate) fn with(mut json: Value, changes: &[(&str, Value)]) -> Value {
    for (at, value) in changes {
        let place = json.pointer_mut(at);
        *place.unwrap_or_else(|| panic!("nothing at {at}")) = value.clone();
    }
    json
}
