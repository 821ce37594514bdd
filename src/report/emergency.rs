//! The emergency analysis as JSON: one result a design, and what is about all of them.

use crate::emergency::claims::Claim;
use crate::emergency::frontier::Choice;
use crate::emergency::report::WorthKnowing;
use crate::emergency::{EmergencyReport, ScenarioSpec};
use crate::study::EmergencyStudy;
use crate::study::emergency::{ByTrials, Linked, VisitPoint};
use serde::Serialize;

/// The result of one design.
#[derive(Debug, Serialize)]
pub struct EmergencyResult<'a> {
    /// The analysis.
    #[serde(flatten)]
    pub report: &'a EmergencyReport,
    /// Which other analysis each linked quantity comes from.
    pub linked: &'a [Linked],
    /// How far figures rest on the trials of a manipulation study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_trials: Option<&'a ByTrials>,
    /// The solutions that together make the least loss.
    pub best: &'a Choice,
    /// Lock-outs against the visit interval.
    pub visits: &'a [VisitPoint],
}

/// What is about all designs together.
#[derive(Debug, Serialize)]
pub struct ComparisonResult<'a> {
    /// The scenario.
    pub scenario: &'a ScenarioSpec,
    /// Unit of all money.
    pub currency: &'static str,
    /// Samples of the uncertain figures.
    pub samples: u64,
    /// `p_better[a][b]`: share of the samples in which a has less loss than b.
    pub p_better: &'a [Vec<f64>],
    /// Shares of the places under random weights.
    pub rank_shares: &'a [Vec<f64>],
    /// Worth of knowing everything, CNY per year.
    pub evpi: f64,
    /// Worth of knowing each number.
    pub evppi: &'a [WorthKnowing],
    /// TOPSIS closeness.
    pub topsis: &'a [f64],
    /// PROMETHEE II net flow.
    pub promethee: &'a [f64],
    /// Choices that no other beats.
    pub frontier: &'a [Choice],
    /// The statements of the source text.
    pub claims: &'a [Claim],
}

/// One result a design, in the order of the study.
#[must_use]
pub fn results(study: &EmergencyStudy) -> Vec<EmergencyResult<'_>> {
    let designs = study.comparison.designs.iter();
    designs
        .zip(&study.beside)
        .map(|(report, beside)| EmergencyResult {
            report,
            linked: &beside.linked,
            by_trials: beside.by_trials.as_ref(),
            best: &beside.best,
            visits: &beside.visits,
        })
        .collect()
}

/// What is about all designs together.
#[must_use]
pub fn comparison(study: &EmergencyStudy) -> ComparisonResult<'_> {
    let c = &study.comparison;
    ComparisonResult {
        scenario: &study.scenario,
        currency: c.currency,
        samples: c.samples,
        p_better: &c.p_better,
        rank_shares: &c.rank_shares,
        evpi: c.evpi,
        evppi: &c.evppi,
        topsis: &c.topsis,
        promethee: &c.promethee,
        frontier: &c.frontier,
        claims: &study.claims,
    }
}
