//! Exported Open-PSA files re-run in SCRAM, an independent program: the same sequence
//! probabilities. Skips with a printed word where `scram` is not installed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise"
)]

use std::process::Command;
use wheelpack::emergency::mef::{open_psa, sequence_name};
use wheelpack::emergency::scenario::{shipped_scenario, shipped_scenario_names};
use wheelpack::emergency::shipped::{shipped_section, shipped_section_names};
use wheelpack::emergency::{Model, Prepared, SolverLinks};

/// Probabilities of the sequences in a SCRAM report, by name.
fn scram_sequences(report: &str) -> Vec<(String, f64)> {
    let attribute = |tag: &str, name: &str| {
        let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
        let end = start + tag[start..].find('"')?;
        Some(tag[start..end].to_owned())
    };
    report
        .split('<')
        .filter(|tag| tag.starts_with("sequence "))
        .map(|tag| {
            let name = attribute(tag, "name").unwrap();
            (name, attribute(tag, "value").unwrap().parse().unwrap())
        })
        .collect()
}

fn designs(scenario: &str) -> impl Iterator<Item = Prepared> {
    let scenario = shipped_scenario(scenario).unwrap();
    shipped_section_names().into_iter().map(move |name| {
        let section = shipped_section(name).unwrap();
        let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
        Prepared::new(model).unwrap()
    })
}

/// Runs SCRAM on one document and reads its sequences.
fn run_scram(document: &str) -> Vec<(String, f64)> {
    let folder = tempfile::tempdir().unwrap();
    let [input, output] = ["plan.xml", "report.xml"].map(|name| folder.path().join(name));
    std::fs::write(&input, document).unwrap();
    let run = Command::new("scram")
        .args(["--bdd", "--probability", "1", "-o"])
        .args([&output, &input])
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    scram_sequences(&std::fs::read_to_string(&output).unwrap())
}

/// Every plan of every shipped design in one scenario, to the six digits that SCRAM prints.
fn scram_agrees(scenario: &str) {
    if Command::new("scram").arg("--version").output().is_err() {
        println!("SKIPPED: scram is not installed (Debian package `scram`)");
        return;
    }
    let mut compared = 0;
    for design in designs(scenario) {
        let values = design.nominal();
        let given = design.model.given(&values);
        let p = design.model.chances(&given);
        let theirs = run_scram(&open_psa(&design));
        let mut all = 0;
        for (c, cause) in design.model.causes.iter().enumerate() {
            let ours = design.follow(c, &given, &p).sequences;
            all += ours.len();
            for (i, sequence) in ours.iter().enumerate() {
                let name = sequence_name(cause.cause, i);
                let (_, p) = theirs.iter().find(|(n, _)| *n == name).unwrap();
                assert!(
                    (p - sequence.p).abs() <= 6e-6 * sequence.p,
                    "{} in {scenario}, {name}: SCRAM {p}, here {}",
                    design.model.design.name,
                    sequence.p
                );
                compared += usize::from(sequence.p > 0.0);
            }
        }
        assert_eq!(
            theirs.len(),
            all,
            "SCRAM has the same sequences and no others"
        );
    }
    assert!(compared > 60, "{compared} sequences in {scenario}");
}

#[test]
fn val_scram_sequence_probabilities() {
    shipped_scenario_names()
        .iter()
        .for_each(|s| scram_agrees(s));
}
