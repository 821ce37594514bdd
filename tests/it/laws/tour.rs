//! Many settings turned in one go against one setting after the other: a traced trial takes each action
//! by itself.

use crate::support::{dial_lock, shipped};
use serde_json::json;
use wheelpack::attack::reader::{self, Reader};
use wheelpack::attack::trial::trace_trial;
use wheelpack::attack::{self, Allowed, Known, Room, Setup, run_trial_in};
use wheelpack::design::SHIPPED;
use wheelpack::mechanism::dial_lock::DialLock;

/// Codes whose neighbouring numbers are more than three marks apart; said to be so few that who works in
/// vain for some hours tries them all.
struct Apart;

impl Allowed for Apart {
    fn contains(&self, code: &[u32]) -> bool {
        code.windows(2).all(|two| two[0].abs_diff(two[1]) > 3)
    }

    fn about(&self, _: u32, _: usize) -> f64 {
        40_000.0
    }
}

/// Trials of `reader` on `lock` end the same way; returns how many opened.
fn agree(name: &str, lock: &DialLock, codes: &[Vec<f64>], reader: &Reader, trials: u64) -> usize {
    let n = f64::from(lock.marks);
    let setup = Setup {
        lock,
        reader,
        attack: attack::find("graphing").expect("listed"),
        allowed: &Apart,
        seed: 11,
        known: Known::default(),
    };
    // Space that trials have left means nothing to the next one.
    let mut room = Room::default();
    let mut opened = 0;
    for trial in 0..trials {
        // Other numbers for each trial, the forbidden area for the last one included.
        let moved = |c: &f64| (c + 17.0 * trial as f64) % n;
        let codes: Vec<Vec<f64>> = codes
            .iter()
            .map(|c| c.iter().map(moved).collect())
            .collect();
        let fast = run_trial_in(&mut room, &setup, &codes, trial);
        let (slow, events) = trace_trial(&setup, &codes, trial);
        let who = format!("{name}, {}, trial {trial}", reader.name);
        assert!(!events.is_empty(), "{who}");
        assert_eq!(fast.opened, slow.opened, "{who}");
        let (a, b) = (fast.tally, slow.tally);
        let counts = |t: attack::wall::Tally| (t.readings, t.tries, t.tests, t.inconclusive);
        assert_eq!(counts(a), counts(b), "{who}");
        let is_near = |x: f64, y: f64| (x - y).abs() < 1e-9 * y.max(1.0);
        assert!(is_near(a.elapsed_s, b.elapsed_s), "{who}: {a:?} {b:?}");
        assert!(is_near(a.turns, b.turns), "{who}: {a:?} {b:?}");
        opened += usize::from(fast.opened);
    }
    opened
}

fn with(name: &str, change: impl FnOnce(&mut Reader)) -> Reader {
    let mut reader = reader::find(name).expect("shipped").clone();
    change(&mut reader);
    reader
}

#[test]
fn a_trial_in_tours_is_the_trial_action_by_action_on_every_shipped_design() {
    let mut opened = 0;
    for file in SHIPPED {
        let design = shipped(file.name);
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        for reader in ["expert", "instrumented"] {
            let reader = with(reader, |r| r.budget_h = 12.0);
            opened += agree(file.name, lock, &design.pack_codes(), &reader, 5);
        }
    }
    assert!(opened > 20, "{opened}");
}

#[test]
fn a_hand_that_stops_anywhere_gets_the_same_trial_in_tours() {
    // Stops off by some marks: wheels are not picked up, carried too far, or carried by a reading.
    for mis_set_sd_marks in [1.0, 4.0, 25.0, 60.0] {
        let reader = with("expert", |r| {
            r.mis_set_sd_marks = mis_set_sd_marks;
            r.budget_h = 8.0;
        });
        for name in ["group2-dial", "group2-four-wheel", "padlock-50-mark"] {
            let design = shipped(name);
            let lock = design.lock.contact().expect("a dial lock");
            agree(name, lock, &design.pack_codes(), &reader, 20);
        }
    }
}

#[test]
fn drag_and_a_rocking_fence_change_nothing_in_that() {
    let reader = with("expert", |r| r.budget_h = 6.0);
    let code = [vec![22.0, 67.0, 38.0]];
    let rocking = dial_lock(|s| s["lever"]["fence"]["rocking_play"] = json!(0.004));
    agree("rocking", &rocking, &code, &reader, 4);
    let mut dragging = dial_lock(|_| ());
    dragging.drive.drag.p = 0.1;
    dragging.drive.drag.travel_marks = 2.0;
    agree("dragging", &dragging, &code, &reader, 4);
}

#[test]
fn couplings_of_any_play_change_nothing_in_that() {
    // The contact area carries several wheels along, those included that stand on gates.
    for (own_travel_marks, mis_set_sd_marks) in [
        ([25.0, 25.0, 25.0], 0.1),
        ([40.0, 40.0, 40.0], 12.0),
        ([100.0, 100.0, 100.0], 8.0),
        ([96.0, 2.0, 80.0], 0.1),
        ([96.0, 2.0, 80.0], 6.0),
        ([3.0, 1.0, 70.0], 15.0),
    ] {
        let mut lock = dial_lock(|_| ());
        lock.drive.own_travel_marks = Some(own_travel_marks.to_vec());
        let reader = with("expert", |r| {
            r.mis_set_sd_marks = mis_set_sd_marks;
            r.budget_h = 8.0;
        });
        agree("little play", &lock, &[vec![22.0, 67.0, 38.0]], &reader, 20);
    }
}
