//! `wheelpack dial DESIGN "L4 22 R3 67 L2 38 R"`

use std::path::PathBuf;

use wheelpack::design::Design;
use wheelpack::report::json::Envelope;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{csv, parts, tables};
use wheelpack::study::{derived, dial};

use crate::args::{Format, FormatArg, QuietArg};
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
    /// [default: none; say what the mechanism asks of whoever dials it]
    #[arg(value_name = "PROGRAM")]
    program: Option<String>,
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
    quiet: QuietArg,
    #[command(flatten)]
    format: FormatArg,
}

/// Dials and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(designs) = designs::load(std::slice::from_ref(&args.file))? else {
        return Ok(Outcome::Findings);
    };
    let design = &designs[0];
    let Some(program) = &args.program else {
        if args.out.is_some() || args.trial.is_some() {
            anyhow::bail!("--out and --trial belong to a program: \"L4 22 R3 67 L2 38 R\"");
        }
        return ask(design, args);
    };
    let mut folder = args
        .out
        .as_ref()
        .map(|out| OutputFolder::open(out, "dial"))
        .transpose()?;
    let result = dial(design, program, args.trial, args.seed)?;
    let json = Envelope::new("dial", args.seed, &[design], vec![&result]).to_text();
    if let Some(mut folder) = folder.take() {
        parts::write_dial(&mut folder, design, &result, &json)?;
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

/// What the mechanism asks of whoever dials it.
fn ask(design: &Design, args: &Args) -> anyhow::Result<Outcome> {
    let report = derived(design)?;
    let all = [(design.name.as_str(), &report)];
    let (wheels, limits) = (tables::derived_wheels(&all), tables::derived_limits(&all));
    match args.format.format {
        Format::Json => {
            out::print(&Envelope::new("dial", args.seed, &[design], vec![&report]).to_text())?;
        }
        Format::Csv => out::print(&csv::render(&wheels))?,
        Format::Text => out::print_tables(&[&wheels.without_first(), &limits.without_first()])?,
    }
    Ok(Outcome::Fine)
}
