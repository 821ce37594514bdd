//! `residue`: one number follows another modulo m (single-dial padlocks).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::not_all_multiples_of::check_divisor;
use super::{At, Dial, Rule, RuleKind, check_wheel, off};
use crate::finding::Finding;
use crate::keyspace::mark::MICRO;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<Residue>(
    "residue",
    "the number of one wheel ≡ that of another + plus (mod modulus)",
    r#"{"rule":"residue","wheel":2,"of_wheel":3,"plus":2,"modulus":4}"#,
);

/// The number of `wheel` ≡ the number of `of_wheel` + `plus` (mod `modulus`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Residue {
    /// The wheel that follows, from 1 in dialing order.
    pub wheel: u32,
    /// The wheel it follows.
    pub of_wheel: u32,
    /// The offset; may be negative.
    #[serde(default)]
    pub plus: i32,
    /// The modulus, at least 1.
    #[schemars(range(min = 1))]
    pub modulus: u32,
}

impl Rule for Residue {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let mut found = check_divisor("modulus", self.modulus);
        found.extend(check_wheel("wheel", self.wheel, dial));
        found.extend(check_wheel("of_wheel", self.of_wheel, dial));
        if self.wheel == self.of_wheel {
            found.push(off(
                "of_wheel",
                format!("wheel {} cannot follow itself", self.wheel),
                "the number of another wheel",
            ));
        }
        found
    }

    /// State: 0 until the first of the two wheels is read, then its residue + 1, then 0 again.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let wheel = at.spot.wheel + 1;
        let follows = wheel == self.wheel as usize;
        if !follows && wheel != self.of_wheel as usize {
            return Some(state);
        }
        let modulus = i64::from(self.modulus) * MICRO;
        let plus = if follows { 0 } else { i64::from(self.plus) };
        let residue = (at.micro + plus * MICRO).rem_euclid(modulus).unsigned_abs() + 1;
        match state {
            0 => Some(residue),
            met => (met == residue).then_some(0),
        }
    }
}
