//! The analysis as a whole: findings, shares of rules, priors, serialised fields.

use serde_json::{Value, json};
use wheelpack::Severity;
use wheelpack::keyspace::gate::GateWindow;
use wheelpack::keyspace::rules::last_not_in::LastNotIn;
use wheelpack::keyspace::{
    Chosen, Code, CodeInput, Convention, Count, Dial, KeyspaceInput, Mark, Packs, Realisation,
    RuleSet, Space, Spare, WindowSource, analyse, parse_rules,
};
use wheelpack::math::log2;

fn rules(stated: &Value, dial: Dial) -> RuleSet {
    parse_rules(stated.as_array().unwrap(), dial).unwrap()
}

fn lock(marks: u32, wheels: usize, stated: &Value) -> KeyspaceInput {
    let set = rules(stated, Dial { marks, wheels });
    KeyspaceInput {
        space: Space::new(marks, &vec![0.75; wheels], Convention::Continuous, set).unwrap(),
        window_from: WindowSource::Flag,
        gate_windows: None,
        codes: None,
        chosen: None,
    }
}

fn coded(mut input: KeyspaceInput, main: &str, spares: &[&str]) -> KeyspaceInput {
    let spare = |code: &&str| Spare {
        code: code.parse().unwrap(),
        realisation: Realisation::ExtraGates,
        packs: Packs::Either,
    };
    input.codes = Some(CodeInput {
        main: main.parse().unwrap(),
        spares: spares.iter().map(spare).collect(),
    });
    input
}

fn faults(input: &KeyspaceInput) -> Vec<(&'static str, String)> {
    let found = analyse(input).unwrap_err();
    found.into_iter().map(|f| (f.code, f.at)).collect()
}

#[test]
fn contradictory_rules_are_named_by_their_smallest_set() {
    let stated = json!([
        { "rule": "not_monotone" },
        { "rule": "last_not_in", "from": 50, "to": 20 },
        { "rule": "not_all_same_parity" },
        { "rule": "wheel_not_in", "wheel": 3, "from": 10, "to": 60 }
    ]);
    let found = analyse(&lock(100, 3, &stated)).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, &*found[0].at), ("WP404", "/rules/1"));
    assert!(found[0].message.contains("/rules/1") && found[0].message.contains("/rules/3"));
    assert!(!found[0].message.contains("/rules/0") && !found[0].message.contains("/rules/2"));
    // Dropping rules one by one would end at the pair {1, 2}; rule 0 alone leaves nothing.
    let stated = json!([
        { "rule": "last_not_in", "from": 50, "to": 49 },
        { "rule": "last_not_in", "from": 0, "to": 60 },
        { "rule": "last_not_in", "from": 60, "to": 99 }
    ]);
    let found = analyse(&lock(100, 3, &stated)).unwrap_err();
    assert!(
        found[0].message.contains("/rules/0) leaves nothing"),
        "{}",
        found[0].message
    );
}

#[test]
fn codes_that_break_rules_or_stand_twice_or_do_not_fit_are_all_reported_at_once() {
    let stated = json!([{ "rule": "last_not_in", "from": 0, "to": 20 }]);
    let input = coded(
        lock(100, 3, &stated),
        "22-67-10",
        &["41-30-66", "41-30-66", "1-2", "1-2-100", "7-8-20"],
    );
    let expected = [
        ("WP405", "/main"),
        ("WP406", "/spares/1/code"),
        ("WP409", "/spares/2/code"),
        ("WP409", "/spares/3/code"),
        ("WP405", "/spares/4/code"),
    ];
    let expected: Vec<_> = expected.map(|(code, at)| (code, at.to_owned())).into();
    assert_eq!(faults(&input), expected);
    let (found, _) = input.check();
    let cure = found.first().map(|f| f.hint.as_str());
    // Mark 21 is as far from 10 as from the other end of the stretch, 99.
    let nearest = "a code that obeys every rule; 22-67-21 is the nearest";
    assert_eq!(cure, Some(nearest));
}

#[test]
fn sizes_and_windows_out_of_bounds_are_findings() {
    let places = |marks, halves: &[f64], convention| -> Vec<String> {
        let found = Space::new(marks, halves, convention, RuleSet::new()).unwrap_err();
        found.into_iter().map(|f| f.at).collect()
    };
    let million = vec![0.75; 1_000_000];
    assert_eq!(
        places(1, &million, Convention::Continuous),
        ["/marks", "/wheels"]
    );
    assert_eq!(
        places(
            40,
            &[0.0, 20.0, 0.75, f64::NAN, -1.0, 21.0],
            Convention::Continuous
        ),
        [
            "/window_half_marks/0",
            "/window_half_marks/1",
            "/window_half_marks/3",
            "/window_half_marks/4",
            "/window_half_marks/5"
        ]
    );
    assert_eq!(
        places(41, &[20.5, 0.0, 20.0], Convention::WholeMarks),
        ["/window_half_marks/0"]
    );
    let mut input = lock(100, 3, &json!([]));
    let wide = Mark::whole(50);
    input.gate_windows = Some(vec![
        GateWindow {
            low: wide,
            high: wide
        };
        3
    ]);
    assert_eq!(faults(&input).len(), 3);
}

