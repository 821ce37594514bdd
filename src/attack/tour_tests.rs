//! Tours: what stands already, and the turns that moving on takes.

use super::*;
use crate::attack::reader;
use crate::attack::setting::{Stops, mark_for};
use crate::attack::trace::Action;
use crate::attack::walk::Walk;
use crate::attack::wall::Streams;
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::{AsBuilt, DialLock, FAMILY};

#[test]
fn what_stands_already_is_done_where_it_stands() {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let lock = made.contact().expect("a dial lock");
    let code = vec![vec![52.0, 15.0, 37.0]];
    let reader = reader::find("expert").expect("shipped");
    for is_traced in [false, true] {
        let built = AsBuilt::nominal(lock, &code);
        let mut handle = Handle::new(built, reader, &|_: &[u32]| true, Streams::of(1, 0));
        if is_traced {
            handle = handle.traced();
        }
        let mut dialer = Dialer::new(handle.facts());
        let stop = |mark| [Stop { first: 0, mark }];
        let mut settings = Settings::default();
        for mark in [70.0, 70.0, 72.0, 72.0] {
            settings.push(&stop(mark));
        }
        let start = lock.drive.direction(0);
        let mut widths = Vec::new();
        for _ in 0..2 {
            let done = dialer.go_over(
                &mut handle,
                start,
                &mut settings,
                Doing::Read(2),
                &mut widths,
            );
            assert_eq!(done, Ok(()));
        }
        dialer
            .go_over(
                &mut handle,
                start,
                &mut settings,
                Doing::Try,
                &mut Vec::new(),
            )
            .expect("shut");
        assert_eq!((widths.len(), handle.tally().readings), (8, 16));
        assert_eq!(handle.tally().tries, 4);
    }
}

/// Turns that `doing` takes on the example lock, by a hand that does not slip, without a code.
fn turns_of(doing: impl FnOnce(&mut Handle<'_>) -> Step<()>) -> f64 {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let lock = made.contact().expect("a dial lock");
    let mut reader = reader::find("expert").expect("shipped").clone();
    reader.mis_set_sd_marks = 0.0;
    let code = vec![vec![1.0, 2.0, 30.0]];
    let built = AsBuilt::nominal(lock, &code);
    let mut handle = Handle::new(built, &reader, &|_: &[u32]| true, Streams::of(1, 0));
    doing(&mut handle).expect("shut, and time enough");
    handle.tally().turns
}

#[test]
fn a_wheel_in_the_middle_moves_on_with_the_turns_that_a_search_needs() {
    // A list of tries with wheel 2 on `count` numbers against the walk that `exhaustive` makes.
    let numbers =
        |count: u32| -> Vec<f64> { (0..count).map(|k| 80.0 - 2.0 * f64::from(k)).collect() };
    let of_list = |count: u32, is_back: bool| {
        turns_of(|handle| {
            let facts = handle.facts();
            let mut dialer = Dialer::new(facts.clone());
            let start = facts.drive.direction(0);
            let mut settings = Settings::default();
            let mut numbers = numbers(count);
            if is_back {
                numbers.reverse();
            }
            for number in numbers {
                let mut stops = Stops::NONE;
                for (k, at) in [52.0, number, 37.0].into_iter().enumerate() {
                    stops.push(k, mark_for(&facts, k, at, direction_of(start, k)));
                }
                settings.push(&stops);
            }
            dialer.go_over(handle, start, &mut settings, Doing::Try, &mut Vec::new())
        })
    };
    let of_walk = |count: u32| {
        turns_of(|handle| {
            let facts = handle.facts();
            let numbers = [vec![52.0], numbers(count), vec![37.0]];
            let from = handle.dial_marks();
            Walk::new(&facts, &numbers, from).try_all(handle, &|_| true, &mut |_| false)
        })
    };
    // What most tries more take; once in a while both must dial all wheels.
    let usual = |of: &dyn Fn(u32) -> f64| {
        let more: Vec<f64> = (1..10).map(|count| of(count + 1) - of(count)).collect();
        crate::stats::quantile::of(&more, 0.5).expect("some")
    };
    let ways = [false, true].map(|is_back| usual(&|count| of_list(count, is_back)));
    let (list, walk) = (ways[0].min(ways[1]), usual(&of_walk));
    assert!((list - walk).abs() < 0.1, "{list} and {walk} turns a try");
    // Three stops anew take about seven turns.
    assert!(list < 4.5, "{list}");
}

/// Where the wheels stand at each try of `settings` on `lock`: moved on where they can be, or each dialed anew.
fn wheels_at(lock: &DialLock, settings: &[Stops], is_anew: bool) -> Vec<Vec<f64>> {
    let mut reader = reader::find("expert").expect("shipped").clone();
    (reader.mis_set_sd_marks, reader.budget_h) = (0.0, 1e6);
    let code = vec![vec![1.0; lock.wheels]];
    let built = AsBuilt::nominal(lock, &code);
    let handle = Handle::new(built, &reader, &|_: &[u32]| true, Streams::of(1, 0));
    let mut handle = handle.traced();
    let start = lock.drive.direction(0);
    let mut dialer = Dialer::new(handle.facts());
    for stops in settings {
        if is_anew {
            dialer = Dialer::new(handle.facts());
        }
        let set = dialer.set(&mut handle, start, stops);
        set.expect("time enough");
        if handle.try_open().is_err() {
            break;
        }
    }
    let tries = handle.into_trace().into_iter();
    let tries = tries.filter(|event| event.action == Action::Try);
    tries.map(|event| event.wheels_marks).collect()
}

#[test]
fn wheels_moved_on_stand_where_they_would_if_dialed_anew() {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let mut lock = made.contact().expect("a dial lock").clone();
    let mut seed = 7_u64;
    let mut draw = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as f64 / 2.0_f64.powi(31) * 100.0
    };
    for travel in [
        [96.0, 96.0, 96.0],
        [92.0, 88.0, 90.0],
        [60.0, 96.0, 50.0],
        [100.0, 100.0, 100.0],
    ] {
        lock.drive.own_travel_marks = Some(travel.to_vec());
        for list in 0..400 {
            let firsts: &[usize] = [&[0, 1, 2][..], &[0, 2], &[0, 1], &[0, 1, 2]][list % 4];
            let moving = firsts.len() - 1 - usize::from(list % 3 > 0);
            let mut marks: Vec<f64> = firsts.iter().map(|_| draw()).collect();
            let mut settings = Vec::new();
            for _ in 0..6 {
                let mut stops = Stops::NONE;
                for (first, mark) in firsts.iter().zip(&marks) {
                    stops.push(*first, *mark);
                }
                settings.push(stops);
                let sign = direction_of(lock.drive.direction(0), moving).sign();
                marks[moving] = crate::units::wrap(marks[moving] + 1.5 * sign, 100.0);
            }
            let (on, anew) = (
                wheels_at(&lock, &settings, false),
                wheels_at(&lock, &settings, true),
            );
            for (k, (on, anew)) in on.iter().zip(&anew).enumerate() {
                for (a, b) in on.iter().zip(anew) {
                    let off = crate::units::circular_difference(*a, *b, 100.0).abs();
                    assert!(
                        off < 1e-6,
                        "{travel:?} {firsts:?} {moving} {k}: {on:?} {anew:?}"
                    );
                }
            }
        }
    }
}
