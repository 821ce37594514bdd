//! The results of `wheelpack resist`, as text, JSON and CSV.

use serde::Serialize;
use wheelpack::design::Design;
use wheelpack::report::json::{self, Envelope};
use wheelpack::report::{Table, csv, tables};
use wheelpack::study::difference::{METRICS, differences};
use wheelpack::study::{Difference, ResistReport, Resisted};

use crate::args::Format;
use crate::out;
use crate::store::Folder;

/// One result with the design it is of.
#[derive(Serialize)]
struct Named<'a> {
    design: &'a str,
    #[serde(flatten)]
    report: &'a ResistReport,
}

/// One attack against another.
#[derive(Serialize)]
struct Against<'a> {
    design: &'a str,
    reader: &'a str,
    a: &'static str,
    b: &'static str,
    differences: Vec<Difference>,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    envelope: Envelope<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<Against<'a>>,
    /// What was asked for and could not be studied, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_applicable: Vec<String>,
}

/// What is shown of a run.
pub(super) struct Shown {
    json: String,
    summary: Table,
    comparisons: Table,
    curve: Table,
}

impl Shown {
    /// Of what was `done` for each of its designs, and what was `not_applicable`.
    pub(super) fn new(
        seed: u64,
        designs: &[Design],
        (done, not_applicable): (&[(&Design, Resisted)], &[wheelpack::Error]),
    ) -> anyhow::Result<Self> {
        let named =
            |(design, done): &'_ (&Design, Resisted)| (design.name.clone(), done.report.clone());
        let reports: Vec<(String, ResistReport)> = done.iter().map(named).collect();
        let reports: Vec<(&str, &[ResistReport])> = reports
            .iter()
            .map(|(name, report)| (name.as_str(), std::slice::from_ref(report)))
            .collect();
        let comparisons = compared(done)?;
        let rows: Vec<tables::Against<'_>> = comparisons
            .iter()
            .map(|c| tables::Against {
                subject: format!("{}, {}", c.design, c.reader),
                a: c.a,
                b: c.b,
                differences: &c.differences,
            })
            .collect();
        let summary = tables::resistance_of(&reports);
        let curve = tables::success_curve_of(&reports);
        let caption = "Attacks on the same locks, codes and luck: what A leaves on the table (model result; 95 % intervals)";
        let table = tables::differences(caption, &rows);
        let results = done.iter().map(|(design, done)| Named {
            design: &design.name,
            report: &done.report,
        });
        let ids: Vec<&Design> = designs.iter().collect();
        let document = Document {
            envelope: Envelope::new("resist", seed, &ids, results.collect()),
            comparisons,
            not_applicable: not_applicable.iter().map(ToString::to_string).collect(),
        };
        Ok(Self {
            json: json::to_text(&document),
            summary,
            comparisons: table,
            curve,
        })
    }

    /// Everything into files.
    pub(super) fn write(&self, folder: &Folder) -> anyhow::Result<()> {
        folder.write("resist.json", &self.json)?;
        folder.write("resistance.csv", &csv::render(&self.summary))?;
        folder.write("success_curve.csv", &csv::render(&self.curve))?;
        if !self.comparisons.rows.is_empty() {
            folder.write("attacks.csv", &csv::render(&self.comparisons))?;
        }
        Ok(())
    }

    /// On standard output; the success curve instead of the summary if `curve`.
    pub(super) fn print(&self, format: Format, curve: bool) -> anyhow::Result<()> {
        let table = if curve { &self.curve } else { &self.summary };
        match format {
            Format::Json => out::print(&self.json)?,
            Format::Csv => out::print(&csv::render(table))?,
            Format::Text if curve => out::print_tables(&[table])?,
            Format::Text => out::print_tables(&[table, &self.comparisons])?,
        }
        Ok(())
    }
}

/// Every further attack against the first one that met the same codes, by the same reader on the same design.
fn compared<'a>(done: &'a [(&'a Design, Resisted)]) -> anyhow::Result<Vec<Against<'a>>> {
    let mut all = Vec::new();
    for (k, (design, b)) in done.iter().enumerate() {
        let first = done[..k].iter().find(|(other, a)| {
            other.name == design.name
                && a.report.reader == b.report.reader
                && a.times.by_habit == b.times.by_habit
        });
        if let Some((_, a)) = first {
            all.push(Against {
                design: &design.name,
                reader: &b.report.reader,
                a: a.report.attack,
                b: b.report.attack,
                differences: differences(&a.times, &b.times, &METRICS)?,
            });
        }
    }
    Ok(all)
}
