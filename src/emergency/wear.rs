//! Wear of a mechanism from its durability grade.
//!
//! * What: yearly chance of failure at an age, from a success-run test of a standard.
//! * Model: `n` specimens that all pass `N_g` cycles show the reliability `R_d = (1 − C)^(1/n)` at
//!   confidence `C`; Weibull life of shape `β` has the scale `η = N_g/(−ln R_d)^(1/β)`; in the year
//!   after age `a` at `N` cycles a year, a lock that still works fails with
//!   `1 − exp((aN/η)^β − ((a + 1)N/η)^β)`.
//! * Assumptions: the lock just passes its grade (a lower bound of its life); the rate of a scenario
//!   is the mean over the years of its horizon.
//! * Reference: success-run theorem; case E5.
//! * Checked by: `val_hand_wear_from_a_durability_grade` (all printed digits).

use super::given::Given;
use super::number::Number;
use super::parameter::numbers;
use crate::math::{exp, ln, pow, sum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A durability grade and how it is turned into a life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wear {
    /// Cycles of the grade.
    pub grade_cycles: Number,
    /// Specimens that passed.
    pub specimens: Number,
    /// Confidence of the success run.
    pub confidence_share: Number,
    /// Weibull shape β.
    pub shape: Number,
}
numbers!(Wear: grade_cycles, specimens, confidence_share, shape);

/// Reliability shown by `specimens` passes at confidence `confidence`.
#[must_use]
pub fn demonstrated_reliability(specimens: f64, confidence: f64) -> f64 {
    pow(1.0 - confidence, 1.0 / specimens)
}

/// Weibull scale in cycles of a lock with reliability `reliability` at `grade_cycles`.
#[must_use]
pub fn weibull_scale(grade_cycles: f64, reliability: f64, shape: f64) -> f64 {
    grade_cycles / pow(-ln(reliability), 1.0 / shape)
}

/// Chance that a lock working at age `age_years` fails in the year after it.
#[must_use]
pub fn p_fails_in_year(age_years: f64, cycles_per_year: f64, scale: f64, shape: f64) -> f64 {
    let hazard = |a: f64| pow(a * cycles_per_year / scale, shape);
    let (before, after) = (hazard(age_years), hazard(age_years + 1.0));
    // What has worn out as good as surely does not last the year either.
    if before.is_finite() {
        -libm::expm1(before - after)
    } else {
        1.0
    }
}

/// Weibull chance of having failed by `age`, in the units of `scale`.
#[must_use]
pub fn p_failed_by(age: f64, scale: f64, shape: f64) -> f64 {
    1.0 - exp(-pow(age / scale, shape))
}

impl Wear {
    /// Failures per year, mean over the horizon of the given scenario.
    #[must_use]
    pub fn rate_per_year(&self, given: &Given) -> f64 {
        let v = given.values;
        let reliability =
            demonstrated_reliability(v.of(&self.specimens), v.of(&self.confidence_share));
        let shape = v.of(&self.shape);
        let scale = weibull_scale(v.of(&self.grade_cycles), reliability, shape);
        let cycles = v.of(&given.scenario.uses_per_year);
        let years = given.scenario.horizon_years;
        sum((0..years).map(|a| p_fails_in_year(f64::from(a), cycles, scale, shape)))
            / f64::from(years)
    }
}
