//! `wheelpack report [DESIGN…]`

use std::path::{Path, PathBuf};

use wheelpack::report::bundle::{self, Whole};
use wheelpack::report::output::OutputFolder;
use wheelpack::report::tables;
use wheelpack::study::{Study, TrialStore};

use crate::args::RunArgs;
use crate::failure::Outcome;
use crate::whole::{Ended, analyse, recipe};
use crate::{designs, out, run, scenarios};

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
    /// Where the lock is used, for emergency opening: a shipped scenario or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "outdoor_cabinet")]
    scenario: String,
    /// Write the report into this folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR", default_value = "wheelpack-report")]
    out: PathBuf,
    /// Keep the trials beside --out while it runs, and go on with those that a stopped or killed
    /// run with --resume has left there
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    run: RunArgs,
}

/// Studies every design and writes the report.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let Some(scenario) = scenarios::load(&args.scenario)? else {
        return Ok(Outcome::Findings);
    };
    let Some((sources, designs)) = designs::load_with_sources(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let mut folder = OutputFolder::open(&args.out, "report")?;
    let kept = run::kept(args.resume, Some(&args.out))?;
    let how = (&args.run, kept.as_ref().map(|f| f as &dyn TrialStore));
    let found = match analyse((&sources, &designs), &scenario, |_| args.trials, how)? {
        Ended::Found(found) => found,
        Ended::Clash => return Ok(Outcome::Findings),
        Ended::Stopped => {
            run::say_stopped(match kept {
                Some(_) => {
                    "an older report is untouched; the same command goes on with the trials made"
                }
                None => {
                    "nothing was written, an older report is untouched; the same command starts again (with --resume it can go on)"
                }
            })?;
            return Ok(Outcome::Interrupted);
        }
    };
    let whole = Whole {
        all: &found.studied(&designs),
        emergency: found.emergency.as_deref(),
    };
    let recipe = recipe(&args.files, &args.scenario, args.trials, args.run.seed);
    bundle::write(&mut folder, &whole, &recipe)?;
    folder.commit()?;
    if let Some(kept) = kept {
        kept.clear()?;
    }
    let shown: Vec<&Study> = found.studies.iter().collect();
    out::print_tables(&[&tables::verdict(&shown)])?;
    if !args.run.quiet {
        tell(&args.out, args.run.seed)?;
    }
    Ok(Outcome::Fine)
}

fn tell(path: &Path, seed: u64) -> std::io::Result<()> {
    let page = path.join("report.html");
    out::say(&format!("seed {seed}; open {}", page.display()))
}
