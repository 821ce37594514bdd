//! What a stage believes is there as often as it says, on several designs and for two readers.

use super::*;
use crate::attack::known::Beforehand;
use crate::attack::reader;
use crate::attack::wall::Streams;
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::{AsBuilt, DialLock};
use crate::rng::{Purpose, stream};
use crate::stats::interval;
use rand::RngExt;

/// Seeds that nothing was chosen on.
const SEEDS: [u64; 3] = [41, 42, 43];
/// Locks a seed, design and reader.
const LOCKS: u64 = 10;
/// The chances at which a stage is stopped and asked.
const ASKED: [f64; 5] = [0.3, 0.85, 0.9, 0.95, 0.99];

const DESIGNS: [&str; 4] = [
    include_str!("../../designs/group2-dial.json"),
    include_str!("../../designs/group2m-false-gates.json"),
    include_str!("../../designs/group1-roller-nose.json"),
    include_str!("../../designs/padlock-50-mark.json"),
];

/// Whether neighbouring numbers lie apart and the last one clear of the contact area.
fn is_allowed(code: &[u32], marks: u32) -> bool {
    let apart = |a: u32, b: u32| circular_difference(a.into(), b.into(), marks.into()).abs();
    let last = *code.last().expect("wheels");
    code.windows(2)
        .all(|c| apart(c[0], c[1]) > 0.1 * f64::from(marks))
        && (marks / 4..9 * marks / 10).contains(&last)
}

/// Reads all stages of one lock, those before truly in their gates: the places believed, with whether
/// that wheel's gate is there.
fn read(
    (lock, shape): (&DialLock, &Arc<Shape>),
    reader: &Reader,
    (seed, trial): (u64, u64),
) -> Vec<(f64, bool)> {
    let mut rng = stream(seed, trial, Purpose::Code);
    let code = loop {
        let code: Vec<u32> = (0..lock.wheels)
            .map(|_| rng.random_range(0..lock.marks))
            .collect();
        if is_allowed(&code, lock.marks) {
            break code;
        }
    };
    let code: Vec<f64> = code.into_iter().map(f64::from).collect();
    let codes = [code.clone()];
    let built = AsBuilt::sample(lock, &codes, &mut stream(seed, trial, Purpose::Lock));
    let judge = built.clone();
    let streams = Streams::of(seed, trial);
    let allowed = |code: &[u32]| is_allowed(code, lock.marks);
    let known = Beforehand {
        likely: &[],
        held: &[],
        codes: 1,
        shape: Some(shape),
    };
    let mut handle = Handle::new(built, reader, &allowed, streams).knowing(known);
    let care = Care {
        step_windows: 1.0,
        is_reversed: trial % 2 == 1,
        p_found: 0.0,
        patience_h: 1.0,
        is_told: true,
    };
    let mut rig = Rig::new(&handle, care);
    let mut parked = vec![None; lock.wheels];
    let mut believed = Vec::new();
    let marks = f64::from(lock.marks);
    for _ in 1..lock.wheels {
        let mut belief = rig.belief(&parked);
        if rig.sweep(&mut handle, &parked, &mut belief).is_err() {
            return believed;
        }
        let until_s = handle.tally().elapsed_s + 3600.0 * care.patience_h;
        for p_found in ASKED {
            rig.care.p_found = p_found;
            let advice = rig.look(
                &mut handle,
                &parked,
                &mut belief,
                &mut Stage::new(until_s, Instead::default()),
            );
            // it may open by luck
            let Ok(advice) = advice else {
                return believed;
            };
            let Advice::Found(place) = advice else {
                break;
            };
            let away = circular_difference(place.number, code[place.wheel], marks);
            believed.push((place.p, away.abs() <= lock.window.half_marks()));
        }
        let number = |i: usize| match parked[i] {
            Some(number) => number,
            None => wrap(code[i] + 0.3 * marks, marks),
        };
        let numbers: Vec<f64> = (0..lock.wheels).map(number).collect();
        let tallest = judge.rest(&numbers).wheel;
        parked[tallest] = Some(code[tallest]);
    }
    believed
}

/// How many of the places believed at chances from `low` to `high` are there, of how many.
fn share(believed: &[(f64, bool)], (low, high): (f64, f64)) -> (u64, u64) {
    let within = believed.iter().filter(|(p, _)| (low..=high).contains(p));
    within.fold((0, 0), |(there, all), (_, is_there)| {
        (there + u64::from(*is_there), all + 1)
    })
}

#[test]
fn places_are_there_as_often_as_believed() {
    let mut everywhere = Vec::new();
    for text in DESIGNS {
        let design: serde_json::Value = serde_json::from_str(text).expect("a design");
        let spec: MechanismSpec =
            serde_json::from_value(design["mechanism"].clone()).expect("a mechanism");
        let made = spec.build().expect("a sound one");
        let lock = made.contact().expect("a dial lock");
        let shape = Arc::new(Shape::new(lock));
        for reader in ["expert", "instrumented"] {
            let profile = reader::find(reader).expect("shipped");
            let mut believed = Vec::new();
            for seed in SEEDS {
                for trial in 0..LOCKS {
                    believed.extend(read((lock, &shape), profile, (seed, trial)));
                }
            }
            let (there, all) = share(&believed, (0.85, 0.95));
            let wilson = interval::wilson(there, all, 0.95);
            // What is left: see the head of `attack::belief`.
            let is_left = design["name"] == "group2m-false-gates" && reader == "instrumented";
            assert!(
                wilson.high >= Some(if is_left { 0.6 } else { 0.85 }),
                "{} {reader}: {there} of {all} believed at 0.85 to 0.95",
                design["name"]
            );
            everywhere.extend(believed);
        }
    }
    let (there, all) = share(&everywhere, (0.85, 0.95));
    assert!(all > 150, "{all} places");
    assert!(
        there as f64 >= 0.85 * all as f64,
        "{there} of {all} believed at 0.85 to 0.95"
    );
    let (there, all) = share(&everywhere, (0.99, 1.0));
    assert!(all > 250, "{all} places");
    assert!(
        there as f64 >= 0.97 * all as f64,
        "{there} of {all} believed at 0.99 and more"
    );
    // nor is it timid: what it gives little for is there less often
    let (few, all) = share(&everywhere, (0.3, 0.6));
    assert!(
        all > 100 && (few as f64) < 0.65 * all as f64,
        "{few} of {all}"
    );
}
