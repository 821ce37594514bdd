//! A professional: a locksmith who opens without damage where he can, and drills where he cannot.
//!
//! * What: answers every cause, less surely where the mechanism itself failed.
//! * Model: fails if nobody comes or his chance for this cause is missed. Expected surcharge: night
//!   fee, a new lock when he had to drill, and what an unqualified one overcharges; a check of the
//!   credentials costs time and lowers that chance. Where a manipulation study of the same design
//!   is linked, its success curve up to the patience gives the non-destructive share and the time
//!   for a forgotten code.
//! * Assumptions: who cannot open by feel drills; drilling takes no extra time.

use super::{Fact, Reach, Solution, SolutionKind, Surcharge, schema};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::{Route, RouteShare};
use crate::emergency::given::{Given, ProfessionalCurve};
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::tree::{Expr, Tree};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "professional",
    about: "a locksmith, non-destructive where the lock allows it",
    schema: schema::<Professional>,
};

/// Details of calling a professional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Professional {
    /// Event: nobody can be called or nobody comes.
    pub unavailable: String,
    /// Chance to open a whole lock (battery, electronics, credential).
    pub p_opens: Number,
    /// Chance to open a jammed lock.
    pub p_opens_jam: Number,
    /// Chance to open a lock with a broken spring.
    pub p_opens_spring: Number,
    /// Chance to open without damage.
    pub p_nondestructive: Number,
    /// Longest time he tries by feel before he drills, hours.
    pub patience_h: Number,
    /// New lock after drilling, CNY.
    pub new_lock_cny: Number,
    /// Added fee at night and on holidays, CNY.
    pub night_surcharge_cny: Number,
    /// Whether the owner checks the licence first.
    pub checks_licence: bool,
    /// Time of that check, hours.
    pub check_h: Number,
    /// Chance that who comes is not qualified, unchecked.
    pub p_unqualified: Number,
    /// The same after the check.
    pub p_unqualified_checked: Number,
    /// What an unqualified one costs more: overcharge and damage, CNY.
    pub overcharge_cny: Number,
    /// Chance that an unqualified one misuses what he learned.
    pub p_misuse: Number,
}
numbers!(Professional: p_opens, p_opens_jam, p_opens_spring, p_nondestructive, patience_h,
    new_lock_cny, night_surcharge_cny, check_h, p_unqualified, p_unqualified_checked,
    overcharge_cny, p_misuse);

impl Professional {
    fn chance_to_open(&self, cause: Cause) -> &Number {
        match cause {
            Cause::Jam => &self.p_opens_jam,
            Cause::Spring => &self.p_opens_spring,
            _ => &self.p_opens,
        }
    }

    /// Chance that who comes is not qualified, with or without the check.
    #[must_use]
    pub fn chance_unqualified(&self, given: &Given, checks: bool) -> f64 {
        given.values.of(if checks {
            &self.p_unqualified_checked
        } else {
            &self.p_unqualified
        })
    }

    /// Chance to open without damage, and the hours spent trying by feel (0 without a study).
    #[must_use]
    pub fn by_feel(&self, cause: Cause, given: &Given) -> (f64, f64) {
        match curve(cause, given) {
            Some(curve) => curve.until(given.values.of(&self.patience_h)),
            None => (given.values.of(&self.p_nondestructive), 0.0),
        }
    }

    /// Expected surcharge with or without the check of the licence.
    #[must_use]
    pub fn surcharge_if(&self, checks: bool, cause: Cause, given: &Given) -> Surcharge {
        let v = given.values;
        let (p_nondestructive, hours) = self.by_feel(cause, given);
        Surcharge {
            cost_cny: (1.0 - p_nondestructive) * v.of(&self.new_lock_cny)
                + v.of(&given.scenario.night_share) * v.of(&self.night_surcharge_cny)
                + self.chance_unqualified(given, checks) * v.of(&self.overcharge_cny),
            time_h: hours + if checks { v.of(&self.check_h) } else { 0.0 },
        }
    }
}

impl Solution for Professional {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        if cause == Cause::AuthoriseOther {
            Reach::Cannot
        } else {
            Reach::Can
        }
    }

    fn failure(&self, me: &str, cause: Cause, tree: &mut Tree) -> Expr {
        let p = self.chance_to_open(cause).clone();
        let kind = match cause {
            Cause::Jam | Cause::Spring => cause.name(),
            _ => "whole_lock",
        };
        let misses = tree.leaf(
            &format!("{me}.cannot_open_{kind}"),
            Arc::new(move |given| 1.0 - given.values.of(&p)),
        );
        Expr::Any(vec![tree.named(&self.unavailable), misses])
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.unavailable]
    }

    fn surcharge(&self, cause: Cause, given: &Given) -> Surcharge {
        self.surcharge_if(self.checks_licence, cause, given)
    }

    fn exposure(&self, given: &Given, attempts_per_year: f64) -> Vec<RouteShare> {
        let p = self.chance_unqualified(given, self.checks_licence);
        let per_year = attempts_per_year * p * given.values.of(&self.p_misuse);
        vec![RouteShare::new(Route::UnqualifiedOpener, per_year)]
    }

    fn times(&self, cause: Cause, given: &Given) -> Option<Vec<(f64, f64)>> {
        let patience = given.values.of(&self.patience_h);
        let mut times = curve(cause, given)?.atoms(patience);
        let opened: f64 = times.iter().map(|(_, p)| p).sum();
        times.push((patience, 1.0 - opened));
        Some(times)
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let v = given.values;
        let cost = |checks| {
            let more = self.surcharge_if(checks, Cause::Credential, given);
            more.cost_cny + more.time_h * v.of(&given.scenario.time_cny_per_h)
        };
        let (p_nondestructive, _) = self.by_feel(Cause::Credential, given);
        vec![
            Fact {
                name: "p_unqualified_unchecked",
                value: self.chance_unqualified(given, false),
            },
            Fact {
                name: "p_unqualified_checked",
                value: self.chance_unqualified(given, true),
            },
            Fact {
                name: "check_saves_cny",
                value: cost(false) - cost(true),
            },
            Fact {
                name: "p_nondestructive",
                value: p_nondestructive,
            },
            Fact {
                name: "p_opens",
                value: v.of(&self.p_opens),
            },
        ]
    }
}

/// The linked success curve; it is about a lock whose code is unknown and whose mechanism is whole.
fn curve<'a>(cause: Cause, given: &Given<'a>) -> Option<&'a ProfessionalCurve> {
    let curve = given.links.professional_time.as_ref();
    curve.filter(|_| cause == Cause::Credential)
}
