//! `wheelpack tolerance DESIGN…`

use std::path::PathBuf;

use clap::ValueEnum;
use wheelpack::design::Design;
use wheelpack::report::json::Envelope;
use wheelpack::report::output::OutputFolder;
use wheelpack::report::parts;
use wheelpack::report::{Table, csv, tables};
use wheelpack::study::tolerance::{ATTACK_TRIALS, CYCLES, TRIALS};
use wheelpack::study::{ToleranceQuestion, ToleranceStudy, tolerance};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::{designs, out, run};

/// Fit, dialing window, owner reliability, spring and wear
///
/// Worst case, RSS and Monte Carlo stand side by side, with the contribution of each dimension.
/// JSON holds the whole result whatever the view; CSV holds the first table of the view.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    /// What to show
    #[arg(long, value_enum, default_value_t, value_name = "VIEW")]
    view: View,
    /// Analyse this function of the dimensions only, for example
    /// largest_error_marks
    #[arg(long, value_name = "FUNCTION")]
    of: Option<String>,
    /// As-built locks
    #[arg(long, value_name = "N", default_value_t = TRIALS, value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: u64,
    /// Openings after which wear and spring are looked at, in rising order
    #[arg(long, value_name = "N,N,…", value_delimiter = ',', default_values_t = CYCLES.map(|c| c as u64))]
    cycles: Vec<u64>,
    /// Trials of the attacker for each point of the trade-off; 0: no trade-off
    #[arg(long, value_name = "N", default_value_t = ATTACK_TRIALS, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    attack_trials: u64,
    /// Also write figures (SVG and PNG), tables (CSV) and summary.json into this
    /// folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// A view of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum View {
    /// Everything below
    #[default]
    All,
    /// The owner: windows, first dialing, largest error
    Owner,
    /// Worst case, RSS and Monte Carlo of opening and fit
    Fit,
    /// What each dimension contributes
    Contributions,
    /// Force, feel, drop-in in every mounting, stress, life, a broken spring
    Spring,
    /// Owner and reader after many openings
    Wear,
    /// The owner against an expert attacker, over gate clearance and spring
    TradeOff,
}

/// The views that together are all.
const VIEWS: [View; 6] = [
    View::Owner,
    View::Fit,
    View::Contributions,
    View::Spring,
    View::Wear,
    View::TradeOff,
];

/// Most openings asked for.
const MOST_CYCLES: u64 = 1_000_000_000;

/// Analyses and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let question = question(args)?;
    let Some(designs) = designs::load(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let mut folder = args
        .out
        .as_ref()
        .map(|out| OutputFolder::open(out, "tolerance"))
        .transpose()?;
    let run::Over {
        results: studies,
        is_stopped,
    } = run::over(&designs, &args.run, None, |design, options| {
        tolerance(design, &question, options)
    })?;
    if is_stopped {
        run::say_stopped("nothing was kept; the same command starts again")?;
        return Ok(Outcome::Interrupted);
    }
    let ids: Vec<&Design> = designs.iter().collect();
    let json = Envelope::new("tolerance", args.run.seed, &ids, studies.iter().collect()).to_text();
    let named: Vec<(&str, &ToleranceStudy)> = designs
        .iter()
        .zip(&studies)
        .map(|(d, t)| (d.name.as_str(), t))
        .collect();
    if let Some(mut folder) = folder.take() {
        parts::write_tolerance(&mut folder, &named, &json)?;
        folder.commit()?;
    }
    match args.format.format {
        Format::Json => out::print(&json)?,
        Format::Csv => out::print(&csv::render(&shown(args.view, &named)[0]))?,
        Format::Text => print_text(args, &named)?,
    }
    Ok(Outcome::Fine)
}

fn question(args: &Args) -> anyhow::Result<ToleranceQuestion> {
    let is_rising = args.cycles.windows(2).all(|w| w[0] < w[1]);
    if !is_rising || args.cycles.len() > 100 || args.cycles.iter().any(|c| *c > MOST_CYCLES) {
        anyhow::bail!(
            "--cycles: give up to 100 numbers of openings in rising order, none above {MOST_CYCLES}"
        );
    }
    Ok(ToleranceQuestion {
        trials: args.trials,
        cycles: args.cycles.iter().map(|&c| c as f64).collect(),
        attack_trials: if matches!(args.view, View::All | View::TradeOff) || args.out.is_some() {
            args.attack_trials
        } else {
            0
        },
        function: args.of.clone(),
    })
}

/// The tables of a view, the main one first.
fn shown(view: View, named: &[(&str, &ToleranceStudy)]) -> Vec<Table> {
    match view {
        View::All => VIEWS.iter().flat_map(|v| shown(*v, named)).collect(),
        View::Owner => vec![
            tables::owner(named),
            tables::windows(named),
            tables::owner_curve(named),
        ],
        View::Fit => vec![tables::stacks(named)],
        View::Contributions => vec![tables::contributions(named)],
        View::Spring => vec![tables::drop_in(named), tables::spring(named)],
        View::Wear => vec![tables::wear(named)],
        View::TradeOff => vec![tables::trade_offs(named)],
    }
}

/// Prints the tables of each design by itself, without its name in every row.
fn print_text(args: &Args, named: &[(&str, &ToleranceStudy)]) -> anyhow::Result<()> {
    let views = match args.view {
        View::All => &VIEWS[..],
        ref one => std::slice::from_ref(one),
    };
    for (k, one) in named.iter().enumerate() {
        let gap = if k == 0 { "" } else { "\n" };
        out::print(&format!("{gap}{}\n\n", one.0))?;
        let alone = std::slice::from_ref(one);
        let tables: Vec<Table> = views
            .iter()
            .flat_map(|view| match view {
                View::Contributions => tables::contributions_by_function(one.1),
                view => shown(*view, alone)
                    .into_iter()
                    .map(Table::without_first)
                    .collect(),
            })
            .collect();
        out::print_tables(&tables.iter().collect::<Vec<_>>())?;
        say_what_is_missing(views, one.1)?;
    }
    Ok(())
}

/// Says why there are no stacks for resistance, and where wear ended.
fn say_what_is_missing(views: &[View], t: &ToleranceStudy) -> std::io::Result<()> {
    let mut said = String::new();
    if views.contains(&View::Contributions) {
        let why = format!(
            "Resistance has no such table: {}.",
            t.no_stack_for_resistance
        );
        said += &out::wrapped(&why);
    }
    if views.contains(&View::TradeOff)
        && let Some(over) = t.trade_offs.first()
    {
        let why = format!("Trade-off, assumed: {}.", over.assumptions.join("; "));
        said += &out::wrapped(&why);
    }
    if let Some(cycles) = t.worn_out_at_cycles.filter(|_| views.contains(&View::Wear)) {
        let why = format!("After {cycles} openings the worn parts make no lock any more.");
        said += &out::wrapped(&why);
    }
    if said.is_empty() {
        return Ok(());
    }
    out::print(&format!("\n{said}"))
}
