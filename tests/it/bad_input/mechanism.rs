//! Mechanisms that cannot be, and dial programs that are none, through the binary.

use super::{folder, run, said};
use crate::support::{shipped_json, source, with};
use serde_json::{Value, json};
use std::fs;

/// `check` on group2-dial with `value` at `at` names the code, the place and the cure.
fn found(at: &str, value: Value, code: &str, parts: &[&str]) {
    let here = folder();
    let mut json = shipped_json("group2-dial");
    let (parent, field) = at.rsplit_once('/').expect("a pointer");
    json.pointer_mut(parent).expect("an object")[field] = value;
    let text = serde_json::to_string_pretty(&json).expect("JSON");
    fs::write(here.path().join("bad.json"), text).expect("written");
    for command in [&["check", "bad.json"][..], &["tolerance", "bad.json"]] {
        let out = run(here.path(), command);
        assert_eq!(out.status.code(), Some(1), "{at} {command:?}");
        let text = said(&out.stdout) + &said(&out.stderr);
        for part in [code, "bad.json:"].iter().chain(parts) {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}

#[test]
fn a_lever_that_cannot_reach_the_cam_is_found() {
    let parts = [
        "above the cam",
        "there are no contact points",
        "lower the nose",
    ];
    found(
        "/mechanism/lever/nose/centre_mm",
        json!([30, -6]),
        "WP205",
        &parts,
    );
}

#[test]
fn a_tolerance_larger_than_the_part_is_found() {
    found(
        "/mechanism/wheel/rim_radius_mm",
        json!({"nominal": 24.13, "plus_minus": 60}),
        "WP202",
        &["its tolerance reaches down to", "smaller deviation"],
    );
}

#[test]
fn several_faults_of_one_tolerance_are_all_told_each_at_its_place() {
    let at = "/mechanism/wheel/rim_radius_mm";
    let told = |radius: Value| -> Vec<(String, String)> {
        let mut json = shipped_json("group2-dial");
        *json.pointer_mut(at).expect("a radius") = radius;
        let reading = wheelpack::design::read(&source(&json));
        assert!(reading.design.is_none());
        let found = reading.findings.into_iter().map(|f| f.finding);
        let found = found.filter(|f| f.severity == wheelpack::Severity::Error);
        found.map(|f| (f.at, f.message)).collect()
    };
    let all = told(json!({"nominal": 24.13, "plus": -0.1, "minus": -0.1, "cp": 0, "law": "norml"}));
    let places: Vec<&str> = all.iter().map(|f| f.0.as_str()).collect();
    let at_each = ["plus", "minus", "cp", "law"].map(|field| format!("{at}/{field}"));
    assert_eq!(places, at_each, "{all:?}");
    assert!(
        all[0].1.contains("-0.1") && all[0].1.contains("as a number ≥ 0"),
        "{all:?}"
    );
    assert!(all[2].1.contains("above 0"), "{all:?}");
    for zero in [json!(0.0), json!(-0.0)] {
        let all = told(json!({"nominal": 24.13, "plus_minus": 0.1, "cp": zero}));
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].0, format!("{at}/cp"), "{all:?}");
    }
    let symmetric = told(json!({"nominal": 24.13, "plus_minus": -0.1, "cp": -1}));
    let places: Vec<&str> = symmetric.iter().map(|f| f.0.as_str()).collect();
    let at_each = ["plus_minus", "cp"].map(|field| format!("{at}/{field}"));
    assert_eq!(places, at_each, "{symmetric:?}");
}

#[test]
fn a_nose_wider_than_the_cam_gate_is_found() {
    let parts = [
        "the nose is 3 mm wide and the mouth of the cam gate 2 mm",
        "wider than 3 mm",
    ];
    found("/mechanism/cam/gate/mouth_mm", json!(2), "WP205", &parts);
}

#[test]
fn a_spring_past_its_solid_length_is_found() {
    let spring = json!({
        "torque_nmm": 60,
        "coil": {
            "kind": "compression", "wire_mm": 0.5, "coil_mm": 5.0, "turns": 10,
            "modulus_mpa": 80000, "arm_mm": 15, "free_length_mm": 8
        },
        "source": "test"
    });
    let parts = ["its turns touch at 6.00 mm", "free_length_mm"];
    found("/mechanism/spring", spring, "WP212", &parts);
}

