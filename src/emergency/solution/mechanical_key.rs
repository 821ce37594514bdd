//! Mechanical emergency key: a hidden keyhole and one or two keys kept somewhere.
//!
//! * What: opens without electronics; does nothing for a jam.
//! * Model: fails if no key is within reach (every holder's event) or the keyway is seized or the
//!   cover cannot be found. A key lost while it can be linked to the lock, and used before the
//!   cylinder is changed, is an unauthorised opening.
//! * Assumptions: keys are lost independently of each other.

use super::{Fact, Reach, Solution, SolutionKind, schema};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::{Route, RouteShare};
use crate::emergency::given::Given;
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::place::Findings;
use crate::emergency::storage::{Holder, check_holders};
use crate::emergency::tree::{Expr, Tree};
use crate::math::sum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "mechanical_key",
    about: "an emergency key in a hidden keyhole opens without electronics",
    schema: schema::<MechanicalKey>,
};

/// Details of the emergency key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MechanicalKey {
    /// One key each.
    pub holders: Vec<Holder>,
    /// Event: cylinder or keyway seized by dirt or rust.
    pub keyway_seized: String,
    /// Event: nobody present knows where the cover is and how it comes off.
    pub cover_unknown: String,
    /// Chance that a lost key can be linked to the lock.
    pub p_linked: Number,
    /// Chance that it is used before the cylinder is changed.
    pub p_used_before_rekey: Number,
    /// Cost of changing the cylinder after a loss, CNY.
    pub rekey_cny: Number,
    /// Share of losses after which the cylinder is changed.
    pub rekeyed_share: Number,
}
numbers!(MechanicalKey: holders, p_linked, p_used_before_rekey, rekey_cny, rekeyed_share);

impl MechanicalKey {
    /// Keys lost or obtained by others, per year.
    #[must_use]
    pub fn lost_per_year(&self, given: &Given) -> f64 {
        sum(self
            .holders
            .iter()
            .map(|h| given.values.of(&h.p_disclosed_per_year)))
    }
}

impl Solution for MechanicalKey {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Battery | Cause::Electronics | Cause::Credential => Reach::Can,
            Cause::Jam => Reach::Cannot,
            Cause::Spring | Cause::AuthoriseOther => Reach::half(),
        }
    }

    fn failure(&self, _me: &str, _cause: Cause, tree: &mut Tree) -> Expr {
        let absent = self
            .holders
            .iter()
            .map(|h| tree.named(&h.unavailable))
            .collect();
        Expr::Any(vec![
            Expr::All(absent),
            tree.named(&self.keyway_seized),
            tree.named(&self.cover_unknown),
        ])
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .holders
            .iter()
            .map(|h| h.unavailable.as_str())
            .collect();
        names.extend([self.keyway_seized.as_str(), self.cover_unknown.as_str()]);
        names
    }

    fn upkeep_cny_per_year(&self, given: &Given) -> f64 {
        let v = given.values;
        self.lost_per_year(given) * v.of(&self.rekeyed_share) * v.of(&self.rekey_cny)
    }

    fn exposure(&self, given: &Given, _attempts_per_year: f64) -> Vec<RouteShare> {
        let v = given.values;
        let used =
            self.lost_per_year(given) * v.of(&self.p_linked) * v.of(&self.p_used_before_rekey);
        vec![RouteShare::new(Route::LostKey, used)]
    }

    fn check(&self, lock: &str, found: &mut Findings) {
        check_holders(&self.holders, lock, found);
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        vec![
            Fact {
                name: "keys",
                value: self.holders.len() as f64,
            },
            Fact {
                name: "lost_per_year",
                value: self.lost_per_year(given),
            },
        ]
    }
}
