//! The solutions of an emergency: one file each, listed in [`SOLUTIONS`].
//!
//! A solution says which causes it can answer, what makes it fail, what an attempt costs beyond the
//! stated figures, and what it exposes to others. A new one is a new file and one line in the list.

use super::cause::Cause;
use super::exposure::RouteShare;
use super::given::Given;
use super::number::Number;
use super::parameter::{Numbers, numbers};
use super::place::Findings;
use super::report::SpareVerdict;
use super::tree::{Expr, Tree};
use schemars::JsonSchema;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub mod external_power;
pub mod force;
pub mod mechanical_key;
pub mod opening_hole;
pub mod professional;
pub mod remote;
pub mod spare_combination;

/// The list of all kinds, and the reading of the details of each.
macro_rules! solutions {
    ($(#[$about:meta])* pub static $LIST:ident = [$($file:ident::$Details:ident),+ $(,)?];) => {
        $(#[$about])*
        pub static $LIST: &[&SolutionKind] = &[$(&$file::KIND),+];

        /// Their names.
        static NAMES: &[&str] = &[$($file::KIND.name),+];

        /// Reads the details of the kind `name`, which is in the list.
        fn read_details<'de, D: serde::Deserializer<'de>>(
            name: &str,
            deserializer: D,
        ) -> Result<Kind, D::Error> {
            $(if name == $file::KIND.name {
                return $file::$Details::deserialize(deserializer).map(|d| Kind(Box::new(d)));
            })+
            Err(D::Error::unknown_variant(name, NAMES))
        }
    };
}

solutions! {
    /// Every kind of solution, in the order in which the source text names them.
    pub static SOLUTIONS = [
        external_power::ExternalPower,
        mechanical_key::MechanicalKey,
        remote::Remote,
        opening_hole::OpeningHole,
        spare_combination::SpareCombination,
        professional::Professional,
        force::Force,
    ];
}

/// An entry of the registry.
pub struct SolutionKind {
    /// Name in files.
    pub name: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// JSON Schema of the details.
    pub schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

/// The schema of details of type `T`, for [`SolutionKind::schema`].
fn schema<T: JsonSchema>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<T>()
}

/// Whether a solution answers a cause at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reach {
    /// It can.
    Can,
    /// It cannot.
    Cannot,
    /// Only while external power feeds the lock.
    WithPower,
    /// In this share of the cases.
    PartlyShare(Number),
}

impl Numbers for Reach {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        if let Self::PartlyShare(n) = self {
            n.numbers(&format!("{at}/partly_share"), visit);
        }
    }
}

impl Reach {
    /// The default "in half of the cases" of the applicability table.
    #[must_use]
    pub fn half() -> Self {
        let share = Number::assumed(0.5, "judgement: in some of the cases, taken as half");
        Self::PartlyShare(share.between(0.2, 0.8))
    }
}

/// What every kind of solution provides.
pub trait Solution: Part + Numbers + fmt::Debug + Send + Sync {
    /// Its entry in [`SOLUTIONS`].
    fn kind(&self) -> &'static SolutionKind;

    /// Whether it answers `cause`, where the file does not say otherwise.
    fn reach(&self, cause: Cause) -> Reach;

    /// What makes an attempt fail when it answers `cause`, beyond slips and `fails_if`.
    fn failure(&self, me: &str, cause: Cause, tree: &mut Tree) -> Expr;

    /// Names of events and gates it refers to.
    fn names(&self) -> Vec<&str>;

    /// What an attempt costs beyond the stated figures, expected.
    fn surcharge(&self, _cause: Cause, _given: &Given) -> Surcharge {
        Surcharge::default()
    }

    /// What it costs to keep ready beyond the stated upkeep, CNY per year.
    fn upkeep_cny_per_year(&self, _given: &Given) -> f64 {
        0.0
    }

    /// Unauthorised openings per year by route, with `attempts_per_year` expected attempts.
    fn exposure(&self, _given: &Given, _attempts_per_year: f64) -> Vec<RouteShare> {
        Vec::new()
    }

    /// Faults that only this kind can have; `at` is the pointer of its details.
    fn check(&self, _lock: &str, _found: &mut Findings) {}

    /// Times spent beyond the stated one, hours, with their probabilities, where another analysis
    /// supplies them; their mean is part of the surcharge.
    fn times(&self, _cause: Cause, _given: &Given) -> Option<Vec<(f64, f64)>> {
        None
    }

    /// Whether it feeds the lock, so that others can answer `with_power`.
    fn powers_the_lock(&self) -> bool {
        false
    }

    /// What a failed attempt does to the lock, where it is a forced one.
    fn forced(&self) -> Option<&force::Force> {
        None
    }

