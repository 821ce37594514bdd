//! Force: prying or smashing, against which the source text warns.
//!
//! * What: may open, always damages, and may seize the lock for whatever is tried next.
//! * Model: fails if its chance is missed; the damage to lock and mounting is paid at every
//!   attempt; a failed attempt seizes the lock with probability `p_seize`, after which each other
//!   solution keeps the stated share of its chance and costs the stated multiple.
//! * Assumptions: no published figure was found for seizing: it is an assumption in every file.

use super::{Fact, Reach, Solution, SolutionKind, Surcharge, schema};
use crate::emergency::cause::Cause;
use crate::emergency::given::Given;
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::tree::{Expr, Tree};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "force",
    about: "prying or smashing: damage for certain, and the lock may seize",
    schema: schema::<Force>,
};

/// What a seized lock leaves of another solution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterSeizure {
    /// Chance that it still can open, given it would have opened the untouched lock.
    pub p_still_opens: Number,
    /// Multiple of its cost.
    pub cost_factor: Number,
}
numbers!(AfterSeizure: p_still_opens, cost_factor);

/// Details of a forced opening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Force {
    /// Chance to open.
    pub p_opens: Number,
    /// Damage to the lock, CNY per attempt.
    pub damage_lock_cny: Number,
    /// Damage to door and wall, CNY per attempt.
    pub damage_surface_cny: Number,
    /// Chance that a failed attempt seizes the lock.
    pub p_seize: Number,
    /// What is left of the other solutions then, by their names; those not named are unharmed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub after_seizure: BTreeMap<String, AfterSeizure>,
}
numbers!(Force: p_opens, damage_lock_cny, damage_surface_cny, p_seize, after_seizure);

impl Solution for Force {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Jam | Cause::Spring => Reach::half(),
            Cause::AuthoriseOther => Reach::Cannot,
            _ => Reach::Can,
        }
    }

    fn failure(&self, me: &str, _cause: Cause, tree: &mut Tree) -> Expr {
        let p = self.p_opens.clone();
        tree.leaf(
            &format!("{me}.does_not_give"),
            Arc::new(move |given| 1.0 - given.values.of(&p)),
        )
    }

    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn surcharge(&self, _cause: Cause, given: &Given) -> Surcharge {
        let v = given.values;
        Surcharge {
            cost_cny: v.of(&self.damage_lock_cny) + v.of(&self.damage_surface_cny),
            time_h: 0.0,
        }
    }

    fn forced(&self) -> Option<&Force> {
        Some(self)
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let v = given.values;
        vec![
            Fact {
                name: "p_opens",
                value: v.of(&self.p_opens),
            },
            Fact {
                name: "p_seize",
                value: v.of(&self.p_seize),
            },
            Fact {
                name: "damage_surface_cny",
                value: v.of(&self.damage_surface_cny),
            },
            Fact {
                name: "damage_cny",
                value: self.surcharge(Cause::Battery, given).cost_cny,
            },
        ]
    }
}
