//! Reads a JSON value into a type and says everything that does not fit, not only the first.
//!
//! After each fault the value is mended with the matching part of a template (a value known to
//! fit) and read again. The result is a `T` made of what the file says wherever it says something
//! possible, so that the checks of meaning can run as well.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::codes;
use super::fault::{Fault, Got};
use super::misfit::{self, Misfit, Probes};
use super::pointer;
use super::repair::Repair;
use super::tree::excerpt;
use crate::error::nearest;
use crate::finding::Finding;

/// The most faults listed for one part of a design.
pub const MAX_FAULTS: usize = 100;

/// Reads `value` as a `T`.
///
/// * `template`: a value that fits `T`; it mends faults and gives the examples in the hints. An
///   item of a list is mended with the template's item of the same index, or its last.
/// * `at`: JSON pointer of `value` in the file, `""` for the whole.
/// * `findings`: every fault is added, as an error. A place that already has a finding because its
///   number could not be represented gets no second one.
///
/// The result is `None` only if the template does not fit either, or there are more than
/// [`MAX_FAULTS`] faults. It must not be trusted as the user's design while there are errors.
pub fn decode<T: DeserializeOwned>(
    value: &Value,
    template: &Value,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let mut repair = Repair::new(value.clone(), template);
    let mut probes = Probes::for_value(value);
    let first_own = findings.len();
    loop {
        let misfit = match misfit::first::<T>(&mut repair.value, template, &mut probes) {
            Ok(decoded) => match list_for_object(&repair.value, template, "") {
                None => return Some(decoded),
                Some(misfit) => misfit,
            },
            Err(misfit) => unlisted(misfit, template),
        };
        if findings.len() - first_own >= MAX_FAULTS {
            let message = format!("more than {MAX_FAULTS} faults: the rest is not listed");
            let hint = "is this a design file of wheelpack?";
            findings.push(Finding::error(codes::TOO_MANY, at, message, hint));
            return None;
        }
        let place = format!("{at}{}", repair.pointer_in_file(&misfit.at));
        let known_already = repair.is_of_repair(&place[at.len()..])
            || findings.iter().enumerate().any(|(i, f)| {
                f.at == place
                    && (i >= first_own || [codes::NUMBER, codes::TOO_DEEP].contains(&f.code))
            });
        if !known_already {
            findings.push(say(&misfit, place, pointer::lenient(template, &misfit.at)));
        }
        if !repair.mend(&misfit) {
            return None;
        }
    }
}

/// The first list where the template has an object: serde takes its items for the fields in their order.
fn list_for_object(value: &Value, template: &Value, at: &str) -> Option<Misfit> {
    match (value, template) {
        (Value::Array(_), Value::Object(_)) => Some(Misfit {
            at: at.to_owned(),
            fault: no_object(),
        }),
        (Value::Object(fields), Value::Object(fitting)) => {
            fields.iter().find_map(|(name, field)| {
                list_for_object(field, fitting.get(name)?, &pointer::child(at, name))
            })
        }
        (Value::Array(items), Value::Array(fitting)) => {
            items.iter().enumerate().find_map(|(k, item)| {
                let fitting = fitting.get(k).or(fitting.last())?;
                list_for_object(item, fitting, &pointer::child(at, &k.to_string()))
            })
        }
        _ => None,
    }
}

/// A list of another length than that of the fields is no object either.
fn unlisted(mut misfit: Misfit, template: &Value) -> Misfit {
    let is_object = pointer::lenient(template, &misfit.at).is_some_and(Value::is_object);
    if is_object && matches!(misfit.fault, Fault::Length { .. }) {
        misfit.fault = no_object();
    }
    misfit
}

fn no_object() -> Fault {
    Fault::Type {
        got: Got::List,
        expected: "an object".to_owned(),
    }
}

fn say(misfit: &Misfit, at: String, example: Option<&Value>) -> Finding {
    let name = name_of(&at);
    let like = example
        .and_then(short)
        .map(|json| format!("for example {json}"));
    match &misfit.fault {
        Fault::UnknownField { name, known } => Finding::error(
            codes::UNKNOWN_FIELD,
            at,
            format!("unknown field `{}`", excerpt(name)),
            suggestion(name, known, "the fields here are"),
        ),
        Fault::MissingField { name } => {
            let add = match example.and_then(short) {
                Some(json) => format!("add \"{name}\", for example \"{name}\": {json}"),
                None => format!("add \"{name}\""),
            };
            Finding::error(
                codes::MISSING_FIELD,
                at,
                format!("missing field `{name}`"),
                add,
            )
        }
        Fault::UnknownName { name: got, known } => Finding::error(
            codes::UNKNOWN_NAME,
            at,
            format!("{name}: unknown name \"{}\"", excerpt(got)),
            suggestion(got, known, "the names here are"),
        ),
        Fault::Type { got, expected } => Finding::error(
            codes::WRONG_TYPE,
            at,
            format!("{name}: got {got}, expected {expected}"),
            like.unwrap_or_else(|| format!("give {expected}")),
        ),
        Fault::Value { got, expected } => Finding::error(
            codes::WRONG_VALUE,
            at,
            format!("{name}: got {got}, expected {expected}"),
            like.unwrap_or_else(|| format!("give {expected}")),
        ),
        Fault::Length { got, expected } => Finding::error(
            codes::WRONG_LENGTH,
            at,
            format!("{name}: got {got} items, expected {expected}"),
            like.unwrap_or_else(|| format!("give {expected}")),
        ),
        Fault::Custom(message) => Finding::error(
            codes::WRONG_VALUE,
            at,
            format!("{name}: {message}"),
            like.unwrap_or_else(|| "`wheelpack schema` describes each field".to_owned()),
        ),
    }
}

/// How a place is called in a message: `` `radius_mm` ``, `` `wheels[2]` ``.
fn name_of(at: &str) -> String {
    match pointer::split(at) {
        None => "the design".to_owned(),
        Some((parent, last)) => match (last.parse::<usize>(), pointer::split(parent)) {
            (Ok(index), Some((_, list))) => format!("`{}[{index}]`", excerpt(&list)),
            _ => format!("`{}`", excerpt(&last)),
        },
    }
}

/// A value as JSON, if it fits into a line.
fn short(value: &Value) -> Option<String> {
    let json = value.to_string();
    (json.len() <= 60).then_some(json)
}

fn suggestion(name: &str, known: &[&str], lead: &str) -> String {
    let near = nearest(name, known).map_or_else(String::new, |n| format!("did you mean `{n}`? "));
    match known {
        [] => format!("{near}there are none here"),
        _ => format!("{near}{lead}: {}", known.join(", ")),
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
