//! ARCHITECTURE.md does not rot: its paths exist, and no module is missing from it.

use std::collections::BTreeSet;
use std::fs;

use super::{assert_none, root, sources, word_positions};

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md"))
        .expect("ARCHITECTURE.md, the map of the sources, must exist")
}

/// What stands in backticks in the running text, and the first word of each line in code blocks.
fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// Whether a quoted text is meant as a path: it has a slash or a file's ending, and no
/// placeholder.
fn is_path(text: &str) -> bool {
    let endings = [".rs", ".md", ".toml", ".json", ".html", ".svg"];
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    let is_placeholder = text
        .split('/')
        .any(|part| part.ends_with('_') || part.split('.').next() == Some("x"));
    is_plain
        && !is_placeholder
        && !text.starts_with(['/', '.', '-'])
        && (text.contains('/') || endings.iter().any(|ending| text.ends_with(ending)))
}

#[test]
fn every_path_in_the_map_exists() {
    let text = architecture();
    let faults: Vec<String> = quoted(&text)
        .into_iter()
        .filter(|quote| is_path(quote))
        .filter(|path| !root().join(path).exists() && !root().join("src").join(path).exists())
        .map(|path| format!("ARCHITECTURE.md: `{path}` does not exist"))
        .collect();
    assert_none(
        &faults,
        "correct the path; it is looked up in the package and in src/",
    );
}

#[test]
fn every_module_is_in_the_map() {
    let text = architecture();
    let modules: BTreeSet<String> = sources(&["src"])
        .iter()
        .filter(|source| !source.path.starts_with("src/bin/"))
        .filter(|source| source.path.ends_with("/mod.rs") || source.path.matches('/').count() == 1)
        .map(|source| source.module().to_owned())
        .collect();
    let faults: Vec<String> = modules
        .into_iter()
        .filter(|module| word_positions(&text, module).next().is_none())
        .map(|module| format!("ARCHITECTURE.md does not mention `{module}`"))
        .collect();
    assert_none(&faults, "say in a line what the module is for");
}

#[test]
fn the_reader_of_the_map_tells_paths_from_other_quotes() {
    let text = "`src/design/` and `a::b`, `y/<name>.rs`, `attack/x.rs`, `is_/has_`, `Cargo.toml`\n```\n`no/path.rs`\n```\n`v/w`";
    let paths: Vec<&str> = quoted(text).into_iter().filter(|q| is_path(q)).collect();
    assert_eq!(paths, ["src/design/", "Cargo.toml", "v/w"]);
}
