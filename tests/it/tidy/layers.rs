//! A module imports only from lower layers; modules that share a number do not know each other.

use super::{Source, assert_none, sources, word_positions};

/// The layer of each top-level module of the library.
const LAYERS: &[(&str, u8)] = &[
    ("error", 0),
    ("finding", 1),
    ("units", 1),
    ("math", 1),
    ("rng", 1),
    ("eight", 2),
    ("stats", 2),
    ("geometry", 2),
    ("tolerance", 2),
    ("mechanism", 3),
    ("keyspace", 4),
    ("attack", 4),
    ("emergency", 4),
    ("design", 5),
    ("study", 6),
    ("figure", 7),
    ("report", 8),
];

/// The highest layer without files, clock, printing, threads and environment.
const LAST_PURE: u8 = 4;

const IMPURE: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::env",
    "std::process",
    "std::time",
    "std::net",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
];

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, layer)| *layer)
}

/// The top-level module of a library file; none for `lib.rs` and the binary.
fn top(source: &Source) -> Option<&str> {
    let below = source.path.strip_prefix("src/")?;
    let name = below.split('/').next()?.trim_end_matches(".rs");
    (name != "lib" && name != "bin").then_some(name)
}

/// The top-level modules that `code` names after `crate::`, also in a group.
fn named(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for at in word_positions(code, "crate").collect::<Vec<_>>() {
        let Some(rest) = code[at..].strip_prefix("crate::") else {
            continue;
        };
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_members(group)),
            None => names.push(first_name(rest)),
        }
    }
    names
}

fn first_name(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// First names of the members of a group whose opening brace is gone.
fn group_members(group: &str) -> Vec<String> {
    let mut names = vec![first_name(group.trim_start())];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_name(group[at + 1..].trim_start())),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn every_top_level_module_has_a_layer() {
    let mut faults: Vec<String> = sources(&["src"])
        .iter()
        .filter_map(|source| Some((top(source)?, source)))
        .filter(|(module, _)| layer(module).is_none())
        .map(|(module, source)| format!("{}: `{module}` has no layer", source.path))
        .collect();
    faults.dedup();
    assert_none(
        &faults,
        "add the module to LAYERS in tests/it/tidy/layers.rs and to ARCHITECTURE.md",
    );
}

#[test]
fn modules_import_from_lower_layers_only() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let Some(own) = top(&source) else { continue };
        let text = super::without_comments(&source.text);
        for other in named(&text) {
            let (Some(from), Some(to)) = (layer(own), layer(&other)) else {
                continue; // a name that lib.rs exports, or an own module of the binary
            };
            if own != other && to >= from {
                faults.push(format!(
                    "{}: {own} ({from}) uses {other} ({to})",
                    source.path
                ));
            }
        }
    }
    assert_none(
        &faults,
        "move what both need into a lower layer, or pass it as a parameter",
    );
}

#[test]
fn names_that_the_crate_root_exports_are_not_a_way_round_the_layers() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        if top(&source).is_none() {
            continue;
        }
        for name in named(&super::without_comments(&source.text)) {
            if layer(&name).is_none() {
                faults.push(format!("{}: `crate::{name}` names no module", source.path));
            }
        }
    }
    assert_none(
        &faults,
        "write the module too: `crate::error::Error`, not `crate::Error`",
    );
}

#[test]
fn threads_are_started_in_study_only() {
    let faults: Vec<String> = sources(&["src"])
        .iter()
        .filter(|source| top(source) != Some("study"))
        .filter(|source| word_positions(&source.code(), "rayon").next().is_some())
        .map(|source| format!("{} uses rayon", source.path))
        .collect();
    assert_none(
        &faults,
        "give study a function to run, and let it spread the trials",
    );
}

#[test]
fn pure_layers_touch_nothing_outside() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let is_pure = top(&source)
            .and_then(layer)
            .is_some_and(|layer| layer <= LAST_PURE);
        if !is_pure || source.is_tests_only() {
            continue;
        }
        let code = source.code();
        for word in IMPURE {
            if word_positions(&code, word).next().is_some() {
                faults.push(format!("{}: {word}", source.path));
            }
        }
    }
    assert_none(
        &faults,
        "read, print and measure time in design, report or the binary",
    );
}

#[test]
fn the_reader_of_imports_sees_paths_and_groups() {
    let code = "use crate::{finding::{Finding, Severity}, math, units::Marks};\n\
                let x = crate::rng::stream(1); pub(crate) fn f() {} mycrate::y();";
    assert_eq!(named(code), ["finding", "math", "units", "rng"]);
}