#[test]
fn a_coil_is_not_held_against_a_wire_that_cannot_be() {
    let mut json = shipped_json("group2-dial");
    json["mechanism"]["spring"]["coil"] = json!({
        "kind": "torsion", "wire_mm": -1e308, "coil_mm": 8, "turns": 4.1, "modulus_mpa": 206_000
    });
    let told = wheelpack::design::read(&source(&json)).findings;
    let told: Vec<_> = told.iter().map(|f| &f.finding).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].at, "/mechanism/spring/coil/wire_mm");
    assert_eq!(told[0].message, "`wire_mm` is -1e308");
    json["mechanism"]["spring"]["coil"]["wire_mm"] = json!(0.8);
    json["mechanism"]["spring"]["coil"]["coil_mm"] = json!(1);
    let told = wheelpack::design::read(&source(&json)).findings;
    assert_eq!(told[0].finding.hint, "give a value from 1.6 to 32");
}

#[test]
fn a_fly_play_over_a_turn_is_found() {
    let parts = [
        "a play of 103 marks, more than the turn of 100",
        "a movable fly",
    ];
    found(
        "/mechanism/drive/pin_width_marks",
        json!(-3),
        "WP201",
        &parts,
    );
    found(
        "/mechanism/drive/pin_widths_marks",
        json!([4, -3, 4]),
        "WP201",
        &parts,
    );
    let parts = ["2 pin widths for 3 wheels"];
    found(
        "/mechanism/drive/pin_widths_marks",
        json!([4, 4]),
        "WP201",
        &parts,
    );
}

#[test]
fn impossible_drag_and_wear_are_found() {
    let drag = json!({ "p": 1.5, "travel_marks": 200 });
    let parts = ["from 0 to 1", "from 0 to 100"];
    found("/mechanism/drive/drag", drag, "WP201", &parts);
    let wear = json!({
        "corner_radius_mm": 0.1, "clearance_mm": 0.02, "relaxation_share": 0.05, "fence_corner_radius_mm": -1
    });
    found("/mechanism/wear", wear, "WP201", &["from 0 to 1"]);
}

#[test]
fn a_program_with_bad_syntax_is_refused_with_the_place_of_its_fault() {
    let here = folder();
    let sound = with(shipped_json("group2-dial"), &[]);
    fs::write(here.path().join("lock.json"), sound.to_string()).expect("written");
    for (program, caret) in [
        ("L4 22 X3 67", 6),
        ("L4 222 R3 67", 3),
        ("L4 22 67", 6),
        ("", 0),
    ] {
        let out = run(here.path(), &["dial", "lock.json", program]);
        assert_eq!(out.status.code(), Some(2), "{program}");
        assert_eq!(said(&out.stdout), "");
        let text = said(&out.stderr);
        let lines: Vec<&str> = text.lines().collect();
        let at = lines
            .iter()
            .position(|l| l.trim_start() == "^")
            .unwrap_or_else(|| panic!("{text}"));
        assert_eq!(lines[at].find('^'), Some(2 + caret), "{text}");
        assert_eq!(lines[at - 1].trim(), program, "{text}");
        assert!(
            lines[0].contains(&format!("character {}", caret + 1)),
            "{text}"
        );
    }
}

#[test]
fn a_dimension_with_two_kinds_of_tolerance_is_told_at_its_place() {
    found(
        "/mechanism/lever/fence/out_of_parallel",
        json!({"nominal": 0, "plus_minus": 0.01, "plus": 0.02}),
        "WP104",
        &[
            "at /mechanism/lever/fence/out_of_parallel",
            "either `plus_minus` or `plus` and `minus`",
        ],
    );
}

