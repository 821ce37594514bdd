//! `wheelpack keyspace` as a user calls it: the published cases through the binary, wrong input.

#![allow(
    clippy::unwrap_used,
    reason = "output that cannot be read is a failed test"
)]

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

mod flags;

fn keyspace(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .arg("keyspace")
        .args(args)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// The only result of a run that must succeed.
fn counted(args: &[&str]) -> Value {
    let out = keyspace(&[args, &["--format", "json"]].concat());
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let mut document: Value = serde_json::from_slice(&out.stdout).expect("the output is JSON");
    assert_eq!(document["command"], "keyspace");
    document["results"][0].take()
}

/// What a run that must fail says, and its exit code.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let out = keyspace(args);
    assert_eq!(text(&out.stdout), "", "{args:?}");
    (out.status.code(), text(&out.stderr))
}

const SG_6730: &str = r#"[{"rule":"min_gap","marks":10,"strict":true,"circular":true},
    {"rule":"last_not_in","from":95,"to":20},{"rule":"not_monotone"}]"#;

#[test]
fn val_cases_of_counts_come_out_of_the_command_exactly() {
    let good = r#"[{"rule":"min_gap","marks":10,"strict":true,"circular":true},
        {"rule":"usable_fraction_last","fraction":0.75},{"rule":"not_monotone"}]"#;
    let master = r#"[{"rule":"wheel_not_in","wheel":3,"from":20,"to":18},
        {"rule":"residue","wheel":1,"of_wheel":3,"plus":0,"modulus":4},
        {"rule":"residue","wheel":2,"of_wheel":3,"plus":2,"modulus":4}]"#;
    let different = r#"[{"rule":"min_gap","marks":1,"circular":false,"pairs":"all"},
        {"rule":"not_monotone"}]"#;
    let blaze = |share: &str| format!(r#"[{{"rule":"usable_fraction_last","fraction":{share}}}]"#);
    let cases: [(&str, &str, &str, &str, &str, u64); 10] = [
        (
            "K1",
            "100",
            "0.75",
            &blaze("0.94"),
            "effective_allowed",
            282_807,
        ),
        (
            "K2",
            "100",
            "0.75",
            &blaze("0.8"),
            "effective_allowed",
            242_406,
        ),
        ("K3", "100", "0.75", good, "effective_allowed", 111_139),
        ("K4", "100", "0.5", SG_6730, "allowed", 361_800),
        (
            "K5",
            "100",
            "0.5",
            r#"[{"rule":"last_not_in","from":0,"to":20}]"#,
            "allowed",
            790_000,
        ),
        ("K6", "50", "0.5", "[]", "dialable", 125_000),
        (
            "K8",
            "100",
            "0.5",
            r#"[{"rule":"min_gap","marks":1}]"#,
            "allowed",
            980_100,
        ),
        ("K9", "6", "0.5", different, "allowed", 80),
        ("K10", "40", "0.5", master, "allowed", 100),
        (
            "K15",
            "100",
            "0.75",
            &blaze("0.8"),
            "effective_allowed",
            242_406,
        ),
    ];
    for (case, marks, window, rules, field, expected) in cases {
        let args = [
            "--marks", marks, "--wheels", "3", "--window", window, "--rules", rules,
        ];
        assert_eq!(counted(&args)[field], expected, "{case}");
    }
    let feynman = counted(&[
        "--wheels",
        "3",
        "--window",
        "2",
        "--convention",
        "whole_marks",
    ]);
    assert_eq!(feynman["effective"], 8_000, "K7");
}

