//! `wheelpack keyspace [DESIGN…]`, or a key space from flags.

use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;
use serde_json::Value;
use wheelpack::design::Design;
use wheelpack::finding::{Finding, Severity};
use wheelpack::keyspace::rules::Dial;
use wheelpack::keyspace::{
    ButtonReport, Code, CodeInput, Convention, KeyspaceInput, KeyspaceReport, Packs, ProposedSpare,
    Realisation, Space, Spare, SpareWish, WindowSource, analyse, analyse_buttons, parse_rules,
    propose_spare,
};
use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};
use wheelpack::rng::{Purpose, stream};

use crate::args::{Format, FormatArg};
use crate::failure::Outcome;
use crate::{designs, out};

/// Count codes exactly: key space, openings, ghosts, guessing
///
/// Of designs, or without a design of a dial given by flags.
#[derive(Debug, clap::Args)]
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
    #[arg(long, value_name = "CODE", requires = "main")]
    spare: Vec<Code>,
    /// How spares are built: `extra_gates`, `separate_pack` or `change_key`
    #[arg(long, value_name = "NAME", default_value = "extra_gates", value_parser = realisation)]
    realisation: Realisation,
    /// Whether either separate pack opens, or both are needed
    #[arg(long, value_name = "NAME", default_value = "either", value_parser = packs)]
    packs: Packs,
    /// Propose a further spare, at least this many marks from the main code on every wheel, built
    /// as --realisation says
    #[arg(long, value_name = "MARGIN")]
    propose_spare: Option<u32>,
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

/// Seed of what is drawn: the proposed spare.
const SEED: u64 = 1;

/// One key space with its name.
#[derive(Serialize)]
struct Analysed {
    #[serde(skip)]
    name: String,
    #[serde(flatten)]
    report: KeyspaceReport,
    /// Outer: whether one was asked for; inner: whether one was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed_spare: Option<Option<ProposedSpare>>,
}

/// A result, in the order of the designs.
#[derive(Serialize)]
#[serde(untagged)]
enum Counted {
    Wheels(Box<Analysed>),
    Buttons {
        #[serde(skip)]
        name: String,
        #[serde(flatten)]
        report: ButtonReport,
    },
}

/// Counts and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut designs: Vec<Design> = Vec::new();
    let results = if args.files.is_empty() {
        let input = match from_flags(args)? {
            Ok(input) => input,
            Err(findings) => return say(&findings),
        };
        match analysed("flags", &input, args)? {
            Ok(one) => vec![Counted::Wheels(Box::new(one))],
            Err(findings) => return say(&findings),
        }
    } else {
        let Some(loaded) = designs::load(&args.files)? else {
            return Ok(Outcome::Findings);
        };
        designs = designs::with_codes(loaded)?;
        let mut all = Vec::new();
        for design in &designs {
            if let Some(buttons) = design.lock.buttons() {
                all.push(Counted::Buttons {
                    name: design.name.clone(),
                    report: analyse_buttons(buttons),
                });
                continue;
            }
            let input = match overridden(design.key_space()?, args) {
                Ok(input) => input,
                Err(findings) => return say(&findings),
            };
            match analysed(&design.name, &input, args)? {
                Ok(one) => all.push(Counted::Wheels(Box::new(one))),
                Err(findings) => return say(&findings),
            }
        }
        all
    };
    print(args, &designs, &results)?;
    Ok(Outcome::Fine)
}

