//! `wheelpack resist DESIGN…`

mod print;
mod trace;

use std::path::PathBuf;

use wheelpack::Error;
use wheelpack::attack::{Attack, Reader};
use wheelpack::design::Design;
use wheelpack::study::{Options, Resisted, Target, TrialStore, attack_named, resisted};

use crate::args::{Format, FormatArg, RunArgs, each_once};
use crate::failure::Outcome;
use crate::store::Folder;
use crate::{designs, out, run};

/// Estimate manipulation resistance (model result)
///
/// With several attacks, the others are also compared with the first one on the same locks, codes
/// and luck.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(required = true, value_name = "DESIGN")]
    files: Vec<String>,
    /// The attacks, separated by commas; `wheelpack list attacks`
    #[arg(
        long,
        value_name = "NAME",
        default_value = "graphing",
        value_delimiter = ','
    )]
    attack: Vec<String>,
    /// The readers, separated by commas: the design's own, or of `wheelpack list readers`
    #[arg(
        long,
        value_name = "NAME",
        default_value = "expert",
        value_delimiter = ','
    )]
    reader: Vec<String>,
    /// Trials [default: as the design says]; with --until-ci the most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: Option<u64>,
    /// Go on until the 95 % interval has this half-width: 0.02 of every chance of an opening, or
    /// t50=0.1 for a tenth of the median time
    #[arg(long, value_name = "X", value_parser = target)]
    until_ci: Option<Target>,
    /// Hours after which the attacker gives up [default: as the reader says]
    #[arg(long, value_name = "H", value_parser = hours)]
    budget_h: Option<f64>,
    /// Keep the trials in this folder after every batch, and the results at the end
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Go on with the trials that a stopped or killed run has left in --out
    #[arg(long, requires = "out")]
    resume: bool,
    /// Print the success curves point by point instead of the summary
    #[arg(long)]
    curve: bool,
    /// Show this trial of the study instead, action by action
    #[arg(long, value_name = "K", requires = "trace", conflicts_with_all = ["until_ci", "resume", "curve"])]
    trial: Option<u64>,
    /// With --trial: what was turned, read, believed and tried, and what the lock did inside
    #[arg(long, requires = "trial", conflicts_with_all = ["until_ci", "resume", "curve"])]
    trace: bool,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    run: RunArgs,
}

/// `0.02` or `t50=0.1`.
fn target(text: &str) -> Result<Target, String> {
    let (number, is_time) = match text.split_once('=') {
        Some(("t50", number)) => (number, true),
        None => (text, false),
        Some(_) => return Err("give a number, or t50=NUMBER".to_owned()),
    };
    match number.parse::<f64>() {
        Ok(half_width) if (0.0005..=0.5).contains(&half_width) => Ok(if is_time {
            Target::RelativeT50 { half_width }
        } else {
            Target::POpen { half_width }
        }),
        _ => Err("give a half-width from 0.0005 to 0.5".to_owned()),
    }
}

fn hours(text: &str) -> Result<f64, String> {
    let hours = text.parse::<f64>().ok();
    let possible = hours.filter(|h| *h > 0.0 && *h <= 10_000.0);
    possible.ok_or_else(|| "give hours above 0 and up to 10,000".to_owned())
}

/// One attack by one reader on one design.
struct Job<'a> {
    design: &'a Design,
    attack: &'static Attack,
    reader: Reader,
}

