//! The rules a code may have to obey: one file per rule, one line in [`RULES`].
//!
//! A rule is a small automaton that reads the wheels in dialing order. Counting, sampling,
//! ranking and listing come from the product of the automata ([`super::automaton`]), so a rule
//! never counts anything itself.

use std::fmt::Debug;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::place::{Places, Spot};
use crate::finding::Finding;

pub mod catch_points;
pub mod difference_not_multiple_of;
pub mod last_not_in;
pub mod min_gap;
pub mod no_dates;
pub mod not_all_multiples_of;
pub mod not_all_same_parity;
pub mod not_equal;
pub mod not_in_list;
pub mod not_monotone;
pub mod residue;
pub mod usable_fraction_last;
pub mod way_at_most;
pub mod wheel_not_in;

/// Every rule there is.
pub const RULES: &[RuleKind] = &[
    last_not_in::RULE,
    usable_fraction_last::RULE,
    wheel_not_in::RULE,
    way_at_most::RULE,
    min_gap::RULE,
    not_monotone::RULE,
    not_all_multiples_of::RULE,
    not_all_same_parity::RULE,
    difference_not_multiple_of::RULE,
    residue::RULE,
    catch_points::RULE,
    not_equal::RULE,
    no_dates::RULE,
    not_in_list::RULE,
];

/// A rule over settings of the wheels, as an automaton that reads them in dialing order.
pub trait Rule: Fields + Debug + Send + Sync {
    /// Name of the rule's kind in [`RULES`].
    fn kind(&self) -> &'static str;

    /// What is wrong with the rule's fields on this dial; pointers are relative to the rule.
    fn check(&self, dial: Dial) -> Vec<Finding>;

    /// How much of the earlier wheels [`Rule::step`] looks at.
    fn memory(&self, places: &Places) -> Memory {
        let _ = places;
        Memory::Nothing
    }

    /// Whether from `state` on the rule looks at earlier wheels no more; fewer settings must then
    /// be told apart.
    fn is_settled(&self, state: u64) -> bool {
        let _ = state;
        false
    }

    /// State before the first wheel.
    fn start(&self) -> u64 {
        0
    }

    /// State after one more wheel, or `None` where the rule is broken already.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64>;

    /// Whether a full setting that ended in `state` obeys the rule.
    fn accept(&self, state: u64) -> bool {
        let _ = state;
        true
    }
}

/// The JSON fields of a rule, without its name; every serialisable type has them.
pub trait Fields {
    /// The fields as a JSON object.
    fn fields(&self) -> Value;
}

impl<T: Serialize> Fields for T {
    fn fields(&self) -> Value {
        serde_json::to_value(self).expect("rules are plain data")
    }
}

/// Size of the lock a rule is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dial {
    /// Graduations.
    pub marks: u32,
    /// Wheels.
    pub wheels: usize,
}

/// How much of the earlier wheels a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Memory {
    /// Nothing but its own state.
    Nothing,
    /// The wheel just before: `at.earlier.last()`.
    Last,
    /// All earlier wheels, in no particular order; the wheel just before comes last as long as a
    /// rule that is not settled asks for it.
    All,
}

/// One wheel being set.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// All positions of the lock.
    pub places: &'a Places,
    /// The wheel and its position.
    pub spot: Spot,
    /// Where it stands, in millionths of a mark.
    pub micro: i64,
    /// Earlier wheels, as far as [`Rule::memory`] asked for them.
    pub earlier: &'a [Spot],
}

impl At<'_> {
    /// Whether this is the last wheel.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.spot.wheel + 1 == self.places.wheels()
    }
}

/// Which pairs of numbers a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pairs {
    /// Neighbours in dialing order.
    #[default]
    Adjacent,
    /// Every two wheels.
    All,
}

impl Pairs {
    /// The spots among `earlier` to compare with the present wheel.
    #[must_use]
    pub fn of(self, earlier: &[Spot]) -> &[Spot] {
        match self {
            Self::Adjacent => &earlier[earlier.len().saturating_sub(1)..],
            Self::All => earlier,
        }
    }

    /// The memory that comparing these pairs needs.
    #[must_use]
    pub fn memory(self) -> Memory {
        match self {
            Self::Adjacent => Memory::Last,
            Self::All => Memory::All,
        }
    }
}

/// One entry of [`RULES`].
#[derive(Debug, Clone, Copy)]
pub struct RuleKind {
    /// Name in the field `rule`.
    pub name: &'static str,
    /// One line for `list rules`.
    pub about: &'static str,
    /// A rule of this kind with every field, as JSON; valid on 100 marks and three wheels.
    pub example: &'static str,
    /// Reads the fields (the object without `rule`).
    pub parse: Parse,
    /// JSON schema of the fields.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

/// Reads the fields of a rule; the error knows its place.
pub type Parse = fn(&Value) -> Result<Arc<dyn Rule>, serde_path_to_error::Error<serde_json::Error>>;

impl RuleKind {
    /// The entry of the rule type `T`.
    #[must_use]
    pub const fn new<T>(name: &'static str, about: &'static str, example: &'static str) -> Self
    where
        T: Rule + DeserializeOwned + JsonSchema + 'static,
    {
        Self {
            name,
            about,
            example,
            parse: parse_as::<T>,
            schema: <T as JsonSchema>::json_schema,
        }
    }

    /// The kind called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|kind| kind.name == name)
    }
}

fn parse_as<T: Rule + DeserializeOwned + 'static>(
    fields: &Value,
) -> Result<Arc<dyn Rule>, serde_path_to_error::Error<serde_json::Error>> {
    let rule: T = serde_path_to_error::deserialize(fields)?;
    Ok(Arc::new(rule))
}

/// The finding for a field of a rule that is of the right type but cannot be on this dial.
pub(crate) fn off(field: &str, message: impl Into<String>, hint: impl Into<String>) -> Finding {
    Finding::error("WP403", format!("/{field}"), message, hint)
}

/// Findings for a mark of a rule that must stand on the dial.
pub(crate) fn check_mark(field: &str, mark: super::mark::Mark, dial: Dial) -> Option<Finding> {
    let end = super::mark::Mark::whole(dial.marks);
    (mark.micro() < 0 || mark >= end).then(|| {
        off(
            field,
            format!("mark {mark} is not on a dial of {} marks", dial.marks),
            format!("a mark from 0 to {}", dial.marks - 1),
        )
    })
}

/// Findings for a wheel number (counted from 1 in dialing order).
pub(crate) fn check_wheel(field: &str, wheel: u32, dial: Dial) -> Option<Finding> {
    (wheel == 0 || wheel as usize > dial.wheels).then(|| {
        off(
            field,
            format!(
                "there is no wheel {wheel} in a lock of {} wheels",
                dial.wheels
            ),
            format!("a wheel from 1 to {}, in dialing order", dial.wheels),
        )
    })
}

/// Findings for a code in a rule.
pub(crate) fn check_code(field: &str, code: &super::mark::Code, dial: Dial) -> Option<Finding> {
    super::spare::code_fault(code, dial)
        .map(|(message, hint)| off(field, format!("code {code}: {message}"), hint))
}
