//! The emergency section of a design file.

use super::cause::CausesSpec;
use super::event::EventSpec;
use super::number::Number;
use super::parameter::Numbers;
use super::solution::SolutionSpec;
use super::tree::GateSpec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a design fails and what opens it then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmergencySpec {
    /// Name of the lock; in a design file, the design's.
    pub name: String,
    /// One sentence for the reader.
    pub about: String,
    /// Price of the lock without the solutions, CNY.
    pub price_cny: Number,
    /// What it costs to keep, CNY per year (batteries, service).
    pub upkeep_cny_per_year: Number,
    /// What locks the owner out.
    pub causes: CausesSpec,
    /// Chances that belong to the lock; those of people and place are in the scenario.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, EventSpec>,
    /// Named combinations of events.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, GateSpec>,
    /// What can open it in an emergency.
    pub solutions: Vec<SolutionSpec>,
}

impl Numbers for EmergencySpec {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        self.price_cny.numbers(&format!("{at}/price_cny"), visit);
        self.upkeep_cny_per_year
            .numbers(&format!("{at}/upkeep_cny_per_year"), visit);
        self.causes.numbers(&format!("{at}/causes"), visit);
        self.events.numbers(&format!("{at}/events"), visit);
        for solution in &mut self.solutions {
            let at = format!("{at}/solutions/{}", solution.name);
            solution.numbers(&at, visit);
        }
    }
}

impl EmergencySpec {
    /// The places (in `solutions`) of the solutions that feed the lock.
    pub(crate) fn power_sources(&self) -> impl Iterator<Item = usize> {
        let all = self.solutions.iter().enumerate();
        all.filter(|(_, s)| s.kind.0.powers_the_lock())
            .map(|(i, _)| i)
    }
}
