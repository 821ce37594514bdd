//! Emergency opening of designs under one scenario, with what the other analyses know of them.

use super::options::Options;
use super::resist::{ResistReport, attack_named, reader_named, resist};
use super::whole::Study;
use crate::design::Design;
use crate::emergency::claims::{Claim, claims};
use crate::emergency::frontier::Choice;
use crate::emergency::given::{CurvePoint, KeyspaceLink, Origin, ProfessionalCurve};
use crate::emergency::order::members;
use crate::emergency::outcome::Outcome;
use crate::emergency::subset::all_subsets;
use crate::emergency::{Comparison, Contest, Model, Prepared, ScenarioSpec, SolverLinks};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::keyspace::{Count, KeyspaceReport, analyse};
use rayon::prelude::*;
use serde::Serialize;

/// Samples of the uncertain parameters where nothing else is asked for.
pub const SAMPLES: u64 = 2000;
/// The attack and the reader that stand for a professional who works by feel.
pub const PROFESSIONAL: (&str, &str) = ("graphing", "expert");
/// Samples between two looks at progress and stop.
const BATCH: u64 = 200;
/// Days between visits for which lock-outs are computed.
const INTERVALS_D: [f64; 13] = [
    1.0, 2.0, 4.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 61.0, 91.0, 183.0, 365.0,
];

/// What a quantity of the emergency model was taken from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Linked {
    /// The quantity.
    pub what: &'static str,
    /// Its value in words, with its unit.
    pub value: String,
    /// Where it comes from.
    pub from: Origin,
    /// Which analysis gave it, or why none did.
    pub because: String,
}

/// The links of one design and where each comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Links {
    /// As the emergency model takes them.
    pub links: SolverLinks,
    /// One line a quantity.
    pub told: Vec<Linked>,
}

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
    /// Its solutions that together make the least expected loss.
    pub best: Choice,
    /// It with all its solutions.
    pub whole: Choice,
    /// Lock-outs against the visit interval.
    pub visits: Vec<VisitPoint>,
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

/// Runs the analyses that the emergency model takes over from: key space, and the manipulation study
/// by [`PROFESSIONAL`] where the family has one.
///
/// # Errors
/// [`Error::Stopped`], and whatever keeps an analysis that applies from running.
pub fn solve_links(design: &Design, options: &Options<'_>) -> Result<Links> {
    let space = match design.key_space() {
        Ok(input) => analyse(input).ok(),
        Err(_) => None,
    };
    let curve = professional(design, options)?;
    Ok(links(design, space.as_ref(), curve.as_ref()))
}

/// As [`solve_links`], from a finished study of the same design as far as that goes.
///
/// # Errors
/// As [`solve_links`].
pub fn links_of_study(design: &Design, study: &Study, options: &Options<'_>) -> Result<Links> {
    let is_his = |r: &&ResistReport| (r.attack, r.reader.as_str()) == PROFESSIONAL;
    match study.resist.iter().find(is_his) {
        Some(report) => Ok(links(design, study.keyspace.as_ref(), Some(report))),
        None => {
            let report = professional(design, options)?;
            Ok(links(design, study.keyspace.as_ref(), report.as_ref()))
        }
    }
}

/// The manipulation study of a professional; `None` where the family has no such physics.
///
/// # Errors
/// As [`resist`], but for what does not apply.
pub fn professional(design: &Design, options: &Options<'_>) -> Result<Option<ResistReport>> {
    let (attack, reader) = (attack_named(PROFESSIONAL.0)?, reader_named(PROFESSIONAL.1)?);
    match resist(design, attack, reader, options) {
        Ok(report) => Ok(Some(report)),
        Err(Error::NotApplicable { .. }) => Ok(None),
        Err(e) => Err(e),
    }
}

