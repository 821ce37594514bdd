//! Where every wheel stands after each move, and what was carried.

use super::{Direction, DriveTrain, Positions, Program};
use crate::units::wrap;
use serde::Serialize;

/// What a move is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Setting a number.
    Dialing,
    /// The opening turn up to where the lever falls in.
    DropIn,
    /// Drawing the bolt with the lever in the cam.
    Retraction,
}

/// A wheel that was carried by a move.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Carried {
    /// Wheel, 1 = set first.
    pub wheel: usize,
    /// Dial travel from the start of the move to where the wheel begins to move, marks.
    pub after_marks: f64,
    /// How far it was carried, marks.
    pub by_marks: f64,
}

/// What one move did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MoveTrace {
    /// What it is for.
    pub phase: Phase,
    /// Which way the dial turned.
    pub direction: Direction,
    /// How often the mark came by, the stop included (0 where no mark was counted).
    pub passes: u32,
    /// Where the dial stops, marks in `[0, N)`.
    pub mark: f64,
    /// Dial travel of the move, marks, ≥ 0.
    pub travel_marks: f64,
    /// The wheels that moved, nearest to the cam first.
    pub carried: Vec<Carried>,
    /// The number at which every wheel stands afterwards, in its standard direction, marks.
    pub wheels_marks: Vec<f64>,
}

impl DriveTrain {
    /// Turns the dial to `cam` (one monotone move) and tells what moved.
    pub fn trace_to(&self, at: &mut Positions, cam: f64, phase: Phase) -> MoveTrace {
        let from = at.clone();
        let moved = self.turn_to(at, cam);
        let travel_marks = (cam - from.cam).abs();
        let carried = (0..moved).map(|k| {
            let i = self.wheels - 1 - k;
            let by_marks = (at.wheels[i] - from.wheels[i]).abs();
            Carried {
                wheel: i + 1,
                after_marks: travel_marks - by_marks,
                by_marks,
            }
        });
        MoveTrace {
            phase,
            direction: if cam < from.cam {
                Direction::Right
            } else {
                Direction::Left
            },
            passes: 0,
            mark: wrap(cam, f64::from(self.marks)),
            travel_marks,
            carried: carried.collect(),
            wheels_marks: self.numbers(at),
        }
    }

    /// Makes the numbered moves of `program` (not its opening turn).
    pub fn trace(&self, at: &mut Positions, program: &Program) -> Vec<MoveTrace> {
        let moves = program.moves.iter().map(|step| {
            let cam = self.destination(at.cam, step);
            let trace = self.trace_to(at, cam, Phase::Dialing);
            MoveTrace {
                direction: step.direction,
                passes: step.passes,
                mark: step.mark,
                ..trace
            }
        });
        moves.collect()
    }

    /// The numbers at which all wheels stand, in the directions of the standard program, marks.
    #[must_use]
    pub fn numbers(&self, at: &Positions) -> Vec<f64> {
        (0..self.wheels).map(|i| self.number(at, i)).collect()
    }
}
