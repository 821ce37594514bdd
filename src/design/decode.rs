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
use super::objects::list_for_object;
use super::pointer;
use super::repair::Repair;
use super::tree::excerpt;
use crate::error::nearest;
use crate::finding::Finding;

/// The most faults listed for one part of a design.
pub const MAX_FAULTS: usize = 100;

/// What a value is held against.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// A value that fits; it mends faults and gives the examples in the hints. An item of a list is mended with the
    /// item of the same index, or the last.
    pub template: &'a Value,
    /// The JSON Schema of the type: it says where a list is no object.
    pub schema: &'a Value,
}

/// Reads `value` as a `T`, which is of `shape`.
///
/// * `at`: JSON pointer of `value` in the file, `""` for the whole.
/// * `findings`: every fault is added, as an error. A place that already has a finding because its
///   number could not be represented gets no second one.
///
/// The result is `None` only if the template of `shape` does not fit either, or there are more than
/// [`MAX_FAULTS`] faults. It must not be trusted as the user's design while there are errors.
pub fn decode<T: DeserializeOwned>(
    value: &Value,
    shape: Shape<'_>,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let Shape { template, schema } = shape;
    let mut repair = Repair::new(value.clone(), template);
    let mut probes = Probes::for_value(value);
    let first_own = findings.len();
    loop {
        let misfit = match list_for_object(&repair.value, schema) {
            Some(at) => no_object(at),
            None => match misfit::first::<T>(&mut repair.value, template, &mut probes) {
                Ok(decoded) => return Some(decoded),
                Err(misfit) => misfit,
            },
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

fn no_object(at: String) -> Misfit {
    Misfit {
        at,
        fault: Fault::Type {
            got: Got::List,
            expected: "an object".to_owned(),
        },
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
