//! `wheel_not_in`: the number of one wheel must not stand in an arc.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, check_mark, check_wheel};
use crate::finding::Finding;
use crate::keyspace::mark::{Mark, in_arc};

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<WheelNotIn>(
    "wheel_not_in",
    "the number of one wheel is not in the closed arc from..to",
    r#"{"rule":"wheel_not_in","wheel":1,"from":95,"to":5}"#,
);

/// The number of `wheel` is not in the closed arc `from..to`, which passes zero where `from > to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WheelNotIn {
    /// Wheel, from 1 in dialing order.
    pub wheel: u32,
    /// First forbidden mark.
    pub from: Mark,
    /// Last forbidden mark.
    pub to: Mark,
}

impl Rule for WheelNotIn {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let ends = [("from", self.from), ("to", self.to)];
        check_wheel("wheel", self.wheel, dial)
            .into_iter()
            .chain(
                ends.into_iter()
                    .filter_map(|(field, mark)| check_mark(field, mark, dial)),
            )
            .collect()
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let broken = at.spot.wheel + 1 == self.wheel as usize
            && in_arc(at.micro, self.from.micro(), self.to.micro());
        (!broken).then_some(state)
    }
}
