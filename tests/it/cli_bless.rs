//! `wheelpack regress --bless` into the folder of a report.

use crate::support::with;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn wheelpack(at: &Path, args: &[&str]) -> Output {
    let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(args)
        .current_dir(at)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built");
    assert_eq!(out.status.code(), Some(0), "{args:?}: {}", said(&out));
    out
}

fn said(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).expect("output is UTF-8")
}

/// Every file below `folder` with its path and what is in it, sorted.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it");
                let bytes = fs::read(&path).expect("a file");
                all.push((name.display().to_string(), bytes));
            }
        }
    }
    all.sort();
    all
}

/// Saves a small design with so many buttons, called and in a file of that name.
fn save(at: &Path, name: &str, buttons: u32) {
    let out = wheelpack(at, &["new", "push_button"]);
    let design: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let changes = [
        ("/name", json!(name)),
        ("/mechanism/buttons", json!(buttons)),
    ];
    let text = with(design, &changes).to_string();
    fs::write(at.join(format!("{name}.json")), text).expect("written");
}

#[test]
fn a_report_on_just_the_blessed_designs_is_made_anew_as_report_would() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    save(at, "one", 5);
    save(at, "two", 5);
    for own in ["whole", "parts/one"] {
        fs::create_dir_all(at.join(own)).expect("a folder");
    }
    wheelpack(at, &["report", "one.json", "two.json", "--out", "whole"]);
    wheelpack(at, &["report", "one.json", "--out", "parts/one"]);
    let before = files(&at.join("whole"));
    save(at, "one", 7);
    let bless = ["regress", "one.json", "two.json", "--bless", "--baseline"];
    let told = said(&wheelpack(at, &[&bless[..], &["whole"]].concat()));
    assert_eq!(told, "stored whole: results, pages, figures and tables\n");
    wheelpack(at, &["report", "one.json", "two.json", "--out", "new"]);
    let (is, wanted) = (files(&at.join("whole")), files(&at.join("new")));
    assert!(is == wanted, "it is not what `report` writes");
    assert!(is != before && is.iter().any(|(name, _)| name == "report.html"));
    // A folder of reports on one design each.
    let told = said(&wheelpack(at, &[&bless[..], &["parts"]].concat()));
    assert!(at.join("parts/two/summary.json").is_file());
    assert!(told.contains("the report in parts/one still"), "{told}");
    let bless = ["regress", "one.json", "--bless", "--baseline", "parts"];
    let told = said(&wheelpack(at, &bless));
    assert!(!told.contains("note:"), "{told}");
    wheelpack(at, &["report", "one.json", "--out", "new"]);
    assert!(files(&at.join("parts/one")) == files(&at.join("new")));
}

#[test]
fn of_a_report_on_other_designs_too_it_is_said_how_to_make_it_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    save(at, "one", 5);
    save(at, "two", 5);
    wheelpack(at, &["report", "one.json", "two.json", "--out", "r"]);
    let page = fs::read(at.join("r/one/report.html")).expect("a page");
    save(at, "one", 7);
    let bless = ["regress", "one.json", "--baseline", "r", "--bless"];
    let told = said(&wheelpack(at, &bless));
    assert!(told.starts_with("stored r/one/summary.json\n"), "{told}");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let command =
        "`wheelpack report one.json two.json --scenario outdoor_cabinet --seed 1 --out r`";
    assert!(
        told.contains("results from before") && told.contains(command),
        "{told}"
    );
    assert!(fs::read(at.join("r/one/report.html")).expect("a page") == page);
    // With it the page is that of the results.
    let call: Vec<&str> = command.trim_matches('`').split(' ').skip(1).collect();
    wheelpack(at, &call);
    assert!(fs::read(at.join("r/one/report.html")).expect("a page") != page);
    // No page, nothing to say.
    let told = said(&wheelpack(
        at,
        &["regress", "one.json", "--baseline", "b", "--bless"],
    ));
    assert_eq!(told, "stored b/one/summary.json\n");
}
