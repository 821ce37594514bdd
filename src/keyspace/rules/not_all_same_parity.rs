//! `not_all_same_parity`: the numbers are not all even and not all odd.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind};
use crate::finding::Finding;
use crate::keyspace::mark::MICRO;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NotAllSameParity>(
    "not_all_same_parity",
    "the numbers are not all even and not all odd",
    r#"{"rule":"not_all_same_parity"}"#,
);

/// The numbers are not all even and not all odd; a window between marks is neither.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotAllSameParity {}

/// State bit: all even so far.
const EVEN: u64 = 1;
/// State bit: all odd so far.
const ODD: u64 = 2;

impl Rule for NotAllSameParity {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, _: Dial) -> Vec<Finding> {
        Vec::new()
    }

    fn start(&self) -> u64 {
        EVEN | ODD
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        Some(match at.micro % (2 * MICRO) {
            0 => state & EVEN,
            MICRO => state & ODD,
            _ => 0,
        })
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
