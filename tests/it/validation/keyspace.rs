//! Key-space figures that were published, or follow by hand from stated rules.

#![allow(
    clippy::unwrap_used,
    reason = "test data that cannot be read is a failed test"
)]

use serde_json::{Value, json};
use wheelpack::keyspace::gate::GateWindow;
use wheelpack::keyspace::push_button;
use wheelpack::keyspace::standard::{Facts, evaluate};
use wheelpack::keyspace::{
    Code, CodeSet, Convention, Count, Counts, Dial, Gates, Mark, Openings, Packs, Places,
    Realisation, Space, Spare, parse_rules,
};

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

/// Kamkar's padlock (A7): caught at 3 and 8, resisting at 16; the second example is his code's, 5, 8 and 14.5.
#[test]
fn val_kamkar_codes_left_by_what_was_felt_on_a_padlock() {
    let left = |stated: Value| -> Vec<Vec<u32>> {
        let dial = Dial {
            marks: 40,
            wheels: 3,
        };
        let rules = parse_rules(stated.as_array().unwrap(), dial).unwrap();
        let codes = CodeSet::new(&rules.rules(), Places::whole_marks(40, 3)).unwrap();
        codes.iter().collect()
    };
    let felt = json!({ "rule": "catch_points", "locked": [3, 8], "resistance": 16 });
    let seconds = [
        (13, [3, 7, 19, 23, 27, 31, 35, 39]),
        (33, [3, 7, 11, 15, 19, 23, 27, 39]),
    ];
    let codes = |(third, seconds): (u32, [u32; 8])| seconds.map(|second| vec![21, second, third]);
    let mut expected: Vec<Vec<u32>> = seconds.into_iter().flat_map(codes).collect();
    expected.sort();
    assert_eq!(left(json!([felt])), expected);
    let third_by_feel = json!({ "rule": "wheel_not_in", "wheel": 3, "from": 34, "to": 32 });
    assert_eq!(left(json!([felt, third_by_feel])).len(), 8);

    let other = left(json!([{ "rule": "catch_points", "locked": [5, 8], "resistance": 14.5 }]));
    let thirds: std::collections::BTreeSet<u32> = other.iter().map(|code| code[2]).collect();
    assert_eq!(thirds, [8, 28].into());
    assert!(other.iter().all(|code| code[0] == 20));
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
    let digits = json!([{ "rule": "no_dates", "orders": ["ddmm"] }]);
    assert_eq!(on_marks(10, 4, digits), 10_000 - 31 * 12);
    let either = json!([{ "rule": "no_dates", "orders": ["ddmm", "mmdd"] }]);
    assert_eq!(on_marks(10, 4, either), 10_000 - 2 * 31 * 12 + 12 * 12);
}

fn openings(
    marks: u32,
    half: f64,
    codes: &[&str],
    realisation: Realisation,
    packs: Packs,
) -> Openings {
    let codes: Vec<Code> = codes.iter().map(|c| c.parse().unwrap()).collect();
    let spare = |code: &Code| Spare {
        code: code.clone(),
        realisation,
        packs,
    };
    let window = GateWindow::symmetric(Mark::new(half).unwrap());
    Gates {
        marks,
        windows: &vec![window; codes[0].0.len()],
        main: &codes[0],
        spares: &codes[1..].iter().map(spare).collect::<Vec<_>>(),
    }
    .openings(None)
}

fn extra_gates(codes: &[&str]) -> (u128, u128, bool) {
    let o = openings(100, 0.75, codes, Realisation::ExtraGates, Packs::Either);
    let number = |c: &Count| c.to_u128().unwrap();
    assert_eq!(o.ghost_codes.len() as u128, number(&o.ghosts));
    (number(&o.openings), number(&o.ghosts), o.independent)
}

/// Mixtures of codes on the same wheels: g^w openings, g^w − g ghosts, fewer where numbers agree.
#[test]
fn val_by_hand_openings_of_extra_gates() {
    assert_eq!(extra_gates(&["22-67-38", "41-30-66"]), (8, 6, false));
    assert_eq!(extra_gates(&["22-67-38-5", "41-30-66-90"]), (16, 14, false));
    let three = ["22-67-38", "41-30-66", "80-10-54"];
    assert_eq!(extra_gates(&three), (27, 24, false));
    assert_eq!(extra_gates(&["22-67-38", "22-30-66"]), (4, 2, false));
    assert_eq!(extra_gates(&["22-67-38", "22-67-66"]), (2, 0, true));
    assert_eq!(extra_gates(&["22-67-38"]), (1, 0, true));
}

