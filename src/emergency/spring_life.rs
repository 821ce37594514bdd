//! Fatigue life of the spring.
//!
//! * What: yearly chance of a broken spring from its stress range.
//! * Model: S–N line `N50 = N_ref·(Δτ_ref/Δτ)^k`, log-normal life with standard deviation `σ` of
//!   `ln N`: `P(n) = Φ((ln n − ln N50)/σ)`; the yearly rate is the mean over the horizon of the
//!   chance to break in a year given it held so far.
//! * Assumptions: constant stress range; no endurance limit; a broken spring is replaced by a new
//!   one only at the end of the horizon.
//! * Reference: Basquin's law; case E6.
//! * Checked by: `val_hand_spring_life` (all printed digits).

use super::given::{Given, Origin, Sourced};
use super::number::{Number, normal_cdf};
use super::parameter::numbers;
use crate::math::{ln, pow, sum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An S–N line and the spring's stress range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpringLife {
    /// Median cycles to failure at the reference stress range.
    pub reference_cycles: Number,
    /// Reference stress range Δτ_ref, MPa.
    pub reference_mpa: Number,
    /// Exponent k of the S–N line.
    pub exponent: Number,
    /// Standard deviation of the natural logarithm of the life.
    pub sd_ln: Number,
    /// Stress range Δτ of one opening, MPa; replaced by the mechanism analysis where it was run.
    pub stress_range_mpa: Number,
}
numbers!(SpringLife: reference_cycles, reference_mpa, exponent, sd_ln, stress_range_mpa);

/// Median life in cycles at stress range `range_mpa`.
#[must_use]
pub fn median_cycles(
    reference_cycles: f64,
    reference_mpa: f64,
    exponent: f64,
    range_mpa: f64,
) -> f64 {
    reference_cycles * pow(reference_mpa / range_mpa, exponent)
}

/// Chance that the spring is broken within `cycles`.
#[must_use]
pub fn p_broken(cycles: f64, median_cycles: f64, sd_ln: f64) -> f64 {
    if cycles <= 0.0 {
        return 0.0;
    }
    normal_cdf((ln(cycles) - ln(median_cycles)) / sd_ln)
}

impl SpringLife {
    /// Broken springs per year, mean over the horizon of the given scenario.
    #[must_use]
    pub fn rate_per_year(&self, given: &Given) -> Sourced {
        let v = given.values;
        let (range, from) = given.links.spring_stress_range_mpa.map_or_else(
            || (v.of(&self.stress_range_mpa), Origin::File),
            |range| (range, Origin::Mechanism),
        );
        let median = median_cycles(
            v.of(&self.reference_cycles),
            v.of(&self.reference_mpa),
            v.of(&self.exponent),
            range,
        );
        let (sd, cycles) = (v.of(&self.sd_ln), v.of(&given.scenario.uses_per_year));
        let years = given.scenario.horizon_years;
        let rate = sum((0..years).map(|a| {
            let before = p_broken(f64::from(a) * cycles, median, sd);
            let after = p_broken(f64::from(a + 1) * cycles, median, sd);
            if before < 1.0 {
                (after - before) / (1.0 - before)
            } else {
                1.0
            }
        })) / f64::from(years);
        Sourced::new(rate, from)
    }
}
