//! What the emergency model takes over from the other analyses of a design.

use super::options::Options;
use super::resist::{ResistReport, attack_named, reader_named, resist};
use super::whole::Study;
use crate::design::Design;
use crate::emergency::SolverLinks;
use crate::emergency::given::{CurvePoint, KeyspaceLink, Origin, ProfessionalCurve, WornPoint};
use crate::error::{Error, Result};
use crate::keyspace::{Count, KeyspaceReport, analyse};
use crate::mechanism::dial_lock::AsBuilt;
use crate::rng::{Purpose, stream};
use rayon::prelude::*;
use serde::Serialize;

/// The attack and the reader that stand for a professional who works by feel.
pub const PROFESSIONAL: (&str, &str) = ("graphing", "expert");

/// Openings after which worn locks are looked at; 10,000 are the endurance of EN 1300.
const WORN_OPENINGS: [f64; 4] = [0.0, 1e4, 1e5, 1e6];
/// As-built locks looked at.
const WORN_LOCKS: u64 = 2000;
/// Their seed: a quantity of the design, not of a study.
const WORN_SEED: u64 = 1;

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
    /// The lower and the upper end of the band of the professional's curve, where there is one.
    pub band: Option<[ProfessionalCurve; 2]>,
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
    match worn_shut(design) {
        Some((points, locks)) => {
            let last = points.last().map_or(0.0, |p| p.openings);
            let share = points.last().map_or(0.0, |p| p.share);
            let value = format!(
                "{:.0} of {locks} locks worn shut by {last:.0} openings",
                share * locks as f64
            );
            links.worn_shut = Some(points);
            let because = "worn as-built locks that their right code opens no more; what else \
                           jams is the figure of the file";
            tell("jam", value, Origin::Mechanism, because.to_owned());
        }
        None => {
            let because = format!("the family {family} has no model of wear");
            tell("jam", "rate of the file".to_owned(), Origin::File, because);
        }
    }
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
    let professional = professional.filter(|r| !r.curve.is_empty());
    let band = professional.map(|report| [curve(report, |p| p.low), curve(report, |p| p.high)]);
    match professional {
        Some(report) => {
            links.professional_time = Some(curve(report, |p| p.p));
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
    Links { links, told, band }
}

/// Share of as-built locks that their right code, dialed exactly, opens after a number of openings;
/// with how many were built. `None` where the family does not wear.
fn worn_shut(design: &Design) -> Option<(Vec<WornPoint>, u64)> {
    let lock = design.lock.contact()?;
    let codes = design.pack_codes();
    let main = codes.first()?;
    let point = |&openings: &f64| {
        // Parts worn so far that they are no lock any more open no door either.
        let shut = lock.worn(openings).map_or(WORN_LOCKS, |worn| {
            let is_shut = |trial: &u64| {
                let mut rng = stream(WORN_SEED, *trial, Purpose::Lock);
                !AsBuilt::sample(&worn, &codes, &mut rng).opens(main)
            };
            (0..WORN_LOCKS).filter(is_shut).count() as u64
        });
        WornPoint {
            openings,
            share: shut as f64 / WORN_LOCKS as f64,
        }
    };
    Some((WORN_OPENINGS.par_iter().map(point).collect(), WORN_LOCKS))
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

/// The success curve, or an end of its band, as one that never falls.
fn curve(report: &ResistReport, of: fn(&super::resist::CurvePoint) -> f64) -> ProfessionalCurve {
    let mut so_far: f64 = 0.0;
    let point = |p: &super::resist::CurvePoint| {
        so_far = so_far.max(of(p)).min(1.0);
        CurvePoint {
            time_h: p.time_min / 60.0,
            p_open: so_far,
        }
    };
    ProfessionalCurve {
        attack: report.attack.to_owned(),
        points: report.curve.iter().map(point).collect(),
    }
}
