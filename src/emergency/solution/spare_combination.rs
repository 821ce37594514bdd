//! Spare combinations: one or two further codes, kept by people or in another safe.
//!
//! * What: answers a forgotten code, and nothing of the mechanism.
//! * Model: fails if fewer than `needed` holders can be reached. `needed` holders who disclose open
//!   it to others. Openings that the spares add raise the chance of a guess: with an independent
//!   spare one each, as extra gates on shared wheels every mixture.
//! * Assumptions: the spares share no number with the main code; the keyspace analysis of the same
//!   design, where it was run, replaces verdict and count.

use super::{Fact, Reach, Solution, SolutionKind, Surcharge, schema};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::{Route, RouteShare};
use crate::emergency::given::{Given, Origin, Sourced};
use crate::emergency::holders::{openings, p_at_least};
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::place::Findings;
use crate::emergency::report::SpareVerdict;
use crate::emergency::storage::{Holder, check_holders};
use crate::emergency::tree::{Expr, Tree};
use crate::math::pow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "spare_combination",
    about: "one or two further codes, held by people or in another safe",
    schema: schema::<SpareCombination>,
};

/// How the spares are made in the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Realisation {
    /// A wheel pack of their own: they open nothing but themselves.
    SeparatePack,
    /// Further gates on the same wheels: every mixture opens.
    ExtraGates,
}

/// Details of the spare combinations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpareCombination {
    /// How many spare codes the lock has.
    pub spares: u32,
    /// How they are made.
    pub realisation: Realisation,
    /// Wheels of the pack.
    pub wheels: u32,
    /// Mechanically distinct settings of the pack.
    pub settings: u64,
    /// Who keeps them.
    pub holders: Vec<Holder>,
    /// How many holders must come together (1: each has a whole code).
    pub needed: usize,
    /// Chance that a disclosed spare is used before the code is changed.
    pub p_used_if_disclosed: Number,
    /// Cost of changing the code after it was given to somebody else on purpose, CNY.
    pub recode_cny: Number,
}
numbers!(SpareCombination: holders, p_used_if_disclosed, recode_cny);

impl SpareCombination {
    /// Whether the spares are independent of the main code, and who says so.
    #[must_use]
    pub fn independent(&self, given: &Given) -> (bool, Origin) {
        given.links.spare_independent.map_or(
            (self.realisation == Realisation::SeparatePack, Origin::File),
            |verdict| (verdict, Origin::Keyspace),
        )
    }

    /// Share of all settings that open and are not the main code.
    #[must_use]
    pub fn added_share(&self, given: &Given) -> Sourced {
        if let Some(k) = given.links.keyspace {
            let added = k.openings.saturating_sub(1) as f64;
            return Sourced::new(added / k.settings as f64, Origin::Keyspace);
        }
        let (independent, from) = self.independent(given);
        let all = openings(self.spares, self.wheels, independent);
        let added = all.map_or(self.settings, |n| n - 1).min(self.settings) as f64;
        Sourced::new(added / self.settings as f64, from)
    }

    /// Settings that open and are not the main code.
    #[must_use]
    pub fn added_openings(&self, given: &Given) -> f64 {
        let settings = given.links.keyspace.map_or(self.settings, |k| k.settings);
        self.added_share(given).value * settings as f64
    }

    /// Chance per year that enough holders disclose.
    #[must_use]
    pub fn p_disclosed_per_year(&self, given: &Given) -> f64 {
        let each: Vec<f64> = self
            .holders
            .iter()
            .map(|h| given.values.of(&h.p_disclosed_per_year))
            .collect();
        p_at_least(self.needed, &each)
    }
}

impl Solution for SpareCombination {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Credential | Cause::AuthoriseOther => Reach::Can,
            _ => Reach::Cannot,
        }
    }

    fn failure(&self, _me: &str, _cause: Cause, tree: &mut Tree) -> Expr {
        let absent: Vec<Expr> = self
            .holders
            .iter()
            .map(|h| tree.named(&h.unavailable))
            .collect();
        Expr::AtLeast(absent.len() + 1 - self.needed.min(absent.len()), absent)
    }

    fn names(&self) -> Vec<&str> {
        self.holders
            .iter()
            .map(|h| h.unavailable.as_str())
            .collect()
    }

    fn surcharge(&self, cause: Cause, given: &Given) -> Surcharge {
        let given_away = cause == Cause::AuthoriseOther;
        Surcharge {
            cost_cny: if given_away {
                given.values.of(&self.recode_cny)
            } else {
                0.0
            },
            time_h: 0.0,
        }
    }

    fn exposure(&self, given: &Given, _attempts_per_year: f64) -> Vec<RouteShare> {
        let v = given.values;
        let told = self.p_disclosed_per_year(given) * v.of(&self.p_used_if_disclosed);
        let misses = pow(
            1.0 - self.added_share(given).value,
            v.of(&given.scenario.tries_per_hostile_visit),
        );
        let guessed = v.of(&given.scenario.hostile_visits_per_year) * (1.0 - misses);
        vec![
            RouteShare::new(Route::DisclosedSpare, told),
            RouteShare::new(Route::GuessedSpare, guessed),
        ]
    }

    fn check(&self, lock: &str, found: &mut Findings) {
        check_holders(&self.holders, lock, found);
        found.within("needed", |found| {
            if self.needed == 0 || self.needed > self.holders.len() {
                found.error(
                    "WP512",
                    format!("needs {} of {} holders", self.needed, self.holders.len()),
                    "at least 1 and at most the number of holders",
                );
            }
        });
        found.within("settings", |found| {
            let added = openings(self.spares, self.wheels, false);
            if self.settings == 0 || added.is_none_or(|n| n > self.settings) {
                found.error(
                    "WP513",
                    format!(
                        "{} settings cannot hold {} spares",
                        self.settings, self.spares
                    ),
                    "the number of distinct settings, more than (1 + spares)^wheels",
                );
            }
        });
    }

    fn spare_verdict(&self, given: &Given) -> Option<SpareVerdict> {
        let (independent, from) = self.independent(given);
        Some(SpareVerdict {
            independent,
            added_openings: self.added_openings(given),
            from,
        })
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let independent = self.independent(given).0;
        vec![
            Fact {
                name: "spares",
                value: f64::from(self.spares),
            },
            Fact {
                name: "independent",
                value: f64::from(u8::from(independent)),
            },
            Fact {
                name: "added_openings",
                value: self.added_openings(given),
            },
            Fact {
                name: "p_disclosed_per_year",
                value: self.p_disclosed_per_year(given),
            },
        ]
    }
}
