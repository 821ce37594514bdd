//! `wheelpack report [DESIGN…]`

use std::io::Write as _;
use std::path::{Path, PathBuf};

use wheelpack::design::SourceText;
use wheelpack::report::bundle::{self, Recipe, Studied, Whole};
use wheelpack::report::output::OutputFolder;
use wheelpack::report::tables;
use wheelpack::study::emergency::{SAMPLES, links_of_study};
use wheelpack::study::{EmergencyStudy, Options, Study, study};

use crate::args::RunArgs;
use crate::failure::Outcome;
use crate::scenarios::Scenario;
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
    let emergency = match emergency(&sources, &all, &scenario, args)? {
        Openings::Compared(study) => Some(study),
        Openings::None => None,
        Openings::Clash => return Ok(Outcome::Findings),
    };
    let whole = Whole {
        all: &all,
        emergency: emergency.as_deref(),
    };
    bundle::write(&mut folder, &whole, &recipe(args))?;
    folder.commit()?;
    let shown: Vec<&Study> = studies.iter().collect();
    out::print_tables(&[&tables::verdict(&shown)])?;
    if !args.run.quiet {
        tell(&args.out, args.run.seed)?;
    }
    Ok(Outcome::Fine)
}

/// Emergency opening of the designs of a report.
enum Openings {
    Compared(Box<EmergencyStudy>),
    /// No design has the section.
    None,
    /// A design and the scenario do not go together; it has been said.
    Clash,
}

fn emergency(
    sources: &[SourceText],
    all: &[Studied<'_>],
    scenario: &Scenario,
    args: &Args,
) -> anyhow::Result<Openings> {
    let (mut designs, mut links) = (Vec::new(), Vec::new());
    let options = Options {
        trials: args.trials,
        ..Options::with_seed(args.run.seed)
    };
    for (source, s) in sources.iter().zip(all) {
        if s.design.emergency.is_some() {
            designs.push((source, s.design));
            links.push(links_of_study(s.design, s.study, &options)?);
        }
    }
    if designs.is_empty() {
        return Ok(Openings::None);
    }
    let study = run::emergency(&designs, links, scenario, (SAMPLES, &args.run))?;
    Ok(study.map_or(Openings::Clash, |s| Openings::Compared(Box::new(s))))
}

/// The command line that gives this report again.
fn recipe(args: &Args) -> Recipe {
    let mut command = "wheelpack report".to_owned();
    for file in &args.files {
        command += &format!(" {file}");
    }
    command += &format!(" --scenario {}", args.scenario);
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
