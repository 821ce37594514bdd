//! Readers and codes that nobody ships: exact, slow and shaky hands, few codes.

use crate::support::{design, shipped, shipped_json, source};
use serde_json::{Value, json};
use wheelpack::attack::Reader;
use wheelpack::design::{Design, Variation};
use wheelpack::study::sensitivity::{Input, InputKind, Plan, sensitivity};
use wheelpack::study::sweep::{SweepPlan, sweep};
use wheelpack::study::{
    Metric, Options, ResistReport, Verdict, attack_named, difference, reader_named, resist, trace,
};

fn expert() -> Reader {
    reader_named("expert").expect("shipped").clone()
}

fn studied(design: &Design, attack: &str, reader: &Reader, trials: u64) -> ResistReport {
    let options = Options {
        trials: Some(trials),
        ..Options::with_seed(3)
    };
    let attack = attack_named(attack).expect("listed");
    resist(design, attack, reader, &options).expect("it applies")
}

/// `name` with ten marks left for each of its numbers, an even one the first: 5^w settings cover all codes.
fn few_codes(name: &str, firsts: &[u32]) -> Design {
    let mut json = shipped_json(name);
    let narrow = |(i, from): (usize, &u32)| json!({ "rule": "wheel_not_in", "wheel": i + 1, "from": from + 10, "to": from - 1 });
    json["codes"]["rules"] = firsts.iter().enumerate().map(narrow).collect();
    json["codes"]["main"] = firsts.iter().map(|from| json!(from + 2)).collect();
    design(&json)
}

#[test]
fn who_reads_nothing_learns_nothing_however_few_the_codes() {
    // Sees nothing, and his hand does not slip.
    let blind = Reader {
        sigma0_marks: 1e3,
        mis_set_sd_marks: 0.0,
        ..expert()
    };
    // A thousand codes are counted, ten thousand drawn from.
    let designs = [
        (few_codes("group2-dial", &[40, 20, 60]), 125.0),
        (few_codes("group2-four-wheel", &[40, 20, 60, 30]), 625.0),
    ];
    for (design, settings) in designs {
        for attack in ["ideal", "exhaustive"] {
            let at = format!("{} {attack}", design.name);
            let report = studied(&design, attack, &blind, 400);
            assert_eq!(report.opened, report.trials, "{at}");
            let bits = report.bits_learned;
            assert!(bits.low.is_some_and(|b| b < 0.1), "{at}: {bits:?}");
            assert!(bits.high.is_some_and(|b| b > -0.1), "{at}: {bits:?}");
            let (tries, mean) = (report.tries, 0.5 * (settings + 1.0));
            assert!(
                tries.low.is_some_and(|t| t < 1.05 * mean),
                "{at}: {tries:?}"
            );
            assert!(
                tries.high.is_some_and(|t| t > 0.95 * mean),
                "{at}: {tries:?}"
            );
            let [t10, t90] =
                [report.t10_min, report.t90_min].map(|t| t.value.expect("all are open"));
            assert!(t90 / t10 > 4.0, "{at}: {t10} to {t90} min");
        }
    }
}

#[test]
fn an_exact_reader_is_not_beaten_by_one_who_only_graphs() {
    let exact = Reader {
        resolution_marks: 0.0,
        sigma0_marks: 0.0,
        kappa: 0.0,
        budget_h: 10.0,
        ..expert()
    };
    let options = Options {
        trials: Some(24),
        ..Options::with_seed(5)
    };
    for name in ["group2-dial", "group2-four-wheel"] {
        let design = shipped(name);
        let times = |attack: &str| {
            let attack = attack_named(attack).expect("listed");
            difference::trial_times(&design, attack, &exact, &options).expect("applies")
        };
        let metric = [Metric::RestrictedMeanTime { until_min: 600.0 }];
        let told = difference::differences(&times("ideal"), &times("graphing"), &metric);
        let said = &told.expect("alike")[0];
        assert!(said.verdict != Verdict::Easier, "{name}: {said:?}");
    }
}

#[test]
fn a_hand_that_needs_half_an_hour_for_a_try_opens_too() {
    let slow = Reader {
        turn_s: 600.0,
        budget_h: 20_000.0,
        ..expert()
    };
    let report = studied(&shipped("group2-dial"), "ideal", &slow, 10);
    assert!(
        report.opened > 5 && report.tries.value > Some(0.0),
        "{report:?}"
    );
}

/// `group2-dial` with the expert as a reader of its own, `me`.
fn with_own_reader() -> (Variation, Design) {
    let me = Reader {
        name: "me".to_owned(),
        ..expert()
    };
    let mut json = shipped_json("group2-dial");
    json["study"] = json!({ "trials": 40, "readers": [serde_json::to_value(me).expect("data")] });
    let json: Value = json;
    (Variation::new(&source(&json)).expect("JSON"), design(&json))
}

#[test]
fn figures_of_an_own_reader_can_be_varied() {
    let (variation, design) = with_own_reader();
    let reader = design.reader("me").expect("its own");
    let turn = Input {
        at: "/study/readers/0/turn_s".to_owned(),
        kind: InputKind::Number,
        low: 1.0,
        high: 20.0,
    };
    let attack = attack_named("graphing").expect("listed");
    let plan = SweepPlan {
        attack,
        reader,
        input: &turn,
        points: 2,
        trials: 60,
    };
    let swept = sweep(&variation, &plan, &Options::with_seed(2)).expect("a dial lock");
    let [fast, slow] = [0, 1].map(|k: usize| swept.points[k].t50_min.value.expect("opened"));
    assert!(slow > 3.0 * fast, "{fast} and {slow} min");

    let plan = Plan {
        attack,
        reader,
        inputs: &[turn],
        points: 32,
        trials: 10,
        local_trials: 0,
    };
    let report = sensitivity(&variation, &plan, &Options::with_seed(2)).expect("a dial lock");
    let total = report.results[0].indices[0].total.value;
    assert!(total > Some(0.9), "{:?}", report.results[0]);
}

#[test]
fn who_computes_does_not_believe_the_same_place_again_and_again() {
    let exact = Reader {
        resolution_marks: 0.01,
        sigma0_marks: 0.0,
        kappa: 0.0,
        ..expert()
    };
    let design = shipped("group2-dial");
    let attack = attack_named("instrumented").expect("listed");
    let mut parked = 0;
    for k in 0..24 {
        let trial = trace(&design, attack, &exact, k, &Options::with_seed(1)).expect("a dial lock");
        let mut visits = std::collections::BTreeMap::<(&str, i64), u32>::new();
        for chapter in &trial.chapters {
            let Some(place) = chapter.belief.strip_prefix("parks wheel ") else {
                continue;
            };
            let (wheel, rest) = place.split_once(" at ").expect("a place");
            let Some((number, _)) = rest.split_once(',') else {
                continue; // graphing's, which tells no chance
            };
            #[expect(clippy::cast_possible_truncation, reason = "a mark of the dial")]
            let mark = number.parse::<f64>().expect("a number").round() as i64;
            *visits.entry((wheel, mark)).or_default() += 1;
            parked += 1;
        }
        // Twice a stage, dialed both ways, as the first wheel or behind another one.
        let most = visits.values().max().copied().unwrap_or(0);
        assert!(most <= 8, "trial {k}: {visits:?}");
    }
    assert!(parked > 24, "{parked}");
}
