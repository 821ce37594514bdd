//! `not_all_multiples_of`: at least one number is no multiple of k (0 is one).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, off};
use crate::finding::Finding;
use crate::keyspace::mark::MICRO;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NotAllMultiplesOf>(
    "not_all_multiples_of",
    "at least one number is no multiple of k (0 is a multiple)",
    r#"{"rule":"not_all_multiples_of","k":5}"#,
);

/// At least one number is no multiple of `k`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotAllMultiplesOf {
    /// The divisor, at least 1.
    #[schemars(range(min = 1))]
    pub k: u32,
}

/// The finding for a divisor of zero.
pub(crate) fn check_divisor(field: &str, k: u32) -> Vec<Finding> {
    if k > 0 {
        return Vec::new();
    }
    vec![off(
        field,
        "nothing is a multiple of 0",
        "a whole number from 1 up",
    )]
}

impl Rule for NotAllMultiplesOf {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, _: Dial) -> Vec<Finding> {
        check_divisor("k", self.k)
    }

    fn start(&self) -> u64 {
        1
    }

    /// State 1: all so far are multiples.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let multiple = at.micro % (i64::from(self.k) * MICRO) == 0;
        Some(if multiple { state } else { 0 })
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
