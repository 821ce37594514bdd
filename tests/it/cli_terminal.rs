//! What every command writes to a terminal, a pipe and a program: width, colours, JSON and CSV clean.

use serde_json::Value;
use std::process::{Command, Output, Stdio};

/// Commands with a result, quick enough to be run often.
const CALLS: &[&[&str]] = &[
    &["keyspace", "dial-spare-shared-wheels"],
    &["dial", "group2-dial", "L4 52 R3 15 L2 37 R"],
    &["contact", "group2-dial"],
    &["resist", "group2-dial", "--trials", "20"],
    &[
        "compare",
        "group2-dial",
        "group2m-false-gates",
        "--trials",
        "20",
    ],
    &[
        "emergency",
        "smart-outdoor-lock",
        "group2-dial",
        "--trials",
        "20",
        "--samples",
        "40",
    ],
    &["list"],
    &["check", "group2-dial"],
];

fn run(args: &[&str], columns: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(args)
        .env("COLUMNS", columns)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[test]
fn tables_keep_within_80_and_200_columns_and_use_the_room() {
    for call in CALLS {
        let mut lines = Vec::new();
        for columns in [80, 200] {
            let out = run(call, &columns.to_string());
            let said = text(&out.stdout);
            for line in said.lines() {
                assert!(
                    line.chars().count() <= columns,
                    "{call:?} at {columns}: {line}"
                );
            }
            lines.push(said.lines().count());
        }
        assert!(lines[1] <= lines[0], "{call:?}: {lines:?} lines");
    }
}

#[test]
fn a_pipe_gets_no_colours_and_no_progress() {
    for call in CALLS {
        let out = run(call, "80");
        assert_eq!(
            out.status.code(),
            Some(0),
            "{call:?}: {}",
            text(&out.stderr)
        );
        assert!(!out.stdout.contains(&0x1b), "{call:?}");
        assert_eq!(text(&out.stderr), "", "{call:?}");
    }
}

#[test]
fn json_is_one_document_and_csv_has_one_head_line() {
    for call in CALLS {
        let out = run(&[call, &["--format", "json"][..]].concat(), "80");
        let document: Value = serde_json::from_slice(&out.stdout)
            .unwrap_or_else(|e| panic!("{call:?}: {e}: {}", text(&out.stdout)));
        assert_eq!(document["format"], 1, "{call:?}");
        assert_eq!(document["command"], call[0], "{call:?}");
        let csv = text(&run(&[call, &["--format", "csv"][..]].concat(), "80").stdout);
        let mut rows = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.as_bytes());
        let widths: Vec<usize> = rows
            .records()
            .map(|r| r.expect("even rows").len())
            .collect();
        assert!(!widths.is_empty() && widths[0] > 1, "{call:?}: {csv}");
    }
}
