//! Exported Open-PSA files re-run in SCRAM, an independent program: the same sequence
//! probabilities. Skips with a printed word where `scram` is not installed.

use std::process::Command;
use wheelpack::emergency::mef::{open_psa, sequence_names};
use wheelpack::emergency::scenario::{shipped_scenario, shipped_scenario_names};
use wheelpack::emergency::shipped::{shipped_section, shipped_section_names};
use wheelpack::emergency::{Cause, Model, Prepared, SolverLinks};

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

fn designs() -> impl Iterator<Item = Prepared> {
    shipped_scenario_names().into_iter().flat_map(|scenario| {
        let scenario = shipped_scenario(scenario).unwrap();
        shipped_section_names().map(|name| {
            let section = shipped_section(name).unwrap();
            let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
            Prepared::new(model).unwrap()
        })
    })
}

#[test]
fn val_scram_sequence_probabilities() {
    if Command::new("scram").arg("--version").output().is_err() {
        println!("SKIPPED: scram is not installed (Debian package `scram`)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for design in designs() {
        for (c, cause) in design.model.causes.iter().enumerate() {
            let input = folder.path().join("plan.xml");
            let output = folder.path().join("report.xml");
            std::fs::write(&input, open_psa(&design, cause.cause).unwrap()).unwrap();
            let run = Command::new("scram")
                .args(["--bdd", "--probability", "1", "-o"])
                .args([&output, &input])
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&run.stderr);
            assert!(run.status.success(), "{}: {said}", cause.cause);
            let report = std::fs::read_to_string(&output).unwrap();
            let theirs = scram_sequences(&report);
            let values = design.nominal();
            let given = design.model.given(&values);
            let ours = design
                .follow(c, &given, &design.model.chances(&given))
                .sequences;
            // Seized branches stand between the forced attempt and what follows it, in both.
            assert_eq!(theirs.len(), ours.len(), "{}", cause.cause);
            for (name, sequence) in sequence_names(ours.len()).iter().zip(&ours) {
                let (_, p) = theirs.iter().find(|(n, _)| n == name).unwrap();
                let scale = sequence.p.abs().max(1e-300);
                assert!(
                    (p - sequence.p).abs() <= 6e-6 * scale,
                    "{} in {}, {} {name}: SCRAM {p}, here {}",
                    design.model.design.name,
                    design.model.scenario.name,
                    cause.cause,
                    sequence.p
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn a_plan_of_a_cause_that_does_not_happen_is_not_exported() {
    let mechanical = designs()
        .find(|d| d.model.design.name.starts_with("mechanical"))
        .unwrap();
    assert_eq!(open_psa(&mechanical, Cause::Battery), None);
}
