//! The readers of a design's study: shipped ones by name, own ones in full.

use crate::attack::{READERS, Reader, reader};
use crate::error::nearest;
use crate::finding::Finding;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A reader in a design file: the name of a shipped one, or a profile of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum ReaderChoice {
    /// A shipped reader.
    Named(String),
    /// The design's own.
    Own(Box<Reader>),
}

impl ReaderChoice {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Own(reader) => &reader.name,
        }
    }

    /// Its profile; `None` where no shipped reader has the name.
    #[must_use]
    pub fn reader(&self) -> Option<&Reader> {
        match self {
            Self::Named(name) => reader::find(name),
            Self::Own(reader) => Some(reader),
        }
    }
}

impl<'de> Deserialize<'de> for ReaderChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ReaderChoice;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a shipped reader or the profile of an own one")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<ReaderChoice, E> {
                Ok(ReaderChoice::Named(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ReaderChoice, A::Error> {
                let own = Reader::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ReaderChoice::Own(Box::new(own)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for ReaderChoice {
    fn schema_name() -> Cow<'static, str> {
        "ReaderChoice".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = generator.subschema_for::<Reader>();
        schemars::json_schema!({
            "description": "The name of a shipped reader, or the profile of an own one.",
            "anyOf": [{ "type": "string" }, own]
        })
    }
}

/// An own reader to explain faults by.
pub(super) fn example() -> Option<Reader> {
    reader::find("expert").map(|expert| Reader {
        name: "my-reader".to_owned(),
        ..expert.clone()
    })
}

/// What is wrong with the readers of a study; pointers start at the design file's root.
pub(super) fn check(readers: &[ReaderChoice], out: &mut Vec<Finding>) {
    for (k, choice) in readers.iter().enumerate() {
        let at = format!("/study/readers/{k}");
        if readers[..k].iter().any(|r| r.name() == choice.name()) {
            let message = format!("the reader `{}` is named twice", shown(choice.name()));
            out.push(Finding::error(
                "WP307",
                &at,
                message,
                "leave one of them out",
            ));
        }
        match choice {
            ReaderChoice::Named(name) => {
                if choice.reader().is_none() {
                    out.push(unknown(name, &at));
                }
            }
            ReaderChoice::Own(reader) => own(reader, &at, out),
        }
    }
}

fn unknown(name: &str, at: &str) -> Finding {
    let known: Vec<&str> = READERS.iter().map(|r| r.name.as_str()).collect();
    let near = nearest(name, &known);
    let near = near.map_or_else(String::new, |n| format!("did you mean `{n}`? "));
    Finding::error(
        "WP305",
        at,
        format!("unknown reader `{}`", shown(name)),
        format!("{near}there are: {}; or give a profile", known.join(", ")),
    )
}

fn own(reader: &Reader, at: &str, out: &mut Vec<Finding>) {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name = reader.name.as_str();
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_plain) {
        out.push(Finding::error(
            "WP307",
            format!("{at}/name"),
            format!("the reader's name is `{}`", shown(name)),
            "1 to 64 letters, digits, - and _",
        ));
    } else if reader::find(name).is_some() {
        out.push(Finding::error(
            "WP307",
            format!("{at}/name"),
            format!("`{name}` is the name of a shipped reader"),
            "give it a name of its own",
        ));
    }
    for (field, value, low, high) in ranges(reader) {
        let (at, name) = (format!("{at}/{field}"), format!("`{field}`"));
        out.extend(Finding::out_of_range(
            "WP307",
            &at,
            &name,
            value,
            (low, high),
        ));
    }
    let step = reader.resolution_marks;
    if step > 0.0 && step < FINEST_MARKS {
        out.push(Finding::error(
            "WP307",
            format!("{at}/resolution_marks"),
            format!("`resolution_marks` is {step:e}: no reading has so many steps"),
            format!("give 0 (not rounded) or at least {FINEST_MARKS}"),
        ));
    }
}

/// Least step of a reading, marks: numbers of steps must keep their last digit.
const FINEST_MARKS: f64 = 1e-6;

/// Each figure of a profile with the range in which it makes sense.
fn ranges(r: &Reader) -> [(&'static str, f64, f64, f64); 11] {
    [
        ("resolution_marks", r.resolution_marks, 0.0, 5.0),
        ("sigma0_marks", r.sigma0_marks, 0.0, 10.0),
        ("kappa", r.kappa, 0.0, 100.0),
        ("bias_marks", r.bias_marks, -10.0, 10.0),
        ("mis_set_sd_marks", r.mis_set_sd_marks, 0.0, 5.0),
        ("turn_s", r.turn_s, 0.01, 3600.0),
        ("settle_s", r.settle_s, 0.0, 3600.0),
        ("reading_s", r.reading_s, 0.0, 3600.0),
        ("note_s", r.note_s, 0.0, 3600.0),
        ("try_s", r.try_s, 0.0, 3600.0),
        ("budget_h", r.budget_h, 0.01, 10_000.0),
    ]
}

fn shown(name: &str) -> String {
    name.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<(String, &'static str)> {
        let readers: Vec<ReaderChoice> = serde_json::from_str(json).unwrap();
        let mut out = Vec::new();
        check(&readers, &mut out);
        out.into_iter().map(|f| (f.at, f.code)).collect()
    }

    fn profile(change: &str) -> String {
        let mut json = serde_json::to_value(&READERS[0]).unwrap();
        json["name"] = "me".into();
        let change: serde_json::Value = serde_json::from_str(change).unwrap();
        for (field, value) in change.as_object().unwrap() {
            json[field] = value.clone();
        }
        json.to_string()
    }

    #[test]
    fn shipped_names_and_own_profiles_go_together() {
        let json = format!(r#"["expert", {}]"#, profile("{}"));
        assert_eq!(found(&json), []);
        let readers: Vec<ReaderChoice> = serde_json::from_str(&json).unwrap();
        let names: Vec<&str> = readers.iter().map(ReaderChoice::name).collect();
        assert_eq!(names, ["expert", "me"]);
        assert!(readers.iter().all(|r| r.reader().is_some()));
    }

    #[test]
    fn a_step_finer_than_any_dial_is_refused_and_none_at_all_is_not() {
        let of = |step: &str| {
            found(&format!(
                "[{}]",
                profile(&format!(r#"{{"resolution_marks": {step}}}"#))
            ))
        };
        let refused = [("/study/readers/0/resolution_marks".to_owned(), "WP307")];
        assert_eq!(of("1e-300"), refused);
        assert_eq!(of("9e-7"), refused);
        assert_eq!((of("0"), of("1e-6")), (vec![], vec![]));
    }

    #[test]
    fn every_fault_of_a_profile_is_found_at_its_place() {
        let bad = profile(r#"{"turn_s": 0, "kappa": -1, "name": "expert"}"#);
        let at = |field: &str| (format!("/study/readers/1/{field}"), "WP307");
        assert_eq!(
            found(&format!(r#"["novise", {bad}]"#)),
            [
                ("/study/readers/0".to_owned(), "WP305"),
                at("name"),
                at("kappa"),
                at("turn_s")
            ]
        );
        let twice = found(r#"["expert", "expert"]"#);
        assert_eq!(twice, [("/study/readers/1".to_owned(), "WP307")]);
    }

    #[test]
    fn the_shipped_readers_are_themselves_within_the_ranges() {
        for reader in READERS.iter() {
            let is_within = |(_, v, low, high): (&str, f64, f64, f64)| (low..=high).contains(&v);
            assert!(ranges(reader).into_iter().all(is_within), "{}", reader.name);
            assert!(!reader.source.is_empty(), "{}", reader.name);
        }
    }
}