/// Runs the studies and prints them.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    each_once("--attack", &args.attack)?;
    each_once("--reader", &args.reader)?;
    let attacks = args.attack.iter().map(|name| attack_named(name));
    let attacks: Vec<&'static Attack> = attacks.collect::<Result<_, _>>()?;
    let Some(designs) = designs::load(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    let jobs = jobs(args, &attacks, &designs)?;
    if let Some(trial) = args.trial {
        return trace::run(args, &jobs, trial);
    }
    let folder = match &args.out {
        Some(path) => Some(Folder::open(path, args.resume)?),
        None => None,
    };
    let mut not_applicable: Vec<Error> = Vec::new();
    let run::Over {
        results,
        is_stopped,
    } = run::over(&jobs, &args.run, args.trials, |job, options| {
        let options = Options {
            until: args.until_ci,
            store: folder.as_ref().map(|f| f as &dyn TrialStore),
            ..*options
        };
        match resisted(job.design, job.attack, &job.reader, &options) {
            Ok(done) => Ok(Some(done)),
            Err(why @ Error::NotApplicable { .. }) => {
                // the same for every attack and reader, as a rule
                if not_applicable
                    .iter()
                    .all(|w| w.to_string() != why.to_string())
                {
                    not_applicable.push(why);
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    })?;
    let done: Vec<(&Design, Resisted)> = jobs
        .iter()
        .zip(results)
        .filter_map(|(job, done)| Some((job.design, done?)))
        .collect();
    // where nothing was done, the last reason is why the command could not run
    let failed = not_applicable.pop_if(|_| done.is_empty());
    for why in &not_applicable {
        out::say(&why.to_string())?;
    }
    if let Some(why) = failed {
        return Err(why.into());
    }
    let shown = print::Shown::new(args.run.seed, &designs, (&done, &not_applicable))?;
    if !args.run.quiet {
        say_uncompared(&done)?;
    }
    if let Some(folder) = &folder {
        shown.write(folder)?;
    }
    shown.print(args.format.format, args.curve)?;
    if args.format.format == Format::Text {
        let ids: Vec<&Design> = designs.iter().collect();
        let mut readers: Vec<&Reader> = Vec::new();
        for job in &jobs {
            if readers.iter().all(|r| r.name != job.reader.name) {
                readers.push(&job.reader);
            }
        }
        run::print_assumed(&ids, &readers)?;
    }
    if is_stopped {
        run::say_stopped(match folder {
            Some(_) => {
                "these are the trials made until then; the same command with --resume goes on"
            }
            None => {
                "these are the trials made until then; with --out DIR a run can go on with --resume"
            }
        })?;
        return Ok(Outcome::Interrupted);
    }
    Ok(Outcome::Fine)
}

/// Says which attacks met other codes than the first one on the same design.
fn say_uncompared(done: &[(&Design, Resisted)]) -> std::io::Result<()> {
    let mut said: Vec<String> = Vec::new();
    for (design, one) in done {
        let first = done.iter().find(|(other, _)| other.name == design.name);
        let Some((_, first)) = first.filter(|(_, f)| f.times.by_habit != one.times.by_habit) else {
            continue;
        };
        let (chosen, even) = match one.times.by_habit {
            true => (one.report.attack, first.report.attack),
            false => (first.report.attack, one.report.attack),
        };
        let note = format!(
            "note: {} is not compared with {}: {chosen} meets codes that people choose, {even} codes drawn evenly; `codes.chosen` in the design gives both the same",
            one.report.attack, first.report.attack
        );
        if !said.contains(&note) {
            out::to_stderr(&out::wrapped(&note))?;
            said.push(note);
        }
    }
    Ok(())
}

fn jobs<'a>(
    args: &Args,
    attacks: &[&'static Attack],
    designs: &'a [Design],
) -> anyhow::Result<Vec<Job<'a>>> {
    let mut jobs = Vec::new();
    for design in designs {
        for reader in &args.reader {
            let mut reader = design.reader(reader)?.clone();
            reader.budget_h = args.budget_h.unwrap_or(reader.budget_h);
            for attack in attacks {
                jobs.push(Job {
                    design,
                    attack,
                    reader: reader.clone(),
                });
            }
        }
    }
    Ok(jobs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_chance_or_a_share_of_the_median_time() {
        assert_eq!(target("0.02"), Ok(Target::POpen { half_width: 0.02 }));
        assert_eq!(
            target("t50=0.1"),
            Ok(Target::RelativeT50 { half_width: 0.1 })
        );
        for wrong in ["0", "0.6", "nan", "t90=0.1", "t50=", "5%"] {
            assert!(target(wrong).is_err(), "{wrong}");
        }
    }
}
