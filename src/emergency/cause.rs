//! The causes of a lock-out: what a design states about each, and its yearly rate.

use super::battery::Battery;
use super::forgetting::Forgetting;
use super::given::{Given, Origin, Sourced, WornPoint};
use super::number::Number;
use super::parameter::numbers;
use super::spring_life::SpringLife;
use super::wear::Wear;
use crate::math::sum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why the owner stands before a locked door.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The battery is flat.
    Battery,
    /// The electronics failed.
    Electronics,
    /// The credential is gone: a forgotten code, a lost card.
    Credential,
    /// The mechanism jams.
    Jam,
    /// A spring is broken.
    Spring,
    /// Not an emergency: someone else is to be let in.
    AuthoriseOther,
}

impl Cause {
    /// All causes, in the order of the reports.
    pub const ALL: [Self; 6] = [
        Self::Battery,
        Self::Electronics,
        Self::Credential,
        Self::Jam,
        Self::Spring,
        Self::AuthoriseOther,
    ];

    /// The name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Battery => "battery",
            Self::Electronics => "electronics",
            Self::Credential => "credential",
            Self::Jam => "jam",
            Self::Spring => "spring",
            Self::AuthoriseOther => "authorise_other",
        }
    }

    /// Whether the owner is locked out.
    #[must_use]
    pub fn is_emergency(self) -> bool {
        self != Self::AuthoriseOther
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What a design states about the causes of lock-outs. A cause left out does not happen to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CausesSpec {
    /// The battery and its warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub battery: Option<Battery>,
    /// Failures of the electronics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electronics: Option<RateSpec>,
    /// Forgetting the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<Forgetting>,
    /// Jams of bolt, cylinder or wheel pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jam: Option<RateSpec>,
    /// Broken springs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spring: Option<RateSpec>,
}
numbers!(CausesSpec: battery, electronics, credential, jam, spring);

/// Where a yearly rate comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RateSpec {
    /// Stated, failures per year.
    PerYear(Number),
    /// From a durability grade by Weibull wear.
    Wear(Wear),
    /// From the spring's stress range and an S–N line.
    SpringLife(SpringLife),
    /// The mechanism analysis of the same design where it was run, this figure per year otherwise.
    Solver(Number),
    /// What the mechanism analysis of the same design gives, and this figure per year for what no
    /// model of it covers (dirt, dry pivots, broken parts).
    SolverPlus(Number),
}

impl super::parameter::Numbers for RateSpec {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        match self {
            Self::PerYear(n) => n.numbers(&format!("{at}/per_year"), visit),
            Self::Wear(w) => w.numbers(&format!("{at}/wear"), visit),
            Self::SpringLife(s) => s.numbers(&format!("{at}/spring_life"), visit),
            Self::Solver(n) => n.numbers(&format!("{at}/solver"), visit),
            Self::SolverPlus(n) => n.numbers(&format!("{at}/solver_plus"), visit),
        }
    }
}

impl RateSpec {
    fn rate(&self, given: &Given, link: Option<f64>) -> Sourced {
        let file = |value| Sourced::new(value, Origin::File);
        match self {
            Self::PerYear(n) => file(given.values.of(n)),
            Self::Wear(w) => file(w.rate_per_year(given)),
            Self::SpringLife(s) => s.rate_per_year(given),
            Self::Solver(n) => link.map_or_else(
                || file(given.values.of(n)),
                |rate| Sourced::new(rate, Origin::Mechanism),
            ),
            Self::SolverPlus(n) => link.map_or_else(
                || file(given.values.of(n)),
                |rate| Sourced::new(rate + given.values.of(n), Origin::Mechanism),
            ),
        }
    }
}

impl CausesSpec {
    /// The rate of `cause` per year with its origin, or `None` where the design does not have it.
    #[must_use]
    pub fn rate_per_year(&self, cause: Cause, given: &Given) -> Option<Sourced> {
        let links = given.links;
        match cause {
            Cause::Battery => self
                .battery
                .as_ref()
                .map(|b| Sourced::new(b.rate_per_year(given), Origin::File)),
            Cause::Electronics => self.electronics.as_ref().map(|r| r.rate(given, None)),
            Cause::Credential => self
                .credential
                .as_ref()
                .map(|f| Sourced::new(f.rate_per_year(given), Origin::File)),
            Cause::Jam => self
                .jam
                .as_ref()
                .map(|r| r.rate(given, links.jam_rate_per_year.or_else(|| worn_shut(given)))),
            Cause::Spring => self
                .spring
                .as_ref()
                .map(|r| r.rate(given, links.spring_rate_per_year)),
            Cause::AuthoriseOther => Some(Sourced::new(
                given.values.of(&given.scenario.authorise_other_per_year),
                Origin::Scenario,
            )),
        }
    }
}

/// Jams per year by locks that wear out of their windows: the mean over the horizon of the chance to
/// cross the line in a year, given the lock still opened before it.
fn worn_shut(given: &Given) -> Option<f64> {
    let points = given.links.worn_shut.as_ref()?;
    let years = given.scenario.horizon_years.max(1);
    let per_year = given.values.of(&given.scenario.uses_per_year);
    let share = |year: u32| share_after(points, f64::from(year) * per_year);
    let rates = (0..years).map(|year| {
        let (before, after) = (share(year), share(year + 1));
        if before < 1.0 {
            ((after - before) / (1.0 - before)).max(0.0)
        } else {
            0.0
        }
    });
    Some(sum(rates) / f64::from(years))
}

/// The share after `openings`, on straight lines between the points and flat beyond them.
fn share_after(points: &[WornPoint], openings: f64) -> f64 {
    let k = points.partition_point(|p| p.openings <= openings);
    match (k.checked_sub(1).map(|b| points[b]), points.get(k)) {
        (Some(a), Some(b)) => {
            let part = (openings - a.openings) / (b.openings - a.openings);
            a.share + part * (b.share - a.share)
        }
        (Some(p), None) => p.share,
        (None, Some(p)) => p.share,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_worn_locks_lies_on_lines_between_its_points() {
        let at = |openings, share| WornPoint { openings, share };
        let points = [at(0.0, 0.0), at(1000.0, 0.1), at(3000.0, 0.2)];
        for (openings, share) in [(0.0, 0.0), (500.0, 0.05), (2000.0, 0.15), (9000.0, 0.2)] {
            assert!((share_after(&points, openings) - share).abs() < 1e-12);
        }
        assert!(share_after(&[], 5.0).abs() < 1e-12);
    }
}
