//! `wheelpack check DESIGN…`

use serde::Serialize;
use wheelpack::design::place::Located;
use wheelpack::design::{SourceText, read};
use wheelpack::finding::Severity;
use wheelpack::report::findings::findings_as_text;

use crate::args::{Format, FormatArg, QuietArg};
use crate::failure::Outcome;
use crate::{designs, out};

/// Check designs: every finding at once, with place and cure
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files; `-` is standard input
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    #[command(flatten)]
    quiet: QuietArg,
    #[command(flatten)]
    format: FormatArg,
}

/// One design with what was found in it.
#[derive(Serialize)]
struct Checked {
    file: String,
    sha256: String,
    sound: bool,
    findings: Vec<Located>,
}

/// Reads each design and prints its findings.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (sources, unread) = designs::opened(&args.files);
    let checked: Vec<(&SourceText, Checked)> = sources
        .iter()
        .map(|source| {
            let findings = read(source).findings;
            let sound = !findings
                .iter()
                .any(|f| f.finding.severity == Severity::Error);
            (
                source,
                Checked {
                    file: source.name().to_owned(),
                    sha256: source.sha256().to_owned(),
                    sound,
                    findings,
                },
            )
        })
        .collect();
    match args.format.format {
        Format::Text => print_text(&checked)?,
        Format::Json => {
            let results: Vec<&Checked> = checked.iter().map(|(_, c)| c).collect();
            out::print_json(&serde_json::json!({
                "format": wheelpack::report::json::FORMAT,
                "tool": wheelpack::report::json::TOOL,
                "command": "check",
                "results": results,
            }))?;
        }
        Format::Csv => print_csv(&checked)?,
    }
    designs::all_read(unread)?;
    Ok(if checked.iter().all(|(_, c)| c.sound) {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

fn print_text(checked: &[(&SourceText, Checked)]) -> anyhow::Result<()> {
    let mut text = String::new();
    for (source, c) in checked {
        text += &findings_as_text(source, &c.findings, out::findings_style(&std::io::stdout()));
        if c.findings.is_empty() {
            text += &format!("{}: no findings\n", c.file);
        }
    }
    Ok(out::print(&text)?)
}

fn print_csv(checked: &[(&SourceText, Checked)]) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "file", "line", "column", "severity", "code", "at", "message", "hint",
    ])?;
    for (_, c) in checked {
        for f in &c.findings {
            let severity = if f.finding.severity == Severity::Error {
                "error"
            } else {
                "warning"
            };
            let (line, column) = (f.line.to_string(), f.column.to_string());
            let x = &f.finding;
            table.write_record([
                &c.file, &line, &column, severity, x.code, &x.at, &x.message, &x.hint,
            ])?;
        }
    }
    Ok(out::print(&String::from_utf8(table.into_inner()?)?)?)
}
