//! Emergency opening of designs under one scenario, with what the other analyses know of them.

use super::emergency_band::by_trials;
pub use super::emergency_band::{ByTrials, PlanByTrials};
pub use super::emergency_links::{
    Linked, Links, PROFESSIONAL, links, links_of_study, professional, solve_links,
};
use super::options::Options;
use crate::design::Design;
use crate::emergency::claims::{Claim, claims};
use crate::emergency::frontier::Choice;
use crate::emergency::order::members;
use crate::emergency::outcome::Outcome;
use crate::emergency::subset::all_subsets;
use crate::emergency::{Comparison, Contest, Model, Prepared, ScenarioSpec};
use crate::error::{Error, Result};
use crate::finding::Finding;
use rayon::prelude::*;
use serde::Serialize;

/// Samples of the uncertain parameters where nothing else is asked for.
pub const SAMPLES: u64 = 2000;
/// Samples between two looks at progress and stop.
const BATCH: u64 = 200;
/// Days between visits for which lock-outs are computed.
const INTERVALS_D: [f64; 13] = [
    1.0, 2.0, 4.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 61.0, 91.0, 183.0, 365.0,
];

/// Lock-outs against the visit interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VisitPoint {
    /// Days between two visits.
    pub interval_d: f64,
    /// Lock-outs per year by all causes, at the figures of the files.
    pub lockouts_per_year: f64,
}

/// What is added to the comparison of one design.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Where the linked quantities come from.
    pub linked: Vec<Linked>,
    /// How far its figures rest on trials, where they do.
    pub by_trials: Option<ByTrials>,
    /// Its solutions that together make the least expected loss.
    pub best: Choice,
    /// It with all its solutions.
    pub whole: Choice,
    /// Lock-outs against the visit interval.
    pub visits: Vec<VisitPoint>,
}

impl Beside {
    /// The solutions that cost more than they save.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        let kept = |s: &&String| self.best.solutions.contains(s);
        let left = self.whole.solutions.iter().filter(move |s| !kept(s));
        left.map(String::as_str)
    }
}

/// The emergency analysis of designs in one scenario.
#[derive(Debug)]
pub struct EmergencyStudy {
    /// The scenario.
    pub scenario: ScenarioSpec,
    /// The designs with their plans.
    pub contest: Contest,
    /// Its result.
    pub comparison: Comparison,
    /// The statements of the source text with their verdicts.
    pub claims: Vec<Claim>,
    /// What is added to the comparison, one entry a design.
    pub beside: Vec<Beside>,
}

/// Findings that show only when a design and the scenario meet.
#[derive(Debug)]
pub struct Clash {
    /// The place of the design among those given.
    pub design: usize,
    /// Pointers start at `/emergency` for the design and at `/scenario` for the scenario.
    pub findings: Vec<Finding>,
}

/// The models of `designs` in `scenario`.
///
/// # Errors
/// What clashes, for every design in which something does. A design without an emergency section
/// counts as one that the caller has left out before.
pub fn models(
    designs: &[&Design],
    links: &[Links],
    scenario: &ScenarioSpec,
) -> std::result::Result<Vec<Model>, Vec<Clash>> {
    let (mut models, mut clashes) = (Vec::new(), Vec::new());
    for (k, (design, links)) in designs.iter().zip(links).enumerate() {
        let Some(section) = &design.emergency else {
            continue;
        };
        match Model::new(section, scenario, &links.links) {
            Ok(model) => models.push(model),
            Err(findings) => clashes.push(Clash {
                design: k,
                findings,
            }),
        }
    }
    if clashes.is_empty() {
        Ok(models)
    } else {
        Err(clashes)
    }
}

/// Compares `models`, drawing `samples` of the uncertain parameters in parallel; `links` in the same
/// order.
///
/// # Errors
/// [`Error::Stopped`]; [`Error::OutOfRange`] where a decision diagram grows beyond its bound.
pub fn emergency(
    models: Vec<Model>,
    links: Vec<Links>,
    samples: u64,
    options: &Options<'_>,
) -> Result<EmergencyStudy> {
    let by_trials = by_trials(&models, &links)?;
    let contest = Contest::new(models)?;
    let mut drawn = Vec::new();
    let mut done = 0;
    while done < samples {
        if options.is_stopped() {
            return Err(Error::Stopped {
                done,
                total: samples,
            });
        }
        let end = (done + BATCH).min(samples);
        let batch = (done..end).into_par_iter();
        drawn.extend(
            batch
                .map(|i| contest.sample(options.seed, i))
                .collect::<Vec<_>>(),
        );
        done = end;
        (options.progress)(done, samples);
    }
    let comparison = contest.finish(options.seed, &drawn);
    let beside: Vec<Beside> = contest
        .designs
        .par_iter()
        .zip(links)
        .zip(by_trials)
        .map(|((design, links), by_trials)| beside(design, links, by_trials))
        .collect();
    Ok(EmergencyStudy {
        scenario: contest.designs[0].model.scenario.clone(),
        claims: claims(&contest, &comparison),
        contest,
        comparison,
        beside,
    })
}

fn beside(design: &Prepared, links: Links, by_trials: Option<ByTrials>) -> Beside {
    let subsets = all_subsets(design);
    let solutions = &design.model.design.solutions;
    let choice = |set: u32, price_cny: f64, outcome: &Outcome| Choice {
        design: design.model.design.name.clone(),
        solutions: members(set).map(|i| solutions[i].name.clone()).collect(),
        price_cny,
        exposure_per_year: outcome.exposed_per_year(),
        access_loss_cny_per_year: outcome.loss.access_cny_per_year,
        annual_loss_cny_per_year: outcome.loss.total(),
        complete: set.count_ones() as usize == solutions.len(),
    };
    let choices: Vec<Choice> = subsets
        .iter()
        .map(|s| choice(s.solutions, s.price_cny, &s.outcome))
        .collect();
    let least = choices
        .iter()
        .min_by(|a, b| {
            a.annual_loss_cny_per_year
                .total_cmp(&b.annual_loss_cny_per_year)
        })
        .expect("the empty set of solutions is one of them");
    let per_year: Vec<f64> = INTERVALS_D.iter().map(|d| 365.25 / d).collect();
    let visits = design
        .sweep_number("scenario/visits_per_year", &per_year)
        .unwrap_or_default();
    Beside {
        linked: links.told,
        by_trials,
        best: least.clone(),
        whole: choices.last().unwrap_or(least).clone(),
        visits: INTERVALS_D
            .iter()
            .zip(visits)
            .map(|(&interval_d, outcome)| VisitPoint {
                interval_d,
                lockouts_per_year: outcome.lockouts_per_year(),
            })
            .collect(),
    }
}
