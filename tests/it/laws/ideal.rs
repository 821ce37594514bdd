//! The ideal attacker: ranks as by enumeration, knows nothing where nothing can be read, and is not
//! beaten.

use crate::support::{shipped, shipped_json};
use rand::RngExt;
use serde_json::{Value, json};
use wheelpack::attack::{Known, Ranking, Reader, SCHEDULES, Setup, reader, run_trial};
use wheelpack::design::SHIPPED;
use wheelpack::rng::{Purpose, stream};
use wheelpack::stats::interval;
use wheelpack::study::{Metric, Options, Verdict, attack_named, difference};

/// Width of a bin of the ranking, nats.
const BIN: f64 = 24.0 / 1535.0;

/// Every setting of three wheels on `n` places.
fn settings(n: usize) -> impl Iterator<Item = [usize; 3]> {
    (0..n).flat_map(move |a| (0..n).flat_map(move |b| (0..n).map(move |c| [a, b, c])))
}

fn score(scores: &[Vec<f64>], setting: &[usize]) -> f64 {
    scores.iter().zip(setting).map(|(s, &k)| s[k]).sum()
}

#[test]
fn a_rank_by_convolution_is_the_rank_by_enumeration() {
    for (round, n) in [(0, 1), (1, 2), (2, 7), (3, 16), (4, 30)] {
        let mut rng = stream(17, round, Purpose::Resample);
        // multiples of a bin, with many ties: exact
        let even: Vec<Vec<f64>> = (0..3)
            .map(|_| {
                (0..n)
                    .map(|_| -BIN * f64::from(rng.random_range(0..40_u32)))
                    .collect()
            })
            .collect();
        // anything: exact but for scores nearer than three bins
        let any: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..n).map(|_| -15.0 * rng.random::<f64>()).collect())
            .collect();
        for (scores, slack) in [(&even, 0.25 * BIN), (&any, 3.0 * BIN)] {
            let ranking = Ranking::new(scores);
            for setting in settings(n).step_by(1 + n * n / 5) {
                let own = score(scores, &setting);
                let count = |test: &dyn Fn(f64) -> bool| {
                    settings(n).filter(|s| test(score(scores, s) - own)).count() as f64
                };
                let class = ranking.class(&setting);
                let (above, within) = (ranking.above(class), ranking.within(class));
                assert!(above >= count(&|d| d > slack) - 0.5, "{n} {above}");
                assert!(above <= count(&|d| d > -slack) + 0.5, "{n} {above}");
                assert!(within >= 0.5 && above + within <= count(&|d| d > -2.0 * slack) + 0.5);
                if slack < BIN {
                    assert!(
                        (within - count(&|d| d.abs() < slack)).abs() < 0.5,
                        "{n} {within}"
                    );
                }
            }
        }
    }
}

/// Sees nothing, works at no cost of time worth speaking of, and never gives up.
fn blind() -> Reader {
    Reader {
        sigma0_marks: 1e7,
        kappa: 0.0,
        resolution_marks: 0.0,
        budget_h: 1e7,
        ..reader::find("expert").expect("shipped").clone()
    }
}

#[test]
fn without_information_the_ideal_order_is_a_random_order() {
    for (name, spares) in [("group2-dial", 0), ("dial-spare-shared-wheels", 1)] {
        let design = shipped(name);
        let lock = design.lock.contact().expect("a dial lock");
        let space = &design.keyspace.as_ref().expect("a key space").space;
        let codes = space.codes().expect("codes");
        let is_allowed = |code: &[u32]| codes.contains(code);
        // settings that cover two marks a wheel and at least one allowed code
        let pairs = |a: u32| [2 * a, 2 * a + 1];
        let is_open = |s: &[usize]| {
            let [a, b, c] = [0, 1, 2].map(|i| pairs(u32::try_from(s[i]).expect("small")));
            a.iter().any(|&a| {
                b.iter()
                    .any(|&b| c.iter().any(|&c| codes.contains(&[a, b, c])))
            })
        };
        let all = settings(50).filter(|s| is_open(s)).count() as f64;
        let reader = blind();
        for schedule in &SCHEDULES[..2] {
            let setup = Setup {
                lock,
                reader: &reader,
                attack: attack_named("ideal").expect("shipped"),
                allowed: &is_allowed,
                seed: 23,
                known: Known {
                    schedule: Some(schedule),
                    ..Known::default()
                },
            };
            // tries over what a random order needs on average: (M + 1) / (K + 1)
            let ratios: Vec<f64> = (0..300)
                .map(|trial| {
                    let mut rng = stream(23, trial, Purpose::Code);
                    let set: Vec<Vec<u32>> = (0..=spares)
                        .map(|_| codes.sample(&mut rng).expect("a code"))
                        .collect();
                    let choices: Vec<Vec<usize>> = (0..3)
                        .map(|i| set.iter().map(|c| c[i] as usize / 2).collect())
                        .collect();
                    let mut openings: Vec<[usize; 3]> = Vec::new();
                    for &a in &choices[0] {
                        for &b in &choices[1] {
                            for &c in &choices[2] {
                                let one = [a, b, c];
                                if is_open(&one) && !openings.contains(&one) {
                                    openings.push(one);
                                }
                            }
                        }
                    }
                    let expected = (all + 1.0) / (openings.len() as f64 + 1.0);
                    let set: Vec<Vec<f64>> = set
                        .iter()
                        .map(|c| c.iter().map(|&n| f64::from(n)).collect())
                        .collect();
                    let outcome = run_trial(&setup, &set, trial);
                    assert!(outcome.opened);
                    outcome.tally.tries as f64 / expected
                })
                .collect();
            let mean = interval::mean(&ratios, 0.999);
            assert!(
                mean.low < Some(1.0) && mean.high > Some(1.0),
                "{name}, {}: {mean:?}",
                schedule.name
            );
        }
    }
}

