//! `wheelpack resist DESIGN…`

use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};
use wheelpack::study::{ResistReport, attack_named, resist};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::{designs, out, run};

/// Estimate manipulation resistance (model result)
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    /// The attack; `wheelpack list attacks`
    #[arg(long, value_name = "NAME", default_value = "graphing")]
    attack: String,
    /// The reader: one of the design's own, or of `wheelpack list readers`
    #[arg(long, value_name = "NAME", default_value = "expert")]
    reader: String,
    /// Trials [default: as the design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Hours after which the attacker gives up [default: as the reader says]
    #[arg(long, value_name = "H")]
    budget_h: Option<f64>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// Runs the study and prints it.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let attack = attack_named(&args.attack)?;
    if let Some(budget_h) = args.budget_h
        && !(budget_h > 0.0 && budget_h <= 10_000.0)
    {
        anyhow::bail!("--budget-h is {budget_h}: give hours above 0 and up to 10,000");
    }
    let Some(designs) = designs::load(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let run::Over {
        results: reports,
        is_stopped,
    } = run::over(&designs, &args.run, args.trials, |design, options| {
        let mut reader = design.reader(&args.reader)?.clone();
        reader.budget_h = args.budget_h.unwrap_or(reader.budget_h);
        resist(design, attack, &reader, options)
    })?;
    let shown: Vec<_> = designs.iter().take(reports.len()).collect();
    print(args, &shown, reports)?;
    if is_stopped {
        run::say_stopped(
            "what is printed is of the trials made until then; the same command starts again",
        )?;
        return Ok(Outcome::Interrupted);
    }
    Ok(Outcome::Fine)
}

fn print(
    args: &Args,
    designs: &[&wheelpack::design::Design],
    reports: Vec<ResistReport>,
) -> anyhow::Result<()> {
    if args.format.format == Format::Json {
        return Ok(out::print(
            &Envelope::new("resist", args.run.seed, designs, reports).to_text(),
        )?);
    }
    let named: Vec<(&str, &[ResistReport])> = designs
        .iter()
        .zip(&reports)
        .map(|(d, r)| (d.name.as_str(), std::slice::from_ref(r)))
        .collect();
    let table = tables::resistance_of(&named);
    match args.format.format {
        Format::Csv => out::print(&csv::render(&table))?,
        _ => out::print_tables(&[&table])?,
    }
    Ok(())
}
