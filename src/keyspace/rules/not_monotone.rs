//! `not_monotone`: the numbers neither rise nor fall all the way.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Memory, Rule, RuleKind};
use crate::finding::Finding;
use crate::keyspace::place::Places;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NotMonotone>(
    "not_monotone",
    "the numbers neither rise nor fall from first to last, in plain order",
    r#"{"rule":"not_monotone"}"#,
);

/// The numbers neither rise nor fall from first to last; equal neighbours do neither.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotMonotone {}

/// State bit: rising so far.
const RISING: u64 = 1;
/// State bit: falling so far.
const FALLING: u64 = 2;

impl Rule for NotMonotone {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, _: Dial) -> Vec<Finding> {
        Vec::new()
    }

    fn memory(&self, _: &Places) -> Memory {
        Memory::Last
    }

    fn is_settled(&self, state: u64) -> bool {
        state == 0
    }

    fn start(&self) -> u64 {
        RISING | FALLING
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let Some(&last) = at.earlier.last() else {
            return Some(state);
        };
        Some(match at.micro.cmp(&at.places.micro(last)) {
            Ordering::Greater => state & RISING,
            Ordering::Less => state & FALLING,
            Ordering::Equal => 0,
        })
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
