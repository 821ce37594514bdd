//! `wheelpack regress [DESIGN…] --baseline DIR`

mod bless;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use wheelpack::design::{Design, codes};
use wheelpack::finding::Finding;
use wheelpack::report::bundle::{Studied, Whole, summary};
use wheelpack::report::json::Envelope;
use wheelpack::report::regress::baseline::{self, Fault};
use wheelpack::report::regress::{Baseline, Comparison, compare, github, junit, table};
use wheelpack::report::{csv, regress};

use crate::args::RunArgs;
use crate::failure::Outcome;
use crate::whole::{Ended, Found, analyse, recipe};
use crate::{designs, out, run, scenarios};

/// Compare designs with their stored results: what moved, is it good
///
/// Counts are compared exactly, estimates by their intervals. Exit code 1 where a number moved the
/// wrong way or is gone, 0 where none did, 2 where there is nothing to compare with.
/// The baseline of a design is DIR/NAME/summary.json, as `report --out DIR` and `--bless` write it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs [default: all shipped ones]
    #[arg(value_name = "DESIGN")]
    files: Vec<String>,
    /// Folder of the stored results
    #[arg(long, value_name = "DIR")]
    baseline: PathBuf,
    /// Every number has to be the same to the last digit
    #[arg(long)]
    strict: bool,
    /// Store the new results as baselines, after showing what moved; a report there on just
    /// these designs is made anew
    #[arg(long)]
    bless: bool,
    /// Show estimates too that moved within their intervals
    #[arg(long)]
    all: bool,
    /// Trials of each manipulation study [default: as the baseline, else as the design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Where the lock is used, for emergency opening: a shipped scenario or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "outdoor_cabinet")]
    scenario: String,
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    run: RunArgs,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Form {
    /// Tables for people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// What moved, comma-separated
    Csv,
    /// JUnit XML: a suite a design, a case a metric
    Junit,
    /// Workflow commands: notes at the design's file
    Github,
}

/// Computes the designs anew and compares.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let Some(scenario) = scenarios::load(&args.scenario)? else {
        return Ok(Outcome::Findings);
    };
    let Some((sources, designs)) = designs::load_with_sources(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let (baselines, faults) = stored(args, &designs, &scenario.spec.name)?;
    // none yet is what --bless is for
    let is_told = |f: &&Fault| !args.bless || f.finding.code != codes::BASELINE_MISSING;
    for fault in faults.iter().filter(is_told) {
        out::say(fault.as_text().trim_end())?;
    }
    if !faults.is_empty() && !args.bless {
        match args.format {
            Form::Junit => out::print(&junit::faults(&faults))?,
            Form::Github => out::print(&github::faults(&faults))?,
            Form::Text | Form::Json | Form::Csv => {}
        }
        anyhow::bail!(
            "{} of {} baselines cannot be compared with",
            baselines.iter().filter(|b| b.is_none()).count(),
            designs.len()
        );
    }
    say_other_seed(args, &baselines)?;
    let trials = |design: &Design| {
        let stored = designs
            .iter()
            .position(|d| d.name == design.name)
            .and_then(|k| baselines[k].as_ref()?.trials);
        args.trials.or(stored.filter(|_| !args.bless))
    };
    let found = match analyse((&sources, &designs), &scenario, trials, (&args.run, None))? {
        Ended::Found(found) => found,
        Ended::Clash => return Ok(Outcome::Findings),
        Ended::Stopped => {
            run::say_stopped("nothing was compared or stored; the same command starts again")?;
            return Ok(Outcome::Interrupted);
        }
    };
    let fresh = summaries(args, &designs, &found);
    let mut all = Vec::new();
    for ((design, text), baseline) in designs.iter().zip(&fresh).zip(&baselines) {
        let Some(baseline) = baseline else { continue };
        let new = baseline::fresh(&design.name, text)
            .map_err(|f| anyhow::anyhow!("{}", f.iter().map(Fault::as_text).collect::<String>()))?;
        let named = (design.name.as_str(), design.file.as_str());
        all.push(compare(named, baseline, new, args.strict));
    }
    print(args, &designs, &all)?;
    if args.bless {
        let blessing = bless::Blessing {
            folder: &args.baseline,
            whole: Whole {
                all: &found.studied(&designs),
                emergency: found.emergency.as_deref(),
            },
            fresh: &fresh,
            files: &args.files,
            recipe: &|files| recipe(files, &args.scenario, args.trials, args.run.seed),
            is_quiet: args.run.quiet,
        };
        blessing.store()?;
        return Ok(Outcome::Fine);
    }
    Ok(match all.iter().all(|c| c.passes) {
        true => Outcome::Fine,
        false => Outcome::Findings,
    })
}

