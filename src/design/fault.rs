//! What serde says when a value does not fit a type, kept as data instead of as a sentence.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

/// One misfit between a JSON value and the type it is read into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    UnknownField {
        name: String,
        known: &'static [&'static str],
    },
    MissingField {
        name: &'static str,
    },
    UnknownName {
        name: String,
        known: &'static [&'static str],
    },
    Type {
        got: Got,
        expected: String,
    },
    Value {
        got: Got,
        expected: String,
    },
    Length {
        got: usize,
        expected: String,
    },
    /// Said by a type's own reader.
    Custom(String),
}

/// What was found instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Got {
    Scalar(String),
    List,
    Object,
}

impl Got {
    pub(super) fn from_serde(unexpected: Unexpected<'_>) -> Self {
        match unexpected {
            Unexpected::Seq => Self::List,
            Unexpected::Map => Self::Object,
            Unexpected::Bool(b) => Self::Scalar(b.to_string()),
            Unexpected::Unsigned(n) => Self::Scalar(n.to_string()),
            Unexpected::Signed(n) => Self::Scalar(n.to_string()),
            Unexpected::Float(x) => Self::Scalar(format!("{x:?}")),
            Unexpected::Str(text) => {
                Self::Scalar(format!("the text \"{}\"", super::tree::excerpt(text)))
            }
            Unexpected::Unit | Unexpected::Option => Self::Scalar("null".to_owned()),
            other => Self::Scalar(other.to_string()),
        }
    }
}

impl Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(text) => f.write_str(text),
            Self::List => f.write_str("a list"),
            Self::Object => f.write_str("an object"),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }

    fn invalid_type(got: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Type {
            got: Got::from_serde(got),
            expected: in_words(&expected.to_string()),
        }
    }

    fn invalid_value(got: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Value {
            got: Got::from_serde(got),
            expected: in_words(&expected.to_string()),
        }
    }

    fn invalid_length(got: usize, expected: &dyn Expected) -> Self {
        Self::Length {
            got,
            expected: in_words(&expected.to_string()),
        }
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownName {
            name: name.to_owned(),
            known,
        }
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownField {
            name: name.to_owned(),
            known,
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self::MissingField { name }
    }
}

/// serde's Rust words for what it expected, in the words of a JSON file.
fn in_words(expected: &str) -> String {
    let first = expected.split(' ').next().unwrap_or_default();
    let words = match first {
        "f32" | "f64" => "a number",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "u128" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "struct" => "an object",
        "unit" => "null",
        "enum" | "variant" => "a name",
        "internally" | "adjacently" => "an object",
        _ => match expected {
            "a string" | "str" => "a text in quotes",
            "a boolean" => "true or false",
            "a sequence" => "a list",
            "a map" => "an object",
            _ => return list_of(expected).unwrap_or_else(|| expected.to_owned()),
        },
    };
    words.to_owned()
}

fn list_of(expected: &str) -> Option<String> {
    let count = expected
        .strip_prefix("an array of length ")
        .or_else(|| expected.strip_prefix("a tuple of size "))
        .or_else(|| expected.strip_suffix(" elements in sequence"))
        .or_else(|| expected.strip_suffix(" element in sequence"))?;
    Some(format!("a list of {count}"))
}

#[cfg(test)]
mod tests {
    use super::super::node::Node;
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    fn expected<T: de::DeserializeOwned>(value: serde_json::Value) -> String {
        match T::deserialize(Node(&value)).err().expect("does not fit") {
            Fault::Type { expected, .. }
            | Fault::Value { expected, .. }
            | Fault::Length { expected, .. } => expected,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_serde_expects_is_said_without_rust_words() {
        #[derive(Debug, Deserialize)]
        struct Wheel {}
        #[derive(Debug, Deserialize)]
        enum Law {}
        assert_eq!(expected::<f64>(json!("NaN")), "a number");
        assert_eq!(expected::<u8>(json!(300)), "a whole number from 0 to 255");
        assert_eq!(
            expected::<u32>(json!(-1)),
            "a whole number from 0 to 4294967295"
        );
        assert_eq!(expected::<i64>(json!(1.5)), "a whole number");
        assert_eq!(expected::<String>(json!(1)), "a text in quotes");
        assert_eq!(expected::<bool>(json!(1)), "true or false");
        assert_eq!(expected::<Vec<u8>>(json!(1)), "a list");
        assert_eq!(expected::<Wheel>(json!(1)), "an object");
        assert_eq!(expected::<Law>(json!(1)), "a name");
        assert_eq!(expected::<[u8; 2]>(json!([1])), "a list of 2");
        assert_eq!(expected::<[u8; 2]>(json!([1, 2, 3])), "a list of 2");
        assert_eq!(expected::<(u8, u8, u8)>(json!([1])), "a list of 3");
    }
}
