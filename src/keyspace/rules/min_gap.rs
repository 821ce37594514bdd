//! `min_gap`: numbers keep a distance from each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Memory, Pairs, Rule, RuleKind, off};
use crate::finding::Finding;
use crate::keyspace::mark::Mark;
use crate::keyspace::place::Places;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<MinGap>(
    "min_gap",
    "numbers stand at least (strict: more than) so many marks apart",
    r#"{"rule":"min_gap","marks":10,"strict":true,"circular":true,"pairs":"adjacent"}"#,
);

/// The numbers of each pair stand at least `marks` apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinGap {
    /// The distance in marks.
    pub marks: Mark,
    /// Whether the distance itself is too near already.
    #[serde(default)]
    pub strict: bool,
    /// Whether the shorter way round the dial counts, rather than the plain difference.
    #[serde(default = "yes")]
    pub circular: bool,
    /// Which pairs of wheels.
    #[serde(default)]
    pub pairs: Pairs,
}

fn yes() -> bool {
    true
}

impl Rule for MinGap {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        if self.marks.micro() >= 0 && self.marks < Mark::whole(dial.marks) {
            return Vec::new();
        }
        vec![off(
            "marks",
            format!(
                "no two numbers of a dial of {} marks can be {} apart",
                dial.marks, self.marks
            ),
            format!("a distance from 0 to {} marks", dial.marks / 2),
        )]
    }

    fn memory(&self, _: &Places) -> Memory {
        self.pairs.memory()
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let least = self.marks.micro() + i64::from(self.strict);
        let near = |&other| at.places.distance(at.spot, other, self.circular) < least;
        (!self.pairs.of(at.earlier).iter().any(near)).then_some(state)
    }
}