/// The baselines in the order of the designs, and everything that is wrong with them.
fn stored(
    args: &Args,
    designs: &[Design],
    scenario: &str,
) -> anyhow::Result<(Vec<Option<Baseline>>, Vec<Fault>)> {
    let (mut baselines, mut faults) = (Vec::new(), Vec::new());
    for design in designs {
        let read = baseline::read(&args.baseline, &design.name)?;
        let read = read.and_then(|b| {
            let other = other_settings(args, &b, scenario);
            if other.is_empty() { Ok(b) } else { Err(other) }
        });
        match read {
            Ok(b) => baselines.push(Some(b)),
            Err(found) => {
                faults.extend(found);
                baselines.push(None);
            }
        }
    }
    Ok((baselines, faults))
}

/// Settings of this run under which `baseline` says nothing.
fn other_settings(args: &Args, baseline: &Baseline, scenario: &str) -> Vec<Fault> {
    let fault = |at: &str, message: String, hint: String| Fault {
        path: baseline.path.clone(),
        place: None,
        finding: Finding::error(codes::BASELINE_SETTING, at, message, hint),
    };
    let mut found = Vec::new();
    if let Some(other) = baseline.scenario.as_deref().filter(|s| *s != scenario) {
        found.push(fault(
            "/results/emergency/scenario",
            format!("made in the scenario `{other}`, this run is in `{scenario}`"),
            format!("give --scenario {other}, or make it anew with `--bless`"),
        ));
    }
    if args.strict && baseline.seed != args.run.seed {
        found.push(fault(
            "/seed",
            format!(
                "made with seed {}, this run has {}",
                baseline.seed, args.run.seed
            ),
            format!(
                "with --strict the seeds have to be the same: --seed {}",
                baseline.seed
            ),
        ));
    }
    found
}

/// Says on standard error where this run meets other luck than its baselines.
fn say_other_seed(args: &Args, baselines: &[Option<Baseline>]) -> std::io::Result<()> {
    let seeds: BTreeSet<u64> = baselines.iter().flatten().map(|b| b.seed).collect();
    for seed in seeds.into_iter().filter(|s| *s != args.run.seed) {
        let said = format!(
            "note: baselines made with seed {seed}, this run has {}: estimates differ by luck too; --seed {seed} meets the same luck",
            args.run.seed
        );
        if !args.run.quiet {
            out::to_stderr(&out::wrapped(&said))?;
        }
    }
    Ok(())
}

/// `summary.json` of each design alone, as `report` writes it.
fn summaries(args: &Args, designs: &[Design], found: &Found) -> Vec<String> {
    let recipe = recipe(&args.files, &args.scenario, args.trials, args.run.seed);
    let one = |s: &Studied<'_>| {
        let own = Whole {
            all: std::slice::from_ref(s),
            emergency: found.emergency.as_deref(),
        };
        summary(&own, &recipe)
    };
    found.studied(designs).iter().map(one).collect()
}

fn print(args: &Args, designs: &[Design], all: &[Comparison]) -> anyhow::Result<()> {
    let moved = table::moved(all, args.all || args.strict);
    match args.format {
        Form::Text => {
            if moved.rows.is_empty() && !all.is_empty() {
                out::print("no number moved beyond its interval\n\n")?;
            } else {
                out::print_tables(&[&moved])?;
                out::print("\n")?;
            }
            out::print_tables(&[&table::summary(all)])?;
        }
        Form::Json => {
            let named = |d: &&Design| all.iter().any(|c| c.design == d.name);
            let ids: Vec<&Design> = designs.iter().filter(named).collect();
            let results: Vec<&regress::Comparison> = all.iter().collect();
            out::print(&Envelope::new("regress", args.run.seed, &ids, results).to_text())?;
        }
        Form::Csv => out::print(&csv::render(&moved))?,
        Form::Junit => out::print(&junit::render(all))?,
        Form::Github => out::print(&github::render(all))?,
    }
    Ok(())
}
