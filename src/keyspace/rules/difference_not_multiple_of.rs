//! `difference_not_multiple_of`: no two numbers differ by a multiple of k (0 is one).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::not_all_multiples_of::check_divisor;
use super::{At, Dial, Memory, Pairs, Rule, RuleKind};
use crate::finding::Finding;
use crate::keyspace::mark::MICRO;
use crate::keyspace::place::Places;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<DifferenceNotMultipleOf>(
    "difference_not_multiple_of",
    "no pair of numbers differs by a multiple of k (0 is a multiple)",
    r#"{"rule":"difference_not_multiple_of","k":10,"pairs":"adjacent"}"#,
);

/// No pair of numbers differs, in plain order, by a multiple of `k`; equal numbers do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceNotMultipleOf {
    /// The divisor, at least 1.
    #[schemars(range(min = 1))]
    pub k: u32,
    /// Which pairs of wheels.
    #[serde(default)]
    pub pairs: Pairs,
}

impl DifferenceNotMultipleOf {
    /// Whether the residues met so far fit into one word: whole marks and a small divisor.
    fn residues_fit(&self, places: &Places) -> bool {
        let whole = |ring: &crate::keyspace::place::Ring| ring.pitch.micro() % MICRO == 0;
        self.pairs == Pairs::All && self.k <= 64 && places.rings().iter().all(whole)
    }
}

impl Rule for DifferenceNotMultipleOf {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, _: Dial) -> Vec<Finding> {
        check_divisor("k", self.k)
    }

    fn memory(&self, places: &Places) -> Memory {
        if self.residues_fit(places) {
            Memory::Nothing
        } else {
            self.pairs.memory()
        }
    }

    /// State: the set of residues met so far where it fits, else unused.
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        if self.residues_fit(at.places) {
            let residue = 1_u64 << ((at.micro / MICRO) % i64::from(self.k));
            return (state & residue == 0).then_some(state | residue);
        }
        let modulus = i64::from(self.k) * MICRO;
        let multiple = |&other| (at.micro - at.places.micro(other)) % modulus == 0;
        (!self.pairs.of(at.earlier).iter().any(multiple)).then_some(state)
    }
}