#[test]
fn rules_on_the_command_line_are_read_as_those_of_a_design() {
    let plain = r#"[{"rule":"min_gap","marks":10},{"rule":"residue","wheel":1,"of_wheel":3,"plus":0,"modulus":4}]"#;
    let floats = r#"[{"rule":"min_gap","marks":1e1}, // ten marks
        {"rule":"residue","wheel":1.0,"of_wheel":3.0,"plus":0.0,"modulus":4.0},]"#;
    let of = |rules: &str| counted(&["--window", "0.5", "--rules", rules]);
    assert_eq!(of(floats), of(plain));
    let (code, said) = refused(&["--window", "1", "--rules", "[\n1 2]"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("not a JSON array of rules: not JSON"),
        "{said}"
    );
    assert!(said.contains("line 2, column"), "{said}");
    let twice = r#"[{"rule":"min_gap","marks":10,"marks":5}]"#;
    let (code, said) = refused(&["--window", "1", "--rules", twice]);
    assert!(
        code == Some(1) && said.contains("]: --rules/0/marks: "),
        "{said}"
    );
}

#[test]
fn a_message_about_a_rule_names_its_place_in_the_design() {
    let mut design = crate::support::shipped_json("group2-dial");
    design["codes"]["rules"] = json!([{"rule": "not_in_list", "codes": [design["codes"]["main"]]}]);
    let reading = wheelpack::design::read(&crate::support::source(&design));
    let found = reading.findings.iter().map(|f| &f.finding);
    let broken: Vec<_> = found.filter(|f| f.code == "WP405").collect();
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert!(broken[0].message.contains("(/codes/rules/0)"), "{broken:?}");
    let main = design["codes"]["main"].clone();
    design["codes"]["rules"] = json!([]);
    design["codes"]["spares"] = json!([{"code": main, "realisation": "extra_gates"}]);
    let reading = wheelpack::design::read(&crate::support::source(&design));
    let found = reading.findings.iter().map(|f| &f.finding);
    let twin: Vec<_> = found.filter(|f| f.code == "WP406").collect();
    assert!(
        twin[0].message.ends_with("already at /codes/main"),
        "{twin:?}"
    );
}

