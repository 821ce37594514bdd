//! Bad input, through the binary: a clear message at the right place, the right exit code, nothing
//! half-written, and never a panic.

use crate::support::{shipped_json, with};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

mod emergency;
mod fuzz;
mod mechanism;
mod output;

/// A folder of its own for one test.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn wheelpack(at: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
    command
        .args(args)
        .current_dir(at)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null());
    command
}

fn run(at: &Path, args: &[&str]) -> Output {
    wheelpack(at, args).output().expect("the program is built")
}

/// What a program said, after making sure that it is no panic.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    for word in ["panicked", "bug in wheelpack", "RUST_BACKTRACE"] {
        assert!(!text.contains(word), "{text}");
    }
    text
}

/// The names in a folder, sorted.
fn names(at: &Path) -> Vec<String> {
    let entries = fs::read_dir(at).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into())
        .collect();
    names.sort();
    names
}

/// `check` and `report` on the file `name` fail with `code`, saying all `parts`; no report is left.
fn refused(at: &Path, name: &str, code: i32, parts: &[&str]) {
    for args in [
        &["check", name][..],
        &["keyspace", name],
        &["report", name, "--out", "out"],
    ] {
        let before = names(at);
        let out = run(at, args);
        let text = said(&out.stderr) + &said(&out.stdout);
        assert_eq!(out.status.code(), Some(code), "{args:?}: {text}");
        for part in parts {
            assert!(text.contains(part), "{args:?}: {part} is not in\n{text}");
        }
        if args[0] != "check" {
            assert_eq!(said(&out.stdout), "", "{args:?}: no result, no output");
        }
        assert_eq!(names(at), before, "{args:?} left something behind");
    }
}

#[test]
fn files_that_cannot_be_read_are_refused_with_exit_code_2() {
    let at = folder();
    let at = at.path();
    refused(at, "no-such.json", 2, &["error: cannot read no-such.json"]);
    fs::create_dir(at.join("locks")).expect("a folder");
    refused(at, "locks", 2, &["locks is a folder", "locks/lock.json"]);
    let huge = fs::File::create(at.join("huge.json")).expect("a file");
    huge.set_len(100 << 20).expect("a sparse file");
    let parts = ["huge.json has 104857600 bytes", "at most 1048576"];
    refused(at, "huge.json", 2, &parts);
    fs::write(at.join("latin1.json"), b"{\n\"name\": \"\xfc\"}").expect("a file");
    refused(at, "latin1.json", 2, &["line 2", "UTF-8"]);
}

#[test]
fn texts_that_are_no_design_are_findings_with_a_place() {
    let at = folder();
    let at = at.path();
    for (text, parts) in [
        ("", &["lock.json:1:1: error[", "is empty"][..]),
        ("hello", &["lock.json:1:1: error[", "not JSON"]),
        ("{\n  \"format\": 1,\n  \"name\": ", &["error[", "not JSON"]),
        ("{\"a\": NaN}", &["lock.json:1:7: error[", "not JSON"]),
        ("[1, 2]", &["lock.json:1:1: error[", "expected an object"]),
        ("null", &["lock.json:1:1: error[", "expected an object"]),
        ("{}", &["lock.json:1:1: error[", "`mechanism`"]),
        (&"[".repeat(100_000), &["lock.json:1:", "error["]),
    ] {
        fs::write(at.join("lock.json"), text).expect("a file");
        refused(at, "lock.json", 1, parts);
    }
}

/// Line and column of the value at `pointer` in a design printed with one field a line.
fn place_of(text: &str, field: &str) -> String {
    let line = text.lines().position(|l| l.contains(field));
    let line = line.unwrap_or_else(|| panic!("{field} is not in the file"));
    format!("lock.json:{}:", line + 1)
}

