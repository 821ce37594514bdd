//! A whole report: page, figures, tables and `summary.json`, for all designs and for each one.

use super::csv;
use super::emergency::{self, ComparisonResult, EmergencyResult};
use super::html::report_page;
use super::json::{self, Envelope};
use super::output::{OutputFolder, PAGE};
use super::tables;
use crate::design::Design;
use crate::error::Result;
use crate::figure::{Draw, FIGURES, Svg};
use crate::study::{EmergencyStudy, Study};
use serde::Serialize;

/// Pixels of a PNG per CSS pixel of its figure.
pub(super) const PNG_SCALE: f64 = 1.5;

/// One design with its study.
#[derive(Clone, Copy)]
pub struct Studied<'a> {
    /// The design.
    pub design: &'a Design,
    /// What was found.
    pub study: &'a Study,
}

/// All that one page is about.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    /// The designs.
    pub all: &'a [Studied<'a>],
    /// Emergency opening of those that have it, perhaps among others.
    pub emergency: Option<&'a EmergencyStudy>,
}

impl<'a> Whole<'a> {
    /// The comparison of emergency openings, if every design it compares is among these.
    #[must_use]
    pub fn comparison(&self) -> Option<&'a EmergencyStudy> {
        let is_here = |name: &str| self.all.iter().any(|s| s.design.name == name);
        self.emergency
            .filter(|e| e.comparison.designs.iter().all(|d| is_here(&d.design)))
    }
}

/// A drawn figure and where its files are.
pub struct Drawn {
    /// Name in the list of figures.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// The design it is of, if of one.
    pub design: Option<String>,
    /// Path of its files within the report, without ending.
    pub path: String,
    /// The picture.
    pub svg: Svg,
}

/// How a run is to be repeated.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The command line.
    pub command: String,
    /// The seed.
    pub seed: u64,
}

/// Draws every figure that applies.
///
/// # Errors
/// Where a figure cannot be drawn.
pub fn draw_all(whole: &Whole<'_>) -> Result<Vec<Drawn>> {
    let all = whole.all;
    let studies: Vec<&Study> = all.iter().map(|s| s.study).collect();
    let mut drawn = Vec::new();
    for figure in FIGURES {
        let one = |design: Option<String>, path: String, svg: Svg| Drawn {
            name: figure.name,
            about: figure.about,
            design,
            path,
            svg,
        };
        match figure.draw {
            Draw::All(draw) => drawn.push(one(
                None,
                format!("figures/{}", figure.name),
                draw(&studies)?,
            )),
            Draw::One(draw) => {
                for s in all {
                    if let Some(svg) = draw(s.design, s.study)? {
                        let path = format!("{}/figures/{}", s.design.name, figure.name);
                        drawn.push(one(Some(s.design.name.clone()), path, svg));
                    }
                }
            }
            Draw::Tolerance(draw) => {
                for s in all {
                    let Some(tolerance) = &s.study.tolerance else {
                        continue;
                    };
                    if let Some(svg) = draw(&s.design.name, tolerance)? {
                        let path = format!("{}/figures/{}", s.design.name, figure.name);
                        drawn.push(one(Some(s.design.name.clone()), path, svg));
                    }
                }
            }
            Draw::Sensitivity(_) | Draw::Sweep(_) => {}
            Draw::EmergencyAll(draw) => {
                if let Some(svg) = whole.comparison().map_or(Ok(None), draw)? {
                    drawn.push(one(None, format!("figures/{}", figure.name), svg));
                }
            }
            Draw::EmergencyOne(draw) => {
                let designs = whole.emergency.iter().flat_map(|e| {
                    let reports = e.comparison.designs.iter().enumerate();
                    reports.map(move |(k, d)| (*e, k, d.design.clone()))
                });
                for (study, k, name) in designs {
                    if all.iter().any(|s| s.design.name == name) {
                        let path = format!("{name}/figures/{}", figure.name);
                        drawn.push(one(Some(name), path, draw(study, k)?));
                    }
                }
            }
        }
    }
    Ok(drawn)
}

/// Writes the report of `whole` into `folder`, which must still be committed.
///
/// `report.html`, `summary.json`, `figures/` and `tables/` for all designs together; in a folder of
/// its name, `report.html`, `summary.json` and `figures/` for each.
///
/// # Errors
/// Where a figure cannot be drawn or a file cannot be written.
pub fn write(folder: &mut OutputFolder, whole: &Whole<'_>, recipe: &Recipe) -> Result<()> {
    let all = whole.all;
    let drawn = draw_all(whole)?;
    for d in &drawn {
        write_figure(folder, &d.path, &d.svg)?;
    }
    let studies: Vec<&Study> = all.iter().map(|s| s.study).collect();
    for named in tables::all(&studies, whole.comparison()) {
        folder.write(
            &format!("tables/{}.csv", named.name),
            csv::render(&named.table).as_bytes(),
        )?;
    }
    folder.write(PAGE, report_page(whole, &drawn, recipe, "").as_bytes())?;
    folder.write("summary.json", summary(whole, recipe).as_bytes())?;
    for s in all {
        let own = Whole {
            all: &[*s],
            emergency: whole.emergency,
        };
        let page = report_page(&own, &draw_all(&own)?, recipe, "../");
        folder.write(&format!("{}/{PAGE}", s.design.name), page.as_bytes())?;
        folder.write(
            &format!("{}/summary.json", s.design.name),
            summary(&own, recipe).as_bytes(),
        )?;
    }
    Ok(())
}

/// Writes `svg` as `path`.svg and `path`.png.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_figure(folder: &mut OutputFolder, path: &str, svg: &Svg) -> Result<()> {
    folder.write(&format!("{path}.svg"), svg.standalone().as_bytes())?;
    folder.write(&format!("{path}.png"), &svg.to_png(PNG_SCALE)?)
}

/// One design in `summary.json`.
#[derive(Serialize)]
struct DesignResult<'a> {
    #[serde(flatten)]
    study: &'a Study,
    #[serde(skip_serializing_if = "Option::is_none")]
    emergency: Option<EmergencyResult<'a>>,
}

/// `summary.json`.
#[derive(Serialize)]
struct Summary<'a> {
    #[serde(flatten)]
    envelope: Envelope<DesignResult<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emergency: Option<ComparisonResult<'a>>,
}

/// `summary.json` of `whole`.
#[must_use]
pub fn summary(whole: &Whole<'_>, recipe: &Recipe) -> String {
    let designs: Vec<&Design> = whole.all.iter().map(|s| s.design).collect();
    let mut openings = whole.emergency.map_or_else(Vec::new, emergency::results);
    let results = whole.all.iter().map(|s| {
        let own = openings
            .iter()
            .position(|e| e.report.design == s.design.name);
        DesignResult {
            study: s.study,
            emergency: own.map(|k| openings.swap_remove(k)),
        }
    });
    let results = results.collect();
    let summary = Summary {
        envelope: Envelope::new("report", recipe.seed, &designs, results).without_assumptions(),
        emergency: whole.comparison().map(emergency::comparison),
    };
    json::to_text(&summary)
}
