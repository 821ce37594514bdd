//! The built program, as a user or a script calls it.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn wheelpack(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wheelpack"));
    command
        .args(args)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    wheelpack(args).output().expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

#[test]
fn the_help_lists_the_commands_in_groups_with_examples() {
    let out = run(&["--help"]);
    assert_eq!(out.status.code(), Some(0));
    let help = text(&out.stdout);
    for part in [
        "Usage: wheelpack",
        "Files and lists:",
        "  completions",
        "Examples:",
    ] {
        assert!(help.contains(part), "{part} in\n{help}");
    }
    assert_eq!(text(&out.stderr), "");
}

#[test]
fn the_version_is_that_of_the_package() {
    let out = run(&["--version"]);
    let expected = format!("wheelpack {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&out.stdout), expected);
}

#[test]
fn wrong_usage_exits_with_2_and_leaves_standard_output_empty() {
    for args in [
        &["no-such-command"][..],
        &["list", "--no-such-option"],
        &["list", "--format", "xml"],
        &["completions"],
        &["completions", "no-such-shell"],
        &["list", "no-such-list"],
        &[],
    ] {
        let out = run(args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert_eq!(text(&out.stdout), "", "{args:?}");
        assert!(!out.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn every_file_that_cannot_be_read_and_an_unknown_attack_before_any_is_an_error_line() {
    let out = run(&["check", "no-such.json", "nor-this.json"]);
    let said = text(&out.stderr);
    assert_eq!(said.matches("error: cannot read ").count(), 2, "{said}");
    let out = run(&["resist", "no-such.json", "--attack", "grafing"]);
    let said = text(&out.stderr);
    assert!(said.contains("did you mean `graphing`?"), "{said}");
}

#[test]
fn what_is_named_twice_is_said_before_anything_runs() {
    let place = "/mechanism/spring/torque_nmm";
    let (first, second) = (format!("{place}=40..80"), format!("{place}=50..60"));
    let cases: &[(&[&str], &str)] = &[
        (
            &[
                "resist",
                "group2-dial",
                "--attack",
                "graphing,ideal,graphing",
            ],
            "--attack names `graphing` twice: name it once",
        ),
        (
            &[
                "resist",
                "group2-dial",
                "--attack",
                "ideal",
                "--attack",
                "ideal",
            ],
            "--attack names `ideal` twice",
        ),
        (
            &["resist", "group2-dial", "--reader", "novice,novice"],
            "--reader names `novice` twice",
        ),
        (
            &[
                "sensitivity",
                "group2-dial",
                "--vary",
                &first,
                "--vary",
                &second,
            ],
            "--vary names `/mechanism/spring/torque_nmm` twice",
        ),
    ];
    for (args, part) in cases {
        let out = run(args);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(part) && out.stdout.is_empty(), "{said}");
    }
    // Of a design beside itself `check` says the same twice, and `compare` that they do not differ.
    for command in ["emergency", "keyspace", "report", "resist", "tolerance"] {
        let out = run(&[command, "smart-outdoor-lock", "smart-outdoor-lock"]);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{command}: {said}");
        let part = "are one and the same design: name one of them";
        assert!(said.contains(part), "{command}: {said}");
    }
    let out = run(&["keyspace", "group2-dial", "designs/group2-dial.json"]);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("are one and the same design"), "{said}");
}

#[test]
fn a_misspelt_list_gets_its_near_miss() {
    let out = run(&["list", "finding"]);
    let said = text(&out.stderr);
    assert!(said.contains("did you mean `findings`?"), "{said}");
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let out = run(&["completions", shell]);
        assert_eq!(out.status.code(), Some(0), "{shell}");
        let script = text(&out.stdout);
        assert!(
            script.contains("wheelpack") && script.contains("completions"),
            "{shell}"
        );
    }
}

#[test]
fn lists_come_as_text_json_and_csv() {
    let as_text = text(&run(&["list", "findings"]).stdout);
    let mut lines = as_text.lines();
    assert_eq!(lines.next(), Some("findings"));
    assert!(lines.nth(2).is_some_and(|l| l.starts_with("WP001  ")));
    let json: serde_json::Value =
        serde_json::from_slice(&run(&["list", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json["format"], 1);
    assert_eq!(json["results"]["findings"][0]["name"], "WP001");
    let as_csv = text(&run(&["list", "findings", "--format", "csv"]).stdout);
    assert_eq!(as_csv.lines().next(), Some("list,name,about"));
    let names = as_text.lines().filter(|l| l.starts_with("WP"));
    assert_eq!(as_csv.lines().count(), 1 + names.count());
}

#[test]
fn every_command_that_analyses_a_design_can_be_quiet() {
    for args in [
        &["check", "group2-dial", "-q"][..],
        &["dial", "group2-dial", "L4 22 R3 67 L2 38 R", "--quiet"],
        &["contact", "group2-dial", "-q"],
    ] {
        let out = run(args);
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        assert!(!out.stdout.is_empty() && out.stderr.is_empty(), "{args:?}");
    }
    for command in [
        "check",
        "compare",
        "contact",
        "dial",
        "emergency",
        "export",
        "keyspace",
        "regress",
        "report",
        "resist",
        "sensitivity",
        "sweep",
        "tolerance",
    ] {
        let help = text(&run(&[command, "--help"]).stdout);
        assert!(help.contains("-q, --quiet"), "{command}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = wheelpack(&["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is built");
    drop(child.stdout.take());
    let mut said = String::new();
    let mut stderr = child.stderr.take().expect("piped");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert_eq!(said, "");
}

#[test]
fn where_nobody_reads_files_are_written_and_the_verdict_is_given_all_the_same() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("bad.json"), "{}").expect("written");
    let unread = |args: &[&str]| {
        let mut child = wheelpack(args)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program is built");
        drop((child.stdout.take(), child.stderr.take()));
        child.wait().expect("ends").code()
    };
    assert_eq!(unread(&["check", "bad.json"]), Some(1));
    let args = [
        "compare",
        "group2-dial",
        "group2-four-wheel",
        "--trials",
        "10",
        "--out",
        "told",
    ];
    assert_eq!(unread(&args), Some(0));
    assert!(folder.path().join("told/report.html").is_file());
}

#[test]
fn colours_are_for_terminals_and_obey_the_environment() {
    let coloured = |name: &str, value: &str| {
        let out = wheelpack(&["list", "no-such-list"])
            .env(name, value)
            .output();
        out.expect("the program is built").stderr.contains(&0x1b)
    };
    assert!(!coloured("NOTHING", "1"), "a pipe gets no colours");
    assert!(!coloured("NO_COLOR", "1"));
    assert!(coloured("CLICOLOR_FORCE", "1"));
}

#[test]
fn manual_pages_exist_for_the_program_and_every_command() {
    let whole = text(&run(&["man"]).stdout);
    assert!(
        whole.starts_with(".ie") || whole.contains(".TH wheelpack 1"),
        "{whole}"
    );
    let help = text(&run(&["--help"]).stdout);
    let commands: Vec<&str> = help
        .lines()
        .filter_map(|l| l.strip_prefix("  "))
        .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()) && !l.starts_with("wheelpack"))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(commands.len() > 12, "{commands:?}");
    for command in commands {
        assert!(whole.contains(command), "{command}");
        let page = text(&run(&["man", command]).stdout);
        assert!(
            page.contains(&format!("wheelpack\\-{command}")),
            "{command}: {page}"
        );
    }
    let out = run(&["man", "reprot"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("did you mean `report`?"));
}
