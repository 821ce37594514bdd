//! A set of rules read from JSON, every fault reported at once, or derived from a mechanism.

use std::sync::Arc;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use super::place::{Places, Spot};
use super::rules::{At, Dial, RULES, Rule, RuleKind};
use crate::finding::Finding;

/// Most rules of one set.
pub const RULES_MAX: usize = 64;

/// One rule of a set.
#[derive(Debug, Clone)]
pub struct RuleEntry {
    /// The rule.
    pub rule: Arc<dyn Rule>,
    /// Why the mechanism imposes it; `None` for a rule that was stated.
    pub derived: Option<String>,
}

impl RuleEntry {
    /// The rule as JSON, with its name.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("rule".into(), self.rule.kind().into());
        if let Value::Object(fields) = self.rule.fields() {
            object.extend(fields);
        }
        Value::Object(object)
    }
}

/// Rules that all hold; their order does not matter.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    entries: Vec<RuleEntry>,
}

impl RuleSet {
    /// No rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The rules, stated ones in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[RuleEntry] {
        &self.entries
    }

    /// The same set with one more stated rule.
    #[must_use]
    pub fn with(mut self, rule: impl Rule + 'static) -> Self {
        self.entries.push(RuleEntry {
            rule: Arc::new(rule),
            derived: None,
        });
        self
    }

    /// The same set with a rule that the mechanism imposes, for `reason`.
    #[must_use]
    pub fn with_derived(mut self, rule: impl Rule + 'static, reason: impl Into<String>) -> Self {
        self.entries.push(RuleEntry {
            rule: Arc::new(rule),
            derived: Some(reason.into()),
        });
        self
    }

    /// The rules alone.
    #[must_use]
    pub fn rules(&self) -> Vec<Arc<dyn Rule>> {
        self.entries.iter().map(|e| Arc::clone(&e.rule)).collect()
    }

    /// The rules a setting breaks, by their place in the set.
    ///
    /// `positions` has one position of `places` per wheel.
    #[must_use]
    pub fn broken_by(&self, places: &Places, positions: &[u32]) -> Vec<usize> {
        let rules = self.entries.iter().enumerate();
        rules
            .filter(|(_, entry)| !obeys(entry.rule.as_ref(), places, positions))
            .map(|(i, _)| i)
            .collect()
    }
}

/// Whether one setting obeys one rule.
#[must_use]
pub fn obeys(rule: &dyn Rule, places: &Places, positions: &[u32]) -> bool {
    let mut earlier = Vec::with_capacity(positions.len());
    let mut state = rule.start();
    for (wheel, &position) in positions.iter().enumerate() {
        let spot = Spot { wheel, position };
        let at = At {
            places,
            spot,
            micro: places.micro(spot),
            earlier: &earlier,
        };
        match rule.step(state, &at) {
            Some(next) => state = next,
            None => return false,
        }
        earlier.push(spot);
    }
    rule.accept(state)
}

/// Reads stated rules.
///
/// # Errors
/// Every fault of every rule, with JSON pointers relative to the array (`/0/from`).
pub fn parse_rules(rules: &[Value], dial: Dial) -> Result<RuleSet, Vec<Finding>> {
    if rules.len() > RULES_MAX {
        return Err(vec![Finding::error(
            "WP408",
            "",
            format!("{} rules", rules.len()),
            format!("at most {RULES_MAX} rules"),
        )]);
    }
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (i, value) in rules.iter().enumerate() {
        match parse_rule(value, dial) {
            Ok(rule) => entries.push(RuleEntry {
                rule,
                derived: None,
            }),
            Err(found) => faults.extend(found.into_iter().map(|f| f.under(&format!("/{i}")))),
        }
    }
    if faults.is_empty() {
        Ok(RuleSet { entries })
    } else {
        Err(faults)
    }
}

/// Reads one rule; pointers of the faults are relative to it.
fn parse_rule(value: &Value, dial: Dial) -> Result<Arc<dyn Rule>, Vec<Finding>> {
    let kind = kind_of(value).map_err(|fault| vec![fault])?;
    let mut fields = value.as_object().cloned().unwrap_or_default();
    fields.shift_remove("rule");
    let mut faults = repair_names(kind, &mut fields);
    // A field of a wrong type is reported and replaced by the example's, so that the next shows.
    let rule = loop {
        match (kind.parse)(&Value::Object(fields.clone())) {
            Ok(rule) => break rule,
            Err(fault) => {
                let field = top_field(&fault);
                faults.push(wrong_type(kind, &fault));
                let example = field.and_then(|f| Some((f.clone(), example(kind).remove(&f)?)));
                match example {
                    Some((field, good)) if fields.get(&field) != Some(&good) => {
                        fields.insert(field, good);
                    }
                    _ => return Err(faults),
                }
            }
        }
    };
    // Fields that were replaced are the example's: what they say of this dial is not the user's.
    let replaced: Vec<String> = faults.iter().map(|f| f.at.clone()).collect();
    let own = |f: &Finding| !replaced.iter().any(|at| f.at.starts_with(at.as_str()));
    faults.extend(rule.check(dial).into_iter().filter(own));
    if faults.is_empty() {
        Ok(rule)
    } else {
        Err(faults)
    }
}

