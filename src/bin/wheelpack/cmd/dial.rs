//! `wheelpack dial DESIGN "L4 22 R3 67 L2 38 R"`

use std::path::PathBuf;

use wheelpack::report::json::Envelope;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{bundle, csv, tables};
use wheelpack::study::dial;

use crate::args::{Format, FormatArg};
use crate::failure::Outcome;
use crate::{designs, out};

/// Dial a program: where every wheel stands, and whether it opens
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design file or name of a shipped design
    #[arg(value_name = "DESIGN")]
    file: String,
    /// The program in the trade's notation: turn left passing 22 four times, stopping on it the
    /// fourth, and so on; the last turn opens: "L4 22 R3 67 L2 38 R"
    #[arg(value_name = "PROGRAM")]
    program: String,
    /// Dial the as-built lock of this trial, with drag [default: the nominal lock,
    /// without drag]
    #[arg(long, value_name = "K")]
    trial: Option<u64>,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Also write the figure (SVG and PNG), the table (CSV) and summary.json into
    /// this folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArg,
}

/// Dials and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(designs) = designs::load(std::slice::from_ref(&args.file))? else {
        return Ok(Outcome::Findings);
    };
    let design = &designs[0];
    let mut folder = args.out.as_ref().map(OutputFolder::open).transpose()?;
    let result = dial(design, &args.program, args.trial, args.seed)?;
    let json = Envelope::new("dial", args.seed, &[design], vec![&result]).to_text();
    if let Some(mut folder) = folder.take() {
        bundle::write_dial(&mut folder, design, &result, &json)?;
        folder.commit()?;
    }
    match args.format.format {
        Format::Json => out::print(&json)?,
        Format::Csv => out::print(&csv::render(&tables::dial_moves(&result)))?,
        Format::Text => {
            out::print_tables(&[&tables::dial_moves(&result), &tables::dial_end(&result)])?
        }
    }
    Ok(Outcome::Fine)
}
