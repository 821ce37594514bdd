//! Dial marks as exact numbers, and codes made of whole marks.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

/// Millionths of a mark in one mark: the grain in which the module computes exactly.
pub const MICRO: i64 = 1_000_000;

/// A position or width in marks, kept exactly to a millionth of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mark {
    micro: i64,
}

impl Mark {
    /// The nearest millionth of a mark, or `None` where `marks` is not finite or beyond ±10^9.
    #[must_use]
    pub fn new(marks: f64) -> Option<Self> {
        if !marks.is_finite() || marks.abs() > 1e9 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 1e15 in size")]
        let micro = (marks * 1e6).round() as i64;
        Some(Self { micro })
    }

    /// The mark `n`.
    #[must_use]
    pub fn whole(n: u32) -> Self {
        Self {
            micro: i64::from(n) * MICRO,
        }
    }

    /// `micro` millionths of a mark.
    #[must_use]
    pub fn from_micro(micro: i64) -> Self {
        Self { micro }
    }

    /// In millionths of a mark.
    #[must_use]
    pub fn micro(self) -> i64 {
        self.micro
    }

    /// In marks.
    #[must_use]
    pub fn marks(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "at most 1e15, which is exact")]
        let micro = self.micro as f64;
        micro / 1e6
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.marks(), f)
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.micro % MICRO == 0 {
            serializer.serialize_i64(self.micro / MICRO)
        } else {
            serializer.serialize_f64(self.marks())
        }
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let marks = f64::deserialize(deserializer)?;
        Self::new(marks).ok_or_else(|| D::Error::custom("not a number of marks"))
    }
}

impl JsonSchema for Mark {
    fn schema_name() -> Cow<'static, str> {
        "Mark".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

/// Whether `value` lies in the closed arc that runs upward from `from` to `to`, through zero
/// where `from` is the larger. All three stand on the dial.
#[must_use]
pub(crate) fn in_arc(value: i64, from: i64, to: i64) -> bool {
    if from <= to {
        from <= value && value <= to
    } else {
        value >= from || value <= to
    }
}

/// A code: one whole mark per wheel, in dialing order. JSON `[22, 67, 38]` or `"22-67-38"`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Code(pub Vec<u32>);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, n) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("-")?;
            }
            write!(f, "{n}")?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Code {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split('-')
            .map(|part| part.trim().parse::<u32>())
            .collect::<Result<Vec<_>, _>>()
            .map(Self)
            .map_err(|_| format!("`{text}` is not a code of whole marks such as 22-67-38"))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Code;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code of whole marks such as [22, 67, 38] or \"22-67-38\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Code, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Code, A::Error> {
                let mut numbers = Vec::new();
                while let Some(n) = seq.next_element()? {
                    numbers.push(n);
                }
                Ok(Code(numbers))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A code: one whole mark per wheel, in dialing order.",
            "oneOf": [
                { "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 1 },
                { "type": "string", "pattern": "^[0-9]+(-[0-9]+)*$" }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_from_an_array_and_from_text() {
        let a: Code = serde_json::from_str("[22, 67, 38]").unwrap();
        let b: Code = serde_json::from_str("\"22-67-38\"").unwrap();
        assert_eq!(a, b);
        assert_eq!(a.to_string(), "22-67-38");
        assert!(serde_json::from_str::<Code>("\"22-x-38\"").is_err());
        assert!(serde_json::from_str::<Code>("[22.5]").is_err());
    }

    #[test]
    fn an_arc_may_pass_through_zero() {
        assert!(in_arc(97, 95, 20) && in_arc(20, 95, 20) && !in_arc(21, 95, 20));
        assert!(in_arc(5, 5, 5) && !in_arc(4, 5, 5));
    }
}
