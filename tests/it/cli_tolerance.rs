//! `wheelpack tolerance` and the figure of `wheelpack dial`, as a user calls them.

use serde_json::Value;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(args)
        .env("COLUMNS", "80")
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn json(args: &[&str]) -> Value {
    let out = run(args);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn the_result_has_the_fields_of_the_interface_and_each_estimate_its_interval() {
    let args = [
        "tolerance",
        "group2-dial",
        "--trials",
        "300",
        "--attack-trials",
        "10",
        "--format",
        "json",
    ];
    let document = json(&args);
    assert_eq!(document["command"], "tolerance");
    let result = &document["results"][0];
    for field in [
        "p_open_first_dialing",
        "p_open_one_mark_off",
        "largest_error_marks",
    ] {
        let e = &result[field];
        let at = |key: &str| {
            e[key]
                .as_f64()
                .unwrap_or_else(|| panic!("{field}/{key}: {e}"))
        };
        assert!(
            at("low") <= at("value") && at("value") <= at("high"),
            "{field}: {e}"
        );
    }
    assert_eq!(
        result["window_half_marks"].as_array().map(Vec::len),
        Some(3)
    );
    let functions = result["worst_case"].as_array().expect("a list");
    assert_eq!(functions.len(), 4);
    for part in ["rss", "monte_carlo", "contributions"] {
        assert_eq!(result[part].as_array().map(Vec::len), Some(4), "{part}");
    }
    let cycles: Vec<f64> = result["wear"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|w| w["cycles"].as_f64())
        .collect();
    assert!(
        [0.0, 1e4, 1e5].iter().all(|c| cycles.contains(c)),
        "{cycles:?}"
    );
    assert_eq!(
        result["spring"]["drop_in"].as_array().map(Vec::len),
        Some(4)
    );
    assert_eq!(document, json(&args), "the same seed gives the same result");
}

#[test]
fn the_text_fits_80_columns_and_says_where_rss_is_no_bound() {
    let out = text(&run(&["tolerance", "group2-four-wheel", "--trials", "300"]).stdout);
    for line in out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let said = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "gate clearance (mm), nominal 2.200: what each dimension contributes; linear within",
        "largest error (marks), nominal 0.706: what each dimension contributes; not linear within",
        "RSS is no bound here",
        "no: trust MC",
        "lever stays up",
        "Resistance has no such table",
        "100 000",
    ] {
        assert!(said.contains(part), "{part} in\n{out}");
    }
}

#[test]
fn a_linear_contribution_to_resistance_is_refused_with_the_reason_and_another_way() {
    for name in ["resistance", "t50", "T50_min", "contact_points"] {
        let out = run(&["tolerance", "group2-dial", "--of", name]);
        assert_eq!(out.status.code(), Some(2), "{name}");
        assert_eq!(text(&out.stdout), "");
        let said = text(&out.stderr);
        for part in [name, "tallest wheel", "a max", "wheelpack sensitivity"] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }
    let said = text(&run(&["tolerance", "group2-dial", "--of", "largest_eror_marks"]).stderr);
    assert!(
        said.contains("did you mean `largest_error_marks`?"),
        "{said}"
    );
    let one = json(&[
        "tolerance",
        "group2-dial",
        "--of",
        "gate_clearance_mm",
        "--trials",
        "50",
        "--format",
        "json",
    ]);
    assert_eq!(one["results"][0]["rss"].as_array().map(Vec::len), Some(1));
}

#[test]
fn every_view_has_a_csv_with_one_header() {
    for view in [
        "all",
        "owner",
        "fit",
        "contributions",
        "spring",
        "wear",
        "trade-off",
    ] {
        let args = [
            "tolerance",
            "group2-dial",
            "--view",
            view,
            "--trials",
            "200",
            "--attack-trials",
            "10",
            "--format",
            "csv",
        ];
        let out = text(&run(&args).stdout);
        let fields = |line: &str| {
            csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(line.as_bytes())
                .records()
                .next()
                .expect("a record")
                .expect("CSV")
                .len()
        };
        let mut lines = out.lines();
        let header = lines.next().expect("a header");
        assert!(header.starts_with("design,"), "{view}: {header}");
        let mut rows = 0;
        for line in lines {
            assert_eq!(fields(line), fields(header), "{view}: {line}");
            rows += 1;
        }
        assert!(rows > 0, "{view}");
    }
}

