//! One evaluation of one design in one scenario: rates, costs, exposure and loss per year.

use super::cause::Cause;
use super::exposure::Route;
use super::given::{Given, Sourced};
use super::model::Model;
use super::parameter::Values;
use super::prepare::{Followed, Prepared};
use crate::math::sum;

/// Result of one evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Rate per year and cost of one event, in the order of the model's causes.
    pub causes: Vec<CauseOutcome>,
    /// Unauthorised openings per year, in the order of [`Route::ALL`].
    pub exposure_per_year: [f64; 6],
    /// Expected loss, CNY per year.
    pub loss: Loss,
}

/// One cause in one evaluation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseOutcome {
    /// The cause.
    pub cause: Cause,
    /// Its rate per year and where that comes from.
    pub rate: Sourced,
    /// Expected cost of one event under the plan, CNY.
    pub cost_cny: f64,
    /// Chance that the plan opens the lock without the last resort.
    pub p_open: f64,
}

/// The parts of the expected annual loss, CNY per year.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Loss {
    /// Being locked out: Σ rate × cost.
    pub access_cny_per_year: f64,
    /// Unauthorised openings: exposure × loss of one.
    pub exposure_cny_per_year: f64,
    /// Price over the horizon and upkeep.
    pub ownership_cny_per_year: f64,
}

impl Loss {
    /// The sum of the parts.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.access_cny_per_year + self.exposure_cny_per_year + self.ownership_cny_per_year
    }
}

impl Outcome {
    /// Unauthorised openings per year by all routes.
    #[must_use]
    pub fn exposed_per_year(&self) -> f64 {
        sum(self.exposure_per_year)
    }

    /// Lock-outs per year by all emergency causes.
    #[must_use]
    pub fn lockouts_per_year(&self) -> f64 {
        sum(self
            .causes
            .iter()
            .filter(|c| c.cause.is_emergency())
            .map(|c| c.rate.value))
    }
}

impl Prepared {
    /// Evaluates the plans under `values`.
    #[must_use]
    pub fn evaluate(&self, values: &Values) -> Outcome {
        let given = self.model.given(values);
        let p = self.model.chances(&given);
        let followed: Vec<Followed> = (0..self.plans.len())
            .map(|c| self.follow(c, &given, &p))
            .collect();
        outcome(&self.model, &given, &followed, &|_| true)
    }
}

/// The outcome of following the plans in `followed`; only solutions that `has` are owned.
pub(crate) fn outcome(
    model: &Model,
    given: &Given,
    followed: &[Followed],
    has: &dyn Fn(usize) -> bool,
) -> Outcome {
    let causes: Vec<CauseOutcome> = model
        .causes
        .iter()
        .zip(followed)
        .map(|(c, f)| {
            let rate = model.design.causes.rate_per_year(c.cause, given);
            let stuck = f
                .sequences
                .iter()
                .filter(|s| s.opened_by.is_none())
                .map(|s| s.p);
            CauseOutcome {
                cause: c.cause,
                rate: rate.expect("the model holds only causes with a rate"),
                cost_cny: f.cost_cny,
                p_open: 1.0 - sum(stuck),
            }
        })
        .collect();
    let mut exposure_per_year = [0.0; 6];
    for (i, s) in model
        .design
        .solutions
        .iter()
        .enumerate()
        .filter(|(i, _)| has(*i))
    {
        let calls = sum(causes
            .iter()
            .zip(followed)
            .map(|(c, f)| c.rate.value * f.attempts[i]));
        for share in s.kind.0.exposure(given, calls) {
            let place = Route::ALL.iter().position(|r| *r == share.route);
            exposure_per_year[place.expect("Route::ALL holds every route")] += share.per_year;
        }
    }
    let v = given.values;
    let loss = Loss {
        access_cny_per_year: sum(causes.iter().map(|c| c.rate.value * c.cost_cny)),
        exposure_cny_per_year: sum(exposure_per_year)
            * v.of(&given.scenario.unauthorised_opening_cny),
        ownership_cny_per_year: ownership(model, given, has),
    };
    Outcome {
        causes,
        exposure_per_year,
        loss,
    }
}

/// Price over the horizon and upkeep of the lock and of the solutions it has, CNY per year.
fn ownership(model: &Model, given: &Given, has: &dyn Fn(usize) -> bool) -> f64 {
    let v = given.values;
    let years = f64::from(given.scenario.horizon_years);
    let lock = v.of(&model.design.price_cny) / years + v.of(&model.design.upkeep_cny_per_year);
    let all = model.design.solutions.iter().enumerate();
    let solutions = sum(all.filter(|(i, _)| has(*i)).map(|(_, s)| {
        v.of(&s.price_cny) / years
            + v.of(&s.upkeep_cny_per_year)
            + s.kind.0.upkeep_cny_per_year(given)
    }));
    let drill = if given.scenario.rehearsed {
        v.of(&given.scenario.drill_cny)
    } else {
        0.0
    };
    lock + solutions + drill
}

/// Price of the lock with the solutions it has, CNY.
#[must_use]
pub fn price_cny(model: &Model, values: &Values, has: &dyn Fn(usize) -> bool) -> f64 {
    let all = model.design.solutions.iter().enumerate();
    let solutions = all
        .filter(|(i, _)| has(*i))
        .map(|(_, s)| values.of(&s.price_cny));
    values.of(&model.design.price_cny) + sum(solutions)
}
