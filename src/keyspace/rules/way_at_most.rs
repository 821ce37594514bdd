//! `way_at_most`: the way from one number to the next, in the direction of dialing, is limited.
//!
//! A drive train imposes it: on a longer way, dialed with the number of passes that all codes share, the wheel set
//! before is carried along again. (With a pass less some of these codes can be set; whoever is taught the usual passes
//! cannot use them.)

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Memory, Rule, RuleKind, check_mark, off};
use crate::finding::Finding;
use crate::keyspace::mark::Mark;
use crate::keyspace::place::Places;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<WayAtMost>(
    "way_at_most",
    "the way to a wheel's number from the one before, in the direction of dialing, is limited",
    r#"{"rule":"way_at_most","wheel":2,"marks":88,"turning":"right"}"#,
);

/// Which way the dial turns to the wheel's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Turning {
    /// Counter-clockwise: the numbers at the index count up.
    Left,
    /// Clockwise: the numbers count down.
    Right,
}

/// The way from the number before to that of `wheel` is more than 0 and at most `marks`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WayAtMost {
    /// The wheel at the end of the way, from 2.
    pub wheel: usize,
    /// The longest way in marks.
    pub marks: Mark,
    /// Which way the dial turns.
    pub turning: Turning,
}

impl Rule for WayAtMost {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let mut faults: Vec<Finding> = check_mark("marks", self.marks, dial).into_iter().collect();
        if self.wheel < 2 || self.wheel > dial.wheels {
            faults.push(off(
                "wheel",
                format!("no way leads to wheel {} of {}", self.wheel, dial.wheels),
                format!("a wheel from 2 to {}", dial.wheels),
            ));
        }
        faults
    }

    fn memory(&self, _: &Places) -> Memory {
        Memory::Last
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let Some(&before) = at.earlier.last() else {
            return Some(state);
        };
        if at.spot.wheel + 1 != self.wheel {
            return Some(state);
        }
        let around = Mark::whole(at.places.marks()).micro();
        let up = (at.micro - at.places.micro(before)).rem_euclid(around);
        let way = match self.turning {
            Turning::Left => up,
            Turning::Right => (around - up) % around,
        };
        (way > 0 && way <= self.marks.micro()).then_some(state)
    }
}