#[test]
fn a_lock_without_wheels_and_impossible_openings_are_refused() {
    let out = run(&["tolerance", "smart-outdoor-lock"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("no fence on wheels"));
    for cycles in ["5,3", "2000000000"] {
        let out = run(&["tolerance", "group2-dial", "--cycles", cycles]);
        assert_eq!(out.status.code(), Some(2), "{cycles}");
        assert!(text(&out.stderr).contains("rising order"));
    }
    let out = run(&[
        "tolerance",
        "group2-dial",
        "--trials",
        "50",
        "--cycles",
        "0,1000000000",
        "--view",
        "wear",
    ]);
    assert!(
        text(&out.stdout).contains("make no lock any more"),
        "{}",
        text(&out.stdout)
    );
}

#[test]
fn figures_tables_and_summary_are_written_into_a_folder() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| home.path().join(name);
    let folder = at("tolerance").display().to_string();
    let out = run(&[
        "tolerance",
        "group2-dial",
        "--trials",
        "50",
        "--out",
        &folder,
    ]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    for file in [
        "summary.json",
        "tables/tolerance_contributions.csv",
        "group2-dial/figures/opening_window.svg",
        "group2-dial/figures/owner_reliability.png",
        "group2-dial/figures/tolerance_tornado.svg",
        "group2-dial/figures/spring_travel.png",
        "group2-dial/figures/wear_curves.svg",
    ] {
        assert!(at("tolerance").join(file).is_file(), "{file}");
    }
    let folder = at("dial").display().to_string();
    let program = "L4 52 R3 15 L2 37 R";
    let out = run(&["dial", "group2-dial", program, "--out", &folder]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    for file in [
        "summary.json",
        "tables/dial_moves.csv",
        "figures/dial_trace.svg",
        "figures/dial_trace.png",
    ] {
        assert!(at("dial").join(file).is_file(), "{file}");
    }
    let svg = std::fs::read_to_string(at("dial").join("figures/dial_trace.svg")).expect("read");
    assert!(svg.contains("wheel 1 at 52.0") && svg.contains(program));
}

#[test]
fn dial_without_a_program_says_what_the_mechanism_asks() {
    let document = json(&["dial", "group2-dial", "--format", "json"]);
    let result = &document["results"][0];
    assert_eq!(result["turns_needed"], serde_json::json!([4, 3, 2]));
    assert_eq!(
        result["pick_up_travel_marks"],
        serde_json::json!([288.0, 192.0, 96.0])
    );
    assert_eq!(
        result["limits"]["way_limits_marks"],
        serde_json::json!([88.0, 92.0, 96.0])
    );
    assert_eq!(result["standard"]["opens"], true);
    assert_eq!(result["standard"]["program"], "L4 52 R3 15 L2 37 R");
    // Dialed the other way the numbers shift by the play of the couplings between.
    assert_eq!(
        result["reversed"]["numbers_marks"],
        serde_json::json!([64.0, 7.0, 41.0])
    );
    let out = text(&run(&["dial", "group2-dial"]).stdout);
    for part in [
        "nose trapped",
        "picked up",
        "the lever falls in",
        "the other way round",
    ] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
    assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
    let refused = run(&["dial", "group2-dial", "--trial", "0"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_range_that_cannot_move_anything_is_refused_with_the_reason() {
    let refused = |range: &str| {
        let out = run(&["sweep", "group2-dial", "--vary", range]);
        assert_eq!(out.status.code(), Some(2), "{range}");
        text(&out.stderr)
    };
    let spring = "/mechanism/spring/torque_nmm";
    assert!(refused(&format!("{spring}=80..40")).contains("not below its end, 40"));
    assert!(refused(&format!("{spring}=60..60:3")).contains("begins at 60"));
    assert!(refused(&format!("{spring}=40")).contains("a range of two numbers"));
    assert!(refused("/study/trials=10..30").contains("moves no result of reader `expert`"));
    let other = refused("/study/readers/0/turn_s=1..20");
    assert!(other.contains("own reader"), "{other}");
}

#[test]
fn a_family_without_wheels_is_told_before_that_inputs_are_missing() {
    let out = run(&["new", "push_button"]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("buttons.json");
    std::fs::write(&file, &out.stdout).expect("written");
    let out = run(&["sensitivity", file.to_str().expect("a path")]);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("no fence on wheels"), "{said}");
}