#[test]
fn faults_that_read_alike_are_all_told_and_hide_no_other() {
    let both = json!({"nominal": 24, "plus_minus": 0.01, "plus": 0.02});
    let mechanism = "/mechanism";
    let broken = with(
        shipped_json("group2-dial"),
        &[
            ("/mechanism/wheel/rim_radius_mm", both.clone()),
            ("/mechanism/wheel/gate/width_mm", both.clone()),
            ("/mechanism/lever/fence/out_of_parallel", both),
            ("/mechanism/cam/radius_mm", json!("wide")),
        ],
    );
    let reading = wheelpack::design::read(&crate::support::source(&broken));
    let told = reading.findings.iter().map(|f| &f.finding);
    let mut told: Vec<_> = told.map(|f| (f.code, f.at.as_str())).collect();
    told.sort_unstable();
    let at = |part: &str| format!("{mechanism}/{part}");
    let expected = [
        ("WP103", at("cam/radius_mm")),
        ("WP104", at("lever/fence/out_of_parallel")),
        ("WP104", at("wheel/gate/width_mm")),
        ("WP104", at("wheel/rim_radius_mm")),
    ];
    assert_eq!(
        told,
        expected.each_ref().map(|(code, at)| (*code, at.as_str()))
    );
}

#[test]
fn a_list_in_the_place_of_an_object_is_told_although_its_items_would_fit() {
    for (at, list) in [
        ("", json!([])),
        ("/owner", json!([0.2, "x"])),
        ("/study", json!([])),
        ("/mechanism/dial", json!([100, 148, "x"])),
        ("/mechanism/dial", json!([100])),
        ("/mechanism/lever/nose", json!([[30, -9.7], 1.5])),
    ] {
        let mut json = shipped_json("group2-dial");
        *json.pointer_mut(at).expect("a section") = list;
        let reading = wheelpack::design::read(&source(&json));
        assert!(reading.design.is_none(), "{at}");
        let told = reading.findings.into_iter().map(|f| f.finding);
        let told: Vec<_> = told.filter(|f| f.code.starts_with("WP1")).collect();
        assert_eq!(told.len(), 1, "{at}: {told:?}");
        assert_eq!((told[0].code, told[0].at.as_str()), ("WP103", at));
        assert!(told[0].message.contains("got a list, expected an object"));
    }
}

/// JSON pointers of the objects in `value`, the whole first.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(at.to_owned());
            for (name, field) in fields {
                objects(field, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{k}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_list_of_its_values_in_the_place_of_any_object_is_one_finding_there() {
    let wear = json!({
        "corner_radius_mm": 0.1, "clearance_mm": 0.02, "relaxation_share": 0.05, "fence_corner_radius_mm": 0.1
    });
    let mut full = shipped_json("group2-dial");
    full["mechanism"]["wear"] = wear;
    full["mechanism"]["drive"]["drag"] = json!({ "p": 0.01, "travel_marks": 2 });
    full["codes"]["chosen"] = json!({ "factory": 0.1 });
    let shipped = wheelpack::design::SHIPPED.iter();
    let mut designs: Vec<Value> = shipped.map(|d| shipped_json(d.name)).collect();
    designs.push(full);
    let mut faults = Vec::new();
    for design in designs {
        let mut all = Vec::new();
        objects(&design, "", &mut all);
        for at in all {
            let mut json = design.clone();
            let place = json.pointer_mut(&at).expect("it was found there");
            let values = place.as_object().expect("an object").values();
            *place = values.cloned().collect::<Vec<Value>>().into();
            let reading = wheelpack::design::read(&source(&json));
            let told = reading.findings.into_iter().map(|f| f.finding);
            // A solution that cannot be read has no name by which others may call it.
            let is_own = |f: &wheelpack::Finding| !at.starts_with("/emergency") || f.code < "WP2";
            let told: Vec<_> = told
                .filter(is_own)
                .map(|f| (f.code, f.at, f.message))
                .collect();
            let is_as_said = |(code, place, message): &(&str, String, String)| {
                (*code, place) == ("WP103", &at)
                    && message.contains("got a list, expected an object")
            };
            if reading.design.is_some() || told.len() != 1 || !is_as_said(&told[0]) {
                faults.push(format!("{}{at}: {told:?}", design["name"]));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
