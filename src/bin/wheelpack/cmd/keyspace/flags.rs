//! A key space without a design: the dial that the flags describe.

use std::path::Path;

use serde_json::Value;
use wheelpack::design::{SourceText, tree};
use wheelpack::finding::Finding;
use wheelpack::keyspace::rules::Dial;
use wheelpack::keyspace::{
    CodeInput, Convention, KeyspaceInput, Space, Spare, WindowSource, parse_rules,
};

use super::Args;

/// Where a key space of flags stands while it is analysed; [`by_flags`] puts the flags in its place.
pub(super) const ROOT: &str = "flags:";

/// The key space that the flags describe; findings where they contradict.
pub(super) fn from_flags(args: &Args) -> anyhow::Result<Result<KeyspaceInput, Vec<Finding>>> {
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
    let mut faults = Vec::new();
    let stated = stated_rules(args.rules.as_deref(), &mut faults)?;
    let half = windows(args, wheels)?;
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
            return Ok(Err(at_root(faults)));
        }
    };
    if !faults.is_empty() {
        return Ok(Err(at_root(faults)));
    }
    let space = match Space::new(marks, &half, convention_of(args), rules) {
        Ok(space) => space,
        Err(found) => return Ok(Err(at_root(found))),
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
pub(super) fn windows(args: &Args, wheels: usize) -> anyhow::Result<Vec<f64>> {
    match args.window[..] {
        [one] => Ok(vec![one; wheels.min(1_000_001)]),
        ref each if each.len() == wheels => Ok(each.to_vec()),
        ref each => anyhow::bail!(
            "--window has {} half-widths for {wheels} wheels: give one for all, or one for each",
            each.len()
        ),
    }
}

fn at_root(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(|f| f.under(ROOT)).collect()
}

/// Findings with the flags that the user gave for places below [`ROOT`]. What is wrong with a single `--window` is said
/// of it once, not of each wheel.
pub(super) fn by_flags(args: &Args, findings: Vec<Finding>) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for f in findings {
        let f = Finding {
            at: by_flag(args, &f.at),
            message: by_flag(args, &f.message),
            ..f
        };
        if f.at != WINDOW || told.iter().all(|t| t.at != WINDOW) {
            told.push(f);
        }
    }
    told
}

const WINDOW: &str = "--window";

/// `text` with the flags that the user gave for the places in it.
fn by_flag(args: &Args, text: &str) -> String {
    let wheels = match (args.wheels, &args.main) {
        (Some(_), _) => "--wheels",
        (None, Some(_)) => "--main",
        (None, None) => WINDOW,
    };
    let mut places = vec![
        ("/marks".to_owned(), "--marks".to_owned()),
        ("/wheels".to_owned(), wheels.to_owned()),
        ("/rules".to_owned(), "--rules".to_owned()),
        ("/main".to_owned(), "--main".to_owned()),
    ];
    let spares = args.spare.iter().enumerate();
    places.extend(spares.map(|(i, code)| (format!("/spares/{i}/code"), format!("--spare {code}"))));
    places.push(("/spares".to_owned(), "--spare".to_owned()));
    let given = places
        .into_iter()
        .fold(text.to_owned(), |text, (at, flag)| {
            text.replace(&format!("{ROOT}{at}"), &flag)
        });
    let window = given.strip_prefix(&format!("{ROOT}/window_half_marks/"));
    match (
        window.and_then(|i| i.parse::<usize>().ok()),
        args.window.len(),
    ) {
        (Some(i), 2..) => format!("{WINDOW}, wheel {}", i + 1),
        (Some(_), _) => WINDOW.to_owned(),
        (None, _) => given,
    }
}

/// The rules of `--rules`, read as a design file is: `10.0` is the whole number 10, comments are allowed. Faults that
/// leave the rest readable are added to `faults`.
fn stated_rules(text: Option<&str>, faults: &mut Vec<Finding>) -> anyhow::Result<Vec<Value>> {
    let Some(text) = text else {
        return Ok(Vec::new());
    };
    let source = match text.strip_prefix('@') {
        Some(file) => SourceText::open(Path::new(file))?,
        None => SourceText::from_bytes("--rules", text.as_bytes())?,
    };
    let mut found = Vec::new();
    let why = match tree::parse(&source, &mut found) {
        Ok(tree) => match tree.value {
            Value::Array(rules) => {
                faults.extend(found.into_iter().map(|f| f.under("/rules")));
                return Ok(rules);
            }
            _ => "it is another value".to_owned(),
        },
        Err(fault) => {
            let (line, column) = source.position(fault.bytes.start);
            format!("{} at line {line}, column {column}", fault.finding.message)
        }
    };
    anyhow::bail!("--rules is not a JSON array of rules: {why}")
}
