//! `wheelpack compare DESIGN…`

use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};
use wheelpack::study::{Study, study};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::{designs, out, run};

/// Compare designs: the verdict table only
///
/// The same as-built luck, codes and reading errors meet every design (common random numbers).
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    /// Trials of each manipulation study [default: as the design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// Studies the designs and prints the table.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let Some(designs) = designs::load(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let run::Over {
        results: studies,
        is_stopped,
    } = run::over(&designs, &args.run, args.trials, study)?;
    if is_stopped {
        run::say_stopped("nothing was compared; the same command starts again")?;
        return Ok(Outcome::Interrupted);
    }
    let shown: Vec<&Study> = studies.iter().collect();
    let table = tables::verdict(&shown);
    match args.format.format {
        Format::Json => {
            let ids: Vec<_> = designs.iter().collect();
            out::print(&Envelope::new("compare", args.run.seed, &ids, shown).to_text())?;
        }
        Format::Csv => out::print(&csv::render(&table))?,
        Format::Text => out::print_tables(&[&table])?,
    }
    Ok(Outcome::Fine)
}
