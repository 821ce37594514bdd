//! `wheelpack keyspace [DESIGN…]`, or a key space from flags.

mod flags;
mod show;

use std::path::PathBuf;

use serde_json::Value;
use wheelpack::design::Design;
use wheelpack::finding::Finding;
use wheelpack::keyspace::{
    Code, Convention, KeyspaceInput, Packs, Realisation, Space, SpareWish, WindowSource,
    analyse_buttons, analyse_within, propose_spare,
};
use wheelpack::report::output::OutputFolder;
use wheelpack::rng::{Purpose, stream};

use crate::args::{FormatArg, QuietArg};
use crate::failure::Outcome;
use crate::{designs, out};
use show::{Analysed, Counted, Shown};

/// Count codes exactly: key space, openings, ghosts, guessing
///
/// Of designs, or without a design of a dial given by flags.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("built").args(["spare", "propose_spare"]).multiple(true))]
pub(crate) struct Args {
    /// Design files or names of shipped designs
    #[arg(value_name = "DESIGN")]
    files: Vec<String>,
    /// Graduations of the dial
    #[arg(long, value_name = "N", conflicts_with = "files")]
    marks: Option<u32>,
    /// Number of wheels
    #[arg(long, value_name = "W", conflicts_with = "files")]
    wheels: Option<usize>,
    /// Half-width of the dialing window in marks, one for all wheels or one each: 0.75,0.75,1
    #[arg(
        long,
        value_name = "MARKS",
        value_delimiter = ',',
        allow_negative_numbers = true
    )]
    window: Vec<f64>,
    /// How windows are counted: continuous or `whole_marks`
    #[arg(long, value_name = "NAME", value_parser = convention)]
    convention: Option<Convention>,
    /// Rules as a JSON array, or @FILE
    #[arg(long, value_name = "JSON", conflicts_with = "files")]
    rules: Option<String>,
    /// Main code, for example 22-67-38
    #[arg(long, value_name = "CODE", conflicts_with = "files")]
    main: Option<Code>,
    /// A spare code; may be repeated
    #[arg(long, value_name = "CODE", requires = "main", conflicts_with = "files")]
    spare: Vec<Code>,
    /// How spares are built: `extra_gates`, `separate_pack` or `change_key`
    #[arg(long, value_name = "NAME", default_value = "extra_gates", value_parser = realisation, requires = "built")]
    realisation: Realisation,
    /// Whether either separate pack opens, or both are needed
    #[arg(long, value_name = "NAME", default_value = "either", value_parser = packs, requires = "spare", conflicts_with = "files")]
    packs: Packs,
    /// Propose a further spare, at least this many marks from the main code on every wheel, built
    /// as --realisation says
    #[arg(long, value_name = "MARGIN")]
    propose_spare: Option<u32>,
    /// Seed of what is drawn: the proposed spare
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Also write figures (SVG and PNG), tables (CSV) and summary.json into this
    /// folder; an old report there is replaced whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    quiet: QuietArg,
    #[command(flatten)]
    format: FormatArg,
}

/// A value by its name in JSON.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, String> {
    serde_json::from_value(Value::from(name)).map_err(|e| e.to_string())
}

fn convention(name: &str) -> Result<Convention, String> {
    named(name)
}

fn realisation(name: &str) -> Result<Realisation, String> {
    named(name)
}

fn packs(name: &str) -> Result<Packs, String> {
    named(name)
}

/// Counts and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut folder = args
        .out
        .as_ref()
        .map(|out| OutputFolder::open(out, "keyspace"))
        .transpose()?;
    let mut designs: Vec<Design> = Vec::new();
    let results = if args.files.is_empty() {
        let input = match flags::from_flags(args)? {
            Ok(input) => input,
            Err(findings) => return say(&flags::by_flags(args, findings)),
        };
        match analysed(("flags", flags::ROOT), &input, args)? {
            Ok(mut one) => {
                one.report.warnings = flags::by_flags(args, one.report.warnings);
                vec![Counted::Wheels(Box::new(one))]
            }
            Err(findings) => return say(&flags::by_flags(args, findings)),
        }
    } else {
        let Some(loaded) = designs::load(&args.files)? else {
            return Ok(Outcome::Findings);
        };
        designs = designs::with_codes(loaded, args.quiet.quiet)?;
        refuse_for_buttons(args, &designs)?;
        let mut all = Vec::new();
        for design in &designs {
            if let Some(buttons) = design.lock.buttons() {
                all.push(Counted::Buttons {
                    name: design.name.clone(),
                    report: analyse_buttons(buttons),
                });
                continue;
            }
            let input = match overridden(design.key_space()?, args)? {
                Ok(input) => input,
                Err(findings) => return say(&flags::by_flags(args, findings)),
            };
            match analysed((&design.name, "/codes"), &input, args)? {
                Ok(one) => all.push(Counted::Wheels(Box::new(one))),
                Err(findings) => return say(&findings),
            }
        }
        all
    };
    let shown = Shown::new(args.seed, &designs, &results);
    if let Some(mut folder) = folder.take() {
        shown.write(&mut folder)?;
        folder.commit()?;
    }
    shown.print(args.format.format)?;
    if !args.quiet.quiet {
        shown.warn()?;
    }
    Ok(Outcome::Fine)
}

