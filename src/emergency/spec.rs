//! The emergency section of a design file.

use super::cause::{Cause, CausesSpec};
use super::event::EventSpec;
use super::number::Number;
use super::parameter::Numbers;
use super::solution::{Reach, SolutionSpec};
use super::tree::GateSpec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a design fails and what opens it then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmergencySpec {
    /// Name of the lock; left out in a design file, where the design's own stands for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// One sentence for the reader.
    #[serde(default, skip_serializing_if = "String::is_empty")]
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
    /// Writes the default shares of partly answered causes into `answers`, so that they are drawn
    /// and echoed like every other number.
    pub(crate) fn state_default_shares(&mut self) {
        for s in &mut self.solutions {
            for cause in Cause::ALL {
                if let Reach::PartlyShare(share) = s.reach(cause).into_owned() {
                    s.answers.insert(cause, Reach::PartlyShare(share));
                }
            }
        }
    }

    /// The places (in `solutions`) of the solutions that feed the lock.
    pub(crate) fn power_sources(&self) -> impl Iterator<Item = usize> {
        let all = self.solutions.iter().enumerate();
        all.filter(|(_, s)| s.kind.0.powers_the_lock())
            .map(|(i, _)| i)
    }
}
