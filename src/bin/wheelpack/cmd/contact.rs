//! `wheelpack contact DESIGN`

use std::path::PathBuf;

use wheelpack::report::json::Envelope;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{csv, parts, tables};
use wheelpack::study::contact;

use crate::args::{Format, FormatArg, QuietArg};
use crate::failure::Outcome;
use crate::{designs, out};

/// Show the contact points of one as-built lock over the dial
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design file or name of a shipped design
    #[arg(value_name = "DESIGN")]
    file: String,
    /// The as-built lock of this trial [default: the nominal lock]
    #[arg(long, value_name = "K")]
    trial: Option<u64>,
    /// The reader whose noise gives the band
    #[arg(long, value_name = "NAME", default_value = "expert")]
    reader: String,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Also write the figure (SVG and PNG), tables (CSV) and summary.json into this
    /// folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    quiet: QuietArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Computes the graph and prints it.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(designs) = designs::load(std::slice::from_ref(&args.file))? else {
        return Ok(Outcome::Findings);
    };
    let design = &designs[0];
    let reader = design.reader(&args.reader)?;
    let mut folder = args
        .out
        .as_ref()
        .map(|out| OutputFolder::open(out, "contact"))
        .transpose()?;
    let report = contact(design, reader, args.trial, args.seed)?;
    let json = Envelope::new("contact", args.seed, &[design], vec![&report]).to_text();
    if let Some(mut folder) = folder.take() {
        parts::write_contact(&mut folder, design, &report, &json)?;
        folder.commit()?;
    }
    match args.format.format {
        Format::Json => out::print(&json)?,
        Format::Csv => out::print(&csv::render(&tables::contact_points_of(
            &design.name,
            &report,
        )))?,
        Format::Text => {
            let head = tables::contact_summary(&design.name, &report);
            out::print_tables(&[&head, &tables::contact_points_of(&design.name, &report)])?;
        }
    }
    Ok(Outcome::Fine)
}
