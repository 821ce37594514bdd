//! Laws of the play operators and of dial programs.

use proptest::prelude::*;
use wheelpack::mechanism::drive_train::{
    Direction, Drag, DriveTrain, Move, Phase, Positions, Program, never,
};
use wheelpack::rng::{Purpose, stream};

use rand::RngExt;

fn train(wheels: usize, free_travel_marks: f64) -> DriveTrain {
    DriveTrain {
        marks: 100,
        wheels,
        free_travel_marks,
        own_travel_marks: None,
        drag: Drag::NONE,
        first: Direction::Left,
    }
}

fn stirred(train: &DriveTrain, stops: &[f64]) -> Positions {
    let mut at = train.rest();
    for stop in stops {
        train.turn_to(&mut at, *stop);
    }
    at
}

fn apart(a: &Positions, b: &Positions) -> f64 {
    let each = a.wheels.iter().zip(&b.wheels).map(|(x, y)| (x - y).abs());
    each.fold((a.cam - b.cam).abs(), f64::max)
}

proptest! {
    #[test]
    fn turning_to_where_the_dial_stands_moves_nothing(
        wheels in 1_usize..=8,
        free in 20.0..=100.0_f64,
        stops in prop::collection::vec(-900.0..900.0_f64, 1..8),
    ) {
        let train = train(wheels, free);
        let once = stirred(&train, &stops);
        let mut twice = once.clone();
        let moved = train.turn_to(&mut twice, once.cam);
        prop_assert_eq!(moved, 0);
        prop_assert!(apart(&once, &twice) < 1e-9);
    }

    #[test]
    fn a_monotone_turn_may_be_split_in_any_way(
        wheels in 1_usize..=8,
        free in 20.0..=100.0_f64,
        stops in prop::collection::vec(-900.0..900.0_f64, 0..6),
        way in -900.0..900.0_f64,
        parts in prop::collection::vec(0.0..1.0, 0..12),
    ) {
        let train = train(wheels, free);
        let start = stirred(&train, &stops);
        let (mut whole, mut split) = (start.clone(), start.clone());
        train.turn_to(&mut whole, start.cam + way);
        let mut parts = parts;
        parts.sort_by(f64::total_cmp);
        for part in parts.into_iter().chain([1.0]) {
            train.turn_to(&mut split, start.cam + part * way);
        }
        prop_assert!(apart(&whole, &split) < 1e-9);
    }

    #[test]
    fn travel_is_conserved_play_plus_carrying_is_what_the_dial_turned(
        wheels in 1_usize..=8,
        free in 20.0..=100.0_f64,
        stops in prop::collection::vec(-900.0..900.0_f64, 0..6),
        way in -900.0..900.0_f64,
    ) {
        let train = train(wheels, free);
        let start = stirred(&train, &stops);
        let mut at = start.clone();
        let trace = train.trace_to(&mut at, start.cam + way, Phase::Dialing, &mut never);
        let mut driver_moved = way.abs();
        for (carried, k) in trace.carried.iter().zip(0..) {
            let i = wheels - 1 - k;
            prop_assert_eq!(carried.wheel, i + 1);
            prop_assert!((carried.after_marks + carried.by_marks - way.abs()).abs() < 1e-9);
            prop_assert!(carried.by_marks <= driver_moved + 1e-9, "a wheel outran its driver");
            prop_assert!(driver_moved - carried.by_marks <= free + 1e-9, "more play than there is");
            // A carried wheel lies at the end of its play.
            let couplings = train.couplings(i) as f64;
            let lag = (at.cam - at.wheels[i]).abs();
            prop_assert!((lag - couplings * free / 2.0).abs() < 1e-9);
            driver_moved = carried.by_marks;
        }
        for i in 0..wheels - trace.carried.len() {
            prop_assert!((at.wheels[i] - start.wheels[i]).abs() < 1e-9, "wheel {i} moved untold");
        }
    }

    #[test]
    fn a_standard_program_sets_every_code_that_the_ways_allow(
        code in prop::collection::vec(0.0..100.0, 2..=6),
        pin in 0.0..10.0,
        stops in prop::collection::vec(-900.0..900.0_f64, 0..6),
    ) {
        let train = train(code.len(), 100.0 - pin);
        let mut at = stirred(&train, &stops);
        train.trace(&mut at, &train.standard_program(&code), &mut never);
        let numbers = train.numbers(&at);
        let is_set = numbers.iter().zip(&code).all(|(n, c)| (n - c).abs() < 1e-6);
        match train.carried_along(&code) {
            None => prop_assert!(is_set, "{numbers:?} for {code:?}"),
            Some((wheel, by)) => {
                let off = train.direction(wheel + 1).sign() * (numbers[wheel] - code[wheel]);
                prop_assert!((off - by).rem_euclid(100.0).min((by - off).rem_euclid(100.0)) < 1e-6);
            }
        }
    }

    #[test]
    fn the_turns_needed_suffice_from_the_worst_start_and_one_less_does_not(
        wheels in 1_usize..=6,
        free in 20.0..=100.0_f64,
    ) {
        let train = train(wheels, free);
        for i in 0..wheels {
            let needed = train.turns_needed()[i];
            let pick_up = train.pick_up_travel_marks()[i];
            for passes in [needed, needed - 1] {
                // All play lies on the wrong side, and the first pass comes at once.
                let mut at = stirred(&train, &[2000.0]);
                let step = Move { direction: Direction::Right, passes, mark: 99.9 };
                let program = Program { moves: vec![step], opening: None };
                let trace = if passes == 0 { Vec::new() } else { train.trace(&mut at, &program, &mut never) };
                let travel: f64 = trace.iter().map(|m| m.travel_marks).sum();
                let is_carried = trace.iter().flat_map(|m| &m.carried).any(|c| c.wheel == i + 1);
                prop_assert_eq!(is_carried, travel > pick_up + 1e-9);
                if passes == needed {
                    prop_assert!(is_carried);
                } else {
                    prop_assert!(travel <= pick_up + 0.1);
                }
            }
        }
    }
}

