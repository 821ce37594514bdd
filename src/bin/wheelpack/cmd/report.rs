//! `wheelpack report [DESIGN…]`

use std::io::Write as _;
use std::path::{Path, PathBuf};

use wheelpack::report::bundle::{self, Recipe, Studied};
use wheelpack::report::output::OutputFolder;
use wheelpack::report::tables;
use wheelpack::study::{Study, study};

use crate::args::RunArgs;
use crate::failure::Outcome;
use crate::{designs, out, run};

/// Analyse designs in full: one comparison report (the main job)
///
/// Without a design: the shipped ones. The report is a folder with report.html (one file, no
/// network), summary.json, every figure as SVG and PNG and every table as CSV.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(value_name = "DESIGN")]
    files: Vec<String>,
    /// Trials of each manipulation study [default: as the design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Write the report into this folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR", default_value = "wheelpack-report")]
    out: PathBuf,
    #[command(flatten)]
    run: RunArgs,
}

/// Studies every design and writes the report.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let Some(designs) = designs::load(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let mut folder = OutputFolder::open(&args.out)?;
    let run::Over {
        results: studies,
        is_stopped,
    } = run::over(&designs, &args.run, args.trials, study)?;
    if is_stopped {
        run::say_stopped(
            "nothing was written, an older report is untouched; the same command starts again",
        )?;
        return Ok(Outcome::Interrupted);
    }
    let all: Vec<Studied<'_>> = designs
        .iter()
        .zip(&studies)
        .map(|(design, study)| Studied { design, study })
        .collect();
    bundle::write(&mut folder, &all, &recipe(args))?;
    folder.commit()?;
    let shown: Vec<&Study> = studies.iter().collect();
    out::print_tables(&[&tables::verdict(&shown)])?;
    if !args.run.quiet {
        tell(&args.out, args.run.seed)?;
    }
    Ok(Outcome::Fine)
}

/// The command line that gives this report again.
fn recipe(args: &Args) -> Recipe {
    let mut command = "wheelpack report".to_owned();
    for file in &args.files {
        command += &format!(" {file}");
    }
    if let Some(trials) = args.trials {
        command += &format!(" --trials {trials}");
    }
    Recipe {
        command: format!("{command} --seed {}", args.run.seed),
        seed: args.run.seed,
    }
}

fn tell(path: &Path, seed: u64) -> std::io::Result<()> {
    let mut stderr = anstream::stderr();
    writeln!(
        stderr,
        "seed {seed}; open {}",
        path.join("report.html").display()
    )
}