/// Fails where flags that are of wheels meet a design that has none.
fn refuse_for_buttons(args: &Args, designs: &[Design]) -> anyhow::Result<()> {
    let given = [
        ("--window", !args.window.is_empty()),
        ("--convention", args.convention.is_some()),
        ("--propose-spare", args.propose_spare.is_some()),
    ];
    let flags: Vec<&str> = given.iter().filter(|f| f.1).map(|f| f.0).collect();
    let Some(row) = designs.iter().find(|d| d.lock.buttons().is_some()) else {
        return Ok(());
    };
    anyhow::ensure!(
        flags.is_empty(),
        "{} of wheels, and `{}` has a row of buttons: leave {} out, or the design",
        match flags[..] {
            [one] => format!("{one} is"),
            _ => format!("{} are", flags.join(" and ")),
        },
        row.name,
        if flags.len() == 1 { "it" } else { "them" }
    );
    Ok(())
}

/// Counts one key space, by its name and its place in the file, and proposes a spare where one is wanted.
fn analysed(
    (name, root): (&str, &str),
    input: &KeyspaceInput,
    args: &Args,
) -> anyhow::Result<Result<Analysed, Vec<Finding>>> {
    let report = match analyse_within(input, root) {
        Ok(report) => report,
        Err(findings) => return Ok(Err(findings)),
    };
    let proposed_spare = match args.propose_spare {
        None => None,
        Some(margin_marks) => {
            let Some(codes) = &input.codes else {
                anyhow::bail!("--propose-spare keeps away from a main code: give --main");
            };
            let wish = SpareWish {
                space: &input.space,
                main: &codes.main,
                spares: &codes.spares,
                realisation: args.realisation,
                margin_marks,
            };
            let found = propose_spare(&wish, &mut stream(args.seed, 0, Purpose::Code));
            Some(found.map_err(|_| {
                anyhow::anyhow!("no spare can be proposed: the rules need too many states")
            })?)
        }
    };
    Ok(Ok(Analysed {
        name: name.to_owned(),
        report,
        proposed_spare,
    }))
}

/// The design's key space, with window and convention from the flags where given.
fn overridden(
    old: &KeyspaceInput,
    args: &Args,
) -> anyhow::Result<Result<KeyspaceInput, Vec<Finding>>> {
    if args.window.is_empty() && args.convention.is_none() {
        return Ok(Ok(old.clone()));
    }
    let convention = args.convention.unwrap_or(old.space.convention());
    let (half, window_from, gate_windows) = if args.window.is_empty() {
        let half = old.space.half_windows().iter().map(|m| m.marks()).collect();
        (half, old.window_from, old.gate_windows.clone())
    } else {
        (
            flags::windows(args, old.space.wheels())?,
            WindowSource::Flag,
            None,
        )
    };
    let space = Space::new(
        old.space.marks(),
        &half,
        convention,
        old.space.rules().clone(),
    );
    // Windows are the flag's, the rest is the file's.
    let place = |f: Finding| {
        let root = match f.at.starts_with("/window_half_marks/") && !args.window.is_empty() {
            true => flags::ROOT,
            false => "/codes",
        };
        f.under(root)
    };
    Ok(space
        .map(|space| KeyspaceInput {
            space,
            window_from,
            gate_windows,
            ..old.clone()
        })
        .map_err(|found| found.into_iter().map(place).collect()))
}

/// Prints findings about flags on standard error.
fn say(findings: &[Finding]) -> anyhow::Result<Outcome> {
    for f in findings {
        out::say(&show::in_words(f))?;
    }
    Ok(Outcome::Findings)
}