/// What the emergency model takes over from finished analyses of `design`.
#[must_use]
pub fn links(
    design: &Design,
    space: Option<&KeyspaceReport>,
    professional: Option<&ResistReport>,
) -> Links {
    let mut links = SolverLinks::default();
    let mut told = Vec::new();
    let family = design.lock.family();
    let mut tell = |what, value: String, from, because: String| {
        told.push(Linked {
            what,
            value,
            from,
            because,
        });
    };
    let codes = space.and_then(|s| s.codes.as_ref());
    let spares = design.keyspace.as_ref().and_then(|k| k.codes.as_ref());
    match codes.filter(|_| spares.is_some_and(|c| !c.spares.is_empty())) {
        Some(codes) => {
            links.spare_independent = Some(codes.openings.independent);
            links.keyspace = counted(&codes.openings.openings, &codes.search_settings);
            let verdict = if codes.openings.independent {
                "independent"
            } else {
                "not independent"
            };
            let value = format!(
                "{verdict}; {} openings in {} settings",
                codes.openings.openings.grouped(),
                codes.search_settings.grouped()
            );
            tell(
                "spares",
                value,
                Origin::Keyspace,
                "openings of all codes, ghosts included".to_owned(),
            );
        }
        None => tell(
            "spares",
            "none".to_owned(),
            Origin::File,
            no_spares(design, family),
        ),
    }
    let jam = "the mechanism analysis gives no jam rate; the figure of the file stands";
    tell(
        "jam",
        "rate of the file".to_owned(),
        Origin::File,
        jam.to_owned(),
    );
    let coil = design
        .lock
        .contact()
        .and_then(|lock| lock.spring_report().coil);
    match coil {
        Some(coil) => {
            let range = coil.most_stress_mpa - coil.least_stress_mpa;
            links.spring_stress_range_mpa = Some(range);
            let because = "stress of the lever's spring over its travel".to_owned();
            tell(
                "spring",
                format!("{range:.0} MPa"),
                Origin::Mechanism,
                because,
            );
        }
        None => {
            let because = if design.lock.contact().is_some() {
                "the design states no coil of the lever's spring".to_owned()
            } else {
                format!("the family {family} has no lever spring")
            };
            tell(
                "spring",
                "figures of the file".to_owned(),
                Origin::File,
                because,
            );
        }
    }
    match professional.filter(|r| !r.curve.is_empty()) {
        Some(report) => {
            links.professional_time = Some(curve(report));
            let (opened, trials) = (report.opened, report.trials);
            let value = format!(
                "opens {opened} of {trials} by feel within {} h",
                report.budget_h
            );
            let because = format!("attack {}, reader {}", report.attack, report.reader);
            tell("professional", value, Origin::AttackStudy, because);
        }
        None => {
            let because = format!("the family {family} has no manipulation study by feel");
            tell(
                "professional",
                "figures of the file".to_owned(),
                Origin::File,
                because,
            );
        }
    }
    Links { links, told }
}

fn no_spares(design: &Design, family: &str) -> String {
    if design.keyspace.is_some() {
        "the design has no spare code".to_owned()
    } else {
        format!("the family {family} has no wheels that carry codes")
    }
}

fn counted(openings: &Count, settings: &Count) -> Option<KeyspaceLink> {
    let whole = |n: &Count| n.to_u128().and_then(|n| u64::try_from(n).ok());
    Some(KeyspaceLink {
        openings: whole(openings)?,
        settings: whole(settings)?,
    })
}

fn curve(report: &ResistReport) -> ProfessionalCurve {
    let point = |p: &super::resist::CurvePoint| CurvePoint {
        time_h: p.time_min / 60.0,
        p_open: p.p,
    };
    ProfessionalCurve {
        attack: report.attack.to_owned(),
        points: report.curve.iter().map(point).collect(),
    }
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
        .map(|(design, links)| beside(design, links))
        .collect();
    Ok(EmergencyStudy {
        scenario: contest.designs[0].model.scenario.clone(),
        claims: claims(&contest, &comparison),
        contest,
        comparison,
        beside,
    })
}

fn beside(design: &Prepared, links: Links) -> Beside {
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
