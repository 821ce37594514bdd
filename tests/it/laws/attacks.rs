//! What holds between the attacks.

use crate::support::{design, shipped, shipped_json, with};
use serde_json::json;
use wheelpack::Error;
use wheelpack::attack::{ATTACKS, Reader, reader};
use wheelpack::design::{Design, SHIPPED};
use wheelpack::keyspace::Chooser;
use wheelpack::rng::{Purpose, stream};
use wheelpack::stats::interval;
use wheelpack::study::{
    Metric, Options, ResistReport, Verdict, attack_named, difference, resist, trace,
};
use wheelpack::units::circular_difference;

fn expert() -> Reader {
    reader::find("expert").expect("shipped").clone()
}

fn attacked(design: &Design, attack: &str, reader: &Reader, trials: u64) -> ResistReport {
    let options = Options {
        trials: Some(trials),
        ..Options::with_seed(5)
    };
    let attack = attack_named(attack).expect("shipped");
    resist(design, attack, reader, &options).expect("applies")
}

#[test]
fn every_attack_works_on_every_shipped_design_or_says_why_it_does_not_apply() {
    let reader = Reader {
        budget_h: 0.3,
        ..expert()
    };
    for shipped in SHIPPED {
        let design = crate::support::shipped(shipped.name);
        for attack in ATTACKS {
            let options = Options {
                trials: Some(10),
                ..Options::with_seed(5)
            };
            match resist(&design, attack, &reader, &options) {
                Ok(report) => {
                    assert_eq!(report.opened + report.censored, 10);
                    let done = [report.turns.value, report.tries.value];
                    assert!(done.iter().any(|n| *n > Some(0.0)), "{}", attack.name);
                }
                Err(Error::NotApplicable { why, .. }) => {
                    let has_contact = design.lock.contact().is_some();
                    assert!(!has_contact || attack.name == "rights", "{why}");
                    assert!(why.len() > 10, "{why}");
                }
                Err(error) => panic!("{}: {error}", attack.name),
            }
        }
    }
}

#[test]
fn who_reads_in_vain_goes_over_to_trying_where_the_codes_are_few() {
    // Sixteen marks of each wheel are used: half an hour of trying.
    let kept = [(1, 60, 43), (2, 24, 7), (3, 46, 29)];
    let rule = |(wheel, from, to)| json!({ "rule": "wheel_not_in", "wheel": wheel, "from": from, "to": to });
    let rules: Vec<_> = kept.map(rule).into();
    let few = design(&with(
        shipped_json("group2-dial"),
        &[("/codes/rules", json!(rules))],
    ));
    let at = |report: &ResistReport| {
        assert_eq!(report.opened, 120, "{}", report.attack);
        let of =
            |e: wheelpack::stats::Estimate| (e.low.unwrap_or(0.0), e.high.expect("all opened"));
        (of(report.t50_min), of(report.t90_min))
    };
    let (half, all) = at(&attacked(&few, "exhaustive", &expert(), 120));
    assert!(half.1 < 60.0, "{half:?}");
    for attack in ["graphing", "instrumented", "informed"] {
        let (t50, t90) = at(&attacked(&few, attack, &expert(), 120));
        // Half a search's time of reading, then the search.
        let most = 1.2 * half.1;
        assert!(t50.0 < most + half.1, "{attack}: {t50:?}, {half:?}");
        assert!(t90.0 < most + all.1, "{attack}: {t90:?}, {all:?}");
    }
}

#[test]
fn the_holder_of_a_spare_on_the_same_wheels_finds_the_main_code_within_the_hour() {
    let rights = attacked(
        &shipped("dial-spare-shared-wheels"),
        "rights",
        &expert(),
        100,
    );
    assert_eq!(rights.opened, 100);
    assert!(rights.t90_min.high < Some(60.0), "{:?}", rights.t90_min);
    // mostly one pass or two through the windows of each wheel
    assert!(
        rights.tries.high < Some(3.0 * 3.0 * 50.0),
        "{:?}",
        rights.tries
    );
}

#[test]
fn the_holder_of_one_of_several_spares_ends_on_an_opening_that_can_be_dialed() {
    let three = design(&with(
        shipped_json("dial-spare-shared-wheels"),
        &[
            (
                "/codes/spares",
                json!([
                    { "code": "41-82-66", "realisation": "extra_gates" },
                    { "code": "15-60-30", "realisation": "extra_gates" },
                ]),
            ),
            (
                "/emergency/solutions/0/kind/spare_combination/spares",
                json!(2),
            ),
        ],
    ));
    let rights = attacked(&three, "rights", &expert(), 60);
    assert_eq!(rights.opened, 60);
    assert!(rights.t90_min.high < Some(120.0), "{:?}", rights.t90_min);
}

/// Stretches without an allowed code are left out as a whole: looked at code by code, eight wheels would not
/// come to an end here.
#[test]
fn who_reckons_with_fine_readings_opens_sooner_than_who_draws_graphs() {
    let design = shipped("group2-dial");
    let metrics = [
        Metric::LogMedianTime,
        Metric::POpen { within_min: 120.0 },
        Metric::RestrictedMeanTime { until_min: 1200.0 },
    ];
    for reader in ["instrumented", "autodialer"] {
        let reader = Reader {
            budget_h: 20.0,
            ..reader::find(reader).expect("shipped").clone()
        };
        let options = Options {
            trials: Some(600),
            ..Options::with_seed(5)
        };
        let times = |attack: &str| {
            let attack = attack_named(attack).expect("shipped");
            difference::trial_times(&design, attack, &reader, &options).expect("applies")
        };
        let (graphing, reckoning) = (times("graphing"), times("instrumented"));
        let said = difference::differences(&graphing, &reckoning, &metrics).expect("alike");
        // Also locks on which two wheels are alike: where readings tell nothing more, the rest is tried through.
        assert_eq!(said[0].verdict, Verdict::Easier, "{:?}", said[0]);
        assert_eq!(said[1].verdict, Verdict::Easier, "{:?}", said[1]);
        assert_ne!(said[2].verdict, Verdict::Harder, "{:?}", said[2]);
    }
}

