//! The same seed gives the same result, for any number of threads and of trials.

use crate::support::shipped;
use std::fs;
use std::path::Path;
use std::process::Command;
use wheelpack::attack::{ATTACKS, Known, Outcome, Setup, reader, run_trial};
use wheelpack::design::SHIPPED;
use wheelpack::rng::{Purpose, stream};

/// `report` into a new folder below `at`; its `summary.json` and manifest.
fn report(at: &Path, threads: u32) -> [Vec<u8>; 2] {
    let folder = at.join(format!("with-{threads}"));
    let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["report", "group2-dial", "--trials", "40", "--quiet"])
        .args(["--threads", &threads.to_string(), "--out"])
        .arg(&folder)
        .output()
        .expect("the program is built");
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{said}");
    ["summary.json", "SHA256SUMS"].map(|name| fs::read(folder.join(name)).expect("written"))
}

#[test]
fn a_report_is_the_same_byte_for_byte_with_one_two_and_seven_threads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let one = report(folder.path(), 1);
    assert!(one[0].len() > 10_000, "{} bytes", one[0].len());
    for threads in [2, 7] {
        // the manifest lists the hash of every file: pages, figures and tables too
        assert!(report(folder.path(), threads) == one, "{threads} threads");
    }
}

#[test]
fn a_sweep_and_a_study_of_sensitivity_are_the_same_byte_for_byte_with_one_two_and_seven_threads() {
    let spread = "/mechanism/wheel/rim_radius_mm=0.5..1.5";
    let three = format!("{spread}:3");
    let calls = [
        &["sweep", "--vary", &three][..],
        &[
            "sensitivity",
            "--vary",
            spread,
            "--points",
            "32",
            "--local-trials",
            "50",
        ],
    ];
    for call in calls {
        let told = |threads: &str| {
            let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
                .args(call)
                .args(["group2-dial", "--trials", "30", "--format", "json", "-q"])
                .args(["--threads", threads])
                .output()
                .expect("the program is built");
            let said = String::from_utf8_lossy(&out.stderr);
            assert_eq!(out.status.code(), Some(0), "{said}");
            out.stdout
        };
        let one = told("1");
        assert!(one.len() > 1_000, "{} bytes", one.len());
        assert!(told("2") == one && told("7") == one, "{call:?}");
    }
}

/// Trials of `range`, in its order, on locks of the design called `name`.
fn trials(name: &str, range: impl Iterator<Item = u64>) -> Vec<Outcome> {
    let design = shipped(name);
    let mut quick = reader::find("expert").expect("shipped").clone();
    quick.budget_h = 2.0;
    let setup = Setup {
        lock: design.lock.contact().expect("a dial lock"),
        reader: &quick,
        attack: &ATTACKS[0],
        allowed: &|_: &[u32]| true,
        seed: 11,
        known: Known::default(),
    };
    let codes = design
        .keyspace
        .as_ref()
        .expect("a key space")
        .space
        .codes()
        .expect("codes");
    range
        .map(|trial| {
            let drawn = codes.sample(&mut stream(11, trial, Purpose::Code));
            let code = drawn.expect("a code").into_iter().map(f64::from).collect();
            run_trial(&setup, &[code], trial)
        })
        .collect()
}

#[test]
fn a_trial_does_not_depend_on_the_others() {
    let dial_locks = SHIPPED
        .iter()
        .filter(|d| shipped(d.name).lock.contact().is_some());
    for design in dial_locks {
        let (forty, eighty) = (trials(design.name, 0..40), trials(design.name, 0..80));
        assert_eq!(forty[..], eighty[..40], "{}", design.name);
        let mut backwards = trials(design.name, (0..40).rev());
        backwards.reverse();
        assert_eq!(forty, backwards, "{}", design.name);
        assert!(forty.iter().any(|o| *o != forty[0]), "{}", design.name);
    }
}
