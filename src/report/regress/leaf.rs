//! A result as a list of places with what stands there, numbers as they are written.

use jsonc_parser::{JsonArray, JsonObject, JsonValue, ParseOptions, parse_to_value};

use super::prose::is_prose;
use crate::report::metric::{self, Kind, Metric};
use crate::stats::Estimate;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A whole number, its digits.
    Count(String),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// An estimate.
    Estimate(Estimate),
    /// Anything else, as it is written.
    Text(String),
    /// A sentence: no number, so another wording is no change.
    Prose(String),
}

impl Leaf {
    /// Whether it is a sentence.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.reading, Some(Reading::Prose(_)))
    }
}

impl serde::Serialize for Reading {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        match self {
            Self::Count(digits) => serde_json::value::RawValue::from_string(digits.clone())
                .map_err(S::Error::custom)?
                .serialize(serializer),
            Self::Flag(yes) => serializer.serialize_bool(*yes),
            Self::Number(v) => serializer.serialize_f64(*v),
            Self::Estimate(e) => e.serialize(serializer),
            Self::Text(text) | Self::Prose(text) => serializer.serialize_str(text),
        }
    }
}

/// One place of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Names on the way there, separated by `/`; an item of a list by what tells it apart.
    pub path: String,
    /// The metric that stands there, if it is one.
    pub metric: Option<&'static Metric>,
    /// What stands there; `None` where it is not what the metric needs.
    pub reading: Option<Reading>,
}

/// All places below `value`: each metric once, everything else number by number.
#[must_use]
pub fn leaves(value: JsonValue<'_>) -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(value, String::new(), &mut found);
    found
}

/// The places of anything that is serialised as a result is.
pub(in crate::report) fn leaves_of(result: &impl serde::Serialize) -> Vec<Leaf> {
    let text = crate::report::json::to_text(result);
    let value = parse_to_value(&text, &ParseOptions::default());
    value.ok().flatten().map_or_else(Vec::new, leaves)
}

fn collect(value: JsonValue<'_>, path: String, found: &mut Vec<Leaf>) {
    let metric = metric::at(&path);
    let below = |name: &str| match path.as_str() {
        "" => name.to_owned(),
        path => format!("{path}/{name}"),
    };
    if let Some(metric) = metric {
        // Nothing there is as if the place were not: an analysis that does not apply.
        if !matches!(value, JsonValue::Null) {
            found.push(Leaf {
                reading: reading(&value, metric.kind),
                metric: Some(metric),
                path,
            });
        }
        return;
    }
    match value {
        JsonValue::Object(object) => {
            for (name, value) in object {
                collect(value, below(&name.replace('/', "|")), found);
            }
        }
        JsonValue::Array(list) => {
            for (name, value) in names(&list).iter().zip(list) {
                collect(value, below(name), found);
            }
        }
        other => {
            let text = written(&other);
            let is_prose = matches!(other, JsonValue::String(_)) && is_prose(&path, &text);
            let reading = match is_prose {
                true => Reading::Prose(text),
                false => Reading::Text(text),
            };
            found.push(Leaf {
                path,
                metric: None,
                reading: Some(reading),
            });
        }
    }
}

fn reading(value: &JsonValue<'_>, kind: Kind) -> Option<Reading> {
    Some(match (kind, value) {
        (Kind::Count, JsonValue::Number(n)) if n.bytes().all(|b| b.is_ascii_digit()) => {
            Reading::Count((*n).to_owned())
        }
        (Kind::Flag, JsonValue::Boolean(b)) => Reading::Flag(*b),
        (Kind::Number, JsonValue::Number(n)) => Reading::Number(finite(n)?),
        (Kind::Estimate, JsonValue::Object(o)) => Reading::Estimate(estimate(o)?),
        _ => return None,
    })
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// An estimate whose parts are there and in order.
fn estimate(object: &JsonObject<'_>) -> Option<Estimate> {
    let part = |name: &str| match object.get(name)? {
        JsonValue::Null => Some(None),
        JsonValue::Number(n) => finite(n).map(Some),
        _ => None,
    };
    let (value, low, high) = (part("value")?, part("low")?, part("high")?);
    let level = part("level")??;
    let in_order = |a: Option<f64>, b: Option<f64>| a.zip(b).is_none_or(|(a, b)| a <= b);
    let sound = in_order(low, high) && level > 0.0 && level < 1.0;
    sound.then(|| Estimate::from_options(value, low, high, level))
}

/// What an item of a list is called: by what tells it apart, else by its number from 1.
fn names(list: &JsonArray<'_>) -> Vec<String> {
    const KEYS: &[&[&str]] = &[
        &["attack", "reader"],
        &["within"],
        &["standard", "class", "quantity"],
        &["solution"],
        &["function"],
        &["tries"],
        &["p_alpha"],
        &["spare"],
        &["event"],
        &["key"],
    ];
    let name = |item: &JsonValue<'_>| {
        let JsonValue::Object(object) = item else {
            return None;
        };
        KEYS.iter().find_map(|keys| {
            let words: Option<Vec<String>> = keys
                .iter()
                .map(|key| object.get(key).map(written))
                .collect();
            Some(words?.join(" ").replace('/', "|"))
        })
    };
    let mut all: Vec<String> = Vec::with_capacity(list.len());
    for (k, item) in list.iter().enumerate() {
        let own = name(item).filter(|n| !all.contains(n));
        all.push(own.unwrap_or_else(|| (k + 1).to_string()));
    }
    all
}

fn written(value: &JsonValue<'_>) -> String {
    match value {
        JsonValue::String(s) => s.to_string(),
        JsonValue::Number(n) => (*n).to_owned(),
        JsonValue::Boolean(b) => b.to_string(),
        JsonValue::Null => "null".to_owned(),
        JsonValue::Object(_) | JsonValue::Array(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Leaf> {
        let value = parse_to_value(text, &ParseOptions::default()).unwrap();
        leaves(value.unwrap())
    }

    #[test]
    fn a_count_keeps_every_digit_and_a_list_item_is_named_by_what_it_is() {
        let found = of(
            r#"{"keyspace":{"dialable":1000000000000000000000000000000000000000000000001,"ghosts":1.5},
            "resist":[{"attack":"graphing","reader":"expert","trials":7,
            "t50_min":{"value":null,"low":3,"high":null,"level":0.95}}],"window":null}"#,
        );
        let at = |path: &str| found.iter().find(|l| l.path == path).unwrap();
        let digits = "1000000000000000000000000000000000000000000000001";
        assert_eq!(
            at("keyspace/dialable").reading,
            Some(Reading::Count(digits.to_owned()))
        );
        assert_eq!(at("keyspace/ghosts").reading, None);
        assert!(matches!(
            at("resist/graphing expert/t50_min").reading,
            Some(Reading::Estimate(_))
        ));
        assert!(at("resist/graphing expert/trials").metric.is_none());
        assert!(found.iter().all(|l| l.path != "window/window_half_marks"));
    }

    #[test]
    fn an_interval_that_stands_on_its_head_is_no_estimate() {
        let found = of(r#"{"resist":[{"attack":"a","reader":"b",
            "t50_min":{"value":5,"low":9,"high":3,"level":0.95}}]}"#);
        let bad = found.iter().find(|l| l.path.ends_with("t50_min")).unwrap();
        assert_eq!(bad.reading, None);
    }
}