#[test]
fn a_derived_rule_is_flagged_and_must_not_be_restated() {
    let zone = LastNotIn {
        from: Mark::whole(0),
        to: Mark::whole(20),
    };
    let mut input = lock(100, 3, &json!([]));
    let derived = RuleSet::new().with_derived(zone.clone(), "lever nose in the cam gate");
    let space = |set| Space::new(100, &[0.75; 3], Convention::Continuous, set).unwrap();
    input.space = space(derived.clone());
    let report = analyse(&input).unwrap();
    assert_eq!(
        report.rules[0].derived.as_deref(),
        Some("lever nose in the cam gate")
    );
    assert_eq!(report.counts.allowed, 790_000);
    input.space = space(derived.with(zone));
    assert_eq!(faults(&input), [("WP411", "/rules/0".to_owned())]);
}

#[test]
fn the_share_of_a_rule_is_what_dropping_it_gives_back() {
    let stated = json!([
        { "rule": "last_not_in", "from": 0, "to": 20 },
        { "rule": "min_gap", "marks": 10, "strict": true },
        { "rule": "last_not_in", "from": 10, "to": 30 }
    ]);
    let whole = stated.as_array().unwrap();
    let report = analyse(&lock(100, 3, &stated)).unwrap();
    let allowed = |stated: &[Value]| {
        let input = lock(100, 3, &Value::Array(stated.to_vec()));
        analyse(&input).unwrap().counts.allowed
    };
    for (i, share) in report.rules.iter().enumerate() {
        let mut others = whole.clone();
        others.remove(i);
        let gain = allowed(&others).minus(&report.counts.allowed);
        assert_eq!(share.removes_after_others, gain);
        let alone = Count::from(1_000_000_u64).minus(&allowed(&whole[i..=i]));
        assert_eq!(share.removes_alone, alone);
        assert!((share.share_alone - alone.to_f64() / 1e6).abs() < 1e-12);
    }
}

#[test]
fn the_prior_agrees_with_a_list_of_all_codes() {
    let stated = json!([{ "rule": "last_not_in", "from": 0, "to": 4 }]);
    let mut input = lock(40, 3, &stated);
    let code = |c: &str| c.parse::<Code>().unwrap();
    input.chosen = Some(Chosen {
        factory_codes: Some(vec![code("10-20-30"), code("5-5-2")]),
        favourite_codes: Some(vec![code("10-20-30"), code("7-6-5")]),
        ..Chosen::default()
    });
    let report = analyse(&input).unwrap();
    // Straight from the definition: factory 0.2, dates 0.1, favourites 0.05, fives 0.15.
    let codes: Vec<Vec<u32>> = input.space.codes().unwrap().iter().collect();
    let (d, m, y) = (1..=31, 1..=12, 0..=39);
    let is_date = |c: &[u32]| {
        let in_order = |x, y_, z| d.contains(x) && m.contains(y_) && y.contains(z);
        in_order(&c[0], &c[1], &c[2])
            || in_order(&c[1], &c[0], &c[2])
            || in_order(&c[2], &c[1], &c[0])
    };
    let is_five = |c: &[u32]| c.iter().all(|n| n % 5 == 0);
    let all = |test: &dyn Fn(&[u32]) -> bool| codes.iter().filter(|c| test(c)).count() as f64;
    let (dates, fives) = (all(&is_date), all(&is_five));
    let mut p: Vec<f64> = codes
        .iter()
        .map(|c| {
            let mut p = 0.5 / codes.len() as f64;
            p += if is_date(c) { 0.1 / dates } else { 0.0 };
            p += if is_five(c) { 0.15 / fives } else { 0.0 };
            p += if c == &[10, 20, 30] { 0.2 + 0.025 } else { 0.0 };
            p + if c == &[7, 6, 5] { 0.025 } else { 0.0 }
        })
        .collect();
    p.sort_by(|a, b| b.total_cmp(a));
    assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let entropy: f64 = p.iter().map(|p| -p * log2(*p)).sum();
    let guesswork: f64 = p.iter().zip(1..).map(|(p, i)| p * f64::from(i)).sum();
    let chosen = &report.guess.chosen;
    assert!((report.entropy_bits - entropy).abs() < 1e-9);
    assert!((chosen.min_entropy_bits + log2(p[0])).abs() < 1e-9);
    assert!((chosen.guesswork_tries / guesswork - 1.0).abs() < 1e-9);
    for point in &chosen.success {
        let tries = point.tries as usize;
        assert!((point.p_open - p[..tries].iter().sum::<f64>()).abs() < 1e-9);
    }
    assert!(chosen.curve.windows(2).all(|w| w[0].p_open <= w[1].p_open));
    assert!(report.guess.uniform.entropy_bits > chosen.entropy_bits);
}

