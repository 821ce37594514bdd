//! `not_equal`: one code is not allowed (the factory code, the code before).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, check_code};
use crate::finding::Finding;
use crate::keyspace::mark::{Code, Mark};

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NotEqual>(
    "not_equal",
    "one code is not allowed",
    r#"{"rule":"not_equal","code":[50,25,50]}"#,
);

/// The code is not `code`. On windows only a window that stands exactly there is excluded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotEqual {
    /// The excluded code.
    pub code: Code,
}

impl Rule for NotEqual {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        check_code("code", &self.code, dial).into_iter().collect()
    }

    fn start(&self) -> u64 {
        1
    }

    /// State 1: equal so far.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let number = self.code.0.get(at.spot.wheel);
        let same = number.is_some_and(|&n| Mark::whole(n).micro() == at.micro);
        Some(if same { state } else { 0 })
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
