//! Where and by whom the lock is used: the part of the model that no lock maker decides.

use super::cause::Cause;
use super::event::EventSpec;
use super::number::Number;
use super::parameter::numbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A scenario file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Short name, used on the command line.
    pub name: String,
    /// One sentence for the reader.
    pub about: String,
    /// Causes looked at; the design decides which of them it has.
    pub causes: Vec<Cause>,
    /// Openings per year.
    pub uses_per_year: Number,
    /// Openings per year by the code that can be forgotten.
    pub code_uses_per_year: Number,
    /// Visits per year at which a battery warning can be noticed.
    pub visits_per_year: Number,
    /// Times per year that someone else is to be let in.
    pub authorise_other_per_year: Number,
    /// Worth of an hour, CNY.
    pub time_cny_per_h: Number,
    /// Loss by one opening by an unauthorised person, CNY.
    pub unauthorised_opening_cny: Number,
    /// Times per year that somebody with bad intent stands at the lock with time to try.
    pub hostile_visits_per_year: Number,
    /// Codes tried at one such visit.
    pub tries_per_hostile_visit: Number,
    /// Share of emergency calls that fall in the night or on a holiday.
    pub night_share: Number,
    /// Whether the owner has practised the emergency openings within the year.
    pub rehearsed: bool,
    /// Cost of one yearly practice of all emergency openings, CNY.
    pub drill_cny: Number,
    /// Years the lock is to serve; prices are spread over them.
    pub horizon_years: u32,
    /// Weather at the lock.
    pub climate: Climate,
    /// What is left when nothing has opened it.
    pub last_resort: LastResort,
    /// Chances that depend on people and place; designs refer to them by name.
    pub events: BTreeMap<String, EventSpec>,
}
numbers!(ScenarioSpec: uses_per_year, code_uses_per_year, visits_per_year, authorise_other_per_year,
    time_cny_per_h, unauthorised_opening_cny, hostile_visits_per_year, tries_per_hostile_visit,
    night_share, drill_cny, climate, last_resort, events);

/// Weather at the lock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Climate {
    /// A word for the reader.
    pub class: String,
    /// Share of the battery's capacity that the cold leaves over the year.
    pub capacity_share: Number,
    /// How many times faster than indoors metal corrodes here.
    pub corrosion_factor: Number,
}
numbers!(Climate: capacity_share, corrosion_factor);

/// What is left when every solution failed or was given up: it always opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LastResort {
    /// A sentence for the reader.
    pub what: String,
    /// Money, CNY, damage included.
    pub cost_cny: Number,
    /// Time, hours.
    pub time_h: Number,
    /// Cost of not letting the other person in, CNY (cause `authorise_other`).
    pub refuse_other_cny: Number,
}
numbers!(LastResort: cost_cny, time_h, refuse_other_cny);

const SHIPPED: [(&str, &str); 4] = [
    ("home_door", include_str!("data/scenario/home_door.json")),
    (
        "outdoor_cabinet",
        include_str!("data/scenario/outdoor_cabinet.json"),
    ),
    (
        "warehouse_gate",
        include_str!("data/scenario/warehouse_gate.json"),
    ),
    ("safe", include_str!("data/scenario/safe.json")),
];

/// The shipped scenarios, each named as its file.
pub static SCENARIOS: LazyLock<Vec<ScenarioSpec>> = LazyLock::new(|| {
    let read = |text| serde_json::from_str(text).expect("the shipped scenarios are valid");
    SHIPPED.iter().map(|(_, text)| read(text)).collect()
});

/// Names of the shipped scenarios.
#[must_use]
pub fn shipped_scenario_names() -> [&'static str; 4] {
    SHIPPED.map(|(name, _)| name)
}

/// The text of a shipped scenario file, or `None` where there is none of that name.
#[must_use]
pub fn shipped_scenario_json(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, text)| *text)
}

/// A shipped scenario, or `None` where there is none of that name.
#[must_use]
pub fn shipped_scenario(name: &str) -> Option<ScenarioSpec> {
    SCENARIOS.iter().find(|s| s.name == name).cloned()
}
