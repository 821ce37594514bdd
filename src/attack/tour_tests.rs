//! Tours: what stands already, and the turns that moving on takes.

use super::*;
use crate::attack::reader;
use crate::attack::setting::{Stops, mark_for};
use crate::attack::walk::Walk;
use crate::attack::wall::Streams;
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::{AsBuilt, FAMILY};

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
    // What the first setting takes is another matter.
    let list = f64::min(
        of_list(16, false) - of_list(1, false),
        of_list(16, true) - of_list(1, true),
    );
    let walk = of_walk(16) - of_walk(1);
    assert!(
        (list - walk).abs() < 0.2,
        "{list} and {walk} turns for 15 tries"
    );
    // Three stops anew take about seven turns.
    assert!(list < 15.0 * 4.5, "{list}");
}
