//! `last_not_in`: the last number must not stand in an arc (the forbidden zone).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, check_mark};
use crate::finding::Finding;
use crate::keyspace::mark::{Mark, in_arc};

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<LastNotIn>(
    "last_not_in",
    "the last number is not in the closed arc from..to (through zero where from > to)",
    r#"{"rule":"last_not_in","from":0,"to":20}"#,
);

/// The last number is not in the closed arc `from..to`, which passes zero where `from > to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastNotIn {
    /// First forbidden mark.
    pub from: Mark,
    /// Last forbidden mark.
    pub to: Mark,
}

impl Rule for LastNotIn {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let ends = [("from", self.from), ("to", self.to)];
        ends.into_iter()
            .filter_map(|(field, mark)| check_mark(field, mark, dial))
            .collect()
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let broken = at.is_last() && in_arc(at.micro, self.from.micro(), self.to.micro());
        (!broken).then_some(state)
    }
}
