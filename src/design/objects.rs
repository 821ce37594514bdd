//! Lists that stand where a type has an object.
//!
//! serde takes a list for a struct, its items for the fields in their order, wherever it has laid a value aside before
//! it knew the type, as in a mechanism before its family. The schema of the type says where no list may be.

use serde_json::{Map, Value};

use super::pointer;

/// Pointer of the first list in `value` for which its JSON Schema has an object and no list.
pub(super) fn list_for_object(value: &Value, schema: &Value) -> Option<String> {
    let whole = Schema { root: schema };
    whole.search(value, &whole.forms(schema), "")
}

/// A JSON Schema, as far as schemars writes it for the types of a design.
struct Schema<'s> {
    root: &'s Value,
}

impl<'s> Schema<'s> {
    fn search(&self, value: &Value, forms: &[&'s Value], at: &str) -> Option<String> {
        match value {
            Value::Array(_) if !takes(forms, "array") && takes(forms, "object") => {
                Some(at.to_owned())
            }
            Value::Array(items) => {
                let below = forms.iter().filter_map(|f| f.get("items"));
                let below: Vec<&Value> = below.flat_map(|f| self.forms(f)).collect();
                items.iter().enumerate().find_map(|(k, item)| {
                    self.search(item, &below, &pointer::child(at, &k.to_string()))
                })
            }
            Value::Object(fields) => fields.iter().find_map(|(name, field)| {
                let alike = forms.iter().filter(|form| is_tagged_so(form, fields));
                let below = alike.filter_map(|form| {
                    let stated = form.get("properties").and_then(|p| p.get(name));
                    stated.or_else(|| form.get("additionalProperties"))
                });
                let below: Vec<&Value> = below.flat_map(|f| self.forms(f)).collect();
                self.search(field, &below, &pointer::child(at, name))
            }),
            _ => None,
        }
    }

    /// What `schema` stands for, references followed and alternatives side by side.
    fn forms(&self, schema: &'s Value) -> Vec<&'s Value> {
        let named = schema.get("$ref").and_then(Value::as_str);
        let named = named.and_then(|n| self.root.pointer(n.strip_prefix('#')?));
        let choices = ["anyOf", "oneOf"].map(|key| schema.get(key).and_then(Value::as_array));
        let choices = choices.into_iter().flatten().flatten();
        let parts: Vec<&Value> = named.into_iter().chain(choices).collect();
        match parts.is_empty() {
            true => vec![schema],
            false => parts.into_iter().flat_map(|p| self.forms(p)).collect(),
        }
    }
}

/// Whether one of `forms` is of `kind`, or of any.
fn takes(forms: &[&Value], kind: &str) -> bool {
    forms.iter().any(|form| match form.get("type") {
        Some(Value::String(only)) => only == kind,
        Some(Value::Array(kinds)) => kinds.iter().any(|k| k == kind),
        _ => form.get("const").is_none() && **form != Value::Bool(false),
    })
}

/// Whether the names that `form` prescribes, of a family or a rule, are those of `fields`.
fn is_tagged_so(form: &Value, fields: &Map<String, Value>) -> bool {
    let stated = form.get("properties").and_then(Value::as_object);
    stated.into_iter().flatten().all(|(name, part)| {
        let wanted = part.get("const");
        wanted.is_none() || fields.get(name).is_none_or(|is| Some(is) == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is wanted")]
    #[serde(tag = "family", rename_all = "snake_case")]
    enum Mechanism {
        Dial {
            wear: Option<Wear>,
            gates: Vec<Wear>,
        },
        Row {
            wear: Vec<f64>,
            more: BTreeMap<String, Wear>,
            free: Value,
        },
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is wanted")]
    struct Wear {
        share: f64,
    }

    fn found(value: &Value) -> Option<String> {
        list_for_object(value, &schemars::schema_for!(Mechanism).to_value())
    }

    #[test]
    fn a_list_is_found_where_only_an_object_may_be_and_by_the_family_that_is_named() {
        let at = |place: &str| Some(place.to_owned());
        for (value, place) in [
            (json!([]), at("")),
            (json!({"family": "dial", "wear": [0.1]}), at("/wear")),
            (
                json!({"family": "dial", "gates": [{"share": 1}, []]}),
                at("/gates/1"),
            ),
            (json!({"family": "row", "wear": [0.1]}), None),
            (json!({"family": "row", "wear": [[0.1]]}), None),
            (
                json!({"family": "row", "more": {"a~b": [1]}}),
                at("/more/a~0b"),
            ),
            (
                json!({"family": "row", "free": [[1], {"share": [1]}]}),
                None,
            ),
            (json!({"family": "column", "wear": [0.1]}), None),
            (json!({"wear": [0.1], "unknown": [0.1]}), None),
            (json!(7), None),
        ] {
            assert_eq!(found(&value), place, "{value}");
        }
    }
}
