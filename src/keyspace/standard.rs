//! Thresholds of standards, as data with their sources; this tool measures, it does not certify.

use serde::{Deserialize, Serialize};

use super::count::Count;

/// The table; every row has its source, and where sources disagree there is a row for each.
const TABLE: &str = include_str!("standards.json");

/// What a threshold is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Settings on the dial's marks.
    Dialable,
    /// Distinct windows that obey the rules.
    EffectiveAllowed,
    /// Widest half-window of the wheels, in marks.
    WindowHalfMarks,
    /// Resistance to manipulation in working hours.
    ManipulationH,
    /// Resistance to manipulation in resistance units.
    ManipulationRu,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The standard.
    pub standard: String,
    /// Its class or group.
    pub class: String,
    /// What is compared.
    pub quantity: Quantity,
    /// The least value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The largest value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// The number of wheels the row is for; any where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheels: Option<usize>,
    /// Edition or section.
    pub edition: String,
    /// C: read in the source named; C2: in a secondary text; U: unverified.
    pub mark: String,
    /// Where the value is from.
    pub source: String,
}

/// What is known of a lock.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Wheels.
    pub wheels: usize,
    /// Settings on the dial's marks.
    pub dialable: Count,
    /// Distinct windows that obey the rules.
    pub effective_allowed: Count,
    /// Widest half-window, in marks.
    pub window_half_marks: f64,
    /// Time to open by manipulation in hours, where it was simulated.
    pub manipulation_h: Option<f64>,
}

/// One threshold held against a lock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// The threshold.
    #[serde(flatten)]
    pub threshold: Threshold,
    /// The lock's value; `None` where it is not known or the row has no threshold.
    pub value: Option<f64>,
    /// Whether the value passes the threshold; `None` where that is open.
    pub passes: Option<bool>,
}

/// All rows of the table.
///
/// # Panics
/// Never: a test reads the table.
#[must_use]
pub fn thresholds() -> Vec<Threshold> {
    serde_json::from_str(TABLE).expect("the table is part of the program and tested")
}

/// Every threshold that is for this number of wheels, held against the lock.
#[must_use]
pub fn evaluate(facts: &Facts) -> Vec<Check> {
    let here = |t: &Threshold| t.wheels.is_none_or(|w| w == facts.wheels);
    thresholds()
        .into_iter()
        .filter(here)
        .map(|t| check(t, facts))
        .collect()
}

/// One threshold held against the lock.
#[must_use]
pub fn check(threshold: Threshold, facts: &Facts) -> Check {
    let value = match threshold.quantity {
        Quantity::Dialable => Some(facts.dialable.to_f64()),
        Quantity::EffectiveAllowed => Some(facts.effective_allowed.to_f64()),
        Quantity::WindowHalfMarks => Some(facts.window_half_marks),
        Quantity::ManipulationH => facts.manipulation_h,
        Quantity::ManipulationRu => None,
    };
    let bounded = threshold.at_least.is_some() || threshold.at_most.is_some();
    let passes = value.filter(|_| bounded).map(|v| {
        threshold.at_least.is_none_or(|least| v >= least)
            && threshold.at_most.is_none_or(|most| v <= most)
    });
    Check {
        threshold,
        value,
        passes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_has_a_source_and_disagreeing_sources_have_a_row_each() {
        let rows = thresholds();
        assert!(
            rows.iter()
                .all(|r| !r.source.is_empty() && ["C", "C2", "U"].contains(&&*r.mark))
        );
        let class_a = |r: &&Threshold| r.standard == "EN 1300" && r.class == "A";
        let values: Vec<_> = rows
            .iter()
            .filter(class_a)
            .filter_map(|r| r.at_least)
            .collect();
        assert_eq!(values, [80_000.0, 100_000.0, 30.0]);
    }

    #[test]
    fn an_unknown_value_neither_passes_nor_fails() {
        let facts = Facts {
            wheels: 3,
            ..Facts::default()
        };
        let open = |c: &Check| c.threshold.quantity == Quantity::ManipulationH;
        let checks = evaluate(&facts);
        assert!(
            checks
                .iter()
                .filter(|c| open(c))
                .all(|c| c.passes.is_none())
        );
        assert!(checks.iter().any(|c| c.passes == Some(false)));
    }
}
