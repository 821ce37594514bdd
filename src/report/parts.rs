//! What a command that answers one question writes into a folder: its figures, its tables, `summary.json`.
//!
//! Names are those of a whole report (`bundle.rs`): `figures/` and `tables/` for all designs together,
//! `figures/` in a folder of its name for each. The folder must still be committed.

use super::bundle::write_figure;
use super::output::OutputFolder;
use super::tables::{self, Named};
use super::{Table, csv};
use crate::design::Design;
use crate::error::Result;
use crate::figure::{Draw, FIGURES, dial_trace, of_tolerances};
use crate::keyspace::{ButtonReport, KeyspaceReport};
use crate::mechanism::dial_lock::DialResult;
use crate::study::{ContactReport, EmergencyStudy, Study, ToleranceStudy};

/// Figures of contact points.
const CONTACT: [&str; 1] = ["contact_graph"];
/// Figures of key spaces.
const KEY_SPACE: [&str; 3] = ["keyspace_funnel", "guessing", "openings_map"];

/// What was counted of one key space.
pub struct Counted<'a> {
    /// Its name.
    pub name: &'a str,
    /// The design it is of; `None` where it was given without one.
    pub design: Option<&'a Design>,
    /// Of wheels.
    pub wheels: Option<&'a KeyspaceReport>,
    /// Of buttons.
    pub buttons: Option<&'a ButtonReport>,
}

/// Writes what a dialed program did on `design`, with `summary` as `summary.json`.
///
/// # Errors
/// Where the figure cannot be drawn or a file cannot be written.
pub fn write_dial(
    folder: &mut OutputFolder,
    design: &Design,
    result: &DialResult,
    summary: &str,
) -> Result<()> {
    if let Some(lock) = design.lock.contact() {
        let svg = dial_trace(&design.name, lock.marks, result)?;
        write_figure(folder, "figures/dial_trace", &svg)?;
    }
    write_tables(
        folder,
        [("dial_moves", tables::dial_moves(result))],
        summary,
    )
}

/// Writes the tolerances of named designs, with `summary` as `summary.json`.
///
/// # Errors
/// As [`write_dial`].
pub fn write_tolerance(
    folder: &mut OutputFolder,
    named: &[(&str, &ToleranceStudy)],
    summary: &str,
) -> Result<()> {
    for (name, study) in named {
        for (figure, svg) in of_tolerances(name, study)? {
            write_figure(folder, &format!("{name}/figures/{figure}"), &svg)?;
        }
    }
    write_tables(folder, pairs(tables::of_tolerances(named)), summary)
}

/// Writes the contact points of `design`, with `summary` as `summary.json`.
///
/// # Errors
/// As [`write_dial`].
pub fn write_contact(
    folder: &mut OutputFolder,
    design: &Design,
    report: &ContactReport,
    summary: &str,
) -> Result<()> {
    let study = Study {
        name: design.name.clone(),
        contact: Some(report.clone()),
        ..Study::default()
    };
    write_figures(folder, &CONTACT, &[(Some(design), &study)])?;
    let name = design.name.as_str();
    let shown = [
        ("contact_summary", tables::contact_summary(name, report)),
        ("contact_points", tables::contact_points_of(name, report)),
    ];
    write_tables(folder, shown, summary)
}

/// Writes key spaces and the `proposals` for further spares, with `summary` as `summary.json`.
///
/// # Errors
/// As [`write_dial`].
pub fn write_key_spaces(
    folder: &mut OutputFolder,
    all: &[Counted<'_>],
    proposals: Table,
    summary: &str,
) -> Result<()> {
    let studies: Vec<Study> = all
        .iter()
        .map(|c| Study {
            name: c.name.to_owned(),
            keyspace: c.wheels.cloned(),
            ..Study::default()
        })
        .collect();
    let drawn: Vec<(Option<&Design>, &Study)> =
        all.iter().map(|c| c.design).zip(&studies).collect();
    if all.iter().any(|c| c.wheels.is_some()) {
        write_figures(folder, &KEY_SPACE, &drawn)?;
    }
    let wheels: Vec<(&str, &KeyspaceReport)> = all
        .iter()
        .filter_map(|c| Some((c.name, c.wheels?)))
        .collect();
    let buttons: Vec<(&str, &ButtonReport)> = all
        .iter()
        .filter_map(|c| Some((c.name, c.buttons?)))
        .collect();
    let mut shown = pairs(tables::of_key_spaces(&wheels, &buttons));
    shown.push(("button_lengths", tables::button_lengths(&buttons)));
    shown.push(("proposed_spares", proposals));
    shown.retain(|(_, table)| !table.rows.is_empty());
    write_tables(folder, shown, summary)
}

/// Writes the emergency openings of `study`, with `summary` as `summary.json`.
///
/// # Errors
/// As [`write_dial`].
pub fn write_emergency(
    folder: &mut OutputFolder,
    study: &EmergencyStudy,
    summary: &str,
) -> Result<()> {
    for figure in FIGURES {
        match figure.draw {
            Draw::EmergencyAll(draw) => {
                if let Some(svg) = draw(study)? {
                    write_figure(folder, &format!("figures/{}", figure.name), &svg)?;
                }
            }
            Draw::EmergencyOne(draw) => {
                for (k, report) in study.comparison.designs.iter().enumerate() {
                    let path = format!("{}/figures/{}", report.design, figure.name);
                    write_figure(folder, &path, &draw(study, k)?)?;
                }
            }
            _ => {}
        }
    }
    write_tables(folder, pairs(tables::emergency::all(study)), summary)
}

/// The figures of these `names` that apply.
fn write_figures(
    folder: &mut OutputFolder,
    names: &[&str],
    all: &[(Option<&Design>, &Study)],
) -> Result<()> {
    let studies: Vec<&Study> = all.iter().map(|(_, study)| *study).collect();
    for figure in FIGURES.iter().filter(|f| names.contains(&f.name)) {
        match figure.draw {
            Draw::All(draw) => {
                write_figure(
                    folder,
                    &format!("figures/{}", figure.name),
                    &draw(&studies)?,
                )?;
            }
            Draw::One(draw) => {
                for (design, study) in all {
                    let Some(design) = design else {
                        continue;
                    };
                    if let Some(svg) = draw(design, study)? {
                        let path = format!("{}/figures/{}", design.name, figure.name);
                        write_figure(folder, &path, &svg)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Tables with the names of their files.
fn pairs(all: Vec<Named>) -> Vec<(&'static str, Table)> {
    all.into_iter().map(|n| (n.name, n.table)).collect()
}

fn write_tables(
    folder: &mut OutputFolder,
    all: impl IntoIterator<Item = (&'static str, Table)>,
    summary: &str,
) -> Result<()> {
    for (name, table) in all {
        folder.write(
            &format!("tables/{name}.csv"),
            csv::render(&table).as_bytes(),
        )?;
    }
    folder.write("summary.json", summary.as_bytes())
}
