//! How often the code is forgotten.
//!
//! * What: yearly rate of lock-outs by a forgotten code.
//! * Model: stated, or codes used in a Poisson stream of rate `r` per year with memory that fades
//!   as `exp(−t/S)`: a use finds the code forgotten with probability `1/(1 + r·S)`, so
//!   `λ = r/(1 + r·S)`; rare use gives `λ ≈ r`, frequent use `λ ≈ 1/S`.
//! * Assumptions: each use restores the memory in full; one person's memory.
//! * Reference: Laplace transform of the exponential gap; case E4.
//! * Checked by: `val_hand_forgetting_rate` (all printed digits).

use super::given::Given;
use super::number::Number;
use super::parameter::Numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the credential is lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Forgetting {
    /// Stated, per year.
    PerYear(Number),
    /// From the stability of memory, years; the uses per year come from the scenario.
    StabilityYears(Number),
}

impl Numbers for Forgetting {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        match self {
            Self::PerYear(n) => n.numbers(&format!("{at}/per_year"), visit),
            Self::StabilityYears(n) => n.numbers(&format!("{at}/stability_years"), visit),
        }
    }
}

/// Forgotten codes per year at `uses_per_year` and memory stability `stability_years`.
#[must_use]
pub fn rate_per_year(uses_per_year: f64, stability_years: f64) -> f64 {
    uses_per_year / (1.0 + uses_per_year * stability_years)
}

impl Forgetting {
    /// Lock-outs by a forgotten code per year in the given scenario.
    #[must_use]
    pub fn rate_per_year(&self, given: &Given) -> f64 {
        match self {
            Self::PerYear(n) => given.values.of(n),
            Self::StabilityYears(n) => rate_per_year(
                given.values.of(&given.scenario.code_uses_per_year),
                given.values.of(n),
            ),
        }
    }
}
