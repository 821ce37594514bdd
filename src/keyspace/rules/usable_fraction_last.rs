//! `usable_fraction_last`: only a share of the last wheel's positions is usable.
//!
//! For published figures that give the share and not the arc, e.g. Blaze 2004, "Safecracking for
//! the computer scientist": 94 % of 67 positions are 63.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, off};
use crate::finding::Finding;
use crate::keyspace::mark::{MICRO, Mark};

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<UsableFractionLast>(
    "usable_fraction_last",
    "round(fraction · n) positions of the last wheel are usable, a block from zero up",
    r#"{"rule":"usable_fraction_last","fraction":0.8}"#,
);

/// round(`fraction` · n) positions of the last wheel are usable: a block from position 0 up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsableFractionLast {
    /// Usable share, above 0 and at most 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub fraction: f64,
}

impl UsableFractionLast {
    /// Usable positions of `n`; halves are rounded up, exactly in millionths.
    fn usable(&self, n: u32) -> i64 {
        let micro = Mark::new(self.fraction).map_or(0, Mark::micro);
        (2 * micro * i64::from(n) + MICRO) / (2 * MICRO)
    }
}

impl Rule for UsableFractionLast {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, _: Dial) -> Vec<Finding> {
        if self.fraction > 0.0 && self.fraction <= 1.0 {
            return Vec::new();
        }
        vec![off(
            "fraction",
            format!("a usable fraction of {} is not a share", self.fraction),
            "a number above 0 and at most 1, for example 0.8",
        )]
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let usable = self.usable(at.places.n(at.spot.wheel));
        (!at.is_last() || i64::from(at.spot.position) < usable).then_some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn val_blaze_2004_usable_positions_of_the_last_wheel() {
        let usable = |fraction| UsableFractionLast { fraction }.usable(67);
        assert_eq!([usable(0.94), usable(0.8), usable(0.75)], [63, 54, 50]);
        assert_eq!(UsableFractionLast { fraction: 0.5 }.usable(67), 34);
    }
}
