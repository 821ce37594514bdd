//! `not_in_list`: none of the listed codes is allowed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, check_code, off};
use crate::finding::Finding;
use crate::keyspace::mark::{Code, MICRO};

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NotInList>(
    "not_in_list",
    "none of the listed codes is allowed",
    r#"{"rule":"not_in_list","codes":[[50,25,50],[20,40,60]]}"#,
);

/// Longest list that is read.
const LIST_MAX: usize = 100_000;

/// None of `codes` is allowed. On windows only those that stand exactly there are excluded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotInList {
    /// The excluded codes.
    pub codes: CodeList,
}

/// A list of codes that is also kept in order, so that a prefix is a range of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Vec<Code>", into = "Vec<Code>")]
#[schemars(with = "Vec<Code>")]
pub struct CodeList {
    given: Vec<Code>,
    sorted: Vec<Code>,
}

impl From<Vec<Code>> for CodeList {
    fn from(given: Vec<Code>) -> Self {
        let mut sorted = given.clone();
        sorted.sort();
        sorted.dedup();
        Self { given, sorted }
    }
}

impl From<CodeList> for Vec<Code> {
    fn from(list: CodeList) -> Self {
        list.given
    }
}

impl CodeList {
    /// The part of `from..to` whose number on `wheel` is `number`; the codes of that range agree
    /// on all wheels before.
    fn narrow(&self, range: (usize, usize), wheel: usize, number: u32) -> (usize, usize) {
        let part = &self.sorted[range.0..range.1];
        let low = part.partition_point(|c| c.0.get(wheel).is_none_or(|&n| n < number));
        let high = part.partition_point(|c| c.0.get(wheel).is_none_or(|&n| n <= number));
        (range.0 + low, range.0 + high)
    }
}

fn pack((from, to): (usize, usize)) -> u64 {
    if from == to {
        0
    } else {
        ((from as u64) << 32) | to as u64
    }
}

impl Rule for NotInList {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        if self.codes.given.len() > LIST_MAX {
            return vec![off(
                "codes",
                format!("a list of {} codes", self.codes.given.len()),
                format!("at most {LIST_MAX} codes"),
            )];
        }
        let each = self.codes.given.iter().enumerate();
        each.filter_map(|(i, code)| check_code(&format!("codes/{i}"), code, dial))
            .collect()
    }

    fn start(&self) -> u64 {
        pack((0, self.codes.sorted.len()))
    }

    /// State: the range of the ordered list that agrees with the numbers so far, 0 when empty.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        if state == 0 || at.micro % MICRO != 0 {
            return Some(0);
        }
        let range = ((state >> 32) as usize, (state & 0xffff_ffff) as usize);
        let number = u32::try_from(at.micro / MICRO).expect("a mark of the dial");
        Some(pack(self.codes.narrow(range, at.spot.wheel, number)))
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
