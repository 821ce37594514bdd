//! `wheelpack emergency` as a user calls it: every view and format, scenario files, wrong input.

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use wheelpack::emergency::Cause;
use wheelpack::emergency::scenario::shipped_scenario_json;

const DESIGNS: [&str; 2] = ["smart-outdoor-lock", "dial-spare-shared-wheels"];

fn emergency(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .arg("emergency")
        .args(args)
        .args(["--trials", "20", "-q"])
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// What a run over both designs that must succeed prints.
fn printed(args: &[&str]) -> String {
    let out = emergency(&[&DESIGNS[..], &["--samples", "60"], args].concat());
    assert_eq!(
        out.status.code(),
        Some(0),
        "{args:?}: {}",
        text(&out.stderr)
    );
    assert_eq!(text(&out.stderr), "", "{args:?}");
    text(&out.stdout)
}

/// Exit code and words of a run that must fail.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let out = emergency(args);
    assert_eq!(text(&out.stdout), "", "{args:?}");
    (out.status.code(), text(&out.stderr))
}

fn cabinet() -> Value {
    serde_json::from_str(shipped_scenario_json("outdoor_cabinet").expect("shipped")).expect("JSON")
}

#[test]
fn every_view_is_printed_as_text_within_the_width_and_as_csv() {
    let views = [
        (
            "rank",
            "Which lock?",
            "design,rank,annual_loss_cny,annual_loss_cny_low",
        ),
        (
            "plan",
            "Try in this order",
            "design,cause,attempt,solution,p_opens",
        ),
        (
            "matrix",
            "Why not more",
            "design,cause,solution,p_opens,reason",
        ),
        (
            "exposure",
            "tool in circulation",
            "design,route,per_year,per_year_low",
        ),
        (
            "sensitivity",
            "What to find out first",
            "number,worth_cny_per_year,design",
        ),
        (
            "claims",
            "not supported",
            "number,statement,verdict,value,unit,because",
        ),
    ];
    for (view, words, header) in views {
        let shown = printed(&["--view", view]);
        assert!(shown.contains(words), "{view}:\n{shown}");
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{view}: {line}");
        }
        let csv = printed(&["--view", view, "--format", "csv"]);
        assert!(csv.starts_with(header), "{view}:\n{csv}");
        let columns = csv.lines().next().expect("a header").split(',').count();
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<_> = rows.records().map(|r| r.expect("CSV")).collect();
        assert!(
            rows.len() >= 2 && rows.iter().all(|r| r.len() == columns),
            "{view}"
        );
    }
}

#[test]
fn the_plan_of_one_cause_holds_that_cause_only() {
    let csv = printed(&["--view", "plan", "--cause", "credential", "--format", "csv"]);
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert!(rows.iter().all(|row| row.contains(",credential,")), "{csv}");
    assert!(
        rows.iter().any(|row| row.contains("manipulation study")),
        "{csv}"
    );
}

#[test]
fn json_holds_one_result_a_design_and_says_where_every_quantity_is_from() {
    let json: Value = serde_json::from_str(&printed(&["--format", "json"])).expect("JSON");
    assert_eq!(
        (&json["format"], &json["command"]),
        (&json!(1), &json!("emergency"))
    );
    for (k, name) in DESIGNS.iter().enumerate() {
        assert_eq!(json["designs"][k]["name"], **name);
        let result = &json["results"][k];
        assert_eq!(result["design"], **name);
        for field in [
            "rates_per_year",
            "success",
            "plan",
            "exposure_per_year",
            "annual_loss",
            "rank",
            "p_best",
        ] {
            assert!(!result[field].is_null(), "{field}");
        }
        for cause in result["rates_per_year"]
            .as_object()
            .expect("rates")
            .values()
        {
            assert!(cause["from"].is_string());
        }
    }
    let dial = &json["results"][1];
    assert_eq!(
        dial["spares"],
        json!({"independent": false, "added_openings": 7.0, "from": "keyspace"})
    );
    let steps = dial["plan"]["credential"]["steps"]
        .as_array()
        .expect("steps");
    let called = steps.iter().find(|s| s["solution"] == "professional");
    assert_eq!(called.expect("he is in the plan")["from"], "attack_study");
    let smart = &json["results"][0];
    assert_eq!(smart["plan"]["credential"]["steps"][0]["from"], "file");
    let from: Vec<&Value> = dial["linked"]
        .as_array()
        .expect("links")
        .iter()
        .map(|l| &l["from"])
        .collect();
    assert_eq!(from, ["keyspace", "mechanism", "mechanism", "attack_study"]);
    assert_eq!(
        json["comparison"]["claims"]
            .as_array()
            .expect("claims")
            .len(),
        55
    );
    let remote = &json["comparison"]["claims"][23];
    assert_eq!(
        (&remote["verdict"], &remote["value"]),
        (&json!("fails"), &json!(0.0))
    );
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let of = |n| printed(&["--format", "json", "--threads", n]);
    assert_eq!(of("1"), of("2"));
}

#[test]
fn open_psa_is_the_whole_output_for_one_design_and_refused_for_two() {
    let out = emergency(&[
        "smart-outdoor-lock",
        "--view",
        "mef",
        "--scenario",
        "home_door",
    ]);
    let xml = text(&out.stdout);
    assert!(
        xml.starts_with("<?xml") && xml.ends_with("</opsa-mef>\n"),
        "{xml}"
    );
    let (code, said) = refused(&[&DESIGNS[..], &["--view", "mef"]].concat());
    assert!(
        code == Some(2) && said.contains("name one design"),
        "{said}"
    );
    let (code, _) = refused(&["smart-outdoor-lock", "--view", "mef", "--format", "csv"]);
    assert_eq!(code, Some(2));
}

#[test]
fn a_scenario_file_does_what_the_shipped_one_of_its_content_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.json");
    std::fs::write(&path, cabinet().to_string()).expect("written");
    let path = path.to_str().expect("UTF-8");
    let shipped = printed(&["--format", "json", "--scenario", "outdoor_cabinet"]);
    assert_eq!(printed(&["--format", "json", "--scenario", path]), shipped);
    assert_ne!(
        printed(&["--format", "json", "--scenario", "safe"]),
        shipped
    );
}

#[test]
fn names_that_are_not_known_get_their_near_miss() {
    let (code, said) = refused(&["smart-outdoor-lock", "--scenario", "outdoor_cabinets"]);
    assert!(
        code == Some(2) && said.contains("did you mean `outdoor_cabinet`?"),
        "{said}"
    );
    let plan = ["smart-outdoor-lock", "--view", "plan", "--cause"];
    let (code, said) = refused(&[&plan[..], &["batery"]].concat());
    assert!(
        code == Some(2) && said.contains("did you mean `battery`?"),
        "{said}"
    );
    for cause in Cause::ALL {
        let out = emergency(&[&plan[..], &[cause.name(), "--samples", "0"]].concat());
        assert_eq!(out.status.code(), Some(0), "{cause}");
    }
    let (code, said) = refused(&["group2-four-wheel"]);
    assert!(
        code == Some(2) && said.contains("no section `emergency`"),
        "{said}"
    );
}

#[test]
fn a_lock_without_wheels_says_what_does_not_apply() {
    for command in ["keyspace", "resist", "contact"] {
        let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
            .args([command, "smart-outdoor-lock"])
            .output()
            .expect("the program is built");
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{command}");
        assert!(
            said.matches("not applicable").count() == 1 && said.contains("smart_lock"),
            "{said}"
        );
    }
}
