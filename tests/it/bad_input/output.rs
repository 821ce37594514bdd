//! Places that cannot be written, pipes that close, and Ctrl-C.

use super::{folder, names, run, said, wheelpack};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

const QUICK: [&str; 5] = ["report", "group2-dial", "--trials", "10", "--quiet"];

fn report_into(at: &Path, out: &str) -> (Option<i32>, String) {
    let mut args = QUICK.to_vec();
    args.extend(["--out", out]);
    let done = run(at, &args);
    (done.status.code(), said(&done.stderr))
}

#[test]
fn an_out_that_cannot_be_written_is_refused_before_the_run() {
    let at = folder();
    let at = at.path();
    fs::write(at.join("file"), "mine").expect("a file");
    for out in ["no/such/parent", "file", "file/below", "/proc/report", "."] {
        let (code, text) = report_into(at, out);
        assert_eq!(code, Some(2), "{out}: {text}");
        assert!(text.starts_with("error: "), "{out}: {text}");
        assert!(text.contains(out), "{out}: {text}");
    }
    let (_, text) = report_into(at, "no/such/parent");
    assert!(
        text.contains("there is no folder no/such: make it first"),
        "{text}"
    );
    assert_eq!(names(at), ["file"]);
    assert_eq!(fs::read_to_string(at.join("file")).expect("it"), "mine");
}

#[test]
fn a_folder_with_foreign_files_is_left_alone() {
    let at = folder();
    let at = at.path();
    fs::create_dir(at.join("mine")).expect("a folder");
    fs::write(at.join("mine/thesis.tex"), "years").expect("a file");
    let (code, text) = report_into(at, "mine");
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("is not a wheelpack report"), "{text}");
    assert_eq!(names(&at.join("mine")), ["thesis.tex"]);
    assert_eq!(names(at), ["mine"]);
}

#[test]
fn an_old_report_is_replaced_whole_and_notes_beside_it_stay() {
    let at = folder();
    let at = at.path();
    fs::create_dir(at.join("empty")).expect("a folder");
    for _ in 0..2 {
        let (code, text) = report_into(at, "empty");
        assert_eq!(code, Some(0), "{text}");
        fs::write(at.join("empty/notes.txt"), "keep").expect("a file");
    }
    let report = at.join("empty");
    fs::write(report.join("figures/success_curves.svg"), "spoilt").expect("a file");
    assert_eq!(report_into(at, "empty").0, Some(0));
    assert_eq!(
        fs::read_to_string(report.join("notes.txt")).expect("it"),
        "keep"
    );
    let svg = fs::read_to_string(report.join("figures/success_curves.svg")).expect("it");
    assert!(svg.contains("</svg>"), "{svg}");
    assert_eq!(names(at), ["empty"]);
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let at = folder();
    // the table is longer than a pipe holds
    let args = ["contact", "group2-dial", "--format", "json"];
    let mut child = wheelpack(at.path(), &args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is built");
    let mut line = String::new();
    let mut stdout = BufReader::with_capacity(16, child.stdout.take().expect("piped"));
    stdout.read_line(&mut line).expect("text");
    assert_eq!(line, "{\n");
    drop(stdout);
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(said(&done.stderr), "");
}

/// A `report` of very many trials, stopped by `signals` one after the other once it is at work.
#[cfg(unix)]
fn interrupted(at: &Path, signals: &[&str]) -> (Option<i32>, String) {
    let args = ["report", "group2-dial", "--trials", "1000000", "--out", "r"];
    stopped(at, &args, signals)
}

/// A command that writes beside itself as it begins, stopped by `signals` one after the other once it is at work.
#[cfg(unix)]
fn stopped(at: &Path, args: &[&str], signals: &[&str]) -> (Option<i32>, String) {
    let before = names(at);
    let mut child = wheelpack(at, args)
        .args(["--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is built");
    // its work folder stands beside the target, or the target itself, before the first trial
    let begun = || names(at) != before;
    for _ in 0..600 {
        if begun() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(begun(), "the run did not begin");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
    let mut text = String::new();
    for signal in signals {
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, id.as_str()]).status();
        assert!(sent.expect("kill is there").success());
        while !text.contains("stopping after") {
            let read = stderr.read_line(&mut text).expect("text");
            assert_ne!(read, 0, "it ended without a word: {text}");
        }
    }
    for _ in 0..300 {
        if child.try_wait().expect("a child").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    // gone already, or it goes on where it should have stopped
    let _ended = child.kill();
    stderr.read_to_string(&mut text).expect("text");
    (child.wait().expect("it ends").code(), said(text.as_bytes()))
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_report_with_130_and_leaves_the_old_one_untouched() {
    let at = folder();
    let at = at.path();
    assert_eq!(report_into(at, "r").0, Some(0));
    let before = fs::read(at.join("r/summary.json")).expect("written");
    for signal in ["-INT", "-TERM"] {
        let (code, text) = interrupted(at, &[signal]);
        assert_eq!(code, Some(130), "{text}");
        assert!(text.contains("nothing was written"), "{text}");
        assert_eq!(names(at), ["r"], "{signal}: something is left");
    }
    assert!(fs::read(at.join("r/summary.json")).expect("it") == before);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_what_keeps_nothing_at_once_and_says_so() {
    let lever = "/mechanism/spring/torque_nmm=40..80:3";
    for args in [
        &[
            "tolerance",
            "group2-dial",
            "--trials",
            "10",
            "--attack-trials",
            "1000000",
        ][..],
        &["tolerance", "group2-dial", "--trials", "10000000"],
        &[
            "sweep",
            "group2-dial",
            "--vary",
            lever,
            "--trials",
            "1000000",
        ],
        &["sensitivity", "group2-dial", "--trials", "1000000"],
    ] {
        let at = folder();
        let (code, text) = stopped(at.path(), &[args, &["--out", "r"]].concat(), &["-INT"]);
        assert_eq!(code, Some(130), "{args:?}: {text}");
        let told = "stopped: nothing was kept; the same command starts again";
        assert_eq!(text.matches(told).count(), 1, "{args:?}: {text}");
        assert!(names(at.path()).is_empty(), "{args:?}: something is left");
    }
}
