//! The house rules of ARCHITECTURE.md, checked on the text of the sources.

mod catalogue;
mod files;
mod layers;
mod map;

use std::fs;
use std::path::{Path, PathBuf};

/// One source file.
struct Source {
    /// Path from the package's root, with `/`.
    path: String,
    /// Its text as it is.
    text: String,
}

impl Source {
    /// The lines that are not comments, up to the unit tests.
    fn code(&self) -> String {
        let before_tests = self.text.split("#[cfg(test)]").next().unwrap_or_default();
        without_comments(before_tests)
    }

    /// The name of the module that the file is: its own name, or that of its folder.
    fn module(&self) -> &str {
        let name = self
            .path
            .trim_end_matches("/mod.rs")
            .trim_end_matches(".rs");
        name.rsplit('/').next().unwrap_or(name)
    }

    /// Whether the file holds nothing but unit tests of its neighbour.
    fn is_tests_only(&self) -> bool {
        self.path.ends_with("_tests.rs")
    }
}

fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below the folders, in the order of their paths.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    assert!(!paths.is_empty(), "no Rust files below {folders:?}");
    let from_root = |path: &Path| {
        let path = path.strip_prefix(root()).expect("below the root");
        path.to_string_lossy().replace('\\', "/")
    };
    paths
        .iter()
        .map(|path| Source {
            path: from_root(path),
            text: fs::read_to_string(path).expect("sources are text"),
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return; // not every package has every folder
    };
    for entry in entries {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Fails with all faults at once.
fn assert_none(faults: &[String], cure: &str) {
    assert!(faults.is_empty(), "\n{}\nCure: {cure}\n", faults.join("\n"));
}

/// The places at which `word` stands as a word of its own.
fn word_positions<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| {
            !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
        })
}
