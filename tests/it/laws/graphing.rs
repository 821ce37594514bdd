//! What a skilled manipulator notes is mostly true, and each way of backing up opens locks.

use crate::support::{design, dial_lock, shipped, shipped_json};
use serde_json::json;
use wheelpack::attack::{Known, Reader, Setup, run_trial};
use wheelpack::stats::interval;
use wheelpack::study::{Options, TraceReport, attack_named, reader_named, resist, trace};

const TRIALS: u64 = 400;

fn traced(design: &str, reader: &str) -> Vec<TraceReport> {
    let design = shipped(design);
    let attack = attack_named("graphing").expect("shipped");
    let reader = reader_named(reader).expect("shipped");
    let options = Options::with_seed(11);
    (0..TRIALS)
        .map(|k| trace(&design, attack, reader, k, &options).expect("a dial lock"))
        .collect()
}

/// The wheel (0-based) and number of a belief like `parks wheel 2 at 37.5`.
fn parked(belief: &str) -> Option<(usize, f64)> {
    let mut words = belief.strip_prefix("parks wheel ")?.split(" at ");
    let wheel: usize = words.next()?.parse().ok()?;
    Some((wheel - 1, words.next()?.parse().ok()?))
}

#[test]
fn the_first_wheel_is_parked_in_its_gate_nearly_always() {
    let trials = traced("group2-dial", "expert");
    let mut right = 0;
    let mut all = 0;
    for trial in &trials {
        let first = trial.chapters.iter().find_map(|c| parked(&c.belief));
        let Some((wheel, number)) = first else {
            continue;
        };
        let away = (number - trial.codes[0][wheel] + 50.0).rem_euclid(100.0) - 50.0;
        right += u64::from(away.abs() < 1.5);
        all += 1;
    }
    assert!(all > TRIALS * 9 / 10, "{all}");
    let share = interval::clopper_pearson(right, all, 0.95);
    assert!(share.low > Some(0.875), "{share:?}");
}

#[test]
fn no_wheel_is_parked_where_no_allowed_code_has_it() {
    // The last number is not from 95 to 20.
    let mut parks = 0;
    for trial in traced("group2-dial", "expert") {
        let last = trial.chapters.iter().filter_map(|c| parked(&c.belief));
        for (_, number) in last.filter(|(wheel, _)| *wheel == 2) {
            parks += 1;
            assert!((19.0..=96.0).contains(&number), "{number}");
        }
    }
    assert!(parks > 100, "{parks}");
}

#[test]
fn each_way_of_backing_up_opens_locks() {
    for (design, reader, way) in [
        (
            "group2-dial",
            "expert",
            "tries the other two wheels through",
        ),
        ("group2m-false-gates", "instrumented", "turns back"),
        ("group2-dial", "expert", "begins again, pass 2"),
    ] {
        let trials = traced(design, reader);
        let opened = trials.iter().filter(|trial| {
            let said = |what: &str| trial.chapters.iter().rposition(|c| c.belief.contains(what));
            // The last of the ways that was gone before the lock opened.
            let ways = ["tries the other two", "turns back", "begins again"];
            let last = ways.iter().filter_map(|w| said(w)).max();
            trial.opened && last.is_some() && said(way) == last
        });
        let opened = opened.count();
        assert!(opened >= 5, "{design}, {way}: {opened} of {TRIALS}");
    }
}

#[test]
fn a_code_missed_by_a_slip_is_tried_again() {
    // Windows are set two marks at a time; at their edges the hand slips too far.
    let mut json = shipped_json("group2-dial");
    json["mechanism"]["wheel"]["rim_radius_mm"]["plus_minus"] = json!(1.8);
    let slipping = Reader {
        mis_set_sd_marks: 0.15,
        ..reader_named("expert").expect("shipped").clone()
    };
    let design = design(&json);
    let attack = attack_named("graphing").expect("shipped");
    let options = Options::with_seed(1);
    let (mut missed, mut opened) = (0, 0);
    for k in 0..1000 {
        let trial = trace(&design, attack, &slipping, k, &options).expect("a dial lock");
        let is_right = |(wheel, number): (usize, f64)| {
            let away = (number - trial.codes[0][wheel] + 50.0).rem_euclid(100.0) - 50.0;
            away.abs() < 0.5
        };
        // Both parked wheels stood on their gates, and the last one was tried in vain.
        let mut standing: Vec<(usize, f64)> = Vec::new();
        let mut is_missed = false;
        for chapter in &trial.chapters {
            let said = chapter.belief.as_str();
            if let Some(lead) = said.strip_prefix("turns back: ") {
                standing = parked(lead.trim_end_matches(" alone"))
                    .into_iter()
                    .collect();
            } else if let Some(one) = parked(said) {
                standing.push(one);
            } else if said.starts_with("backs up") {
                is_missed |= standing.len() == 2 && standing.iter().all(|one| is_right(*one));
                standing.pop();
            }
        }
        missed += u64::from(is_missed);
        opened += u64::from(is_missed && trial.opened);
    }
    assert!(missed >= 75, "{missed}");
    let share = interval::clopper_pearson(opened, missed, 0.95);
    assert!(share.low > Some(0.9), "{opened} of {missed}");
}

#[test]
fn codes_that_only_a_mix_of_a_windows_marks_makes_are_tried_too() {
    let mut json = shipped_json("group2-dial");
    let rules = json["codes"]["rules"].as_array_mut().expect("rules");
    rules.push(json!({"rule": "not_all_same_parity"}));
    // Reads nothing, works fast and has all the time.
    let blind = Reader {
        sigma0_marks: 10.0,
        mis_set_sd_marks: 0.0,
        turn_s: 0.1,
        settle_s: 0.0,
        reading_s: 0.01,
        note_s: 0.0,
        try_s: 0.1,
        budget_h: 10_000.0,
        ..reader_named("expert").expect("shipped").clone()
    };
    let options = Options {
        trials: Some(40),
        ..Options::with_seed(3)
    };
    let attack = attack_named("graphing").expect("shipped");
    let report = resist(&design(&json), attack, &blind, &options).expect("a dial lock");
    assert!(report.opened >= 36, "{} of 40", report.opened);
}

#[test]
fn who_does_not_open_has_spent_the_whole_budget() {
    // Of six wheels nobody tries every code, and four passes are soon over.
    let codes = [0.0, 40.0, 10.0, 60.0, 30.0, 80.0].to_vec();
    let six = dial_lock(|lock| {
        lock["wheels"] = json!(6);
        lock["wheel"]["wheel_pitch_mm"] = json!(3.0);
    });
    let reader = Reader {
        budget_h: 300.0,
        ..reader_named("expert").expect("shipped").clone()
    };
    for attack in ["graphing", "exhaustive"] {
        let setup = Setup {
            lock: &six,
            reader: &reader,
            attack: attack_named(attack).expect("shipped"),
            allowed: &|_: &[u32]| true,
            seed: 3,
            known: Known::default(),
        };
        let mut shut = 0;
        for trial in 0..if attack == "graphing" { 60 } else { 1 } {
            let outcome = run_trial(&setup, std::slice::from_ref(&codes), trial);
            if !outcome.opened {
                shut += 1;
                assert!(
                    outcome.tally.elapsed_s > 3600.0 * reader.budget_h,
                    "{attack} {trial}"
                );
                // He spends it with reading, not with codes that no life is long enough for.
                let is_reading = outcome.tally.readings > outcome.tally.tries;
                assert_eq!(is_reading, attack == "graphing", "{attack} {trial}");
            }
        }
        assert!(shut > 0, "{attack}");
    }
}
