//! The drive train against published figures.

use wheelpack::mechanism::drive_train::{Direction, Drag, DriveTrain, Phase, never};

fn three_wheels(pin_marks: f64) -> DriveTrain {
    DriveTrain {
        marks: 100,
        wheels: 3,
        free_travel_marks: 100.0 - pin_marks,
        own_travel_marks: None,
        drag: Drag::NONE,
        first: Direction::Left,
    }
}

#[test]
fn val_dialsafe_pick_ups_of_a_four_mark_pin_come_after_97_193_and_289_marks() {
    let train = three_wheels(4.0);
    assert_eq!(train.first_moving_mark(), [289, 193, 97]);
    // The same by turning the dial mark by mark after a reversal.
    let mut at = train.rest();
    train.turn_to(&mut at, -1000.0);
    let mut first = Vec::new();
    for travel in 1..=400 {
        let moved = train
            .trace_to(
                &mut at,
                -1000.0 + f64::from(travel),
                Phase::Dialing,
                &mut never,
            )
            .carried
            .len();
        while first.len() < moved {
            first.push(travel);
        }
    }
    assert_eq!(first, [97, 193, 289]);
}

#[test]
fn val_dialsafe_limits_88_92_96_leave_77_721_600_codes() {
    let train = three_wheels(4.0);
    let limits = train.way_limits_marks();
    assert_eq!(limits, [88.0, 92.0, 96.0]);
    // Count the ways that set two wheels apart by dialing them, not by the formula.
    for wheel in 0..2 {
        let settable = (1..=100).filter(|way| {
            let mut code = [0.0; 3];
            for i in wheel..2 {
                let step = if i == wheel { f64::from(*way) } else { 50.0 };
                code[i + 1] = (code[i] + train.direction(i + 1).sign() * step).rem_euclid(100.0);
            }
            let mut at = train.rest();
            train.trace(&mut at, &train.standard_program(&code), &mut never);
            (train.number(&at, wheel) - code[wheel]).abs() < 1e-9
        });
        assert_eq!(settable.count(), limits[wheel] as usize);
    }
    let codes: f64 = 100.0 * limits.iter().product::<f64>();
    assert_eq!(codes as u64, 77_721_600);
}

#[test]
fn val_sg_6730_standard_program_is_four_three_two_and_back() {
    let program = three_wheels(10.0).standard_program(&[22.0, 67.0, 38.0]);
    assert_eq!(program.to_string(), "L4 22 R3 67 L2 38 R");
    assert_eq!(three_wheels(10.0).turns_needed(), [4, 3, 2]);
}
