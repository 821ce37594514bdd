//! `wheelpack resist`, as a user runs, stops, kills and resumes it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

const KEPT: &str = "group2-dial.graphing.expert.trials.jsonl";

fn resist(args: &[&str]) -> Command {
    resist_on("1", args)
}

fn resist_on(threads: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
    command
        .args(["resist", "group2-dial", "--format", "json"])
        .args(["--threads", threads])
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

/// What is kept in `at`: sealed trials, and whole lines of trials behind the last seal.
fn kept(at: &Path) -> (u64, u64) {
    let log = fs::read_to_string(at.join(KEPT)).unwrap_or_default();
    let (mut sealed, mut loose) = (0, 0);
    for line in log.split_inclusive('\n').filter(|l| l.ends_with('\n')) {
        let line: Value = serde_json::from_str(line).expect("JSON");
        if let Some(count) = line["sealed"].as_u64() {
            (sealed, loose) = (count, 0);
        } else if line.get("opened").is_some() {
            loose += 1;
        }
    }
    (sealed, loose)
}

/// Starts `command`, which keeps its trials in `at`, and waits until `trials` of them are sealed.
fn started(mut command: Command, at: &Path, trials: u64) -> Child {
    let mut child = command.spawn().expect("the program is built");
    let mut waits = 0;
    while kept(at).0 < trials {
        waits += 1;
        assert!(waits < 60_000, "too few are kept");
        let end = child.try_wait().expect("it can be asked");
        assert!(end.is_none(), "it ended before: {end:?}");
        sleep(Duration::from_millis(1));
    }
    child
}

#[test]
fn a_run_killed_again_and_again_loses_a_batch_at_most_and_ends_with_the_bytes_of_one_that_was_not()
{
    let home = tempfile::tempdir().expect("a folder");
    let (killed, whole) = (home.path().join("killed"), home.path().join("whole"));
    let at = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let mut held = 0;
    for (threads, batches, wait_ms) in [(1, 1, 0), (3, 1, 7), (2, 2, 1), (1, 4, 13), (2, 1, 4)] {
        let (folder, batch) = (at(&killed), 32 * threads);
        let mut args = vec!["--trials", "1000000", "--out", &folder];
        if held > 0 {
            args.push("--resume");
        }
        let command = resist_on(&threads.to_string(), &args);
        let mut child = started(command, &killed, held + batches * batch);
        let seen = kept(&killed).0;
        sleep(Duration::from_millis(wait_ms));
        child.kill().expect("it runs");
        let end = child.wait().expect("it is dead");
        assert_eq!(end.code(), None, "it ended before it was killed");
        let (sealed, loose) = kept(&killed);
        assert!(seen <= sealed, "{seen} were kept, {sealed} are left");
        assert!(loose <= batch, "{loose} trials of a batch of {batch}");
        held = sealed;
    }
    assert!(!killed.join("resist.json").exists());
    let total = (held + 100).to_string();
    let resumed = run(&["--trials", &total, "--out", &at(&killed), "--resume"]);
    let once = run(&["--trials", &total, "--out", &at(&whole)]);
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
}

#[test]
fn trials_are_neither_overwritten_nor_mixed_and_an_end_half_written_is_no_hindrance() {
    let home = tempfile::tempdir().expect("a folder");
    let whole = home.path().join("whole");
    let at = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let once = run(&["--trials", "100", "--out", &at(&whole)]);
    let log = fs::read(whole.join(KEPT)).expect("kept");
    fs::write(whole.join(KEPT), &log[..log.len() * 3 / 4]).expect("written");
    let resumed = run(&["--trials", "100", "--out", &at(&whole), "--resume"]);
    assert_eq!(text(&resumed.stdout), text(&once.stdout));
    assert_eq!(fs::read(whole.join(KEPT)).expect("kept"), log);
    // without --resume nothing is overwritten; with another seed nothing is mixed
    let again = run(&["--trials", "100", "--out", &at(&whole)]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        text(&again.stderr).contains("add --resume"),
        "{}",
        text(&again.stderr)
    );
    let other = run(&[
        "--trials",
        "100",
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
    let old = text(&log).replacen("\"format\":2", "\"format\":1", 1);
    fs::write(whole.join(KEPT), old).expect("written");
    let refused = run(&["--trials", "100", "--out", &at(&whole), "--resume"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        text(&refused.stderr).contains("choose another --out"),
        "{}",
        text(&refused.stderr)
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_writes_what_it_has_and_says_how_to_go_on() {
    let home = tempfile::tempdir().expect("a folder");
    let at = home.path().join("run");
    let folder = at.to_str().expect("UTF-8");
    let child = started(resist(&["--trials", "100000", "--out", folder]), &at, 1);
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
    assert_eq!(kept(&at), (trials, 0), "what is shown is what is kept");
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
        sleep(Duration::from_millis(2));
    }
    child.kill().expect("it runs");
    child.wait().expect("it is dead");
    let names = || -> Vec<String> {
        let entries = fs::read_dir(home.path()).expect("a folder");
        let name = |e: fs::DirEntry| e.file_name().to_string_lossy().into_owned();
        entries.map(|e| name(e.expect("a file"))).collect()
    };
    assert!(names().iter().any(|n| n.ends_with(".tmp")), "{:?}", names());
    assert!(report("20").status().expect("it runs").success());
    assert_eq!(names(), ["r"], "neither trials nor a half report are left");
    let summary = fs::read(home.path().join("r/summary.json")).expect("written");
    let summary: Value = serde_json::from_slice(&summary).expect("JSON");
    for of_reader in summary["results"][0]["resist"].as_array().expect("a list") {
        assert_eq!(of_reader["trials"], 20);
    }
}

#[test]
fn what_does_not_apply_is_said_once_and_does_not_stop_the_rest() {
    let call = |designs: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
            .arg("resist")
            .args(designs)
            .args(["--trials", "20", "--attack", "graphing,exhaustive"])
            .output()
            .expect("the program is built");
        let said = text(&out.stderr);
        (out.status.code(), said.matches("not applicable").count())
    };
    assert_eq!(call(&["smart-outdoor-lock"]), (Some(2), 1));
    assert_eq!(call(&["smart-outdoor-lock", "group2-dial"]), (Some(0), 1));
    let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["resist", "smart-outdoor-lock", "group2-dial"])
        .args(["--trials", "20", "--format", "json", "-q"])
        .output()
        .expect("the program is built");
    let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let reasons = json["not_applicable"].as_array().expect("a list");
    assert!(
        reasons.len() == 1
            && reasons[0]
                .as_str()
                .is_some_and(|r| r.contains("smart_lock"))
    );
}

#[test]
fn options_that_cannot_go_together_or_are_out_of_range_are_refused() {
    for (args, cause) in [
        (&["--trace", "--curve"][..], "cannot be used with"),
        (&["--trace", "--until-ci", "0.1"], "cannot be used with"),
        (&["--trace"], "--trial"),
        (&["--budget-h", "-3"], "hours above 0"),
    ] {
        let out = run(args);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(said.contains(cause), "{args:?}: {said}");
    }
    let out = resist_on("1000", &[])
        .output()
        .expect("the program is built");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("1..=256"));
}

#[test]
fn attacks_that_meet_other_codes_are_not_compared() {
    let out = run(&["--attack", "graphing,informed,ideal", "--trials", "10"]);
    let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let pairs = json["comparisons"].as_array().expect("a list");
    let names: Vec<(&str, &str)> = pairs
        .iter()
        .map(|p| {
            (
                p["a"].as_str().expect("a name"),
                p["b"].as_str().expect("a name"),
            )
        })
        .collect();
    assert_eq!(names, [("graphing", "ideal")]);
    let said = text(&out.stderr);
    assert!(said.contains("informed is not compared"), "{said}");
    assert!(
        !json["designs"][0]["assumptions"]
            .as_array()
            .expect("a list")
            .is_empty(),
        "every assumed input is listed"
    );
}
