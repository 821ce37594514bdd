//! The results of `wheelpack keyspace`, as text, JSON and CSV, and in files.

use serde::Serialize;
use wheelpack::design::Design;
use wheelpack::finding::{Finding, Severity};
use wheelpack::keyspace::{ButtonReport, KeyspaceReport, ProposedSpare};
use wheelpack::report::json::Envelope;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{Table, csv, parts, tables};

use crate::args::Format;
use crate::out;

/// One key space with its name.
#[derive(Serialize)]
pub(super) struct Analysed {
    #[serde(skip)]
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) report: KeyspaceReport,
    /// Outer: whether one was asked for; inner: whether one was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proposed_spare: Option<Option<ProposedSpare>>,
}

/// A result, in the order of the designs.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Counted {
    Wheels(Box<Analysed>),
    Buttons {
        #[serde(skip)]
        name: String,
        #[serde(flatten)]
        report: ButtonReport,
    },
}

impl Counted {
    fn name(&self) -> &str {
        match self {
            Self::Wheels(analysed) => &analysed.name,
            Self::Buttons { name, .. } => name,
        }
    }

    fn wheels(&self) -> Option<&Analysed> {
        match self {
            Self::Wheels(analysed) => Some(analysed.as_ref()),
            Self::Buttons { .. } => None,
        }
    }

    fn buttons(&self) -> Option<&ButtonReport> {
        match self {
            Self::Wheels(_) => None,
            Self::Buttons { report, .. } => Some(report),
        }
    }
}

/// What is shown of a run.
pub(super) struct Shown<'a> {
    json: String,
    counted: Vec<parts::Counted<'a>>,
    wheels: Vec<(&'a str, &'a KeyspaceReport)>,
    buttons: Vec<(&'a str, &'a ButtonReport)>,
    proposals: Table,
}

impl<'a> Shown<'a> {
    /// Of `results`, which are of `designs` in their order, or of flags where there are none.
    pub(super) fn new(seed: u64, designs: &'a [Design], results: &'a [Counted]) -> Self {
        let ids: Vec<&Design> = designs.iter().collect();
        let json = Envelope::new("keyspace", seed, &ids, results.iter().collect()).to_text();
        let counted = |(k, c): (usize, &'a Counted)| parts::Counted {
            name: c.name(),
            design: designs.get(k),
            wheels: c.wheels().map(|a| &a.report),
            buttons: c.buttons(),
        };
        let proposals: Vec<(&str, Option<&ProposedSpare>)> = results
            .iter()
            .filter_map(Counted::wheels)
            .filter_map(|a| Some((a.name.as_str(), a.proposed_spare.as_ref()?.as_ref())))
            .collect();
        let of = |c: &'a Counted| c.name();
        Self {
            json,
            counted: results.iter().enumerate().map(counted).collect(),
            wheels: results
                .iter()
                .filter_map(|c| Some((of(c), &c.wheels()?.report)))
                .collect(),
            buttons: results
                .iter()
                .filter_map(|c| Some((of(c), c.buttons()?)))
                .collect(),
            proposals: tables::proposed_spares(&proposals),
        }
    }

    /// Everything into files.
    pub(super) fn write(&self, folder: &mut OutputFolder) -> wheelpack::Result<()> {
        parts::write_key_spaces(folder, &self.counted, self.proposals.clone(), &self.json)
    }

    /// On standard output.
    pub(super) fn print(&self, format: Format) -> std::io::Result<()> {
        let counts = tables::counts(&self.wheels, &self.buttons);
        match format {
            Format::Json => out::print(&self.json),
            Format::Csv => out::print(&csv::render(&counts)),
            Format::Text => out::print_tables(&[
                &counts,
                &tables::button_lengths(&self.buttons),
                &tables::rule_shares(&self.wheels),
                &tables::ghosts(&self.wheels),
                &tables::spares(&self.wheels),
                &self.proposals,
                &tables::guessing(&self.wheels),
                &tables::standards(&self.wheels),
            ]),
        }
    }

    /// Warnings on standard error.
    pub(super) fn warn(&self) -> std::io::Result<()> {
        for (name, report) in &self.wheels {
            for warning in &report.warnings {
                out::say(&format!("{name}: {}", in_words(warning)))?;
            }
        }
        Ok(())
    }
}

/// A finding that stands on no line of a file.
pub(super) fn in_words(f: &Finding) -> String {
    let severity = match f.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!(
        "{severity}[{}]: {}: {}\n  hint: {}",
        f.code, f.at, f.message, f.hint
    )
}