/// Pins of zero width in whole marks, one mark at a time: a driver pushes the next wheel once it has
/// gained a whole turn on it since it pushed the other way.
fn integer_oracle(wheels: usize, program: &[(i64, u32, i64)]) -> Vec<i64> {
    let (mut cam, mut gained, mut at) = (0_i64, vec![0_i64; wheels], vec![0_i64; wheels]);
    for &(sign, passes, mark) in program {
        let mut left = passes;
        while left > 0 {
            cam += sign;
            left -= u32::from(cam.rem_euclid(100) == mark);
            for i in (0..wheels).rev() {
                gained[i] += sign;
                if gained[i].abs() <= 50 {
                    break;
                }
                gained[i] -= sign;
                at[i] += sign;
            }
        }
    }
    at
}

#[test]
fn pins_of_zero_width_are_picked_up_in_whole_marks_as_by_counting() {
    let mut rng = stream(4, 0, Purpose::Hand);
    for _ in 0..10_000 {
        let wheels = rng.random_range(1..=5);
        let moves = rng.random_range(1..=6);
        let program: Vec<(i64, u32, i64)> = (0..moves)
            .map(|_| {
                let sign = if rng.random_bool(0.5) { 1 } else { -1 };
                (sign, rng.random_range(1..=5), rng.random_range(0..100))
            })
            .collect();
        let train = train(wheels, 100.0);
        let mut at = train.rest();
        let step = |&(sign, passes, mark): &(i64, u32, i64)| Move {
            direction: if sign > 0 {
                Direction::Left
            } else {
                Direction::Right
            },
            passes,
            mark: mark as f64,
        };
        let moves = program.iter().map(step).collect();
        train.trace(
            &mut at,
            &Program {
                moves,
                opening: None,
            },
            &mut never,
        );
        let truth = integer_oracle(wheels, &program);
        for (x, truth) in at.wheels.iter().zip(&truth) {
            assert!(
                (x - *truth as f64).abs() < 1e-9,
                "{program:?}: {x} instead of {truth}"
            );
        }
    }
}