#[test]
fn a_prior_that_is_no_distribution_is_reported_field_by_field() {
    let mut input = lock(100, 3, &json!([]));
    input.chosen = serde_json::from_value(json!({
        "dates": 1.5, "factory_codes": ["1-2"], "date_orders": ["dm"]
    }))
    .unwrap();
    let at: Vec<String> = faults(&input).into_iter().map(|(_, at)| at).collect();
    assert_eq!(
        at,
        [
            "/chosen/dates",
            "/chosen/factory_codes/0",
            "/chosen/date_orders/0"
        ]
    );
    input.chosen = serde_json::from_value(json!({ "dates": 0.9 })).unwrap();
    assert_eq!(faults(&input), [("WP413", "/chosen".to_owned())]);
}

#[test]
fn the_report_serialises_with_the_promised_fields_and_exact_integers() {
    let mut input = coded(
        lock(1000, 12, &json!([])),
        "1-2-3-4-5-6-7-8-9-10-11-12",
        &[],
    );
    input.window_from = WindowSource::Geometry;
    let text = serde_json::to_string(&analyse(&input).unwrap()).unwrap();
    let ten_to_36 = format!("\"dialable\":1{},", "0".repeat(36));
    assert!(text.contains(&ten_to_36), "{text}");
    let value: Value = serde_json::from_str(&text).unwrap();
    for field in [
        "convention",
        "window_half_marks",
        "positions",
        "dialable",
        "allowed",
        "effective",
        "effective_allowed",
        "cover_tries",
        "openings",
        "intended_openings",
        "ghosts",
        "independent",
        "entropy_bits",
        "guess",
        "rules",
        "standards",
        "ghost_codes",
    ] {
        assert!(value.get(field).is_some(), "{field}");
    }
    assert_eq!(
        value["window_half_marks"][0],
        json!({ "value": 0.75, "from": "geometry" })
    );
    assert_eq!(value["convention"], "continuous");
    assert_eq!(value["independent"], true);
}

#[test]
fn a_spare_holder_needs_one_wheel_at_a_time_on_shared_wheels_only() {
    let input = coded(lock(100, 3, &json!([])), "22-67-38", &["41-30-66"]);
    let report = analyse(&input).unwrap();
    let codes = report.codes.unwrap();
    assert_eq!(codes.spare_holders[0].tries_to_main_max, 3 * 66);
    assert!((codes.bits_lost - 3.0).abs() < 1e-12);
    let mean = (300_763.0 + 1.0) / 9.0;
    assert!((codes.random_order_mean_tries - mean).abs() < 1e-9);
    let mut apart = input;
    if let Some(codes) = &mut apart.codes {
        codes.spares[0].realisation = Realisation::SeparatePack;
    }
    let either = analyse(&apart).unwrap().codes.unwrap();
    assert_eq!(either.openings.openings, 2);
    assert!(either.bits_lost.abs() < 1e-9);
    if let Some(codes) = &mut apart.codes {
        codes.spares[0].packs = Packs::Both;
    }
    let both = analyse(&apart).unwrap().codes.unwrap();
    assert_eq!(both.search_settings, 300_763_u128 * 300_763);
    assert!(both.bits_lost < -18.0);
}

#[test]
fn gates_that_merge_are_no_ghosts_but_spoil_independence_and_are_warned_of() {
    let input = coded(lock(100, 3, &json!([])), "22-67-38", &["23-30-38"]);
    let report = analyse(&input).unwrap();
    let codes = report.codes.unwrap().openings;
    assert_eq!(
        (codes.openings, codes.ghosts),
        (Count::from(2_u64), Count::zero())
    );
    assert!(!codes.independent);
    let warned: Vec<_> = report.warnings.iter().map(|f| (f.code, &*f.at)).collect();
    assert_eq!(warned, [("WP414", "/spares")]);
    assert!(report.warnings[0].message.contains("wheel 1"));
}

#[test]
fn too_many_states_are_refused_with_the_bound() {
    let stated = json!([{ "rule": "min_gap", "marks": 1, "pairs": "all" }]);
    let found = analyse(&lock(1000, 6, &stated)).unwrap_err();
    assert_eq!(
        (found[0].code, found[0].severity),
        ("WP410", Severity::Error)
    );
}
