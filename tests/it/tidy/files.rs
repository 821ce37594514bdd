//! The size of files, and what must not stand in them.

use super::{assert_none, sources};

const CEILING: usize = 400;
const MEDIAN: usize = 150;

#[test]
fn no_file_is_longer_than_the_ceiling() {
    let faults: Vec<String> = sources(&["src", "tests", "benches"])
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > CEILING)
        .map(|(lines, path)| format!("{path} has {lines} lines, more than {CEILING}"))
        .collect();
    assert_none(
        &faults,
        "split it by idea; unit tests may go to x_tests.rs beside x.rs",
    );
}

#[test]
fn half_of_the_files_are_short() {
    let mut lengths: Vec<usize> = sources(&["src"])
        .iter()
        .filter(|source| !source.is_tests_only())
        .map(|source| source.text.lines().count())
        .collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median <= MEDIAN,
        "the median is {median} lines; split the longest files by idea"
    );
}

#[test]
fn nothing_is_left_for_later() {
    // put together here, so that this file does not contain them
    let forbidden = [
        ["#[ign", "ore"],
        ["tod", "o!("],
        ["unimpl", "emented!("],
        ["TO", "DO"],
        ["FIX", "ME"],
    ]
    .map(|parts| parts.concat());
    let mut faults = Vec::new();
    for source in sources(&["src", "tests", "benches"]) {
        for (number, line) in source.text.lines().enumerate() {
            for word in forbidden.iter().filter(|word| line.contains(word.as_str())) {
                faults.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    assert_none(
        &faults,
        "finish it, or leave it out; a slow test gets fewer trials",
    );
}

#[test]
fn no_file_is_forgotten_by_its_mod_line() {
    let all = sources(&["src", "tests"]);
    let mut faults = Vec::new();
    for source in &all {
        let Some((folder, name)) = source.path.rsplit_once('/') else {
            continue;
        };
        let is_root = matches!(name, "lib.rs" | "main.rs");
        let folder = match name {
            "mod.rs" => folder.rsplit_once('/').map_or("", |(parent, _)| parent),
            _ => folder,
        };
        let module = source.module();
        let wanted = [
            format!("mod {module};"),
            format!("#[path = \"{module}.rs\"]"),
        ];
        let is_declared = all.iter().any(|other| {
            let is_near = other
                .path
                .rsplit_once('/')
                .is_some_and(|(near, _)| near == folder)
                || other.path == format!("{folder}.rs");
            is_near && wanted.iter().any(|line| other.text.contains(line.as_str()))
        });
        if !is_root && !is_declared {
            faults.push(format!("{} is compiled by nobody", source.path));
        }
    }
    assert_none(&faults, "add `mod x;` beside it, or delete the file");
}
