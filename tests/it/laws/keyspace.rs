//! Laws of the key space: the automaton against enumeration, order, samples.

#![allow(
    clippy::unwrap_used,
    reason = "test data that cannot be read is a failed test"
)]

use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use wheelpack::keyspace::{
    CodeSet, Convention, Count, Dial, Places, RULES, RuleSet, Space, parse_rules,
};
use wheelpack::rng::{Purpose, Stream, stream};

mod analysis;
mod openings;
mod oracle;
mod within;

use oracle::{enumerate, obeys};
use rand::RngExt as _;

fn read(rules: &[Value], dial: Dial) -> RuleSet {
    parse_rules(rules, dial).unwrap_or_else(|faults| panic!("{rules:?}: {faults:?}"))
}

/// A random rule of each kind, valid on `dial`.
fn random_rule(rng: &mut Stream, dial: Dial) -> Value {
    let (n, w) = (dial.marks, dial.wheels);
    let mark = |rng: &mut Stream| rng.random_range(0..n);
    let wheel = |rng: &mut Stream| rng.random_range(1..=w);
    let code = |rng: &mut Stream| (0..w).map(|_| rng.random_range(0..n)).collect::<Vec<u32>>();
    let pairs = |rng: &mut Stream| ["adjacent", "all"][rng.random_range(0..2)];
    let kind = RULES[rng.random_range(0..RULES.len())].name;
    let mut rule = match kind {
        "last_not_in" => json!({ "from": mark(rng), "to": mark(rng) }),
        "usable_fraction_last" => json!({ "fraction": f64::from(rng.random_range(1..=20)) / 20.0 }),
        "wheel_not_in" => json!({ "wheel": wheel(rng), "from": mark(rng), "to": mark(rng) }),
        "min_gap" => json!({
            "marks": f64::from(rng.random_range(0..n)) / 2.0,
            "strict": rng.random_bool(0.5),
            "circular": rng.random_bool(0.5),
            "pairs": pairs(rng),
        }),
        "not_all_multiples_of" => json!({ "k": rng.random_range(1..7) }),
        "difference_not_multiple_of" => json!({ "k": rng.random_range(1..7), "pairs": pairs(rng) }),
        "residue" if w > 1 => {
            let wheel = wheel(rng);
            let of_wheel = wheel % w + 1;
            json!({ "wheel": wheel, "of_wheel": of_wheel,
                    "plus": rng.random_range(-3..4), "modulus": rng.random_range(1..6) })
        }
        "not_equal" => json!({ "code": code(rng) }),
        "no_dates" => {
            let letters = |rng: &mut Stream| ["d", "m", "y"][rng.random_range(0..3)];
            let order = |rng: &mut Stream| (0..w).map(|_| letters(rng)).collect::<String>();
            json!({ "orders": [order(rng), order(rng)] })
        }
        "not_in_list" => json!({ "codes": (0..5).map(|_| code(rng)).collect::<Vec<_>>() }),
        "not_monotone" | "not_all_same_parity" => json!({}),
        "way_at_most" if w > 1 => json!({
            "wheel": rng.random_range(2..=w),
            "marks": mark(rng),
            "turning": if rng.random_bool(0.5) { "left" } else { "right" },
        }),
        "catch_points" if w == 3 && n % 2 == 0 => json!({
            "locked": [mark(rng), mark(rng)],
            "resistance": f64::from(mark(rng)) + [0.0, 0.5][rng.random_range(0..2)],
            "repeat": if n % 3 == 0 { 3 } else { 1 },
            "ahead": f64::from(mark(rng)) / 2.0,
            "modulus": if n % 4 == 0 { 4 } else { 2 },
            "apart": mark(rng),
        }),
        "residue" | "way_at_most" | "catch_points" => return json!({ "rule": "not_monotone" }),
        new => panic!("write a random {new} for this test"),
    };
    rule["rule"] = kind.into();
    rule
}

/// A random small lock with random rules.
fn random_lock(rng: &mut Stream) -> (Dial, Vec<Value>) {
    let wheels = rng.random_range(1..=4);
    let largest = [23, 23, 23, 11][wheels - 1];
    let dial = Dial {
        marks: rng.random_range(2..=largest),
        wheels,
    };
    let count = rng.random_range(1..=4);
    let rules = (0..count).map(|_| random_rule(rng, dial)).collect();
    (dial, rules)
}