#[test]
fn every_attack_comes_to_an_end_on_eight_wheels() {
    let eight = design(&with(
        shipped_json("group2-dial"),
        &[
            ("/mechanism/wheels", json!(8)),
            ("/mechanism/wheel/wheel_pitch_mm", json!(2.5)),
            ("/codes/main", json!("52-15-37-68-40-60-30-70")),
        ],
    ));
    let reader = Reader {
        budget_h: 3.0,
        ..expert()
    };
    for attack in [
        "graphing",
        "instrumented",
        "ideal",
        "exhaustive",
        "informed",
    ] {
        let report = attacked(&eight, attack, &reader, 2);
        assert_eq!(report.opened + report.censored, 2, "{attack}");
    }
    let tries = attacked(&eight, "exhaustive", &reader, 2).tries;
    assert!(tries.value > Some(1000.0), "{tries:?}");
}

#[test]
fn the_holder_of_a_spare_ends_on_the_main_code_and_nowhere_else() {
    let design = shipped("dial-spare-shared-wheels");
    let attack = attack_named("rights").expect("shipped");
    let mut opened = 0;
    for name in ["expert", "novice"] {
        let reader = reader::find(name).expect("shipped");
        for trial in 0..80 {
            let told = trace(&design, attack, reader, trial, &Options::with_seed(5));
            let told = told.expect("applies");
            if !told.opened {
                continue;
            }
            opened += 1;
            let last = told.steps.last().expect("a try");
            assert_eq!(last.what, "open", "{name} {trial}");
            for (stands, number) in last.wheels_marks.iter().zip(&told.codes[0]) {
                let off = circular_difference(*stands, *number, 100.0).abs();
                assert!(off < 2.0, "{name} {trial}: {last:?} {:?}", told.codes);
            }
        }
    }
    assert!(opened > 155, "{opened}");
}

#[test]
fn a_guesser_opens_at_once_as_many_locks_as_his_list_has_chances_for() {
    let design = shipped("group2-dial");
    let input = design.keyspace.as_ref().expect("a key space");
    let codes = input.space.codes().expect("codes");
    let chooser = Chooser::new(input, &codes).expect("countable");
    let likely = chooser.likely(&codes);
    assert!(likely.windows(2).all(|w| w[0].1 >= w[1].1));

    // the list's chances are the shares of codes drawn
    let best: Vec<&(Vec<u32>, f64)> = likely.iter().filter(|(_, p)| *p > 0.01).collect();
    assert!(!best.is_empty() && best.len() < 10);
    let draws = 4000;
    let drawn: Vec<Vec<u32>> = (0..draws)
        .map(|k| {
            let mut rng = stream(9, k, Purpose::Code);
            chooser.draw(&codes, &mut rng).expect("a code")
        })
        .collect();
    for (code, p) in &best {
        let hits = drawn.iter().filter(|d| *d == code).count() as u64;
        let band = interval::clopper_pearson(hits, draws, 0.999);
        assert!(
            band.low <= Some(*p) && band.high >= Some(*p),
            "{code:?} {p} {band:?}"
        );
    }

    // a steady hand opens that share in the first minutes, which graphing does not
    let steady = Reader {
        mis_set_sd_marks: 0.0,
        ..expert()
    };
    let informed = attacked(&design, "informed", &steady, 200);
    let at_once = informed.p_open.iter().find(|p| p.within == "10 min");
    let at_once = at_once.expect("a stated time").p;
    let share: f64 = best.iter().map(|(_, p)| p).sum();
    assert!(
        at_once.low <= Some(share) && at_once.high >= Some(share),
        "{share} {at_once:?}"
    );
    let graphing = attacked(&design, "graphing", &steady, 200);
    assert!(graphing.p_open[0].p.high < at_once.low);
}

#[test]
fn a_design_that_states_how_codes_are_chosen_has_such_codes_set_for_every_attack() {
    let exact = json!(0);
    let mut by_habit = with(
        shipped_json("group2-dial"),
        &[
            ("/mechanism/wheel/gate/position_marks", exact.clone()),
            ("/mechanism/wheel/gate/width_mm", json!(5.4)),
            ("/mechanism/wheel/runout_mm", exact),
        ],
    );
    by_habit["codes"]["chosen"] = json!({
        "factory": 1.0, "dates": 0.0, "favourites": 0.0, "multiples_of_five": 0.0,
        "factory_codes": [[30, 0, 60]]
    });
    let quick = Reader {
        turn_s: 0.2,
        settle_s: 0.1,
        try_s: 0.1,
        mis_set_sd_marks: 0.0,
        ..expert()
    };
    // the exhaustive search reaches that one code always after the same number of tries
    let report = attacked(&design(&by_habit), "exhaustive", &quick, 10);
    assert_eq!(report.opened, 10);
    let (low, high) = (report.tries.low, report.tries.high);
    let spread = high.expect("a limit") - low.expect("a limit");
    assert!(spread < 1e-6, "{:?}", report.tries);
}