#[test]
fn val_sg_6730_codes_that_the_manual_rejects_are_findings_with_the_broken_rule() {
    let rules = SG_6730.replace(']', r#",{"rule":"not_all_multiples_of","k":5}]"#);
    for (code, is_allowed) in [
        ("50-15-30", false),
        ("22-41-68", false),
        ("41-39-66", false),
        ("52-15-37", true),
        ("22-68-41", true),
        ("41-30-66", true),
    ] {
        let out = keyspace(&["--window", "0.5", "--rules", &rules, "--main", code]);
        assert_eq!(
            out.status.code(),
            Some(i32::from(!is_allowed)),
            "K11 {code}"
        );
        assert_eq!(
            text(&out.stderr).contains("WP405"),
            !is_allowed,
            "K11 {code}"
        );
    }
}

#[test]
fn val_by_hand_extra_gates_open_every_mixture() {
    let openings = |codes: &[&str]| {
        let spares = codes[1..].iter().flat_map(|code| ["--spare", code]);
        let args: Vec<&str> = ["--window", "0.5", "--main", codes[0]]
            .into_iter()
            .chain(spares)
            .collect();
        let found = counted(&args);
        (
            found["openings"].clone(),
            found["ghosts"].clone(),
            found["independent"].clone(),
        )
    };
    let expected = |n: u64, ghosts: u64, independent| (json!(n), json!(ghosts), json!(independent));
    assert_eq!(openings(&["22-67-38", "41-30-66"]), expected(8, 6, false));
    assert_eq!(
        openings(&["22-67-38-10", "41-30-66-50"]),
        expected(16, 14, false)
    );
    assert_eq!(
        openings(&["22-67-38", "41-30-66", "60-10-85"]),
        expected(27, 24, false)
    );
    assert_eq!(openings(&["22-67-38", "22-30-66"]), expected(4, 2, false));
    assert_eq!(openings(&["22-67-38", "22-67-66"]), expected(2, 0, true));
}

#[test]
fn val_standards_have_a_verdict_for_each_threshold() {
    let rules = r#"[{"rule":"usable_fraction_last","fraction":0.8}]"#;
    let found = counted(&["--wheels", "3", "--window", "0.75", "--rules", rules]);
    let classes = found["standards"].as_array().unwrap();
    let class_a: Vec<&Value> = classes
        .iter()
        .filter(|c| {
            c["standard"] == "EN 1300" && c["class"] == "A" && c["quantity"] == "effective_allowed"
        })
        .collect();
    assert_eq!(class_a.len(), 2, "both published values");
    assert!(class_a.iter().all(|c| c["passes"] == true), "{class_a:?}");
}

#[test]
fn the_fields_are_those_of_the_interface() {
    let found = counted(&[
        "--window",
        "0.75,1,1.25",
        "--main",
        "22-67-38",
        "--spare",
        "41-30-66",
    ]);
    for field in [
        "convention",
        "window_half_marks",
        "positions",
        "dialable",
        "allowed",
        "effective",
        "effective_allowed",
        "cover_tries",
        "openings",
        "intended_openings",
        "ghosts",
        "independent",
        "entropy_bits",
        "guess",
    ] {
        assert!(!found[field].is_null(), "{field}");
    }
    assert_eq!(found["positions"], json!([67, 50, 40]));
    assert_eq!(
        found["window_half_marks"][2],
        json!({"value": 1.25, "from": "flag"})
    );
}

#[test]
fn a_proposed_spare_keeps_its_margin_and_obeys_the_rules() {
    let args = ["--window", "0.5", "--rules", SG_6730, "--main", "52-15-37"];
    let found = counted(&[&args[..], &["--propose-spare", "12"]].concat());
    let spare = &found["proposed_spare"];
    assert!(spare["distance_marks"].as_u64().unwrap() >= 12, "{spare}");
    let code = spare["code"]
        .to_string()
        .replace(['"', '[', ']'], "")
        .replace(',', "-");
    let again = counted(&[&args[..], &["--spare", &code]].concat());
    assert_eq!(again["ghosts"], spare["ghosts"]);
    let none = counted(&[&args[..], &["--propose-spare", "51"]].concat());
    assert!(none["proposed_spare"].is_null() && none.get("proposed_spare").is_some());
}

#[test]
fn val_by_hand_push_buttons_have_a_key_space_and_no_manipulation() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("buttons.json");
    let design = |min: u32, max: u32, is_empty_allowed: bool| {
        let design = json!({
            "format": 1, "name": "buttons", "source": "five buttons in ordered groups",
            "mechanism": {
                "family": "push_button", "buttons": 5, "pressed": {"min": min, "max": max},
                "ordered": true, "allow_empty": is_empty_allowed
            }
        });
        std::fs::write(&file, design.to_string()).unwrap();
        file.to_str().unwrap()
    };
    assert_eq!(counted(&[design(1, 5, true)])["allowed"], 1_082, "K14");
    assert_eq!(counted(&[design(3, 3, false)])["allowed"], 130, "K14");
    let out = keyspace(&[design(1, 5, true)]);
    assert!(text(&out.stdout).contains("1082"));
    let (code, said) = refused(&[design(3, 6, false)]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("WP201") && said.contains("/mechanism/pressed/max"),
        "{said}"
    );
    for (flags, part) in [
        (
            &["--window", "1"][..],
            "--window is of wheels, and `buttons` has",
        ),
        (
            &["--convention", "continuous", "--propose-spare", "4"],
            "--convention and --propose-spare are of wheels",
        ),
    ] {
        for others in [&[][..], &["group2-dial"]] {
            let (code, said) = refused(&[others, &[design(1, 5, true)], flags].concat());
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(part), "{said}");
        }
    }
    let resist = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["resist", design(1, 5, true), "--trials", "10"])
        .output()
        .unwrap();
    let said = text(&resist.stderr);
    assert!(said.contains("no fence on wheels to read"), "{said}");
}
