//! One new thing = one new file + one line in its list: no file without its line.

use wheelpack::design::codes::CODES;

use super::{Source, assert_none, sources, word_positions};

/// A folder of which every file is an entry of a list.
struct Catalogue {
    folder: &'static str,
    /// The list, in the `mod.rs` of the folder.
    list: &'static str,
    /// Files beside the entries: what the entries share.
    besides: &'static [&'static str],
}

const CATALOGUES: &[Catalogue] = &[
    Catalogue {
        folder: "src/keyspace/rules",
        list: "RULES",
        besides: &[],
    },
    Catalogue {
        folder: "src/attack",
        list: "ATTACKS",
        besides: &[
            "allowed", "behind", "belief", "facts", "gauge", "known", "reader", "rig", "setting",
            "settings", "signal", "tally", "tour", "trace", "trial", "walk", "wall", "windows",
        ],
    },
    Catalogue {
        folder: "src/emergency/solution",
        list: "SOLUTIONS",
        besides: &[],
    },
    Catalogue {
        folder: "src/figure",
        list: "FIGURES",
        besides: &["canvas", "chart", "check", "font", "theme", "trade_off"],
    },
];

/// The text between the brackets of `const NAME: … = &[…];`.
fn entries<'a>(code: &'a str, list: &str) -> Option<&'a str> {
    let declaration = word_positions(code, list).find(|&at| {
        let before = code[..at].trim_end();
        before.ends_with("const") || before.ends_with("static")
    })?;
    let value = code[declaration..].split_once('=')?.1;
    Some(value.split_once("];").map_or(value, |(entries, _)| entries))
}

fn faults_of(catalogue: &Catalogue, all: &[Source]) -> Vec<String> {
    let Catalogue { folder, list, .. } = catalogue;
    let index = format!("{folder}/mod.rs");
    let Some(code) = all
        .iter()
        .find(|source| source.path == index)
        .map(Source::code)
    else {
        return vec![format!("{index} does not exist")];
    };
    let Some(entries) = entries(&code, list) else {
        return vec![format!("{index} has no list {list}")];
    };
    let mut faults = Vec::new();
    for source in all {
        let name = source.module();
        let is_entry = source.path == format!("{folder}/{name}.rs")
            || source.path == format!("{folder}/{name}/mod.rs");
        if !is_entry || source.is_tests_only() || catalogue.besides.contains(&name) {
            continue;
        }
        let is_listed =
            word_positions(entries, name).any(|at| entries[at + name.len()..].starts_with("::"));
        if !is_listed {
            faults.push(format!("{}: no `{name}::…` in {list}", source.path));
        }
        if !source.text.contains(&format!("\"{name}\"")) {
            faults.push(format!(
                "{}: the entry is not named \"{name}\" like its file",
                source.path
            ));
        }
    }
    faults
}

#[test]
fn every_file_of_a_catalogue_is_in_its_list_under_its_own_name() {
    let all = sources(&["src"]);
    let faults: Vec<String> = CATALOGUES.iter().flat_map(|c| faults_of(c, &all)).collect();
    assert_none(
        &faults,
        "add the line to the list; what entries share is named in `besides` in tests/it/tidy/catalogue.rs",
    );
}

#[test]
fn every_finding_code_in_the_sources_is_explained() {
    let mut faults = Vec::new();
    for source in sources(&["src"]) {
        let code = source.code();
        for (at, _) in code.match_indices("\"WP") {
            let literal: String = code[at + 1..].chars().take_while(|c| *c != '"').collect();
            let is_code = literal.len() == 5 && literal[2..].chars().all(|c| c.is_ascii_digit());
            if is_code && !CODES.iter().any(|(known, _)| *known == literal) {
                faults.push(format!("{}: {literal}", source.path));
            }
        }
    }
    assert_none(
        &faults,
        "add the code and its meaning to CODES in src/design/codes.rs",
    );
}

#[test]
fn the_reader_of_lists_sees_const_and_static() {
    let code = "use x::RULES;\npub static RULES: [&Kind; 2] = [\n  &min_gap::KIND,\n];\nother::X";
    let found = entries(code, "RULES").expect("there is a list");
    assert!(
        found.contains("min_gap::KIND") && !found.contains("other"),
        "{found}"
    );
    assert_eq!(entries("RULES.iter()", "RULES"), None);
}
