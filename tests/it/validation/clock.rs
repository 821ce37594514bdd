//! The clock: every second comes from a turn, a stop, a reading, a note or a try.

use crate::support::{design, shipped_json, with};
use serde_json::json;
use wheelpack::attack::wall::Streams;
use wheelpack::attack::{Handle, Reader, Stop, reader};
use wheelpack::mechanism::DialLock;
use wheelpack::mechanism::dial_lock::AsBuilt;
use wheelpack::mechanism::drive_train::{Direction, Move};

const CODE: [f64; 3] = [52.0, 15.0, 37.0];

/// Reads and sets without any error; each action has a time of its own.
fn exact_reader() -> Reader {
    Reader {
        resolution_marks: 0.0,
        sigma0_marks: 0.0,
        kappa: 0.0,
        mis_set_sd_marks: 0.0,
        turn_s: 1000.0,
        settle_s: 100.0,
        reading_s: 10.0,
        note_s: 1.0,
        try_s: 0.1,
        ..reader::find("expert").expect("shipped").clone()
    }
}

fn streams() -> Streams {
    Streams::of(1, 0)
}

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-6, "{got} is not {expected}");
}

fn with_handle(reader: &Reader, check: impl FnOnce(&mut Handle<'_>, &DialLock)) {
    let round = [("/mechanism/wheel/runout_mm", json!(0))];
    let design = design(&with(shipped_json("group2-dial"), &round));
    let lock = design.lock.contact().expect("a dial lock");
    let built = AsBuilt::nominal(lock, &[CODE.to_vec()]);
    check(
        &mut Handle::new(built, reader, &|_: &[u32]| true, streams()),
        lock,
    );
}

fn moved(direction: Direction, passes: u32, mark: f64) -> Move {
    Move {
        direction,
        passes,
        mark,
    }
}

#[test]
fn dialing_costs_the_turns_really_made_and_a_stop_each() {
    use Direction::{Left, Right};
    let reader = exact_reader();
    with_handle(&reader, |handle, _| {
        // the dial starts at 0: left to 20 is a fifth of a turn, its fourth pass three turns more
        handle.turn(&[moved(Left, 4, 20.0)]).expect("in time");
        close(handle.tally().turns, 3.2);
        close(handle.tally().elapsed_s, 3200.0 + 100.0);
        // on to 70 to the right: half a turn, then two more; back left to 71: one mark
        let more = [moved(Right, 3, 70.0), moved(Left, 1, 71.0)];
        handle.turn(&more).expect("in time");
        close(handle.tally().turns, 3.2 + 2.5 + 0.01);
        close(handle.tally().elapsed_s, 5710.0 + 300.0);
    });
}

#[test]
fn the_standard_program_of_a_code_costs_its_own_travel() {
    let reader = exact_reader();
    with_handle(&reader, |handle, lock| {
        let program = lock.drive.standard_program(&CODE);
        handle.turn(&program.moves).expect("in time");
        // L4 52: 3.52; R3 15 from 52: 0.37 + 2; L2 37 from 15: 0.22 + 1
        close(handle.tally().turns, 3.52 + 2.37 + 1.22);
        // on to the contact centre at 10 to the right: 27 marks, and the bolt is tried: it opens
        assert_eq!(handle.try_open(), Err(Stop::Opened));
        let tally = handle.tally();
        close(tally.turns, 7.11 + 0.27);
        close(tally.elapsed_s, 7380.0 + 3.0 * 100.0 + 0.1);
        assert_eq!((tally.tries, tally.readings), (1, 0));
    });
}

#[test]
fn a_reading_costs_the_way_to_both_contact_points_and_looking_at_each() {
    let reader = exact_reader();
    with_handle(&reader, |handle, lock| {
        let (left, right) = lock.plain_contact_marks();
        let start = [moved(Direction::Left, 4, 60.0)];
        handle.turn(&start).expect("in time");
        let before = handle.tally();
        let reading = handle.read_contacts().expect("not open");
        // back to the right from 60 to the left contact point, then left to the right one
        let way = (60.0 - left) + (right - left);
        let tally = handle.tally();
        close(tally.turns - before.turns, way / 100.0);
        close(tally.elapsed_s - before.elapsed_s, 10.0 * way + 2.0 * 10.0);
        assert_eq!(tally.readings, 1);
        // without noise the reading is the geometry's own
        close(reading.left_marks, left);
        close(reading.right_marks, right);
        handle.note().expect("in time");
        close(handle.tally().elapsed_s - tally.elapsed_s, 1.0);
        close(handle.tally().turns, tally.turns);
    });
}

#[test]
fn time_is_up_with_the_action_that_passes_the_budget() {
    let reader = Reader {
        budget_h: 1.5 * 1100.0 / 3600.0,
        ..exact_reader()
    };
    with_handle(&reader, |handle, _| {
        let turn = [moved(Direction::Left, 1, 0.0)];
        assert_eq!(handle.turn(&turn), Ok(()));
        assert_eq!(handle.turn(&turn), Err(Stop::TimeUp));
        close(handle.tally().elapsed_s, 2200.0);
    });
}