#[test]
fn counting_agrees_with_enumeration_on_marks_and_on_windows_for_random_rule_sets() {
    let mut rng = stream(11, 0, Purpose::Code);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let (dial, rules) = random_lock(&mut rng);
        seen.extend(rules.iter().map(|r| r["rule"].to_string()));
        let set = read(&rules, dial).rules();
        let halves: Vec<f64> = (0..dial.wheels)
            .map(|_| f64::from(rng.random_range(1..=8)) * 0.25)
            .collect();
        let convention = [Convention::Continuous, Convention::WholeMarks];
        let convention = convention[rng.random_range(0..2)];
        // Windows as wide as the dial are refused; then only the marks are compared.
        let space = Space::new(dial.marks, &halves, convention, read(&rules, dial)).ok();
        let all_places = [
            Some(Places::whole_marks(dial.marks, dial.wheels)),
            space.map(|s| s.window_places()),
        ];
        for places in all_places.into_iter().flatten() {
            let settings: u64 = places.rings().iter().map(|r| u64::from(r.n)).product();
            if settings > 40_000 {
                continue;
            }
            let expected = enumerate(&rules, &places);
            let codes = CodeSet::new(&set, places.clone()).unwrap();
            assert_eq!(codes.len(), expected.len() as u128, "{dial:?} {rules:?}");
            let counted = wheelpack::keyspace::automaton::count(&set, &places).unwrap();
            assert_eq!(counted, codes.len(), "{dial:?} {rules:?}");
            assert!(
                codes.iter().eq(expected.iter().cloned()),
                "{dial:?} {rules:?}"
            );
            let step = expected.len() / 50 + 1;
            for (i, code) in expected.iter().enumerate().step_by(step) {
                let rank = Count::from(i as u64);
                assert_eq!(codes.unrank(&rank).as_ref(), Some(code), "{rules:?}");
                assert_eq!(codes.rank(code), Some(rank), "{rules:?}");
            }
            assert_eq!(codes.unrank(&codes.len()), None);
            let per_first = codes.count_per_first();
            for (first, count) in per_first.iter().enumerate() {
                let here = expected.iter().filter(|c| c[0] as usize == first).count();
                assert_eq!(*count, here as u128, "{dial:?} {rules:?}");
            }
            let from: Vec<u32> = places
                .rings()
                .iter()
                .map(|r| rng.random_range(0..r.n))
                .collect();
            let moved = |code: &Vec<u32>| -> u32 {
                let wheels = code.iter().zip(&from).zip(places.rings());
                let apart = wheels.map(|((a, b), r)| a.abs_diff(*b).min(r.n - a.abs_diff(*b)));
                apart.sum()
            };
            // The first of equal ones, as the list is in order.
            let nearest = expected.iter().min_by_key(|code| moved(code));
            assert_eq!(codes.nearest(&from).as_ref(), nearest, "{dial:?} {rules:?}");
            assert_eq!(codes.nearest(&from[1..]), None);
        }
    }
    assert_eq!(seen.len(), RULES.len(), "every rule was drawn: {seen:?}");
}

