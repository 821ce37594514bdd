//! Key-space figures that were published, or follow by hand from stated rules.

use serde_json::{Value, json};
use wheelpack::keyspace::{CodeSet, Convention, Count, Counts, Dial, Places, Space, parse_rules};

fn space(marks: u32, halves: &[f64], convention: Convention, rules: Value) -> Space {
    let wheels = halves.len();
    let rules = parse_rules(rules.as_array().unwrap(), Dial { marks, wheels }).unwrap();
    Space::new(marks, halves, convention, rules).unwrap()
}

fn continuous(half: f64, rules: Value) -> Counts {
    space(100, &[half; 3], Convention::Continuous, rules)
        .counts()
        .unwrap()
}

fn on_marks(marks: u32, wheels: usize, rules: Value) -> Count {
    let rules = parse_rules(rules.as_array().unwrap(), Dial { marks, wheels }).unwrap();
    let codes = CodeSet::new(&rules.rules(), Places::whole_marks(marks, wheels)).unwrap();
    codes.len()
}

fn sg_6730_rules() -> Value {
    json!([
        { "rule": "min_gap", "marks": 10, "strict": true, "circular": true, "pairs": "adjacent" },
        { "rule": "last_not_in", "from": 95, "to": 20 },
        { "rule": "not_monotone" }
    ])
}

/// Blaze 2004, "Safecracking for the computer scientist": ±0.75, last number 94 % usable.
#[test]
fn val_blaze_2004_windows_with_94_percent_of_the_last_wheel() {
    let rules = json!([{ "rule": "usable_fraction_last", "fraction": 0.94 }]);
    let counts = continuous(0.75, rules);
    assert_eq!(counts.positions, [67; 3]);
    assert_eq!(counts.dialable, 1_000_000);
    assert_eq!(counts.effective, 300_763);
    assert_eq!(counts.effective_allowed, 282_807);
}

/// Blaze 2004; the 80 % is inferred from the figure.
#[test]
fn val_blaze_2004_windows_with_80_percent_of_the_last_wheel() {
    let rules = json!([{ "rule": "usable_fraction_last", "fraction": 0.8 }]);
    assert_eq!(continuous(0.75, rules).effective_allowed, 242_406);
}

/// Blaze 2004: codes that follow the maker's advice; conventions inferred from the figure.
#[test]
fn val_blaze_2004_good_codes() {
    let rules = json!([
        { "rule": "min_gap", "marks": 10, "strict": true, "circular": true, "pairs": "adjacent" },
        { "rule": "usable_fraction_last", "fraction": 0.75 },
        { "rule": "not_monotone" }
    ]);
    assert_eq!(continuous(0.75, rules).effective_allowed, 111_139);
}

/// S&G 6730 manual: adjacent numbers more than 10 apart, last 21 to 94, neither rising nor falling.
#[test]
fn val_sg_6730_codes_on_whole_marks() {
    assert_eq!(on_marks(100, 3, sg_6730_rules()), 361_800);
}

/// lock4safe.com, "the forbidden zone".
#[test]
fn val_lock4safe_forbidden_zone() {
    let zone = |to: u32| json!([{ "rule": "last_not_in", "from": 0, "to": to }]);
    assert_eq!(on_marks(100, 3, zone(20)), 790_000);
    assert_eq!(on_marks(100, 3, zone(9)), 900_000);
}

/// lockwiki.com, S&G 8077.
#[test]
fn val_sg_8077_fifty_marks_three_wheels() {
    assert_eq!(on_marks(50, 3, json!([])), 125_000);
}

/// Feynman, "Surely You're Joking": within two marks either way, 8,000 codes are to be tried.
#[test]
fn val_feynman_five_mark_windows() {
    let counts = space(100, &[2.0; 3], Convention::WholeMarks, json!([]))
        .counts()
        .unwrap();
    assert_eq!(counts.effective, 8_000);
    assert_eq!(counts.positions, [20; 3]);
}

/// 100·99·99: no equal neighbours, in plain order.
#[test]
fn val_by_hand_no_equal_neighbours() {
    let unequal = json!([{ "rule": "min_gap", "marks": 0, "strict": true, "circular": false }]);
    assert_eq!(on_marks(100, 3, unequal), 980_100);
    let one_apart = json!([{ "rule": "min_gap", "marks": 1 }]);
    assert_eq!(on_marks(100, 3, one_apart), 980_100);
}

/// An antique-locks forum's puzzle: six numbers, three places, all different, not in order.
#[test]
fn val_antique_locks_six_numbers_three_places() {
    let rules = json!([
        { "rule": "min_gap", "marks": 1, "circular": false, "pairs": "all" },
        { "rule": "not_monotone" }
    ]);
    assert_eq!(on_marks(6, 3, rules), 80);
}

/// Texts on the Master 1500: third number known, first ≡ third, second ≡ third + 2 (mod 4).
#[test]
fn val_master_1500_hundred_codes_for_a_known_third_number() {
    let stated = json!([
        { "rule": "wheel_not_in", "wheel": 3, "from": 20, "to": 18 },
        { "rule": "residue", "wheel": 1, "of_wheel": 3, "plus": 0, "modulus": 4 },
        { "rule": "residue", "wheel": 2, "of_wheel": 3, "plus": 2, "modulus": 4 }
    ]);
    let dial = Dial {
        marks: 40,
        wheels: 3,
    };
    let rules = parse_rules(stated.as_array().unwrap(), dial).unwrap();
    let codes = CodeSet::new(&rules.rules(), Places::whole_marks(40, 3)).unwrap();
    assert_eq!(codes.len(), 100);
    assert!(codes.contains(&[7, 9, 19]));
    assert!(!codes.contains(&[7, 11, 19]));
}

/// S&G 6730 manual: its examples of bad and good codes. 50-15-30 is all fives, 22-41-68 rises,
/// 41-39-66 has neighbours two marks apart: each breaks exactly one rule.
#[test]
fn val_sg_6730_example_codes() {
    let dial = Dial {
        marks: 100,
        wheels: 3,
    };
    let mut stated = sg_6730_rules().as_array().unwrap().clone();
    stated.push(json!({ "rule": "not_all_multiples_of", "k": 5 }));
    let rules = parse_rules(&stated, dial).unwrap();
    let places = Places::whole_marks(100, 3);
    for (bad, broken) in [([50, 15, 30], 3), ([22, 41, 68], 2), ([41, 39, 66], 0)] {
        assert_eq!(rules.broken_by(&places, &bad), [broken], "{bad:?}");
    }
    for good in [[52, 15, 37], [22, 68, 41], [41, 30, 66]] {
        assert_eq!(rules.broken_by(&places, &good), [0; 0], "{good:?}");
    }
}

/// 12·31·100 dates in one order.
#[test]
fn val_by_hand_dates_on_a_hundred_marks() {
    let rules = json!([{ "rule": "no_dates", "orders": ["mdy"] }]);
    assert_eq!(on_marks(100, 3, rules), 1_000_000 - 37_200);
}
