//! Reads a JSON value into a type, with [`Fault`] as the error.

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde_json::{Map, Value};

use super::fault::{Fault, Got};

/// A JSON value as a serde deserializer.
#[derive(Clone, Copy)]
pub(super) struct Node<'a>(pub(super) &'a Value);

/// What a fault calls this value.
pub(super) fn got(value: &Value) -> Got {
    Got::from_serde(match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(b) => Unexpected::Bool(*b),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(n), _) => Unexpected::Unsigned(n),
            (None, Some(n)) => Unexpected::Signed(n),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
    })
}

impl<'de> IntoDeserializer<'de, Fault> for Node<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn fields<'de>(
    object: &'de Map<String, Value>,
) -> MapDeserializer<
    'de,
    impl Iterator<Item = (BorrowedStrDeserializer<'de, Fault>, Node<'de>)>,
    Fault,
> {
    MapDeserializer::new(
        object
            .iter()
            .map(|(name, value)| (BorrowedStrDeserializer::new(name), Node(value))),
    )
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => {
                SeqDeserializer::new(items.iter().map(Node)).deserialize_any(visitor)
            }
            Value::Object(object) => fields(object).deserialize_any(visitor),
            Value::Number(number) => {
                if let Some(n) = number.as_u64() {
                    visitor.visit_u64(n)
                } else if let Some(n) = number.as_i64() {
                    visitor.visit_i64(n)
                } else {
                    visitor.visit_f64(number.as_f64().expect("a JSON number is i64, u64 or f64"))
                }
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// A name, or an object whose only field is the name: `"x"` or `{"x": …}`.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Value::Object(object) if object.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(fields(object)))
            }
            Value::Object(_) => Err(Fault::invalid_value(
                Unexpected::Map,
                &"a name, or an object with a single field",
            )),
            _ => self.deserialize_any(visitor),
        }
    }

    /// An object; serde would take a list too, its items for the fields in their order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Array(_) => Err(Fault::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Law {
        Normal,
        Uniform { half_width_mm: f64 },
        Table(Vec<f64>),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind", deny_unknown_fields)]
    enum Tagged {
        Gate { width_mm: f64, law: Option<Law> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Everything {
        count: u8,
        negative: i16,
        whole_as_float: f64,
        name: String,
        absent: Option<u8>,
        null: Option<u8>,
        pair: (u8, bool),
        map: BTreeMap<String, f32>,
        laws: Vec<Law>,
        tagged: Tagged,
        free: Value,
    }

    #[test]
    fn every_kind_of_type_is_read_as_serde_json_reads_it() {
        let value = json!({
            "count": 3, "negative": -4, "whole_as_float": 5, "name": "x", "null": null,
            "pair": [1, true], "map": {"a": 0.5},
            "laws": ["normal", {"uniform": {"half_width_mm": 0.1}}, {"table": [1, 2.5]}],
            "tagged": {"kind": "Gate", "width_mm": 6, "law": "normal"},
            "free": {"any": [1, "thing", null]},
        });
        let ours = Everything::deserialize(Node(&value)).unwrap();
        let theirs: Everything = serde_json::from_value(value).unwrap();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn a_list_is_no_object_even_if_its_items_would_fit_the_fields() {
        #[derive(Debug, Deserialize)]
        struct Size {
            _width_mm: f64,
        }
        let fault = Size::deserialize(Node(&json!([1.0]))).unwrap_err();
        assert!(
            matches!(fault, Fault::Type { got: Got::List, .. }),
            "{fault:?}"
        );
    }

    #[test]
    fn an_enum_with_two_fields_is_refused() {
        let value = json!({"normal": null, "table": []});
        assert!(Law::deserialize(Node(&value)).is_err());
    }
}
