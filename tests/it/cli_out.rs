//! What `--out` of the commands of one question writes.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program is built")
}

/// The files in `folder` and below, with `/` between folders.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        match path.is_dir() {
            true => found.extend(files(&path).iter().map(|f| format!("{name}/{f}"))),
            false => found.push(name.into_owned()),
        }
    }
    found.sort();
    found
}

#[test]
fn figures_tables_and_summary_are_those_of_the_command() {
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 4] = [
        (
            &["contact", "group2-dial", "--trial", "3"],
            &["group2-dial/figures/contact_graph"],
            &["contact_points", "contact_summary"],
        ),
        (
            &[
                "keyspace",
                "dial-spare-shared-wheels",
                "--propose-spare",
                "8",
            ],
            &[
                "dial-spare-shared-wheels/figures/openings_map",
                "figures/guessing",
                "figures/keyspace_funnel",
            ],
            &[
                "ghosts",
                "guessing",
                "keyspace",
                "proposed_spares",
                "rules",
                "spares",
                "standards",
            ],
        ),
        (
            &[
                "keyspace", "--marks", "40", "--wheels", "3", "--window", "0.5",
            ],
            &["figures/guessing", "figures/keyspace_funnel"],
            &["guessing", "keyspace", "standards"],
        ),
        (
            &["emergency", "smart-outdoor-lock", "--samples", "20"],
            &[
                "figures/emergency_access",
                "figures/emergency_causes",
                "figures/emergency_force",
                "figures/emergency_frontier",
                "figures/emergency_tornado",
                "figures/emergency_visits",
                "smart-outdoor-lock/figures/emergency_matrix",
            ],
            &[
                "emergency_answer",
                "emergency_attempts",
                "emergency_choices",
                "emergency_claims",
                "emergency_exposure",
                "emergency_importance",
                "emergency_linked",
                "emergency_matrix",
                "emergency_plans",
                "emergency_rank",
                "emergency_sensitivity",
                "emergency_values",
            ],
        ),
    ];
    for (command, figures, tables) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let args = [command, &["--out", "o", "--format", "json"]].concat();
        let out = run(folder.path(), &args);
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(0), "{command:?}: {said}");
        let mut expected = vec!["SHA256SUMS".to_owned(), "summary.json".to_owned()];
        for figure in figures {
            expected.extend([format!("{figure}.png"), format!("{figure}.svg")]);
        }
        expected.extend(tables.iter().map(|t| format!("tables/{t}.csv")));
        expected.sort();
        let written = folder.path().join("o");
        assert_eq!(files(&written), expected, "{command:?}");
        let summary = fs::read(written.join("summary.json")).expect("a summary");
        assert_eq!(summary, out.stdout, "{command:?}");
        let json: Value = serde_json::from_slice(&summary).expect("JSON");
        assert_eq!(json["command"], command[0]);
        for table in tables.iter().filter(|t| **t != "emergency_linked") {
            let csv = fs::read_to_string(written.join(format!("tables/{table}.csv")));
            let rows = csv.expect("a table").lines().count();
            assert!(rows > 1, "{command:?}: {table} is empty");
        }
        // Results of another command are not replaced.
        let other = run(
            folder.path(),
            &["dial", "group2-dial", "L4 52", "--out", "o"],
        );
        assert_eq!(other.status.code(), Some(2), "{command:?}");
        assert_eq!(files(&written), expected, "{command:?}");
    }
}

#[test]
fn a_seed_proposes_another_spare_and_quiet_keeps_warnings_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let proposal = |seed: &str| {
        let args = [
            "keyspace",
            "group2-dial",
            "--propose-spare",
            "8",
            "--format",
            "json",
        ];
        let out = run(folder.path(), &[&args[..], &["--seed", seed]].concat());
        let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert_eq!(json["seed"].to_string(), seed);
        json["results"][0]["proposed_spare"].clone()
    };
    assert!(proposal("1").is_object());
    assert_eq!(proposal("1"), proposal("1"));
    let others: Vec<Value> = ["2", "3", "4"].map(proposal).into();
    assert!(others.iter().any(|other| *other != proposal("1")));
    // On wheel 1 both codes share a gate: a warning.
    let meet = [
        "keyspace", "--window", "0.75", "--main", "10-40-70", "--spare", "11-60-20",
    ];
    let said = |more: &[&str]| run(folder.path(), &[&meet[..], more].concat()).stderr;
    assert!(String::from_utf8_lossy(&said(&[])).contains("WP414"));
    assert!(said(&["--quiet"]).is_empty());
}