/// Yale's double dial of 1863 (*Invention & Technology*): either code, or both codes.
#[test]
fn val_by_hand_openings_of_separate_packs_on_four_wheels_of_ten() {
    let codes = ["1-2-3-4", "5-6-7-8", "9-0-1-2"];
    for (spares, extra) in [(0, 1), (1, 16), (2, 81)] {
        let with = |realisation, packs| openings(10, 0.25, &codes[..=spares], realisation, packs);
        let either = with(Realisation::SeparatePack, Packs::Either);
        assert_eq!(either.openings, spares as u128 + 1);
        assert!(either.independent && either.ghosts.is_zero());
        let both = with(Realisation::SeparatePack, Packs::Both);
        assert_eq!(both.openings, 1);
        assert!(both.independent);
        let mixed = with(Realisation::ExtraGates, Packs::Either);
        assert_eq!(mixed.openings, extra);
        let record = with(Realisation::ChangeKey, Packs::Either);
        assert_eq!(
            (record.openings, record.independent),
            (Count::from(1_u64), true)
        );
    }
}

/// S&G 6730 manual: set at 22-67-38 the lock opens half a mark to either side.
#[test]
fn val_sg_6730_opens_at_the_edge_of_its_window() {
    let main: Code = "22-67-38".parse().unwrap();
    let half = Mark::new(0.5).unwrap();
    let gates = Gates {
        marks: 100,
        windows: &[GateWindow::symmetric(half); 3],
        main: &main,
        spares: &[],
    };
    let opens = |setting: [f64; 3]| gates.opens(&setting.map(|m| Mark::new(m).unwrap()));
    assert!(opens([21.5, 66.5, 37.5]));
    assert!(opens([22.5, 67.5, 38.5]));
    assert!(!opens([21.499, 66.5, 37.5]));
    assert!(!opens([22.5, 67.5, 38.501]));
}

/// Feynman: set at 69, the wheel passes at 67 and at 71, and not at 66.
#[test]
fn val_feynman_sixty_nine_opens_at_sixty_seven() {
    let window = GateWindow::symmetric(Mark::whole(2));
    let passes = |setting| window.passes(100, 69, Mark::whole(setting));
    assert!(passes(67) && passes(71) && !passes(66) && !passes(72));
    let across_zero = |setting| window.passes(100, 99, Mark::whole(setting));
    assert!(across_zero(1) && across_zero(97) && !across_zero(2));
}

/// ekman.cx and field arithmetic: five buttons, each once, some pressed together.
#[test]
fn val_by_hand_five_button_lock_has_1082_codes() {
    assert_eq!(push_button::codes(5, 0..=5, true), 1_082);
    assert_eq!(push_button::codes_of_length(5, 3, true), 130);
    let by_buttons: Vec<Count> = (1..=7)
        .map(|n| push_button::codes(n, 0..=n, true))
        .collect();
    assert_eq!(
        by_buttons,
        [2_u64, 6, 26, 150, 1_082, 9_366, 94_586].map(Count::from)
    );
}

/// Codelocks CL500 manual (11 buttons) and CL460/470 guide (13 buttons).
#[test]
fn val_codelocks_subsets_of_buttons() {
    assert_eq!(push_button::codes(10, 1..=10, false), 1_023);
    assert_eq!(push_button::codes(11, 1..=11, false), 2_047);
    assert_eq!(push_button::codes(12, 1..=12, false), 4_095);
    assert_eq!(push_button::codes(13, 1..=13, false), 8_191);
    assert_eq!(push_button::codes(11, 4..=7, false), 1_584);
    assert_eq!(push_button::codes(13, 4..=7, false), 5_434);
}

/// EN 1300 class A at the 80,000 that Blaze 2004 gives.
#[test]
fn val_en_1300_class_a_by_published_key_spaces() {
    let passes = |half: f64, fraction: f64, expected: u128| {
        let rules = json!([{ "rule": "usable_fraction_last", "fraction": fraction }]);
        let counts = continuous(half, rules);
        assert_eq!(counts.effective_allowed, expected);
        let checks = evaluate(&Facts {
            wheels: 3,
            dialable: counts.dialable,
            effective_allowed: counts.effective_allowed,
            window_half_marks: half,
            manipulation_h: None,
        });
        let row = checks.into_iter().find(|c| {
            let t = &c.threshold;
            t.standard == "EN 1300" && t.class == "A" && t.at_least == Some(80_000.0)
        });
        row.unwrap().passes.unwrap()
    };
    assert!(!passes(1.25, 0.8, 51_200));
    assert!(!passes(1.25, 0.94, 60_800));
    assert!(passes(1.0, 0.8, 100_000));
    assert!(passes(0.75, 0.8, 242_406));
}

/// 33 tries leave one of 100 marks uncovered by three-mark windows.
#[test]
fn val_by_hand_tries_that_cover_the_dial() {
    let counts = space(100, &[1.0], Convention::WholeMarks, json!([]))
        .counts()
        .unwrap();
    assert_eq!(counts.positions, [33]);
    assert_eq!(counts.cover_tries, 34);
}