#[test]
fn no_other_attack_opens_sooner_on_average_than_the_ideal_one() {
    let reader = Reader {
        budget_h: 6.0,
        ..reader::find("expert").expect("shipped").clone()
    };
    let options = Options {
        trials: Some(24),
        ..Options::with_seed(31)
    };
    let mut seen: Vec<String> = Vec::new();
    for design in SHIPPED.iter().map(|d| shipped(d.name)) {
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        // locks that differ only outside the main pack are attacked alike
        let same = format!("{:?} {}", lock.spec, design.pack_code_count());
        if seen.contains(&same) {
            continue;
        }
        seen.push(same);
        let times = |attack: &str| {
            let attack = attack_named(attack).expect("shipped");
            difference::trial_times(&design, attack, &reader, &options).expect("applies")
        };
        let ideal = times("ideal");
        let until_min = 60.0 * reader.budget_h;
        for other in ["graphing", "instrumented", "exhaustive"] {
            let metric = [Metric::RestrictedMeanTime { until_min }];
            let told = difference::differences(&ideal, &times(other), &metric).expect("alike");
            let said = &told[0];
            assert!(
                said.verdict != Verdict::Easier,
                "{other} beats the ideal attack on {}: {said:?}",
                design.name
            );
        }
    }
    assert!(seen.len() >= 4, "{} locks", seen.len());
}

/// `other` against `ideal` by the expert on `design`: the mean time to open.
fn against_ideal(design: &Value, other: &str, trials: u64) -> difference::Difference {
    let design = crate::support::design(design);
    let reader = reader::find("expert").expect("shipped");
    let options = Options {
        trials: Some(trials),
        ..Options::with_seed(37)
    };
    let times = |attack: &str| {
        let attack = attack_named(attack).expect("listed");
        difference::trial_times(&design, attack, reader, &options).expect("applies")
    };
    let metric = [Metric::RestrictedMeanTime { until_min: 1200.0 }];
    let told = difference::differences(&times("ideal"), &times(other), &metric);
    told.expect("alike").remove(0)
}

#[test]
fn the_ideal_attacker_knows_how_people_choose_where_the_design_says_so() {
    for (factory, five) in [(1.0, 0.0), (0.3, 0.4)] {
        let mut json = shipped_json("group2-dial");
        json["codes"]["chosen"] = json!({
            "factory": factory, "dates": 0.0, "favourites": 0.0, "multiples_of_five": five
        });
        let said = against_ideal(&json, "informed", 30);
        assert_ne!(said.verdict, Verdict::Easier, "{factory} {five}: {said:?}");
    }
}

#[test]
fn a_search_of_one_wheel_is_no_shorter_than_the_ideal_one() {
    let mut json = shipped_json("group2-dial");
    json["codes"]["main"] = json!([22, 67, 38]);
    json["codes"]["rules"] = json!([
        { "rule": "wheel_not_in", "wheel": 1, "from": 23, "to": 21 },
        { "rule": "wheel_not_in", "wheel": 2, "from": 68, "to": 66 }
    ]);
    let said = against_ideal(&json, "exhaustive", 400);
    assert_ne!(said.verdict, Verdict::Easier, "{said:?}");
}

#[test]
fn tries_of_the_ideal_attacker_take_turns_and_end_with_the_budget() {
    let design = shipped("group2-dial");
    let lock = design.lock.contact().expect("a dial lock");
    let reader = Reader {
        budget_h: 1.0,
        ..blind()
    };
    let setup = Setup {
        lock,
        reader: &reader,
        attack: attack_named("ideal").expect("shipped"),
        allowed: &|_: &[u32]| true,
        seed: 5,
        known: Known {
            schedule: Some(&SCHEDULES[0]),
            ..Known::default()
        },
    };
    for trial in 0..20 {
        let outcome = run_trial(&setup, &[vec![52.0, 15.0, 37.0]], trial);
        let tally = outcome.tally;
        let a_try = tally.turns / tally.tries as f64;
        assert!((0.5..3.0).contains(&a_try), "{tally:?}");
        assert!(tally.elapsed_s < 3600.0 + 60.0, "{tally:?}");
        assert_eq!(outcome.opened, tally.elapsed_s < 3600.0, "{tally:?}");
    }
}
