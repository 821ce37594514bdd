use super::*;
use proptest::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Lock {
    name: String,
    marks: u32,
    wheels: Vec<Wheel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default)]
    rules: Vec<Rule>,
    offset_marks: [f64; 2],
}

#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wheel {
    radius_mm: f64,
    #[schemars(with = "f64")]
    gate_width_mm: Length,
}

/// A number, or an object: read by a visitor of its own, as dimensions are.
#[derive(Debug, PartialEq, Serialize)]
struct Length(f64);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            nominal: f64,
        }
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Length;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a length: a number, or {\"nominal\": number}")
            }
            fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<Length, E> {
                self.visit_f64(n as f64)
            }
            fn visit_f64<E: serde::de::Error>(self, x: f64) -> Result<Length, E> {
                if x > 0.0 {
                    Ok(Length(x))
                } else {
                    Err(E::custom(format!("{x} is not a positive length")))
                }
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Length, A::Error> {
                let reader = serde::de::value::MapAccessDeserializer::new(map);
                Full::deserialize(reader).map(|full| Length(full.nominal))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
enum Rule {
    LastNotIn { from: u32, to: u32 },
    Distinct,
}

fn template() -> Value {
    json!({
        "name": "x", "marks": 100, "offset_marks": [0, 0],
        "wheels": [{"radius_mm": 20.5, "gate_width_mm": 6.35}],
    })
}

fn decoded<T: serde::de::DeserializeOwned + JsonSchema>(
    value: &Value,
    template: &Value,
    at: &str,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let schema = &schemars::schema_for!(T).to_value();
    decode(value, Shape { template, schema }, at, findings)
}

fn read(value: &Value) -> (Option<Lock>, Vec<(&'static str, String)>, Vec<Finding>) {
    let mut findings = Vec::new();
    let lock = decoded(value, &template(), "/lock", &mut findings);
    let short = findings.iter().map(|f| (f.code, f.at.clone())).collect();
    (lock, short, findings)
}

#[test]
fn a_value_that_fits_is_read_without_findings() {
    let (lock, short, _) = read(&template());
    assert_eq!(short, []);
    assert_eq!(
        serde_json::to_value(lock).unwrap().pointer("/marks"),
        Some(&json!(100))
    );
}

#[test]
fn all_faults_come_out_at_once_and_the_good_parts_are_kept() {
    let value = json!({
        "marks": "many", "nam": "mine", "colour": "red", "offset_marks": [1, 2, 3],
        "wheels": [
            {"radius_mm": "NaN", "gate_width_mm": {"nominal": "6"}},
            {"radius_mm": 33, "gate_widht_mm": 7},
            {"radius_mm": 44},
            5,
            {"radius_mm": 55, "gate_width_mm": -1.5},
        ],
        "rules": [
            {"rule": "distinct"},
            {"rule": "last_not_in", "from": 0, "to": "20"},
            {"rule": "last_not_inn"},
            {"rule": "distinct"},
        ],
    });
    let (lock, mut short, _) = read(&value);
    short.sort_by(|a, b| a.1.cmp(&b.1));
    let expected = [
        (codes::UNKNOWN_FIELD, "/lock/colour"),
        (codes::WRONG_TYPE, "/lock/marks"),
        (codes::UNKNOWN_FIELD, "/lock/nam"),
        (codes::WRONG_LENGTH, "/lock/offset_marks"),
        (codes::WRONG_TYPE, "/lock/rules/1/to"),
        (codes::UNKNOWN_NAME, "/lock/rules/2/rule"),
        (codes::WRONG_TYPE, "/lock/wheels/0/gate_width_mm/nominal"),
        (codes::WRONG_TYPE, "/lock/wheels/0/radius_mm"),
        (codes::UNKNOWN_FIELD, "/lock/wheels/1/gate_widht_mm"),
        (codes::MISSING_FIELD, "/lock/wheels/2/gate_width_mm"),
        (codes::WRONG_TYPE, "/lock/wheels/3"),
        (codes::WRONG_VALUE, "/lock/wheels/4/gate_width_mm"),
    ]
    .map(|(code, at)| (code, at.to_owned()));
    assert_eq!(short, expected);

    let lock = lock.expect("mended");
    assert_eq!(lock.name, "mine", "the misspelt field keeps its value");
    assert_eq!(lock.marks, 100, "from the template");
    assert_eq!(
        lock.wheels[1],
        Wheel {
            radius_mm: 33.0,
            gate_width_mm: Length(7.0)
        }
    );
    assert_eq!(
        lock.wheels[2],
        Wheel {
            radius_mm: 44.0,
            gate_width_mm: Length(6.35)
        }
    );
    assert_eq!(lock.wheels.len(), 5);
    assert!(lock.rules.iter().all(|rule| *rule == Rule::Distinct));
}

#[test]
fn a_finding_says_what_was_got_and_what_would_pass() {
    let value = json!({
        "name": 7, "marks": 2.5, "offset_marks": [0, 0], "wheels": [{"radius_mm": 20}], "not": 1,
        "rules": [{"rule": "last_not_in", "from": 0}],
    });
    let (_, _, findings) = read(&value);
    let text = |at: &str| {
        let finding = findings.iter().find(|f| f.at == at).expect(at);
        format!("{} | {}", finding.message, finding.hint)
    };
    assert_eq!(
        text("/lock/name"),
        "`name`: got 7, expected a text in quotes | for example \"x\""
    );
    assert_eq!(
        text("/lock/marks"),
        "`marks`: got 2.5, expected a whole number from 0 to 4294967295 | for example 100"
    );
    assert_eq!(
        text("/lock/not"),
        "unknown field `not` | did you mean `note`? the fields here are: \
         name, marks, wheels, note, rules, offset_marks"
    );
    assert_eq!(
        text("/lock/wheels/0/gate_width_mm"),
        "missing field `gate_width_mm` | \
         add \"gate_width_mm\", for example \"gate_width_mm\": 6.35"
    );
    assert_eq!(text("/lock/rules/0/to"), "missing field `to` | add \"to\"");
}

#[test]
fn a_value_of_another_kind_altogether_is_one_finding() {
    for value in [json!(null), json!([]), json!("lock"), json!(1e300)] {
        let (lock, short, _) = read(&value);
        assert_eq!(short.len(), 1, "{value}: {short:?}");
        assert_eq!(short[0].1, "/lock");
        assert!(lock.is_some());
    }
}

#[test]
fn a_number_that_was_out_of_range_is_reported_once() {
    let mut value = template();
    value["wheels"][0]["radius_mm"] = Value::Null; // as the parser leaves 1e400
    let at = "/wheels/0/radius_mm";
    let mut findings = vec![Finding::error(
        codes::NUMBER,
        at,
        "the number 1e400 is out of range",
        "",
    )];
    decoded::<Lock>(&value, &template(), "", &mut findings).unwrap();
    assert_eq!(findings.len(), 1);
}

#[test]
fn very_many_faults_end_in_a_last_word_and_soon() {
    let wheels: Vec<Value> = (0..20_000).map(|i| json!({ "radius_mm": i })).collect();
    let (lock, short, _) = read(&json!({ "wheels": wheels }));
    assert_eq!(lock, None);
    assert_eq!(short.len(), MAX_FAULTS + 1);
    assert_eq!(short.last(), Some(&(codes::TOO_MANY, "/lock".to_owned())));
}

#[test]
fn a_huge_part_whose_faults_have_lost_their_place_ends_soon_too() {
    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(tag = "family")]
    enum Mechanism {
        Dial { wheels: Vec<Wheel> },
    }
    let wheels: Vec<Value> = (0..20_000)
        .map(|_| json!({"radius_mm": [], "gate_width_mm": []}))
        .collect();
    let value = json!({"family": "Dial", "wheels": wheels});
    let fitting = json!({"family": "Dial", "wheels": template()["wheels"]});
    let mut findings = Vec::new();
    let Mechanism::Dial { wheels } = decoded(&value, &fitting, "", &mut findings).unwrap();
    assert_eq!(wheels.len(), 1, "in the end the whole is the template's");
    assert!(findings.len() < MAX_FAULTS, "{}", findings.len());
    assert_eq!(findings[0].at, "/wheels/0/radius_mm");
    assert_eq!(findings.last().map(|f| f.at.as_str()), Some(""));
}

#[test]
fn a_template_that_does_not_fit_either_gives_nothing_but_ends() {
    let mut findings = Vec::new();
    let value = json!({"marks": "x"});
    assert_eq!(
        decoded::<Lock>(&value, &json!({"marks": "y"}), "", &mut findings),
        None
    );
    assert!(!findings.is_empty());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z~/]{0,5}".prop_map(Value::from),
        Just(json!("last_not_in")),
    ];
    let name = prop_oneof![
        "[a-z~/]{0,4}",
        Just("radius_mm".to_owned()),
        Just("gate_width_mm".to_owned()),
        Just("nominal".to_owned()),
        Just("rule".to_owned()),
        Just("from".to_owned()),
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_value_is_mended_and_is_without_findings_only_if_it_fits(
        parts in prop::collection::btree_map(
            prop_oneof![Just("name"), Just("marks"), Just("wheels"), Just("rules"), Just("nome")],
            any_json(), 0..5)
    ) {
        let mut value = template();
        for (name, part) in parts {
            value[name] = part;
        }
        let (lock, short, _) = read(&value);
        prop_assert!(lock.is_some(), "{value}");
        prop_assert_eq!(short.is_empty(), serde_json::from_value::<Lock>(value.clone()).is_ok());
        for (_, at) in &short {
            let (parent, _) = pointer::split(at).unwrap();
            let parent = parent.strip_prefix("/lock").unwrap_or("");
            prop_assert!(value.pointer(parent).is_some(), "{at} in {value}");
        }
    }
}
