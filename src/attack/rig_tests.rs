//! What a stage finds is there in most cases, and more often where it must be surer.

use super::*;
use crate::attack::reader;
use crate::attack::wall::Streams;
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::{AsBuilt, FAMILY};
use crate::rng::{Purpose, stream};
use crate::units::circular_difference;

const CODE: [f64; 3] = [52.0, 15.0, 37.0];
const LOCKS: u64 = 60;

/// How a first stage ends on as-built locks: by lock, the place found, and whether the tallest
/// wheel's gate is there.
fn first_stages(p_found: f64) -> Vec<(Candidate, bool)> {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let lock = made.contact().expect("a dial lock");
    let expert = reader::find("expert").expect("shipped");
    let care = Care {
        step_windows: 1.0,
        is_reversed: false,
        p_found,
        patience_h: 2.0,
        is_told: false,
    };
    let mut found = Vec::new();
    for trial in 0..LOCKS {
        let codes = [CODE.to_vec()];
        let built = AsBuilt::sample(lock, &codes, &mut stream(41, trial, Purpose::Lock));
        let away: Vec<f64> = CODE.iter().map(|c| (c + 30.0) % 100.0).collect();
        let tallest = built.rest(&away).wheel;
        let streams = Streams::of(41, trial);
        let mut handle = Handle::new(built, expert, &|_| true, streams);
        let mut rig = Rig::new(&handle, care);
        let parked = [None; 3];
        let mut belief = rig.belief(&parked);
        rig.sweep(&mut handle, &parked, &mut belief)
            .expect("in time");
        let until_s = 3600.0 * care.patience_h;
        let advice = rig.look(&mut handle, &parked, &mut belief, (until_s, None));
        if let Advice::Found(place) = advice.expect("in time") {
            let away = circular_difference(place.number, CODE[tallest], 100.0).abs();
            found.push((place, place.wheel == tallest && away < 1.0));
        }
    }
    found
}

#[test]
fn most_gates_that_are_found_are_there() {
    let found = first_stages(0.9);
    assert!(found.len() as u64 > LOCKS / 2, "{} found", found.len());
    let right = found.iter().filter(|(_, is_right)| *is_right).count();
    // Levels and waves are taken at their best fit: a belief of 0.9 is right in about three of four.
    let share = right as f64 / found.len() as f64;
    assert!(share > 0.6, "{right} of {} found are there", found.len());
}

#[test]
fn a_belief_that_is_not_asked_to_be_sure_is_wrong_more_often() {
    let share = |p_found: f64| {
        let found = first_stages(p_found);
        let right = found.iter().filter(|(_, is_right)| *is_right).count();
        right as f64 / found.len() as f64
    };
    let (hasty, sure) = (share(0.05), share(0.95));
    assert!(hasty < sure, "{hasty} {sure}");
}