    /// Independence of its spare combinations, where it is a set of them.
    fn spare_verdict(&self, _given: &Given) -> Option<SpareVerdict> {
        None
    }

    /// Further numbers that only this kind knows about itself, by name; the claims view reads them.
    fn facts(&self, _given: &Given) -> Vec<Fact> {
        Vec::new()
    }
}

/// A number a solution knows about itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fact {
    /// Its name.
    pub name: &'static str,
    /// Its value, in the unit of the name.
    pub value: f64,
}

/// Copying and writing of boxed solutions, provided for every solution.
pub trait Part {
    /// A copy.
    fn boxed(&self) -> Box<dyn Solution>;
    /// As JSON.
    fn to_value(&self) -> serde_json::Value;
}

impl<T: Solution + Clone + Serialize + 'static> Part for T {
    fn boxed(&self) -> Box<dyn Solution> {
        Box::new(self.clone())
    }
    fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("details are plain data")
    }
}

/// Expected cost of an attempt beyond the stated figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Surcharge {
    /// Money and damage, CNY.
    pub cost_cny: f64,
    /// Time, hours.
    pub time_h: f64,
}

/// One solution of a design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionSpec {
    /// Its name in this design, unique.
    pub name: String,
    /// What kind it is, with the details of that kind.
    pub kind: Kind,
    /// Money spent on one attempt whether it succeeds or not, CNY.
    pub cost_cny: Number,
    /// Time of one attempt, hours: fetching, waiting and doing.
    pub time_h: Number,
    /// What it adds to the price of the lock, CNY.
    pub price_cny: Number,
    /// What it costs to keep ready, CNY per year.
    pub upkeep_cny_per_year: Number,
    /// Chance to do the steps wrong.
    pub slip: Slip,
    /// Events or gates any of which makes it fail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fails_if: Vec<String>,
    /// Causes it answers otherwise than its kind does by default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<Cause, Reach>,
}
numbers!(SolutionSpec: kind, cost_cny, time_h, price_cny, upkeep_cny_per_year, slip, answers);

/// Chance to do the steps of a solution wrong under stress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Never practised.
    pub p_unpractised: Number,
    /// Practised within the year.
    pub p_practised: Number,
}
numbers!(Slip: p_unpractised, p_practised);

impl SolutionSpec {
    /// Whether and how it answers `cause`.
    #[must_use]
    pub fn reach(&self, cause: Cause) -> Cow<'_, Reach> {
        match self.answers.get(&cause) {
            Some(stated) => Cow::Borrowed(stated),
            None => Cow::Owned(self.kind.0.reach(cause)),
        }
    }
}

/// The details of a solution, boxed by kind. In files: `{"<name of the kind>": {details}}`.
#[derive(Debug)]
pub struct Kind(pub Box<dyn Solution>);

impl Clone for Kind {
    fn clone(&self) -> Self {
        Self(self.0.boxed())
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.0.kind().name == other.0.kind().name && self.0.to_value() == other.0.to_value()
    }
}

impl Numbers for Kind {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        let at = format!("{at}/{}", self.0.kind().name);
        self.0.numbers(&at, visit);
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0.kind().name, self.0.to_value())])
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneKind)
    }
}

/// An object with the name of one kind.
struct OneKind;

impl<'de> Visitor<'de> for OneKind {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with exactly one kind of solution")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind, A::Error> {
        let exactly_one = || A::Error::custom(format!("holds exactly one of {}", NAMES.join(", ")));
        let name: String = map.next_key()?.ok_or_else(exactly_one)?;
        if !NAMES.contains(&name.as_str()) {
            return Err(A::Error::unknown_variant(&name, NAMES));
        }
        let kind = map.next_value_seed(DetailsOf(&name))?;
        match map.next_key::<IgnoredAny>()? {
            None => Ok(kind),
            Some(_) => Err(exactly_one()),
        }
    }
}

/// The details of the kind of this name.
struct DetailsOf<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for DetailsOf<'_> {
    type Value = Kind;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Kind, D::Error> {
        read_details(self.0, deserializer)
    }
}

impl JsonSchema for Kind {
    fn schema_name() -> Cow<'static, str> {
        "SolutionKind".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one_of: Vec<serde_json::Value> = SOLUTIONS
            .iter()
            .map(|k| {
                serde_json::json!({
                    "type": "object",
                    "description": k.about,
                    "properties": { k.name: (k.schema)(generator) },
                    "required": [k.name],
                    "additionalProperties": false,
                })
            })
            .collect();
        schemars::json_schema!({ "oneOf": one_of })
    }
}
