//! `wheelpack emergency DESIGN… --scenario NAME|FILE`

use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;
use wheelpack::design::Design;
use wheelpack::emergency::{Cause, mef};
use wheelpack::report::Table;
use wheelpack::report::emergency::{ComparisonResult, EmergencyResult, comparison, results};
use wheelpack::report::json::{self, Envelope};
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{csv, parts, tables};
use wheelpack::study::EmergencyStudy;
use wheelpack::study::emergency::{SAMPLES, solve_links};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::{designs, out, run, scenarios};

/// Compare emergency openings: plans, risks, what to choose and ask
///
/// JSON holds the whole result whatever the view; text and CSV hold the view.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs, each with an emergency section
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    /// A shipped scenario or a file; `wheelpack list scenarios`
    #[arg(long, value_name = "NAME|FILE", default_value = "outdoor_cabinet")]
    scenario: String,
    /// What to show
    #[arg(long, value_enum, default_value_t, value_name = "VIEW")]
    view: View,
    /// The plan for this cause only
    #[arg(long, value_name = "CAUSE", value_parser = cause)]
    cause: Option<Cause>,
    /// Samples of the uncertain figures; 0: the figures of the files alone
    #[arg(long, value_name = "N", default_value_t = SAMPLES, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    samples: u64,
    /// Trials of the manipulation study of a professional [default: as the
    /// design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Also write figures (SVG and PNG), tables (CSV) and summary.json into this
    /// folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Keep the trials beside --out while it runs, and go on with those that a stopped or killed
    /// run with --resume has left there
    #[arg(long, requires = "out")]
    resume: bool,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// A view of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum View {
    /// The answer in words, the designs by expected loss, which solutions to keep
    #[default]
    Rank,
    /// What to try in which order, by cause
    Plan,
    /// What opens for which cause, with reasons
    Matrix,
    /// Unauthorised openings by route
    Exposure,
    /// What to find out first
    Sensitivity,
    /// The statements of the source text, judged
    Claims,
    /// The trees of one design as Open-PSA XML, for SCRAM
    Mef,
}

fn cause(name: &str) -> Result<Cause, String> {
    let known: Vec<&str> = Cause::ALL.iter().map(|c| c.name()).collect();
    let found = Cause::ALL.into_iter().find(|c| c.name() == name);
    found.ok_or_else(|| wheelpack::Error::unknown("cause", name, &known).to_string())
}

/// Analyses and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    if args.cause.is_some() && args.view != View::Plan {
        anyhow::bail!("--cause belongs to --view plan");
    }
    if args.view == View::Mef && args.format.format != Format::Text {
        anyhow::bail!("--view mef is an XML document: leave --format out");
    }
    if args.view == View::Mef && args.files.len() != 1 {
        anyhow::bail!("--view mef is one document a design: name one design");
    }
    let Some(scenario) = scenarios::load(&args.scenario)? else {
        return Ok(Outcome::Findings);
    };
    let Some((sources, designs)) = designs::load_with_sources(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    designs
        .iter()
        .try_for_each(|d| d.emergency_section().map(|_| ()))?;
    let mut folder = args
        .out
        .as_ref()
        .map(|out| OutputFolder::open(out, "emergency"))
        .transpose()?;
    let kept = run::kept(args.resume, args.out.as_deref())?;
    let run::Over {
        results: links,
        is_stopped,
    } = run::over(&designs, &args.run, args.trials, |design, options| {
        solve_links(design, &run::with_store(options, kept.as_ref()))
    })?;
    if is_stopped {
        run::say_stopped(match kept {
            Some(_) => "nothing was compared; the same command goes on with the trials made",
            None => {
                "nothing was compared; the same command starts again (with --out and --resume it can go on)"
            }
        })?;
        return Ok(Outcome::Interrupted);
    }
    let sections: Vec<(&wheelpack::design::SourceText, &Design)> =
        sources.iter().zip(&designs).collect();
    let Some(study) = run::emergency(&sections, links, &scenario, (args.samples, &args.run))?
    else {
        return Ok(Outcome::Findings);
    };
    let ids: Vec<&Design> = designs.iter().collect();
    let json = json::to_text(&Whole {
        envelope: Envelope::new("emergency", args.run.seed, &ids, results(&study)),
        comparison: comparison(&study),
    });
    if let Some(mut folder) = folder.take() {
        parts::write_emergency(&mut folder, &study, &json)?;
        folder.commit()?;
        if let Some(kept) = kept {
            kept.clear()?;
        }
    }
    print(args, &study, &json)?;
    Ok(Outcome::Fine)
}

/// The whole result.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    envelope: Envelope<EmergencyResult<'a>>,
    comparison: ComparisonResult<'a>,
}

fn print(args: &Args, study: &EmergencyStudy, json: &str) -> anyhow::Result<()> {
    if args.view == View::Mef {
        return Ok(out::print(&mef::open_psa(&study.contest.designs[0]))?);
    }
    if args.format.format == Format::Json {
        return Ok(out::print(json)?);
    }
    let shown = shown(args, study);
    match args.format.format {
        Format::Csv => out::print(&csv::render(&shown[0]))?,
        _ => out::print_tables(&shown.iter().collect::<Vec<_>>())?,
    }
    Ok(())
}

/// The tables of the view, the main one first: it is what CSV holds.
fn shown(args: &Args, study: &EmergencyStudy) -> Vec<Table> {
    use tables::emergency as t;
    match args.view {
        View::Rank if args.format.format == Format::Csv => vec![t::rank(study)],
        View::Rank => vec![
            t::answer(study),
            t::rank(study),
            t::choices(study),
            t::linked(study),
        ],
        View::Plan if args.format.format == Format::Csv => vec![t::attempts(study, args.cause)],
        View::Plan => vec![t::plans(study, args.cause), t::attempts(study, args.cause)],
        View::Matrix => vec![t::matrix(study)],
        View::Exposure => vec![t::exposure(study)],
        View::Sensitivity => vec![
            t::sensitivity(study),
            t::values(study),
            t::importance(study),
        ],
        View::Claims => vec![t::claims(study)],
        View::Mef => Vec::new(),
    }
}