fn kind_of(value: &Value) -> Result<&'static RuleKind, Finding> {
    let Some(object) = value.as_object() else {
        return Err(Finding::error(
            "WP402",
            "",
            "a rule is an object",
            format!("for example {}", RULES[0].example),
        ));
    };
    let Some(name) = object.get("rule").and_then(Value::as_str) else {
        return Err(Finding::error(
            "WP402",
            "/rule",
            "the field `rule` with the rule's name is missing or no text",
            format!("for example {}", RULES[0].example),
        ));
    };
    RuleKind::named(name).ok_or_else(|| {
        let names = RULES.iter().map(|kind| kind.name);
        let near = near_miss(name, names.clone());
        Finding::error(
            "WP401",
            "/rule",
            format!("unknown rule `{name}`{near}"),
            format!("one of {}", names.collect::<Vec<_>>().join(", ")),
        )
    })
}

/// ` (did you mean …?)` for the nearest of `known`, or nothing.
pub(crate) fn near_miss<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|k| (strsim::jaro_winkler(name, k), k))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(String::new, |(_, k)| format!(" (did you mean `{k}`?)"))
}

fn example(kind: &RuleKind) -> Map<String, Value> {
    let value: Value = serde_json::from_str(kind.example).expect("a test reads every example");
    let mut object = value.as_object().cloned().unwrap_or_default();
    object.remove("rule");
    object
}

/// Reports unknown and missing fields; drops the former, fills the latter from the example.
fn repair_names(kind: &RuleKind, fields: &mut Map<String, Value>) -> Vec<Finding> {
    let example = example(kind);
    let mut faults = Vec::new();
    let unknown = |name: &&String| !example.contains_key(*name);
    for name in fields.keys().filter(unknown).cloned().collect::<Vec<_>>() {
        let near = near_miss(&name, example.keys().map(String::as_str));
        let known = example.keys().map(String::as_str).collect::<Vec<_>>();
        faults.push(Finding::error(
            "WP402",
            format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            format!("rule {} has no field `{name}`{near}", kind.name),
            if known.is_empty() {
                "no fields".to_owned()
            } else {
                format!("its fields are {}", known.join(", "))
            },
        ));
        fields.shift_remove(&name);
    }
    let schema = (kind.schema)(&mut SchemaGenerator::default());
    let required = schema.get("required").and_then(Value::as_array).cloned();
    for name in required.iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            faults.push(Finding::error(
                "WP402",
                format!("/{name}"),
                format!("rule {} needs the field `{name}`", kind.name),
                format!("for example {}", kind.example),
            ));
            fields.insert(name.to_owned(), example[name].clone());
        }
    }
    faults
}

fn top_field(fault: &serde_path_to_error::Error<serde_json::Error>) -> Option<String> {
    match fault.path().iter().next() {
        Some(Segment::Map { key }) => Some(key.clone()),
        _ => None,
    }
}

fn wrong_type(kind: &RuleKind, fault: &serde_path_to_error::Error<serde_json::Error>) -> Finding {
    let mut at = String::new();
    for segment in fault.path() {
        match segment {
            Segment::Map { key } => at += &format!("/{key}"),
            Segment::Seq { index } => at += &format!("/{index}"),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    Finding::error(
        "WP402",
        at,
        format!("rule {}: {}", kind.name, fault.inner()),
        format!("for example {}", kind.example),
    )
}

/// JSON schema of one rule object: one of [`RULES`], told apart by the field `rule`.
pub fn rule_schema(generator: &mut SchemaGenerator) -> Schema {
    let one = |kind: &RuleKind| {
        let mut schema = (kind.schema)(generator);
        schema.insert("title".into(), kind.name.into());
        schema.insert("description".into(), kind.about.into());
        let tag = serde_json::json!({ "const": kind.name });
        let properties = schema
            .ensure_object()
            .entry("properties")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Some(properties) = properties.as_object_mut() {
            properties.insert("rule".into(), tag);
        }
        let required = schema
            .ensure_object()
            .entry("required")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Some(required) = required.as_array_mut() {
            required.insert(0, "rule".into());
        }
        schema
    };
    let kinds: Vec<Schema> = RULES.iter().map(one).collect();
    json_schema!({ "oneOf": kinds })
}
