//! A key space without a design: the dial that the flags describe.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use wheelpack::finding::Finding;
use wheelpack::keyspace::rules::Dial;
use wheelpack::keyspace::{
    CodeInput, Convention, KeyspaceInput, Space, Spare, WindowSource, parse_rules,
};

use super::Args;

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
pub(super) fn windows(args: &Args, wheels: usize) -> Vec<f64> {
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