#[test]
fn the_order_of_rules_does_not_change_any_count() {
    let mut runner = TestRunner::new_with_rng(
        Config::with_cases(60),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    runner
        .run(&(0_u64..100_000), |seed| {
            let mut rng = stream(seed, 1, Purpose::Code);
            let (dial, mut rules) = random_lock(&mut rng);
            let count = |rules: &[Value]| {
                let places = Places::whole_marks(dial.marks, dial.wheels);
                wheelpack::keyspace::automaton::count(&read(rules, dial).rules(), &places).unwrap()
            };
            let before = count(&rules);
            rules.reverse();
            assert_eq!(before, count(&rules));
            rules.rotate_left(1);
            assert_eq!(before, count(&rules));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_code_is_in_the_set_where_it_breaks_no_rule() {
    let mut rng = stream(12, 0, Purpose::Code);
    for _ in 0..60 {
        let (dial, rules) = random_lock(&mut rng);
        let places = Places::whole_marks(dial.marks, dial.wheels);
        let set = read(&rules, dial);
        let codes = CodeSet::new(&set.rules(), places.clone()).unwrap();
        for _ in 0..50 {
            let code: Vec<u32> = (0..dial.wheels)
                .map(|_| rng.random_range(0..dial.marks))
                .collect();
            let broken = set.broken_by(&places, &code);
            assert_eq!(
                codes.contains(&code),
                broken.is_empty(),
                "{rules:?} {code:?}"
            );
            for (i, rule) in rules.iter().enumerate() {
                assert_eq!(
                    broken.contains(&i),
                    !obeys(rule, &places, &code),
                    "{rule} {code:?}"
                );
            }
        }
    }
}

#[test]
fn samples_are_uniform_over_the_allowed_codes() {
    let dial = Dial {
        marks: 12,
        wheels: 3,
    };
    let rules = json!([
        { "rule": "min_gap", "marks": 2, "pairs": "all" },
        { "rule": "not_monotone" },
        { "rule": "last_not_in", "from": 11, "to": 1 }
    ]);
    let set = read(rules.as_array().unwrap(), dial);
    let codes = CodeSet::new(&set.rules(), Places::whole_marks(12, 3)).unwrap();
    let cells = usize::try_from(codes.len().to_u128().unwrap()).unwrap();
    let draws = 40 * cells;
    let mut hits = vec![0_u32; cells];
    let mut rng = stream(13, 0, Purpose::Code);
    for _ in 0..draws {
        let code = codes.sample(&mut rng).unwrap();
        let rank = codes.rank(&code).unwrap().to_u128().unwrap();
        hits[usize::try_from(rank).unwrap()] += 1;
    }
    let chi2: f64 = hits
        .iter()
        .map(|&h| (f64::from(h) - 40.0).powi(2) / 40.0)
        .sum();
    let freedom = (cells - 1) as f64;
    // Four standard deviations of the χ² distribution.
    assert!(
        (chi2 - freedom).abs() < 4.0 * (2.0 * freedom).sqrt(),
        "{chi2} {freedom}"
    );
}

#[test]
fn huge_key_spaces_are_counted_ranked_and_sampled_exactly() {
    let places = Places::whole_marks(1000, 16);
    let dial = Dial {
        marks: 1000,
        wheels: 16,
    };
    let rules = json!([{ "rule": "not_all_multiples_of", "k": 10 },
                       { "rule": "wheel_not_in", "wheel": 16, "from": 0, "to": 499 }]);
    let set = read(rules.as_array().unwrap(), dial);
    let codes = CodeSet::new(&set.rules(), places).unwrap();
    let expected = Count::product([1000; 15]).0 * 500_u32 - Count::product([100; 15]).0 * 50_u32;
    assert_eq!(codes.len().0, expected);
    let mut rng = stream(14, 0, Purpose::Code);
    let code = codes.sample(&mut rng).unwrap();
    assert_eq!(codes.unrank(&codes.rank(&code).unwrap()), Some(code));
}

#[test]
fn every_example_of_a_rule_is_read_and_names_all_its_fields() {
    let dial = Dial {
        marks: 100,
        wheels: 3,
    };
    let mut schemas = schemars::SchemaGenerator::default();
    for kind in RULES {
        let example: Value = serde_json::from_str(kind.example).unwrap();
        let set = read(std::slice::from_ref(&example), dial);
        assert_eq!(set.entries()[0].to_json(), example, "{}", kind.name);
        let schema = (kind.schema)(&mut schemas);
        let fields = schema.get("properties").and_then(Value::as_object).cloned();
        let mut in_schema: Vec<_> = fields.unwrap_or_default().keys().cloned().collect();
        let mut in_example: Vec<_> = example.as_object().unwrap().keys().cloned().collect();
        in_example.retain(|name| name != "rule");
        in_schema.sort();
        in_example.sort();
        assert_eq!(in_schema, in_example, "{}", kind.name);
    }
}

#[test]
fn the_schema_of_rules_accepts_every_example_and_refuses_a_misspelt_one() {
    let mut generator = schemars::SchemaGenerator::default();
    let mut schema = wheelpack::keyspace::rule_schema(&mut generator);
    schema.insert(
        "$defs".into(),
        Value::Object(generator.take_definitions(true)),
    );
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    for kind in RULES {
        let mut example: Value = serde_json::from_str(kind.example).unwrap();
        assert!(validator.is_valid(&example), "{}", kind.example);
        example["extra"] = 1.into();
        assert!(!validator.is_valid(&example), "{}", kind.example);
    }
}

#[test]
fn every_fault_of_every_rule_is_reported_at_its_place() {
    let dial = Dial {
        marks: 100,
        wheels: 3,
    };
    let rules = json!([
        { "rule": "last_not_im", "from": 0, "to": 20 },
        { "rule": "last_not_in", "from": 100, "too": 20 },
        { "rule": "min_gap", "marks": "ten", "pairs": "some" },
        { "rule": "residue", "wheel": 4, "of_wheel": 0, "modulus": 0 },
        { "rule": "not_equal", "code": [1, 2] },
        { "rule": "not_in_list", "codes": [[1, 2, 3], [1, 2, 100]] },
        { "rule": "no_dates", "orders": ["dmy", "dm", "xyz"] },
        { "rule": "usable_fraction_last", "fraction": 1.5 },
        { "rule": "not_all_multiples_of", "k": 0 },
        { "rule": "not_monotone", "strict": true },
        7,
        { "from": 1 }
    ]);
    let faults = parse_rules(rules.as_array().unwrap(), dial).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|f| f.at.as_str()).collect();
    assert_eq!(
        places,
        [
            "/0/rule",
            "/1/too",
            "/1/to",
            "/1/from",
            "/2/marks",
            "/2/pairs",
            "/3/modulus",
            "/3/wheel",
            "/3/of_wheel",
            "/4/code",
            "/5/codes/1",
            "/6/orders/1",
            "/6/orders/2",
            "/7/fraction",
            "/8/k",
            "/9/strict",
            "/10",
            "/11/rule",
        ]
    );
    assert!(faults[0].message.contains("did you mean `last_not_in`?"));
    assert!(faults.iter().all(|f| !f.hint.is_empty()));
}
