//! Where every wheel stands after each move, and what was carried.

use super::{Direction, DriveTrain, Luck, Positions, Program};
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

/// A wheel that friction dragged along.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dragged {
    /// Wheel, 1 = set first.
    pub wheel: usize,
    /// Dial travel from the start of the move to where it begins to move, marks.
    pub after_marks: f64,
    /// How far, marks.
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
    /// The wheels that were picked up, nearest to the cam first.
    pub carried: Vec<Carried>,
    /// The wheels that friction dragged along, nearest to the cam first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dragged: Vec<Dragged>,
    /// The number at which every wheel stands afterwards, in its standard direction, marks.
    pub wheels_marks: Vec<f64>,
}

impl DriveTrain {
    /// Turns the dial to `cam` (one monotone move) and tells what moved; `luck` decides over drag.
    pub fn trace_to(
        &self,
        at: &mut Positions,
        cam: f64,
        phase: Phase,
        luck: &mut Luck<'_>,
    ) -> MoveTrace {
        let from = at.clone();
        let drags = if self.drag.is_any() {
            self.turn_dragging(at, cam, luck)
        } else {
            self.turn_to(at, cam);
            vec![0.0; self.wheels]
        };
        let travel_marks = (cam - from.cam).abs();
        let (mut carried, mut dragged) = (Vec::new(), Vec::new());
        let mut driver_after = 0.0;
        for i in (0..self.wheels).rev() {
            let way = (at.wheels[i] - from.wheels[i]).abs();
            if way < 1e-12 {
                break;
            }
            let (wheel, by_drag) = (i + 1, drags[i].abs());
            let by_marks = way - by_drag;
            let after_marks = travel_marks - by_marks;
            if by_drag > 0.0 {
                dragged.push(Dragged {
                    wheel,
                    after_marks: driver_after,
                    by_marks: by_drag,
                });
            } else {
                driver_after = after_marks;
            }
            if by_marks > 1e-12 {
                carried.push(Carried {
                    wheel,
                    after_marks,
                    by_marks,
                });
            }
        }
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
            carried,
            dragged,
            wheels_marks: self.numbers(at),
        }
    }

    /// Makes the numbered moves of `program` (not its opening turn); `luck` decides over drag.
    pub fn trace(
        &self,
        at: &mut Positions,
        program: &Program,
        luck: &mut Luck<'_>,
    ) -> Vec<MoveTrace> {
        let moves = program.moves.iter().map(|step| {
            let cam = self.destination(at.cam, step);
            let trace = self.trace_to(at, cam, Phase::Dialing, luck);
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
