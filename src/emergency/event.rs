//! Basic events: things that can stand in the way of a solution, shared by name.

use super::given::Given;
use super::number::Number;
use super::parameter::{Numbers, numbers};
use super::wear::p_failed_by;
use crate::math::sum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The chance of a basic event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EventSpec {
    /// A probability.
    P(Number),
    /// Something that corrodes or ages; its age at the emergency is anywhere within the horizon.
    Weibull(Ageing),
}

/// A part that fails by age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ageing {
    /// Weibull scale indoors, years; the scenario's corrosion factor divides it.
    pub scale_years: Number,
    /// Weibull shape β.
    pub shape: Number,
}
numbers!(Ageing: scale_years, shape);

impl Numbers for EventSpec {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        match self {
            Self::P(n) => n.numbers(&format!("{at}/p"), visit),
            Self::Weibull(w) => w.numbers(&format!("{at}/weibull"), visit),
        }
    }
}

impl EventSpec {
    /// The probability of the event at an emergency in the given scenario.
    #[must_use]
    pub fn probability(&self, given: &Given) -> f64 {
        match self {
            Self::P(n) => given.values.of(n),
            Self::Weibull(w) => {
                let v = given.values;
                let scale = v.of(&w.scale_years) / v.of(&given.scenario.climate.corrosion_factor);
                let years = given.scenario.horizon_years;
                sum((0..years).map(|a| p_failed_by(f64::from(a) + 0.5, scale, v.of(&w.shape))))
                    / f64::from(years)
            }
        }
    }
}
