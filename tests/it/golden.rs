//! The committed reports are those of this code and these designs.
//!
//! `cargo run --release -- report --out reports` makes them anew; the git diff is the review.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use wheelpack::design::{Design, SHIPPED, read};
use wheelpack::study::{Options, attack_named, reader_named, resist, study};

const CURE: &str = "run `cargo run --release -- report --out reports` and look at the diff";

fn committed(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("reports")
        .join(name)
        .join("summary.json");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}; {CURE}", path.display()));
    serde_json::from_str(&text).expect("summary.json is JSON")
}

fn shipped() -> Vec<Design> {
    SHIPPED
        .iter()
        .map(|s| {
            read(&s.open().expect("embedded"))
                .design
                .expect("the shipped designs are sound")
        })
        .collect()
}

/// Integers and words exactly, other numbers within 1e-9 of their size.
fn same(at: &str, old: &Value, new: &Value, differences: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (x, y) = (
                    a.get(key).unwrap_or(&Value::Null),
                    b.get(key).unwrap_or(&Value::Null),
                );
                same(&format!("{at}/{key}"), x, y, differences);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (k, (x, y)) in a.iter().zip(b).enumerate() {
                same(&format!("{at}/{k}"), x, y, differences);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() || b.is_f64() => {
            let (x, y) = (
                a.as_f64().unwrap_or(f64::NAN),
                b.as_f64().unwrap_or(f64::NAN),
            );
            if (x - y).abs() > 1e-9 * x.abs().max(1e-3) {
                differences.push(format!("{at}: {x} became {y}"));
            }
        }
        _ if old == new => {}
        _ => differences.push(format!("{at}: {old} became {new}")),
    }
}

fn assert_same(name: &str, old: &Value, new: &impl serde::Serialize) {
    let mut differences = Vec::new();
    // By way of the text, as the committed file came to be.
    let text = serde_json::to_string(new).expect("results are plain data");
    let new: Value = serde_json::from_str(&text).expect("results are JSON");
    same(name, old, &new, &mut differences);
    differences.truncate(20);
    assert!(differences.is_empty(), "{}\n{CURE}", differences.join("\n"));
}

#[test]
fn every_committed_report_is_of_the_design_as_it_is() {
    for design in shipped() {
        let summary = committed(&design.name);
        let at = |pointer: &str| summary.pointer(pointer).unwrap_or(&Value::Null).clone();
        assert_eq!(
            at("/designs/0/sha256"),
            Value::from(design.sha256.as_str()),
            "{}: {CURE}",
            design.name
        );
        let quick = Options {
            trials: Some(10),
            ..Options::with_seed(1)
        };
        let new = study(&design, &quick).expect("shipped designs can be studied");
        for (part, new) in [
            ("keyspace", serde_json::to_value(&new.keyspace)),
            ("window", serde_json::to_value(&new.window)),
        ] {
            let name = format!("{}/{part}", design.name);
            assert_same(
                &name,
                &at(&format!("/results/0/{part}")),
                &new.expect("plain data"),
            );
        }
        assert_same(&design.name, &at("/results/0/contact"), &new.contact);
    }
}

#[test]
fn the_committed_resistance_is_what_this_code_computes() {
    let designs = shipped();
    let design = &designs[0];
    let (attack, reader) = (
        attack_named("graphing").unwrap(),
        reader_named("expert").unwrap(),
    );
    let new = resist(design, attack, reader, &Options::with_seed(1))
        .expect("a dial lock can be manipulated");
    let summary = committed(&design.name);
    let reports = summary
        .pointer("/results/0/resist")
        .and_then(Value::as_array)
        .expect("resist results");
    let old = reports
        .iter()
        .find(|r| r["reader"] == "expert")
        .expect("the expert's result");
    assert_same("resist", old, &new);
}
