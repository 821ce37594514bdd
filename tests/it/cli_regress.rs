//! `wheelpack regress` as a CI calls it: nothing moved, something worse, something better, a damaged
//! baseline, new baselines.

use crate::support::{shipped_json, with};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use wheelpack::design::source::sha256_hex;

fn wheelpack(at: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(args)
        .current_dir(at)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A folder with a design in `designs/lock.json` and its baseline in `baselines/`.
fn blessed() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("designs")).expect("a folder");
    save(&folder, &lock());
    let out = regress(&folder, &["--bless", "--trials", "100"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    folder
}

fn lock() -> Value {
    shipped_json("dial-spare-shared-wheels")
}

fn save(folder: &TempDir, design: &Value) {
    fs::write(folder.path().join("designs/lock.json"), design.to_string()).expect("written");
}

fn regress(folder: &TempDir, args: &[&str]) -> Output {
    let fixed = [
        "regress",
        "designs/lock.json",
        "--baseline",
        "baselines",
        "-q",
    ];
    wheelpack(folder.path(), &[&fixed[..], args].concat())
}

/// The lock with the fence's clearance and the radii made worse for the owner's defence: the wheels
/// differ more, so that each can be read.
fn loose() -> Value {
    with(
        lock(),
        &[("/mechanism/wheel/rim_radius_mm/plus_minus", json!(1.8))],
    )
}

#[test]
fn a_design_that_did_not_change_passes_to_the_last_digit() {
    let folder = blessed();
    let out = regress(&folder, &["--strict"]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("no number moved"), "{said}");
    assert!(said.lines().all(|l| l.chars().count() <= 80), "{said}");
}

#[test]
fn a_wider_tolerance_is_a_regression_that_names_its_metrics() {
    let folder = blessed();
    save(&folder, &loose());
    let out = regress(&folder, &[]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(
        said.contains("resist/graphing expert/p_open/2 h/p"),
        "{said}"
    );
    assert!(said.contains("worse"), "{said}");

    let out = regress(&folder, &["--format", "json"]);
    let result: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let worse = result["results"][0]["metrics"].as_array().expect("metrics");
    let first = &worse[0];
    assert_eq!(
        (&first["verdict"], &result["results"][0]["passes"]),
        (&json!("worse"), &json!(false))
    );
    assert!(
        first["from"].is_object() || first["from"].is_number(),
        "{first}"
    );

    let notes = text(&regress(&folder, &["--format", "github"]).stdout);
    assert!(
        notes.starts_with("::error file=designs/lock.json,title="),
        "{notes}"
    );
    let xml = text(&regress(&folder, &["--format", "junit"]).stdout);
    assert!(xml.contains("<failure type=\"worse\""), "{xml}");
    let csv = text(&regress(&folder, &["--format", "csv"]).stdout);
    assert!(csv.starts_with("design,metric,verdict,from,"), "{csv}");
}

#[test]
fn a_looser_gate_is_seen_although_it_widens_the_band_of_locks() {
    let folder = blessed();
    let wide = ("/mechanism/wheel/gate/width_mm/plus_minus", json!(0.5));
    save(&folder, &with(lock(), &[wide]));
    let out = regress(&folder, &["--format", "csv"]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{said}");
    let worse = |metric: &str| said.contains(&format!("{metric},worse,"));
    assert!(
        worse("tolerance/worst_case/largest_error_marks/low"),
        "{said}"
    );
    assert!(worse("tolerance/rss/gate_clearance_mm/low"), "{said}");
}

#[test]
fn a_narrower_tolerance_is_better_and_passes_and_bless_shows_what_moved() {
    // Without its emergency section: a lock that resists a professional longer costs more to open
    // in an emergency, which is worse.
    let without_emergency = |mut design: Value| {
        design
            .as_object_mut()
            .expect("a design")
            .remove("emergency");
        design
    };
    let folder = blessed();
    save(&folder, &without_emergency(loose()));
    let blessed = regress(&folder, &["--bless", "--trials", "100"]);
    let said = text(&blessed.stdout);
    assert_eq!(blessed.status.code(), Some(0), "{said}");
    assert!(said.contains("worse") && said.contains("gone"), "{said}");
    save(&folder, &without_emergency(lock()));
    let out = regress(&folder, &[]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("better"), "{said}");
}

#[test]
fn a_code_less_is_told_to_the_digit() {
    let folder = blessed();
    let mut design = lock();
    let rules = design["codes"]["rules"].as_array_mut().expect("rules");
    rules.push(json!({"rule": "not_in_list", "codes": [[10, 70, 40]]}));
    save(&folder, &design);
    let out = regress(&folder, &[]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{said}{}", text(&out.stderr));
    assert!(said.contains("keyspace/allowed"), "{said}");
}

#[test]
fn a_baseline_that_is_missing_or_damaged_is_a_finding_and_exit_2() {
    let folder = blessed();
    let path = folder
        .path()
        .join("baselines/dial-spare-shared-wheels/summary.json");
    let whole = fs::read_to_string(&path).expect("a baseline");
    let refused = |code: &str| {
        let out = regress(&folder, &[]);
        let said = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{said}");
        assert!(said.contains(code), "{said}");
        assert_eq!(text(&out.stdout), "");
    };
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    refused("WP902");
    fs::write(
        &path,
        whole.replace("\"name\": \"dial-spare-shared-wheels\"", "\"name\": \"x\""),
    )
    .expect("written");
    refused("WP904");
    fs::write(&path, whole.replace("\"ghosts\": 6", "\"ghosts\": \"six\"")).expect("written");
    refused("WP905");
    fs::remove_file(&path).expect("removed");
    refused("WP901");
    let out = regress(&folder, &["--bless", "--trials", "100"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(fs::read_to_string(&path).expect("a baseline"), whole);
}

#[test]
fn blessing_into_the_folder_of_a_report_leaves_its_list_of_files_right() {
    let folder = blessed();
    let at = |name: &str| folder.path().join("baselines").join(name);
    let summary = "dial-spare-shared-wheels/summary.json";
    let sum = |name: &str| {
        let bytes = fs::read(at(name)).expect("a file");
        format!("{}  {name}\n", sha256_hex(&bytes))
    };
    fs::write(at("SHA256SUMS"), sum(summary)).expect("written");
    let was = sum(summary);
    save(&folder, &with(lock(), &[("/source", json!("another"))]));
    let out = regress(&folder, &["--bless", "--trials", "100"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let is = fs::read_to_string(at("SHA256SUMS")).expect("a list");
    assert_eq!(is, sum(summary));
    assert_ne!(is, was);
}

#[test]
fn strict_takes_another_wording_for_no_change_and_another_number_for_one() {
    let folder = blessed();
    let at = "/emergency/upkeep_cny_per_year";
    let (source, value) = (format!("{at}/source"), format!("{at}/value"));
    save(&folder, &with(lock(), &[(&source, json!("said anew"))]));
    let out = regress(&folder, &["--strict"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stdout));
    let was = lock().pointer(&value).and_then(Value::as_f64);
    let more = json!(was.expect("a cost") * (1.0 + 1e-12));
    save(&folder, &with(lock(), &[(&value, more)]));
    let out = regress(&folder, &["--strict"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stdout));
}

#[test]
fn a_ci_is_told_why_nothing_was_compared() {
    let folder = blessed();
    fs::remove_dir_all(folder.path().join("baselines")).expect("removed");
    for (form, parts) in [
        ("junit", ["<error type=\"WP901\"", "errors=\"1\""]),
        ("github", ["::error file=baselines/", "WP901"]),
    ] {
        let out = regress(&folder, &["--format", form]);
        let said = text(&out.stdout);
        assert_eq!(out.status.code(), Some(2), "{said}");
        assert!(parts.iter().all(|p| said.contains(p)), "{said}");
    }
}

#[test]
fn another_scenario_or_with_strict_another_seed_cannot_be_compared() {
    let folder = blessed();
    for args in [
        &["--scenario", "home_door"][..],
        &["--strict", "--seed", "2"],
    ] {
        let out = regress(&folder, args);
        assert_eq!(out.status.code(), Some(2));
        assert!(text(&out.stderr).contains("WP906"), "{}", text(&out.stderr));
    }
}

#[test]
fn another_seed_than_the_baselines_is_remarked_upon() {
    let folder = blessed();
    let call = ["regress", "designs/lock.json", "--baseline", "baselines"];
    for (seed, is_told) in [("1", false), ("2", true)] {
        let out = wheelpack(folder.path(), &[&call[..], &["--seed", seed]].concat());
        let said = text(&out.stderr);
        assert_eq!(
            said.contains("--seed 1 meets the same luck"),
            is_told,
            "{said}"
        );
    }
}

#[test]
fn a_cost_that_rises_by_less_than_the_trials_leave_open_is_still_worse() {
    let folder = blessed();
    let at = "/emergency/upkeep_cny_per_year/value";
    let was = lock().pointer(at).and_then(Value::as_f64).expect("a cost");
    save(&folder, &with(lock(), &[(at, json!(was + 0.01))]));
    let out = regress(&folder, &["--format", "json"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    let said = text(&out.stdout);
    assert!(said.contains("emergency/annual_loss/nominal"), "{said}");
}

#[test]
fn what_follows_from_other_trials_of_the_same_design_is_no_regression() {
    let folder = blessed();
    for args in [&["--trials", "130"][..], &["--seed", "2"], &["--seed", "3"]] {
        let out = regress(&folder, &[args, &["--format", "json"]].concat());
        let json: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let moved: Vec<&Value> = json["results"][0]["metrics"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|m| {
                let metric = m["metric"].as_str().expect("a name");
                metric.starts_with("emergency/")
                    && m["verdict"] != "same"
                    && m["verdict"] != "within"
            })
            .collect();
        assert!(moved.is_empty(), "{args:?}: {moved:?}");
    }
}

/// The lines of the workflow in the README that call the tool.
fn workflow() -> (String, Vec<Vec<String>>) {
    let readme = include_str!("../../README.md");
    let section = readme
        .split("## Put your designs under CI")
        .nth(1)
        .expect("the section");
    let yaml = section.split("```yaml").nth(1).expect("a workflow");
    let yaml = yaml.split("```").next().unwrap_or_default().to_owned();
    let calls = yaml
        .lines()
        .filter_map(|l| l.split("run: ").nth(1))
        .filter(|l| l.starts_with("wheelpack "))
        .map(|l| l.split_whitespace().skip(1).map(str::to_owned).collect())
        .collect();
    (yaml, calls)
}

#[test]
fn the_workflow_of_the_readme_runs_on_a_folder_like_the_one_it_describes() {
    let (yaml, calls) = workflow();
    assert!(calls.len() >= 2, "{yaml}");
    assert!(yaml.contains("cargo install --locked --path "), "{yaml}");
    let folder = blessed();
    for call in &calls {
        // What the shell does with `designs/*.json`.
        let args: Vec<&str> = call
            .iter()
            .map(|a| a.as_str().replace("*.json", "lock.json"))
            .map(|a| &*a.leak())
            .collect();
        let out = wheelpack(folder.path(), &args);
        assert_eq!(
            out.status.code(),
            Some(0),
            "{call:?}: {}",
            text(&out.stderr)
        );
    }
    assert!(
        calls
            .iter()
            .any(|c| c[0] == "regress" && c.contains(&"github".to_owned()))
    );
}
