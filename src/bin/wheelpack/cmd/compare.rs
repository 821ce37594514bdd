//! `wheelpack compare A B [C…]`

use std::path::{Path, PathBuf};

use wheelpack::design::Design;
use wheelpack::report::bundle::Recipe;
use wheelpack::report::compare::{Against, against, document, write};
use wheelpack::report::output::OutputFolder;
use wheelpack::report::{Table, csv, tables};
use wheelpack::study::{attack_named, side};

use crate::args::{Format, FormatArg, RunArgs};
use crate::failure::Outcome;
use crate::{designs, out, run};

/// Compare designs with the first: difference, interval, verdict
///
/// The same as-built luck, codes and reading errors meet every design (common random numbers), so
/// that a small change shows. Exact numbers are told where they differ.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Design files or names of shipped designs, the one to compare with first
    #[arg(required = true, num_args = 2.., value_name = "DESIGN")]
    files: Vec<String>,
    /// Trials of each design
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(10..=10_000_000))]
    trials: u64,
    /// The attack; `wheelpack list attacks`
    #[arg(long, value_name = "NAME", default_value = "graphing")]
    attack: String,
    /// The reader: one that every design knows, or of `wheelpack list readers`
    #[arg(long, value_name = "NAME", default_value = "expert")]
    reader: String,
    /// Write a page with tables and figures into this folder
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

/// Studies the designs and prints the differences.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    run::set_threads(&args.run)?;
    let attack = attack_named(&args.attack)?;
    let Some(designs) = designs::load_twins(&args.files)? else {
        return Ok(Outcome::Findings);
    };
    same_reader(&designs, &args.reader)?;
    let folder = args
        .out
        .as_deref()
        .map(|out| OutputFolder::open(out, "compare"))
        .transpose()?;
    let kept = run::kept(args.resume, args.out.as_deref())?;
    let run::Over {
        results: sides,
        is_stopped,
    } = run::over(&designs, &args.run, Some(args.trials), |design, options| {
        let options = run::with_store(options, kept.as_ref());
        side(design, attack, &args.reader, &options)
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
    let rest = sides[1..].iter();
    let all: Vec<Against> = rest
        .map(|b| against(&sides[0], b))
        .collect::<Result<_, _>>()?;
    print(args, &designs, &all)?;
    if let (Some(mut folder), Some(path)) = (folder, &args.out) {
        write(&mut folder, (&designs, &sides), &all, &recipe(args))?;
        folder.commit()?;
        if let Some(kept) = kept {
            kept.clear()?;
        }
        tell(args, path)?;
    }
    Ok(Outcome::Fine)
}

/// Fails where the designs do not know one and the same reader by that name.
fn same_reader(designs: &[Design], name: &str) -> anyhow::Result<()> {
    let mut known = Vec::new();
    for design in designs {
        known.push((design, design.reader(name)?));
    }
    let Some(((first, own), rest)) = known.split_first() else {
        return Ok(());
    };
    for (design, reader) in rest {
        let unlike = own.unlike(reader);
        if !unlike.is_empty() {
            let said: Vec<String> = unlike
                .iter()
                .map(|(figure, a, b)| format!("{figure} {a} and {b}"))
                .collect();
            anyhow::bail!(
                "the reader `{name}` of `{}` is not that of `{}`: {}; designs are compared by one and the same reader",
                first.name,
                design.name,
                said.join(", ")
            );
        }
    }
    Ok(())
}

fn print(args: &Args, designs: &[Design], all: &[Against]) -> std::io::Result<()> {
    match args.format.format {
        Format::Json => {
            let ids: Vec<&Design> = designs.iter().collect();
            out::print(&document(&ids, all, args.run.seed))
        }
        Format::Csv => out::print(&csv::render(&tables::compared(all))),
        Format::Text => {
            let shown: Vec<Table> = all.iter().map(tables::against_first).collect();
            out::print_tables(&shown.iter().collect::<Vec<_>>())?;
            let reader = designs.first().and_then(|d| d.reader(&args.reader).ok());
            let designs: Vec<&Design> = designs.iter().collect();
            run::print_assumed(&designs, &reader.into_iter().collect::<Vec<_>>())
        }
    }
}

fn recipe(args: &Args) -> Recipe {
    let RunArgs { seed, .. } = args.run;
    Recipe {
        command: format!(
            "wheelpack compare {} --attack {} --reader {} --trials {} --seed {seed}",
            args.files.join(" "),
            args.attack,
            args.reader,
            args.trials
        ),
        seed,
    }
}

fn tell(args: &Args, path: &Path) -> std::io::Result<()> {
    if args.run.quiet {
        return Ok(());
    }
    let page = path.join("report.html");
    out::say(&format!("seed {}; open {}", args.run.seed, page.display()))
}
