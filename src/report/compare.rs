//! Designs against the first of them: what is computed exactly, and what is estimated from trials
//! that met the same luck.

use serde::Serialize;

use super::bundle::{PNG_SCALE, Recipe, Studied, Whole, draw_all};
use super::html::compare_page;
use super::json::Envelope;
use super::metric::Kind;
use super::output::OutputFolder;
use super::regress::leaf::leaves_of;
use super::regress::{Change, Verdict, changes};
use super::{csv, tables};
use crate::design::Design;
use crate::error::Result;
use crate::stats::paired::outcome_difference;
use crate::stats::{Estimate, interval};
use crate::study::difference::{METRICS, differences};
use crate::study::{Difference, Side};

/// Confidence level of intervals.
const LEVEL: f64 = 0.95;

/// Numbers that are told even where they are the same.
const HEADLINES: [&str; 5] = [
    "keyspace/effective_allowed",
    "keyspace/ghosts",
    "keyspace/independent",
    "window/window_half_marks",
    "window/signature_half_marks",
];

/// One design against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against {
    /// The design.
    pub design: String,
    /// What it is compared with.
    pub against: String,
    /// The attack of the trials.
    pub attack: Option<&'static str>,
    /// The reader of the trials.
    pub reader: Option<String>,
    /// Numbers computed without chance: those that differ and the most important ones.
    pub exact: Vec<Change>,
    /// The owner, where both have wheels to dial; a model result.
    pub owner: Option<OwnerDifference>,
    /// Figures of the manipulation study, model results.
    pub resist: Vec<Difference>,
}

/// The owners of two designs, with the same luck for both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnerDifference {
    /// What is compared.
    pub about: &'static str,
    /// The chance of `a` alone.
    pub a: Estimate,
    /// The chance of `b` alone.
    pub b: Estimate,
    /// `b - a`, from pairs of locks with the same luck.
    pub difference: Estimate,
    /// Pairs of locks.
    pub pairs: u64,
    /// What that says of `b`; `within`: no difference shown.
    pub verdict: Verdict,
}

/// `b` against `a`.
///
/// # Errors
/// Where the two have no trials that can be paired.
pub fn against(a: &Side, b: &Side) -> Result<Against> {
    let leaves = |side: &Side| {
        let computed = (
            &side.study.keyspace,
            &side.study.buttons,
            &side.study.window,
        );
        leaves_of(&Computed {
            keyspace: computed.0,
            buttons: computed.1,
            window: computed.2,
        })
    };
    let exact = changes(leaves(a), leaves(b), false)
        .into_iter()
        .filter(|c| c.known.is_some_and(|m| m.kind != Kind::Estimate))
        .filter(|c| c.verdict != Verdict::Same || HEADLINES.contains(&c.metric.as_str()))
        .collect();
    let resist = match (&a.times, &b.times) {
        (Some(x), Some(y)) => differences(x, y, &METRICS)?,
        _ => Vec::new(),
    };
    let owners = a.owner_opens.as_ref().zip(b.owner_opens.as_ref());
    Ok(Against {
        owner: owners.map(|(x, y)| owner(x, y)),
        design: b.study.name.clone(),
        against: a.study.name.clone(),
        attack: b.times.as_ref().map(|t| t.attack),
        reader: b.times.as_ref().map(|t| t.reader.clone()),
        exact,
        resist,
    })
}

/// The owner of `b` against that of `a`, lock by lock.
fn owner(a: &[bool], b: &[bool]) -> OwnerDifference {
    let pairs = a.len().min(b.len());
    let (a, b) = (&a[..pairs], &b[..pairs]);
    let opened = |x: &[bool]| x.iter().filter(|x| **x).count() as u64;
    let difference = outcome_difference(a, b, LEVEL);
    let pairs = pairs as u64;
    OwnerDifference {
        about: "chance that the owner's first dialing opens",
        a: interval::wilson(opened(a), pairs, LEVEL),
        b: interval::wilson(opened(b), pairs, LEVEL),
        verdict: match (difference.low, difference.high) {
            (Some(low), _) if low > 0.0 => Verdict::Better,
            (_, Some(high)) if high < 0.0 => Verdict::Worse,
            _ => Verdict::Within,
        },
        difference,
        pairs,
    }
}

/// What is computed without chance.
#[derive(Serialize)]
struct Computed<'a, K, B, W> {
    keyspace: &'a Option<K>,
    buttons: &'a Option<B>,
    window: &'a Option<W>,
}

/// The JSON document of a comparison: one result for each design after the first.
#[must_use]
pub fn document(designs: &[&Design], all: &[Against], seed: u64) -> String {
    Envelope::new("compare", seed, designs, all.iter().collect()).to_text()
}

/// Writes page, tables, figures and the JSON document into `folder`, which must still be committed.
///
/// # Errors
/// Where a figure cannot be drawn or a file cannot be written.
pub fn write(
    folder: &mut OutputFolder,
    (designs, sides): (&[Design], &[Side]),
    all: &[Against],
    recipe: &Recipe,
) -> Result<()> {
    let pairs = designs.iter().zip(sides);
    let studied: Vec<Studied<'_>> = pairs
        .map(|(design, side)| Studied {
            design,
            study: &side.study,
        })
        .collect();
    let whole = Whole {
        all: &studied,
        emergency: None,
    };
    let mut drawn = draw_all(&whole)?;
    drawn.retain(|d| d.name == "success_curves" || d.design.is_some() && d.name == "mechanism");
    for d in &drawn {
        folder.write(&format!("{}.svg", d.path), d.svg.standalone().as_bytes())?;
        folder.write(&format!("{}.png", d.path), &d.svg.to_png(PNG_SCALE)?)?;
    }
    let table = tables::compared(all);
    folder.write("tables/compare.csv", csv::render(&table).as_bytes())?;
    let page = compare_page(&whole, all, &drawn, recipe);
    folder.write("report.html", page.as_bytes())?;
    let ids: Vec<&Design> = designs.iter().collect();
    folder.write("summary.json", document(&ids, all, recipe.seed).as_bytes())
}
