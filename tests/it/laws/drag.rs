//! Laws of friction that carries idle wheels along, and of couplings with play of their own.

use crate::support::{design, dial_lock as lock, shipped_json};
use rand::RngExt;
use serde_json::json;
use wheelpack::mechanism::dial_lock::{AsBuilt, OwnerSetup, Reason, opens_with_error};
use wheelpack::mechanism::drive_train::{Direction, Drag, DriveTrain, never};
use wheelpack::rng::{Purpose, Stream, stream};
use wheelpack::study::dial;

fn train(drag: Drag) -> DriveTrain {
    DriveTrain {
        marks: 100,
        wheels: 4,
        free_travel_marks: 96.0,
        own_travel_marks: None,
        drag,
        first: Direction::Left,
    }
}

/// Stops of the dial, some close together.
fn stops(rng: &mut Stream) -> Vec<f64> {
    let mut at = 0.0;
    (0..30)
        .map(|k| {
            let reach = if k % 3 == 0 { 400.0 } else { 20.0 };
            at += reach * (rng.random::<f64>() - 0.5);
            at
        })
        .collect()
}

#[test]
fn without_luck_or_travel_drag_changes_nothing() {
    let mut rng = stream(5, 0, Purpose::Drag);
    let none = train(Drag::NONE);
    let short = train(Drag {
        p: 1.0,
        travel_marks: 0.0,
    });
    let idle = train(Drag {
        p: 0.5,
        travel_marks: 3.0,
    });
    for _ in 0..200 {
        let (mut a, mut b, mut c) = (none.rest(), none.rest(), none.rest());
        for stop in stops(&mut rng) {
            none.turn_to(&mut a, stop);
            short.turn_dragging(&mut b, stop, &mut |_| true);
            idle.turn_dragging(&mut c, stop, &mut never);
            assert_eq!((&a, &a), (&b, &c));
        }
    }
}

#[test]
fn a_dragged_wheel_goes_the_way_of_its_driver_no_further_than_told_and_stays_within_its_play() {
    let mut rng = stream(5, 1, Purpose::Drag);
    let drive = train(Drag {
        p: 0.5,
        travel_marks: 3.0,
    });
    let mut dragged_once = 0;
    for _ in 0..300 {
        let mut at = drive.rest();
        for stop in stops(&mut rng) {
            let before = at.clone();
            let luck = &mut |p: f64| rng.random::<f64>() < p;
            let dragged = drive.turn_dragging(&mut at, stop, luck);
            for (i, &by) in dragged.iter().enumerate() {
                let (driver, was) = match at.wheels.get(i + 1) {
                    Some(next) => (*next, before.wheels[i + 1]),
                    None => (at.cam, before.cam),
                };
                let way = driver - was;
                assert!(by.abs() <= way.abs().min(3.0) + 1e-12);
                assert!(by * way >= 0.0);
                assert!(
                    (at.wheels[i] - driver).abs() <= 48.0 + 1e-9,
                    "torn off its pin"
                );
                let moved = at.wheels[i] - before.wheels[i];
                assert!(moved * way >= -1e-12 && moved.abs() >= by.abs() - 1e-12);
                dragged_once += u32::from(by.abs() > 0.0);
            }
        }
    }
    assert!(dragged_once > 1000);
}

#[test]
fn a_wheel_is_dragged_as_often_as_its_chance_says() {
    let mut rng = stream(5, 2, Purpose::Drag);
    let drive = train(Drag {
        p: 0.2,
        travel_marks: 1.0,
    });
    let mut count = 0;
    for _ in 0..10_000 {
        let mut at = drive.rest();
        let luck = &mut |p: f64| rng.random::<f64>() < p;
        count += u32::from(drive.turn_dragging(&mut at, 10.0, luck)[3] > 0.0);
    }
    assert!(
        (1840..=2160).contains(&count),
        "{count} of 10 000, four sigma about 2000"
    );
}

#[test]
fn drag_moves_a_wheel_that_was_set_and_so_costs_the_owner_reliability() {
    let code = [vec![22.0, 67.0, 38.0]];
    let reliable = |p: f64, travel: f64| {
        let dragging = lock(|s| s["drive"]["drag"] = json!({ "p": p, "travel_marks": travel }));
        let setup = OwnerSetup {
            lock: &dragging,
            codes: &code,
            dialing_sd_marks: 0.1,
            seed: 9,
        };
        (0..400)
            .filter(|t| opens_with_error(&setup, *t, 0.1))
            .count()
    };
    let plain = reliable(0.0, 2.0);
    assert!(plain > 390, "{plain} of 400");
    let (rare, often) = (reliable(0.1, 2.0), reliable(0.5, 2.0));
    assert!(often < rare && rare < plain, "{often} {rare} {plain}");
    assert!(
        reliable(0.5, 0.05) > 380,
        "a little drag stays inside the window"
    );
}

