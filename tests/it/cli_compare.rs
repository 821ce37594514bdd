//! `wheelpack compare` as a designer calls it: an old and a new state of one design.

use crate::support::{shipped_json, with};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

fn compare(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .arg("compare")
        .args(args)
        .args(["--trials", "60", "-q"])
        .current_dir(folder.path())
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// `old.json` and `new.json`: a gate 0.02 mm wider, and `loose.json`: wheels of less equal radii.
fn states() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let old = shipped_json("group2-dial");
    let wheel = "/mechanism/wheel";
    let width = format!("{wheel}/gate/width_mm/nominal");
    let spread = format!("{wheel}/rim_radius_mm/plus_minus");
    let was = old
        .pointer(&width)
        .and_then(Value::as_f64)
        .expect("a width");
    let new = with(old.clone(), &[(&width, json!(was + 0.02))]);
    let loose = with(old.clone(), &[(&spread, json!(1.2))]);
    for (name, design) in [("old", old), ("new", new), ("loose", loose)] {
        let path = folder.path().join(format!("{name}.json"));
        fs::write(path, design.to_string()).expect("written");
    }
    folder
}

#[test]
fn two_states_of_one_design_are_called_by_their_files_and_each_metric_gets_a_verdict() {
    let out = compare(&states(), &["old.json", "loose.json", "new.json"]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(said.starts_with("loose against old; "), "{said}");
    assert!(said.contains("new against old; "), "{said}");
    assert!(said.lines().all(|l| l.chars().count() <= 80), "{said}");
    let line = |what: &str| {
        let found = said.lines().find(|l| l.starts_with(what));
        found.unwrap_or_else(|| panic!("no {what} in {said}"))
    };
    assert!(line("median time to open").contains("worse"), "{said}");
    let narrower = line("keyspace/effective_allowed");
    assert!(
        narrower.contains("the same"),
        "the spread is no dimension: {said}"
    );
    let wider = said
        .rsplit("new against old")
        .next()
        .expect("the second table");
    assert!(
        wider.contains("window/window_half_marks     better"),
        "{wider}"
    );
    assert!(wider.contains("no difference shown"), "{wider}");
}

#[test]
fn json_holds_one_result_for_each_design_after_the_first_with_whole_intervals() {
    let out = compare(&states(), &["old.json", "new.json", "--format", "json"]);
    let result: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(result["designs"].as_array().map(Vec::len), Some(2));
    let one = &result["results"][0];
    assert_eq!(
        (&one["design"], &one["against"]),
        (&json!("new"), &json!("old"))
    );
    let resist = one["resist"].as_array().expect("figures");
    assert!(resist.len() >= 4);
    for figure in resist {
        let d = &figure["difference"];
        for part in ["value", "low", "high", "level"] {
            assert!(d.get(part).is_some(), "{figure}");
        }
        assert_eq!(figure["pairs"], 60);
    }
}

#[test]
fn the_owner_is_compared_in_pairs_and_his_chance_is_that_of_the_tolerance_analysis() {
    let folder = states();
    let hand = [("/owner/dialing_sd_marks", json!(0.7))];
    let unsteady = with(shipped_json("group2-dial"), &hand);
    fs::write(folder.path().join("unsteady.json"), unsteady.to_string()).expect("written");
    let both = ["old.json", "unsteady.json"];
    let out = compare(&folder, &[both[0], both[1], "--format", "json"]);
    let result: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let owner = &result["results"][0]["owner"];
    assert_eq!(
        (&owner["pairs"], &owner["verdict"]),
        (&json!(60), &json!("worse")),
        "{owner}"
    );
    let alone = |file: &str| -> Value {
        let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
            .args(["tolerance", file, "--trials", "60", "--attack-trials", "0"])
            .args(["--format", "json", "-q"])
            .current_dir(folder.path())
            .output()
            .expect("the program is built");
        let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        json["results"][0]["p_open_first_dialing"].clone()
    };
    assert_eq!(owner["a"], alone(both[0]));
    assert_eq!(owner["b"], alone(both[1]));
    let said = text(&compare(&folder, &both).stdout);
    let line = said
        .lines()
        .find(|l| l.starts_with("owner's first dialing opens"));
    assert!(line.is_some_and(|l| l.contains("worse")), "{said}");
}

#[test]
fn the_page_and_its_files_are_written_and_csv_has_an_interval_a_line() {
    let folder = states();
    let out = compare(
        &folder,
        &["old.json", "new.json", "--format", "csv", "--out", "page"],
    );
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let csv = text(&out.stdout);
    let head = csv.lines().next().expect("a head line");
    assert!(
        head.contains("difference,difference_low,difference_high,verdict"),
        "{head}"
    );
    let page = fs::read_to_string(folder.path().join("page/report.html")).expect("a page");
    for part in [
        "new against old",
        "id=\"success_curves\"",
        "How to reproduce",
        "--trials 60",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let stored = fs::read_to_string(folder.path().join("page/tables/compare.csv"));
    assert_eq!(stored.expect("a table"), csv);
    assert!(
        folder
            .path()
            .join("page/figures/success_curves.png")
            .exists()
    );
}

#[test]
fn one_design_is_too_few() {
    let out = compare(&states(), &["old.json"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        text(&out.stderr).contains("2 values required"),
        "{}",
        text(&out.stderr)
    );
}

#[test]
fn designs_without_anything_to_manipulate_are_compared_as_far_as_that_goes() {
    let out = compare(&states(), &["group2-dial", "smart-outdoor-lock"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("only the first has it"));
}

#[test]
fn a_reader_that_only_one_design_has_is_refused_before_anything_runs_with_the_design_that_lacks_it()
{
    let folder = states();
    let reader = serde_json::to_value(&wheelpack::attack::READERS[0]).expect("a profile");
    let me = with(reader, &[("/name", json!("me"))]);
    let old = with(
        shipped_json("group2-dial"),
        &[("/study/readers", json!([me.clone()]))],
    );
    fs::write(folder.path().join("old.json"), old.to_string()).expect("written");
    let out = compare(
        &folder,
        &["old.json", "new.json", "--reader", "me", "--out", "page"],
    );
    assert_eq!(out.status.code(), Some(2));
    let said = text(&out.stderr);
    assert!(said.contains("unknown reader `me` of `new`"), "{said}");

    // The same name for two readers.
    let slow = with(me.clone(), &[("/turn_s", json!(60.5))]);
    let new = with(
        shipped_json("group2-dial"),
        &[("/study/readers", json!([slow]))],
    );
    fs::write(folder.path().join("new.json"), new.to_string()).expect("written");
    let out = compare(&folder, &["old.json", "new.json", "--reader", "me"]);
    assert_eq!(out.status.code(), Some(2));
    let said = text(&out.stderr);
    assert!(said.contains("turn_s") && said.contains("60.5"), "{said}");
    assert!(!folder.path().join("page").exists());
}

#[test]
fn a_killed_comparison_goes_on_to_the_same_bytes_and_leaves_no_trials_behind() {
    let folder = states();
    let run = |out: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
        command
            .args(["compare", "old.json", "new.json", "--trials", "3000"])
            .args(["--format", "csv", "--quiet", "--out", out])
            .args(more)
            .current_dir(folder.path());
        command
    };
    let whole = run("whole", &[]).output().expect("the program is built");
    assert_eq!(whole.status.code(), Some(0), "{}", text(&whole.stderr));
    let kept = folder.path().join("again.trials");
    let mut child = run("again", &["--resume"]);
    let mut child = child.stdout(Stdio::null()).spawn().expect("it is built");
    let mut waits = 0;
    while fs::read_dir(&kept).map_or(0, Iterator::count) == 0 {
        waits += 1;
        assert!(waits < 60_000, "nothing is kept");
        sleep(Duration::from_millis(1));
    }
    child.kill().expect("it runs");
    child.wait().expect("it is dead");
    let again = run("again", &["--resume"]).output().expect("it is built");
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert_eq!(text(&again.stdout), text(&whole.stdout));
    assert!(!kept.exists(), "the trials are not needed any more");
    let sums = |name: &str| fs::read_to_string(folder.path().join(name).join("SHA256SUMS"));
    assert_eq!(sums("again").expect("sums"), sums("whole").expect("sums"));
    let nowhere = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["compare", "old.json", "new.json", "--resume"])
        .current_dir(folder.path())
        .output()
        .expect("it is built");
    assert!(nowhere.status.code() == Some(2) && text(&nowhere.stderr).contains("--out"));
}

#[test]
fn a_design_does_not_differ_from_itself() {
    let out = compare(&states(), &["group2-dial", "group2-dial"]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(said.contains("no difference shown"), "{said}");
    for verdict in ["harder", "easier", "better", "worse"] {
        assert!(!said.contains(verdict), "{verdict}: {said}");
    }
}
