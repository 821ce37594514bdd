//! `wheelpack sensitivity DESIGN`

use std::path::PathBuf;

use wheelpack::design::Variation;
use wheelpack::figure::{Draw, FIGURES};
use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};
use wheelpack::study::attack_named;
use wheelpack::study::sensitivity::{Input, Plan, sensitivity};

use crate::args::{Format, FormatArg, RunArgs, each_once};
use crate::failure::Outcome;
use crate::vary::{self, Files};
use crate::{designs, out, run};

/// Show which tolerance moves resistance and reliability (Sobol')
///
/// All tolerances vary together, each from half to one and a half of its band; a second table says
/// what a hundredth of a mm of one alone buys. Model result.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design file or name of a shipped design
    #[arg(value_name = "DESIGN")]
    file: String,
    /// The attack; `wheelpack list attacks`
    #[arg(long, value_name = "NAME", default_value = "graphing")]
    attack: String,
    /// The reader: one of the design's own, or of `wheelpack list readers`
    #[arg(long, value_name = "NAME", default_value = "expert")]
    reader: String,
    /// Vary this instead of all tolerances: a dimension by a factor on its band, a number from
    /// one value to another; may be given again
    #[arg(long, value_name = "/PLACE=FROM..TO")]
    vary: Vec<String>,
    /// Points of each of the two samples (32 or more; a power of two is best)
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(32..=4096))]
    points: u32,
    /// Trials at each point
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
    trials: u64,
    /// Trials of each line of the local table; 0 leaves it out
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    local_trials: u64,
    /// Write the results and the figure into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// Runs the study and prints it.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let places = args.vary.iter().map(|v| v.split('=').next().unwrap_or(v));
    each_once("--vary", &places.map(str::to_owned).collect::<Vec<_>>())?;
    let Some((sources, designs)) = designs::load_with_sources(std::slice::from_ref(&args.file))?
    else {
        return Ok(Outcome::Findings);
    };
    let (variation, design) = (Variation::new(&sources[0])?, &designs[0]);
    let inputs = args
        .vary
        .iter()
        .map(|text| vary::input(text, &variation, (design, &args.reader)));
    let inputs = inputs.collect::<anyhow::Result<Vec<Input>>>()?;
    let plan = Plan {
        attack: attack_named(&args.attack)?,
        reader: design.reader(&args.reader)?,
        inputs: &inputs,
        points: args.points,
        trials: args.trials,
        local_trials: args.local_trials,
    };
    let files = args.out.as_deref().map(Files::open).transpose()?;
    let run::Over { mut results, .. } = run::over(&[()], &args.run, None, |(), options| {
        sensitivity(&variation, &plan, options)
    })?;
    let Some(report) = results.pop() else {
        run::say_stopped("nothing was kept; the same command starts again")?;
        return Ok(Outcome::Interrupted);
    };
    let indices = tables::sobol_indices(&design.name, &report);
    let local = tables::local_steps(&design.name, &report);
    let json = Envelope::new("sensitivity", args.run.seed, &[design], vec![&report]).to_text();
    if let Some(files) = files {
        files.write("sensitivity.json", json.as_bytes())?;
        files.write("indices.csv", csv::render(&indices).as_bytes())?;
        files.write("local.csv", csv::render(&local).as_bytes())?;
        for figure in FIGURES {
            if let Draw::Sensitivity(draw) = figure.draw
                && let Some(svg) = draw(&design.name, &report)?
            {
                files.draw(&svg)?;
            }
        }
    }
    match args.format.format {
        Format::Json => out::print(&json)?,
        Format::Csv => out::print(&csv::render(&indices))?,
        Format::Text => {
            out::print_tables(&[&indices, &local])?;
            run::print_assumed(&[design], &[plan.reader])?;
        }
    }
    Ok(Outcome::Fine)
}
