//! The committed schema, the shipped designs and the example designs fit together.

use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use wheelpack::design::{SHIPPED, schema};
use wheelpack::mechanism::FAMILIES;

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).expect("a schema")
}

fn faults(validator: &jsonschema::Validator, design: &Value) -> Vec<String> {
    let said = |e: jsonschema::ValidationError<'_>| format!("{}: {e}", e.instance_path());
    validator.iter_errors(design).map(said).collect()
}

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs/schema.json");
    let wanted = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &wanted).expect("the schema can be written");
    }
    let committed = fs::read_to_string(&path).expect("designs/schema.json");
    assert!(
        committed == wanted,
        "designs/schema.json is not the schema of the types; `BLESS=1 cargo test` writes it anew"
    );
}

#[test]
fn every_shipped_design_validates_and_a_broken_one_does_not() {
    let validator = validator();
    for shipped in SHIPPED {
        let mut design: Value = serde_json::from_str(shipped.text).expect("JSON");
        assert_eq!(
            faults(&validator, &design),
            [] as [&str; 0],
            "{}",
            shipped.name
        );
        design["mechanism"]["wheels"] = "three".into();
        assert_ne!(
            faults(&validator, &design),
            [] as [&str; 0],
            "{}",
            shipped.name
        );
        design["mechanism"]["wheels"] = 3.into();
        design["mechanism"]["lever"]["fence"]["flatt_mm"] = 1.into();
        assert_ne!(
            faults(&validator, &design),
            [] as [&str; 0],
            "{}",
            shipped.name
        );
    }
}

#[test]
fn the_example_of_every_family_validates_and_passes_check() {
    let program = env!("CARGO_BIN_EXE_wheelpack");
    for family in FAMILIES {
        let made = Command::new(program).args(["new", family.name]).output();
        let made = made.expect("the program is built").stdout;
        let design: Value = serde_json::from_slice(&made).expect("JSON");
        assert_eq!(
            faults(&validator(), &design),
            [] as [&str; 0],
            "{}",
            family.name
        );
        let mut check = Command::new(program)
            .args(["check", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let mut stdin = check.stdin.take().expect("piped");
        stdin.write_all(&made).expect("it reads all");
        drop(stdin);
        let out = check.wait_with_output().expect("it ends");
        assert_eq!(out.status.code(), Some(0), "{}", family.name);
        assert_eq!(
            String::from_utf8_lossy(&out.stdout),
            "<stdin>: no findings\n"
        );
    }
}