/// Counts one key space, and proposes a spare where one is wanted.
fn analysed(
    name: &str,
    input: &KeyspaceInput,
    args: &Args,
) -> anyhow::Result<Result<Analysed, Vec<Finding>>> {
    let report = match analyse(input) {
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
            let found = propose_spare(&wish, &mut stream(SEED, 0, Purpose::Code));
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
fn overridden(old: &KeyspaceInput, args: &Args) -> Result<KeyspaceInput, Vec<Finding>> {
    if args.window.is_empty() && args.convention.is_none() {
        return Ok(old.clone());
    }
    let convention = args.convention.unwrap_or(old.space.convention());
    let (half, window_from, gate_windows) = if args.window.is_empty() {
        let half = old.space.half_windows().iter().map(|m| m.marks()).collect();
        (half, old.window_from, old.gate_windows.clone())
    } else {
        (windows(args, old.space.wheels()), WindowSource::Flag, None)
    };
    let space = Space::new(
        old.space.marks(),
        &half,
        convention,
        old.space.rules().clone(),
    )?;
    Ok(KeyspaceInput {
        space,
        window_from,
        gate_windows,
        ..old.clone()
    })
}

/// The key space that the flags describe; findings where they contradict.
fn from_flags(args: &Args) -> anyhow::Result<Result<KeyspaceInput, Vec<Finding>>> {
    if args.window.is_empty() {
        let is_dial = args.marks.is_some() || args.wheels.is_some() || args.main.is_some();
        if is_dial {
            anyhow::bail!(
                "--window is missing: how many settings a lock tells apart depends on it; give the \
                 half-width in marks, or --window 0.5 to count every mark as a setting"
            );
        }
        anyhow::bail!("give designs, or a dial by --marks, --wheels and --window");
    }
    let marks = args.marks.unwrap_or(100);
    let wheels = args
        .wheels
        .or(args.main.as_ref().map(|code| code.0.len()))
        .unwrap_or(if args.window.len() > 1 {
            args.window.len()
        } else {
            3
        });
    let stated = stated_rules(args.rules.as_deref())?;
    let half = windows(args, wheels);
    let mut faults = Vec::new();
    // Sizes first: rules are read for a dial that can be.
    let bare = Space::new(
        marks,
        &half,
        convention_of(args),
        wheelpack::keyspace::RuleSet::new(),
    );
    if let Err(found) = bare {
        faults.extend(found);
    }
    let rules = match parse_rules(&stated, Dial { marks, wheels }) {
        Ok(rules) => rules,
        Err(found) => {
            faults.extend(found.into_iter().map(|f| f.under("/rules")));
            return Ok(Err(faults));
        }
    };
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let space = match Space::new(marks, &half, convention_of(args), rules) {
        Ok(space) => space,
        Err(found) => return Ok(Err(found)),
    };
    let codes = args.main.clone().map(|main| CodeInput {
        main,
        spares: args
            .spare
            .iter()
            .map(|code| Spare {
                code: code.clone(),
                realisation: args.realisation,
                packs: args.packs,
            })
            .collect(),
    });
    Ok(Ok(KeyspaceInput {
        space,
        window_from: WindowSource::Flag,
        gate_windows: None,
        codes,
        chosen: None,
    }))
}

fn convention_of(args: &Args) -> Convention {
    args.convention.unwrap_or(Convention::Continuous)
}

/// One half-window a wheel; a single one is for all. Never more than the flags or a bound name.
fn windows(args: &Args, wheels: usize) -> Vec<f64> {
    match args.window[..] {
        [one] => vec![one; wheels.min(1_000_001)],
        _ => args.window.clone(),
    }
}

fn stated_rules(text: Option<&str>) -> anyhow::Result<Vec<Value>> {
    let text = match text {
        None => return Ok(Vec::new()),
        Some(text) => match text.strip_prefix('@') {
            Some(file) => wheelpack::design::SourceText::open(Path::new(file))?
                .text()
                .to_owned(),
            None => text.to_owned(),
        },
    };
    serde_json::from_str(&text).context("--rules is not a JSON array of rules")
}

/// Prints findings about flags on standard error.
fn say(findings: &[Finding]) -> anyhow::Result<Outcome> {
    use std::io::Write as _;
    let mut stderr = anstream::stderr();
    for f in findings {
        let severity = if f.severity == Severity::Error {
            "error"
        } else {
            "warning"
        };
        writeln!(
            stderr,
            "{severity}[{}]: {}: {}\n  hint: {}",
            f.code, f.at, f.message, f.hint
        )?;
    }
    Ok(Outcome::Findings)
}

fn print(args: &Args, designs: &[Design], results: &[Counted]) -> anyhow::Result<()> {
    let wheels: Vec<&Analysed> = results
        .iter()
        .filter_map(|c| match c {
            Counted::Wheels(analysed) => Some(analysed.as_ref()),
            Counted::Buttons { .. } => None,
        })
        .collect();
    let buttons: Vec<(&str, &ButtonReport)> = results
        .iter()
        .filter_map(|c| match c {
            Counted::Wheels(_) => None,
            Counted::Buttons { name, report } => Some((name.as_str(), report)),
        })
        .collect();
    let named: Vec<(&str, &KeyspaceReport)> = wheels
        .iter()
        .map(|a| (a.name.as_str(), &a.report))
        .collect();
    let mut counts = tables::key_space(&named);
    tables::push_buttons(&mut counts, &buttons);
    match args.format.format {
        Format::Json => {
            let ids: Vec<&Design> = designs.iter().collect();
            let results: Vec<&Counted> = results.iter().collect();
            out::print(&Envelope::new("keyspace", SEED, &ids, results).to_text())?;
        }
        Format::Csv => out::print(&csv::render(&counts))?,
        Format::Text => {
            let proposals: Vec<(&str, Option<&ProposedSpare>)> = wheels
                .iter()
                .filter_map(|a| Some((a.name.as_str(), a.proposed_spare.as_ref()?.as_ref())))
                .collect();
            out::print_tables(&[
                &counts,
                &tables::button_lengths(&buttons),
                &tables::rule_shares(&named),
                &tables::ghosts(&named),
                &tables::spares(&named),
                &tables::proposed_spares(&proposals),
                &tables::guessing(&named),
                &tables::standards(&named),
            ])?;
        }
    }
    for (name, report) in named {
        for warning in &report.warnings {
            let mut stderr = anstream::stderr();
            std::io::Write::write_fmt(
                &mut stderr,
                format_args!(
                    "{name}: warning[{}]: {}: {}\n  hint: {}\n",
                    warning.code, warning.at, warning.message, warning.hint
                ),
            )?;
        }
    }
    Ok(())
}