#[test]
fn each_wrong_value_is_named_with_line_pointer_and_cure() {
    let at = folder();
    let at = at.path();
    let m = "/mechanism";
    let cases: &[(&str, Value, &str, &[&str])] = &[
        // wrong types and NaN-like texts
        (
            "/dial/marks",
            json!("many"),
            "\"marks\": \"many\"",
            &["got the text \"many\"", "for example 100"],
        ),
        (
            "/dial/marks",
            json!(99.5),
            "\"marks\": 99.5",
            &["expected a whole number"],
        ),
        (
            "/wheel/rim_radius_mm/nominal",
            json!("NaN"),
            "\"NaN\"",
            &["got the text \"NaN\"", "expected a number"],
        ),
        (
            "/cam/radius_mm",
            json!("Infinity"),
            "\"Infinity\"",
            &["expected a number"],
        ),
        (
            "/lever/pivot_mm",
            json!({"x": 1}),
            "\"pivot_mm\": {",
            &["expected a list of 2"],
        ),
        (
            "/wheels",
            json!(null),
            "\"wheels\": null",
            &["expected a whole number"],
        ),
        // negative and absurd dimensions
        (
            "/wheel/rim_radius_mm/nominal",
            json!(-24.13),
            "\"rim_radius_mm\"",
            &["the rim radius of the wheel is -24.13", "from 3 to 200"],
        ),
        (
            "/wheel/rim_radius_mm/plus_minus",
            json!(-0.1),
            "\"plus_minus\": -0.1",
            &["as a number ≥ 0"],
        ),
        (
            "/cam/radius_mm",
            json!(1e300),
            "\"radius_mm\": 1e+300",
            &["the radius of the cam is 1e300", "from 3 to 200"],
        ),
        (
            "/cam/engagement_mm",
            json!(-1),
            "\"engagement_mm\": -1",
            &["the engagement", "from 0.01"],
        ),
        (
            "/wheels",
            json!(4_000_000_000_u32),
            "\"wheels\": 4000000000",
            &["the number of wheels is 4000000000", "from 2 to 8"],
        ),
        ("/dial/marks", json!(0), "\"marks\": 0", &["from 20 to 400"]),
        // parts that do not fit each other
        (
            "/wheel/gate/width_mm/nominal",
            json!(54),
            "\"width_mm\": {",
            &["the width of the gate", "is 54"],
        ),
        (
            "/wheel/gate/width_mm/nominal",
            json!(3.0),
            "\"width_mm\": {",
            &["it never enters", "wider than 3.2 mm"],
        ),
        (
            "/cam/engagement_mm",
            json!(6.9),
            "\"engagement_mm\": 6.9",
            &["the lock never opens"],
        ),
    ];
    for (pointer, value, field, parts) in cases {
        let pointer = format!("{m}{pointer}");
        let design = with(shipped_json("group2-dial"), &[(&pointer, value.clone())]);
        let text = serde_json::to_string_pretty(&design).expect("JSON");
        fs::write(at.join("lock.json"), &text).expect("a file");
        let place = place_of(&text, field);
        let mut all = parts.to_vec();
        let about = pointer
            .trim_end_matches("/nominal")
            .trim_end_matches("/plus_minus");
        all.extend([place.as_str(), "error[WP", about]);
        refused(at, "lock.json", 1, &all);
    }
}

#[test]
fn a_refused_radius_does_not_bring_impossible_ranges_for_its_gates() {
    let at = folder();
    let change = [("/mechanism/wheel/rim_radius_mm/nominal", json!(-24.13))];
    let design = with(shipped_json("group2-dial"), &change);
    fs::write(at.path().join("lock.json"), design.to_string()).expect("a file");
    let text = said(&run(at.path(), &["check", "lock.json"]).stdout);
    assert!(text.ends_with("lock.json: 1 error\n"), "{text}");
}

#[test]
fn a_number_off_the_dial_is_refused_where_the_code_stands() {
    let at = folder();
    let at = at.path();
    for (pointer, code, parts) in [
        (
            "/codes/main",
            "52-15-137",
            &[
                "137 is not on a dial of 100 marks",
                "0 to 99",
                "/codes/main",
            ][..],
        ),
        ("/codes/main", "52-15", &["/codes/main"]),
        ("/codes/main", "52-fifteen-37", &["/codes/main"]),
        (
            "/codes/spares/0/code",
            "41-82-166",
            &["166 is not on a dial", "/codes/spares/0/code"],
        ),
    ] {
        let design = with(
            shipped_json("dial-spare-shared-wheels"),
            &[(pointer, json!(code))],
        );
        let text = serde_json::to_string_pretty(&design).expect("JSON");
        fs::write(at.join("lock.json"), &text).expect("a file");
        let place = place_of(&text, code);
        let all: Vec<&str> = parts.iter().copied().chain([place.as_str()]).collect();
        refused(at, "lock.json", 1, &all);
    }
}

#[test]
fn an_unknown_field_gets_its_near_miss_and_every_finding_is_said_at_once() {
    let at = folder();
    let at = at.path();
    let text = serde_json::to_string_pretty(&shipped_json("group2-dial")).expect("JSON");
    let text = text
        .replace("\"flat_mm\"", "\"flatt_mm\"")
        .replace("\"wheels\": 3", "\"wheels\": 77")
        .replace("\"last_not_in\"", "\"last_not_inn\"")
        .replace("\"novice\"", "\"novize\"");
    fs::write(at.join("lock.json"), &text).expect("a file");
    let place = place_of(&text, "flatt_mm");
    refused(
        at,
        "lock.json",
        1,
        &[
            &place,
            "unknown field `flatt_mm`",
            "did you mean `flat_mm`?",
            "/mechanism/lever/fence/flatt_mm",
            "the number of wheels is 77",
            "unknown reader `novize`",
        ],
    );
}
