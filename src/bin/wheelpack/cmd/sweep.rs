//! `wheelpack sweep DESIGN --vary /PLACE=FROM..TO`

use std::path::PathBuf;

use wheelpack::design::Variation;
use wheelpack::figure::{Draw, FIGURES};
use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};
use wheelpack::study::attack_named;
use wheelpack::study::sweep::{SweepPlan, sweep};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::vary::{self, Files};
use crate::{designs, out, run};

/// Show one number of a design over a range: time, window, owner
///
/// Every point meets the same luck. Model result.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design file or name of a shipped design
    #[arg(value_name = "DESIGN")]
    file: String,
    /// What varies: a number of the design (of a dimension its `/nominal`), or a whole dimension by a factor on its tolerance; :N for
    /// the number of points [default: 9]
    #[arg(long, value_name = "/PLACE=FROM..TO[:N]")]
    vary: String,
    /// The attack; `wheelpack list attacks`
    #[arg(long, value_name = "NAME", default_value = "graphing")]
    attack: String,
    /// The reader: one of the design's own, or of `wheelpack list readers`
    #[arg(long, value_name = "NAME", default_value = "expert")]
    reader: String,
    /// Trials at each point [default: as the design says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Write the results and the figure into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// Runs the sweep and prints it.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let Some((sources, designs)) = designs::load_with_sources(std::slice::from_ref(&args.file))?
    else {
        return Ok(Outcome::Findings);
    };
    let (variation, design) = (Variation::new(&sources[0])?, &designs[0]);
    let (range, points) = match args.vary.rsplit_once(':') {
        Some((range, n)) => (range, n.parse().ok()),
        None => (args.vary.as_str(), Some(9)),
    };
    let Some(points) = points.filter(|n| (2..=200).contains(n)) else {
        anyhow::bail!(
            "--vary is `{}`: give from 2 to 200 points, like …=40..80:9",
            args.vary
        );
    };
    let plan = SweepPlan {
        attack: attack_named(&args.attack)?,
        reader: design.reader(&args.reader)?,
        input: &vary::input(range, &variation, (design, &args.reader))?,
        points,
        trials: args.trials.unwrap_or(design.study.trials),
    };
    let files = args.out.as_deref().map(Files::open).transpose()?;
    let run::Over { mut results, .. } = run::over(&[()], &args.run, None, |(), options| {
        sweep(&variation, &plan, options)
    })?;
    let Some(report) = results.pop() else {
        run::say_stopped("nothing was kept; the same command starts again")?;
        return Ok(Outcome::Interrupted);
    };
    let table = tables::sweep(&design.name, &report);
    let json = Envelope::new("sweep", args.run.seed, &[design], vec![&report]).to_text();
    if let Some(files) = files {
        files.write("sweep.json", json.as_bytes())?;
        files.write("sweep.csv", csv::render(&table).as_bytes())?;
        for figure in FIGURES {
            if let Draw::Sweep(draw) = figure.draw
                && let Some(svg) = draw(&design.name, &report)?
            {
                files.draw(&svg)?;
            }
        }
    }
    match args.format.format {
        Format::Json => out::print(&json)?,
        Format::Csv => out::print(&csv::render(&table))?,
        Format::Text => {
            out::print_tables(&[&table])?;
            run::print_assumed(&[design], &[plan.reader])?;
        }
    }
    if report.points.len() + report.refused.len() < points as usize {
        run::say_stopped("these are the points made until then; the same command starts again")?;
        return Ok(Outcome::Interrupted);
    }
    Ok(Outcome::Fine)
}
