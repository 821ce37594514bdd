//! `wheelpack keyspace [DESIGN…]`, or a key space from flags.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use wheelpack::design::Design;
use wheelpack::finding::{Finding, Severity};
use wheelpack::keyspace::rules::Dial;
use wheelpack::keyspace::{
    Code, CodeInput, Convention, KeyspaceInput, KeyspaceReport, Packs, Realisation, Space, Spare,
    WindowSource, analyse, parse_rules,
};
use wheelpack::report::json::Envelope;
use wheelpack::report::{csv, tables};

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
    #[arg(long, value_name = "MARKS", value_delimiter = ',')]
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

/// One key space with its name.
struct Analysed {
    name: String,
    report: KeyspaceReport,
}

/// Counts and prints.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut designs: Vec<Design> = Vec::new();
    let analysed = if args.files.is_empty() {
        let input = match from_flags(args)? {
            Ok(input) => input,
            Err(findings) => return say(&findings),
        };
        match analyse(&input) {
            Ok(report) => vec![Analysed {
                name: "flags".to_owned(),
                report,
            }],
            Err(findings) => return say(&findings),
        }
    } else {
        let Some(loaded) = designs::load(&args.files)? else {
            return Ok(Outcome::Findings);
        };
        designs = loaded;
        let mut analysed = Vec::new();
        for design in &designs {
            let input = match overridden(design.key_space()?, args) {
                Ok(input) => input,
                Err(findings) => return say(&findings),
            };
            match analyse(&input) {
                Ok(report) => analysed.push(Analysed {
                    name: design.name.clone(),
                    report,
                }),
                Err(findings) => return say(&findings),
            }
        }
        analysed
    };
    print(args, &designs, analysed)?;
    Ok(Outcome::Fine)
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

fn print(args: &Args, designs: &[Design], analysed: Vec<Analysed>) -> anyhow::Result<()> {
    let named: Vec<(&str, &KeyspaceReport)> = analysed
        .iter()
        .map(|a| (a.name.as_str(), &a.report))
        .collect();
    match args.format.format {
        Format::Json => {
            let ids: Vec<&Design> = designs.iter().collect();
            let results: Vec<&KeyspaceReport> = analysed.iter().map(|a| &a.report).collect();
            out::print(&Envelope::new("keyspace", 1, &ids, results).to_text())?;
        }
        Format::Csv => out::print(&csv::render(&tables::key_space(&named)))?,
        Format::Text => out::print_tables(&[
            &tables::key_space(&named),
            &tables::rule_shares(&named),
            &tables::ghosts(&named),
            &tables::guessing(&named),
            &tables::standards(&named),
        ])?,
    }
    for (name, report) in named {
        for warning in &report.warnings {
            let mut stderr = anstream::stderr();
            std::io::Write::write_fmt(
                &mut stderr,
                format_args!(
                    "{name}: warning[{}]: {}: {}\n",
                    warning.code, warning.at, warning.message
                ),
            )?;
        }
    }
    Ok(())
}