#[test]
fn a_dialed_program_tells_which_wheels_were_dragged_and_blames_the_one_that_is_off() {
    let dragging = lock(|s| s["drive"]["drag"] = json!({ "p": 1, "travel_marks": 3 }));
    let code = [vec![22.0, 67.0, 38.0]];
    let built = AsBuilt::nominal(&dragging, &code);
    let program = dragging.drive.standard_program(&code[0]);
    let result = dragging.dial_dragging(&built, &program, &mut |_| true);
    assert_eq!((result.opens, result.reason), (false, Reason::WheelOff));
    assert!(
        result
            .moves
            .iter()
            .any(|m| m.dragged.iter().any(|d| d.wheel == 1))
    );
    for step in &result.moves {
        for d in &step.dragged {
            assert!(d.by_marks <= 3.0 && d.after_marks <= step.travel_marks);
        }
    }
    assert!(
        dragging.dial(&built, &program).opens,
        "nominally nothing is dragged"
    );
}

#[test]
fn a_design_file_may_give_drag_and_the_trial_of_a_lock_shows_it() {
    let mut json = shipped_json("group2-dial");
    json["mechanism"]["drive"]["drag"] = json!({ "p": 0.8, "travel_marks": 2, "source": "test" });
    let design = design(&json);
    let program = "L4 52 R3 15 L2 37 R";
    let nominal = dial(&design, program, None, 1).expect("a dial lock");
    assert!(nominal.opens && nominal.moves.iter().all(|m| m.dragged.is_empty()));
    let drawn = dial(&design, program, Some(0), 1).expect("a dial lock");
    assert!(drawn.moves.iter().any(|m| !m.dragged.is_empty()));
    assert_eq!(drawn, dial(&design, program, Some(0), 1).expect("the same"));
}

#[test]
fn couplings_with_pins_of_their_own_add_up() {
    let pins = [2.0, 6.5, 4.0];
    let uneven = lock(|s| s["drive"]["pin_widths_marks"] = json!(pins));
    let drive = &uneven.drive;
    // The coupling of the last wheel is passed first.
    let reach = [100.0 * 3.0 - 12.5, 100.0 * 2.0 - 10.5, 96.0];
    assert_eq!(drive.pick_up_travel_marks(), reach);
    assert_eq!(drive.way_limits_marks(), [87.5, 89.5, 96.0]);
    let mut at = drive.rest();
    drive.turn_to(&mut at, -1000.0);
    let still = at.clone();
    for (wheel, reach) in reach.iter().enumerate() {
        let mut before = still.clone();
        drive.turn_to(&mut before, -1000.0 + reach - 0.01);
        assert!((before.wheels[wheel] - still.wheels[wheel]).abs() < 1e-9);
        drive.turn_to(&mut before, -1000.0 + reach + 0.01);
        assert!(before.wheels[wheel] > still.wheels[wheel] + 0.005);
    }
    let same = DriveTrain {
        own_travel_marks: Some(vec![96.0; 4]),
        ..train(Drag::NONE)
    };
    let mut rng = stream(5, 3, Purpose::Drag);
    let plain = train(Drag::NONE);
    for _ in 0..100 {
        let (mut a, mut b) = (plain.rest(), same.rest());
        for stop in stops(&mut rng) {
            plain.turn_to(&mut a, stop);
            same.turn_to(&mut b, stop);
            assert_eq!(a, b);
            assert_eq!(plain.numbers(&a), same.numbers(&b));
        }
    }
}

#[test]
fn unequal_halves_of_the_play_shift_every_wheel_by_a_constant() {
    let mut rng = stream(5, 4, Purpose::Drag);
    let drive = train(Drag::NONE);
    for _ in 0..300 {
        // The play of each coupling, split unevenly: a few lines of its own.
        let low: Vec<f64> = (0..4).map(|_| 96.0 * rng.random::<f64>()).collect();
        let mut at = drive.rest();
        let mut wheels: Vec<f64> = (0..4)
            .map(|i| low[i..].iter().map(|l| 48.0 - l).sum())
            .collect();
        let shift = wheels.clone();
        for stop in stops(&mut rng) {
            drive.turn_to(&mut at, stop);
            let mut driver = stop;
            for i in (0..4).rev() {
                wheels[i] = wheels[i].max(driver - low[i]).min(driver + 96.0 - low[i]);
                driver = wheels[i];
            }
            for i in 0..4 {
                assert!((wheels[i] - at.wheels[i] - shift[i]).abs() < 1e-9);
            }
        }
    }
}
