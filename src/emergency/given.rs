//! What a formula is evaluated with: the scenario, the drawn values and the links from the other
//! analyses of the same design.

use super::parameter::Values;
use super::scenario::ScenarioSpec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Results of the wheel-pack analyses that the emergency model takes over, each optional.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SolverLinks {
    /// Verdict of the keyspace analysis: the spares open nothing but their own settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spare_independent: Option<bool>,
    /// Openings of the lock and settings of its keyspace, from the keyspace analysis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyspace: Option<KeyspaceLink>,
    /// Jams per year from the mechanism's opening reliability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jam_rate_per_year: Option<f64>,
    /// Share of locks that their right code opens no more, against the openings made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worn_shut: Option<Vec<WornPoint>>,
    /// Broken springs per year from the mechanism's spring life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spring_rate_per_year: Option<f64>,
    /// Stress range of the spring over one opening, MPa.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spring_stress_range_mpa: Option<f64>,
    /// Chance that a professional has opened the lock by feel, against time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional_time: Option<ProfessionalCurve>,
}

/// Openings among the settings of a keyspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyspaceLink {
    /// Settings that open, ghosts included.
    pub openings: u64,
    /// Mechanically distinct settings.
    pub settings: u64,
}

/// One point of the share of worn locks that do not open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WornPoint {
    /// Openings made.
    pub openings: f64,
    /// Share of locks that their right code opens no more.
    pub share: f64,
}

/// The success curve of an attack study, as the professional's time distribution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfessionalCurve {
    /// The attack that was studied (`graphing`, `instrumented`, …).
    pub attack: String,
    /// Points `(time_h, p_open)`, both rising.
    pub points: Vec<CurvePoint>,
}

/// One point of a success curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// Time spent, hours.
    pub time_h: f64,
    /// Chance that the lock is open by then.
    pub p_open: f64,
}

/// Where a number of the output comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Figures of the design's emergency section.
    File,
    /// Figures of the scenario.
    Scenario,
    /// The keyspace analysis of the same design.
    Keyspace,
    /// The mechanism analysis of the same design.
    Mechanism,
    /// A manipulation study of the same design.
    AttackStudy,
}

impl Origin {
    /// The word used in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "design file",
            Self::Scenario => "scenario",
            Self::Keyspace => "keyspace analysis",
            Self::Mechanism => "mechanism analysis",
            Self::AttackStudy => "manipulation study",
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sourced {
    /// The value.
    pub value: f64,
    /// Its origin.
    pub from: Origin,
}

impl Sourced {
    /// `value` from `from`.
    #[must_use]
    pub fn new(value: f64, from: Origin) -> Self {
        Self { value, from }
    }
}

/// Everything a formula of the model may look at.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The scenario.
    pub scenario: &'a ScenarioSpec,
    /// The values of this evaluation.
    pub values: &'a Values,
    /// Results of the other analyses.
    pub links: &'a SolverLinks,
}
