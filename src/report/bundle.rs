//! A whole report: page, figures, tables and `summary.json`, for all designs and for each one.

use super::csv;
use super::html::report_page;
use super::json::Envelope;
use super::output::OutputFolder;
use super::tables;
use crate::design::Design;
use crate::error::Result;
use crate::figure::{Draw, FIGURES, Svg};
use crate::study::Study;

/// Pixels of a PNG per CSS pixel of its figure.
const PNG_SCALE: f64 = 1.5;

/// One design with its study.
#[derive(Clone, Copy)]
pub struct Studied<'a> {
    /// The design.
    pub design: &'a Design,
    /// What was found.
    pub study: &'a Study,
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
pub fn draw_all(all: &[Studied<'_>]) -> Result<Vec<Drawn>> {
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
        }
    }
    Ok(drawn)
}

/// Writes the report of `all` into `folder`, which must still be committed.
///
/// `report.html`, `summary.json`, `figures/` and `tables/` for all designs together; in a folder of
/// its name, `report.html`, `summary.json` and `figures/` for each.
///
/// # Errors
/// Where a figure cannot be drawn or a file cannot be written.
pub fn write(folder: &mut OutputFolder, all: &[Studied<'_>], recipe: &Recipe) -> Result<()> {
    let drawn = draw_all(all)?;
    for d in &drawn {
        folder.write(&format!("{}.svg", d.path), d.svg.standalone().as_bytes())?;
        folder.write(&format!("{}.png", d.path), &d.svg.to_png(PNG_SCALE)?)?;
    }
    let studies: Vec<&Study> = all.iter().map(|s| s.study).collect();
    for named in tables::all(&studies) {
        folder.write(
            &format!("tables/{}.csv", named.name),
            csv::render(&named.table).as_bytes(),
        )?;
    }
    folder.write(
        "report.html",
        report_page(all, &drawn, recipe, "").as_bytes(),
    )?;
    folder.write("summary.json", summary(all, recipe).as_bytes())?;
    for s in all {
        let own: Vec<Drawn> = draw_all(&[*s])?;
        let page = report_page(&[*s], &own, recipe, "../");
        folder.write(&format!("{}/report.html", s.design.name), page.as_bytes())?;
        folder.write(
            &format!("{}/summary.json", s.design.name),
            summary(&[*s], recipe).as_bytes(),
        )?;
    }
    Ok(())
}

/// `summary.json` of `all`.
#[must_use]
pub fn summary(all: &[Studied<'_>], recipe: &Recipe) -> String {
    let designs: Vec<&Design> = all.iter().map(|s| s.design).collect();
    let results: Vec<&Study> = all.iter().map(|s| s.study).collect();
    Envelope::new("report", recipe.seed, &designs, results).to_text()
}
