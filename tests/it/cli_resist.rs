//! `wheelpack resist`, as a user runs, stops, kills and resumes it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

const KEPT: &str = "group2-dial.graphing.expert.trials.jsonl";

fn resist(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
    command
        .args([
            "resist",
            "group2-dial",
            "--threads",
            "1",
            "--format",
            "json",
        ])
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(args: &[&str]) -> Output {
    resist(args).output().expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Starts a run that keeps its trials in `at`, and waits until some are kept.
fn started(at: &Path, trials: &str) -> Child {
    let child = resist(&["--trials", trials, "--out", at.to_str().expect("UTF-8")])
        .spawn()
        .expect("the program is built");
    let mut waits = 0;
    while !at.join(KEPT).exists() {
        waits += 1;
        assert!(waits < 60_000, "nothing is kept");
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

fn lines(at: &Path) -> usize {
    fs::read_to_string(at.join(KEPT))
        .expect("kept")
        .lines()
        .count()
}

#[test]
fn a_killed_run_goes_on_and_ends_with_the_bytes_of_one_that_was_not() {
    let home = tempfile::tempdir().expect("a folder");
    let (killed, whole) = (home.path().join("killed"), home.path().join("whole"));
    let mut child = started(&killed, "400");
    child.kill().expect("it runs");
    child.wait().expect("it is dead");
    let kept = lines(&killed) - 1;
    assert!((1..400).contains(&kept), "{kept} trials are kept");
    assert!(!killed.join("resist.json").exists());
    let at = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let resumed = run(&["--trials", "400", "--out", &at(&killed), "--resume"]);
    let once = run(&["--trials", "400", "--out", &at(&whole)]);
    assert_eq!(resumed.status.code(), Some(0), "{}", text(&resumed.stderr));
    assert_eq!(text(&resumed.stdout), text(&once.stdout));
    let mut names: Vec<_> = fs::read_dir(&whole)
        .expect("a folder")
        .map(|e| e.expect("a file").file_name())
        .collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    for name in names {
        let bytes = |path: &Path| fs::read(path.join(&name)).expect("a file");
        assert_eq!(bytes(&killed), bytes(&whole), "{name:?}");
    }
    // without --resume nothing is overwritten; with another seed nothing is mixed
    let again = run(&["--trials", "400", "--out", &at(&whole)]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        text(&again.stderr).contains("add --resume"),
        "{}",
        text(&again.stderr)
    );
    let other = run(&[
        "--trials",
        "400",
        "--out",
        &at(&whole),
        "--resume",
        "--seed",
        "2",
    ]);
    assert_eq!(other.status.code(), Some(2));
    assert!(
        text(&other.stderr).contains("seed 1, now 2"),
        "{}",
        text(&other.stderr)
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_writes_what_it_has_and_says_how_to_go_on() {
    let home = tempfile::tempdir().expect("a folder");
    let at = home.path().join("run");
    let child = started(&at, "100000");
    let signal = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(signal.expect("kill is there").success());
    let out = child.wait_with_output().expect("it ends");
    assert_eq!(out.status.code(), Some(130), "{}", text(&out.stderr));
    assert!(
        text(&out.stderr).contains("--resume goes on"),
        "{}",
        text(&out.stderr)
    );
    let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let trials = json["results"][0]["trials"].as_u64().expect("a count");
    assert!((1..100_000).contains(&trials));
    assert_eq!(
        lines(&at) as u64 - 1,
        trials,
        "what is shown is what is kept"
    );
    let written: Value =
        serde_json::from_slice(&fs::read(at.join("resist.json")).expect("written")).expect("JSON");
    assert_eq!(written, json);
}

#[test]
fn several_attacks_are_compared_and_every_promised_field_is_there() {
    let out = run(&[
        "--attack",
        "graphing,exhaustive",
        "--trials",
        "60",
        "--budget-h",
        "6",
    ]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let results = json["results"].as_array().expect("a list");
    assert_eq!(results.len(), 2);
    for field in [
        "attack",
        "reader",
        "trials",
        "opened",
        "censored",
        "t10_min",
        "t50_min",
        "t90_min",
        "p_open",
        "readings",
        "tries",
        "turns",
        "inconclusive_share",
        "signal_to_noise",
        "curve",
        "design",
    ] {
        assert!(results.iter().all(|r| r.get(field).is_some()), "{field}");
    }
    let within: Vec<&str> = results[0]["p_open"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| p["within"].as_str().expect("a name"))
        .collect();
    assert_eq!(within, ["10 min", "30 min", "2 h", "20 h"]);
    assert!(results.iter().all(|r| r["budget_h"] == 6.0));
    let pair = &json["comparisons"][0];
    assert_eq!(
        (&pair["a"], &pair["b"]),
        (&"graphing".into(), &"exhaustive".into())
    );
    assert_eq!(pair["differences"].as_array().expect("a list").len(), 5);
}

#[test]
fn a_trace_comes_as_text_json_csv_and_picture() {
    let home = tempfile::tempdir().expect("a folder");
    let at = home.path().join("trace");
    let args = [
        "--trial",
        "0",
        "--trace",
        "--out",
        at.to_str().expect("UTF-8"),
    ];
    let out = run(&args);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let steps = json["results"][0]["steps"]
        .as_array()
        .expect("a list")
        .len();
    let csv = fs::read_to_string(at.join("trace.csv")).expect("written");
    assert_eq!(csv.lines().count(), steps + 1);
    for file in ["trace.json", "trace.svg", "trace.png"] {
        assert!(
            fs::metadata(at.join(file)).expect(file).len() > 1000,
            "{file}"
        );
    }
    let shown = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["resist", "group2-dial", "--trial", "0", "--trace"])
        .output()
        .expect("the program is built");
    let shown = text(&shown.stdout);
    assert!(
        shown.contains("sweeps wheels 1, 2 and 3 together"),
        "{shown}"
    );
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    let two = run(&["--trial", "0", "--trace", "--attack", "graphing,exhaustive"]);
    assert_eq!(two.status.code(), Some(2));
}

#[test]
fn a_killed_report_goes_on_with_its_trials_and_leaves_nothing_beside_it() {
    let home = tempfile::tempdir().expect("a folder");
    let report = |trials: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
        command
            .args(["report", "group2-dial", "--resume", "--trials", trials])
            .args(["--out", "r", "--quiet"])
            .current_dir(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    };
    let kept = home.path().join("r.trials");
    let mut child = report("100000").spawn().expect("the program is built");
    let mut waits = 0;
    while fs::read_dir(&kept).map_or(0, Iterator::count) == 0 {
        waits += 1;
        assert!(waits < 60_000, "nothing is kept");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("it runs");
    child.wait().expect("it is dead");
    assert!(report("20").status().expect("it runs").success());
    assert!(!kept.exists(), "the trials are not needed any more");
    let summary = fs::read(home.path().join("r/summary.json")).expect("written");
    let summary: Value = serde_json::from_slice(&summary).expect("JSON");
    for of_reader in summary["results"][0]["resist"].as_array().expect("a list") {
        assert_eq!(of_reader["trials"], 20);
    }
}
