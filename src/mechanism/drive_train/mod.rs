//! The drive train: cam → last wheel → … → first wheel.
//!
//! **What.** Where every wheel stands after the dial has turned, and how far it must turn.
//!
//! **Model.** Each coupling is a play operator: a follower with free travel `p⁻ + p⁺` is carried
//! only when its driver has turned through that play,
//! `x ← min(max(x, x_driver − p⁻), x_driver + p⁺)`. A fixed fly leaves `N − pin width`, a movable
//! one a whole turn. Wheels are numbered in dialing order; wheel 1 lies farthest from the cam.
//! Drag: in a move, an idle wheel goes along with its driver for a given travel, with a given chance.
//!
//! **Assumptions.** Rigid pins. `p⁻ = p⁺`: halves that differ shift a wheel's zero by a constant, which
//! assembly sets, and nothing else. Drag, where given, begins when the driver does.
//!
//! **Reference.** Pick-ups after 97, 193 and 289 marks for a 4-mark pin on 100 (DialSafe simulator);
//! adjacent limits 88 / 92 / 96 (the same).
//!
//! **Checked by.** `tests/it/laws/drive_train.rs` (idempotent, small steps in any split, travel
//! conserved, integer pick-up, unequal halves), `tests/it/laws/drag.rs`, `tests/it/validation/drive_train.rs` (the published pick-ups).

mod derived;
mod drag;
mod parse;
mod program;
mod trace;

pub use drag::{Drag, Luck, never};
pub use program::{Direction, Move, Program, ProgramFault};
pub use trace::{Carried, Dragged, MoveTrace, Phase};

use crate::units::wrap;

/// A train of couplings between the cam and the wheels.
#[derive(Debug, Clone, PartialEq)]
pub struct DriveTrain {
    /// Graduations of the dial.
    pub marks: u32,
    /// Number of wheels, ≥ 1.
    pub wheels: usize,
    /// Free travel of every coupling that is not listed by itself, marks, in (0, N].
    pub free_travel_marks: f64,
    /// Free travel of the coupling that drives each wheel, in dialing order, where they differ; marks.
    pub own_travel_marks: Option<Vec<f64>>,
    /// What carries idle wheels along.
    pub drag: Drag,
    /// Direction in which the first number is dialed; the following ones alternate.
    pub first: Direction,
}

/// Positions along the train, in marks of unlimited travel; left turns count up.
#[derive(Debug, Clone, PartialEq)]
pub struct Positions {
    /// The dial and the cam on it.
    pub cam: f64,
    /// The wheels in dialing order.
    pub wheels: Vec<f64>,
}

impl DriveTrain {
    /// Free travel of the coupling that drives `wheel` (0-based, in dialing order), marks.
    #[inline]
    #[must_use]
    pub fn travel_marks(&self, wheel: usize) -> f64 {
        match &self.own_travel_marks {
            None => self.free_travel_marks,
            Some(own) => own[wheel],
        }
    }

    /// Free travel between the cam and `wheel`, all couplings together, marks.
    #[inline]
    #[must_use]
    pub fn reach_marks(&self, wheel: usize) -> f64 {
        match &self.own_travel_marks {
            #[allow(clippy::cast_precision_loss, reason = "at most 16 couplings")]
            None => self.couplings(wheel) as f64 * self.free_travel_marks,
            Some(own) => own[wheel..].iter().sum(),
        }
    }

    /// Number of couplings between the cam and `wheel` (0-based, in dialing order).
    #[must_use]
    pub fn couplings(&self, wheel: usize) -> usize {
        self.wheels - wheel
    }

    /// Direction in which `wheel` (0-based) is set by the standard program.
    #[must_use]
    pub fn direction(&self, wheel: usize) -> Direction {
        if wheel.is_multiple_of(2) {
            self.first
        } else {
            self.first.reversed()
        }
    }

    /// Cam at 0 and every wheel in the middle of its play.
    #[must_use]
    pub fn rest(&self) -> Positions {
        Positions {
            cam: 0.0,
            wheels: vec![0.0; self.wheels],
        }
    }

    /// Turns the dial to `cam` (one monotone move); returns how many wheels were carried, counted
    /// from the cam.
    pub fn turn_to(&self, at: &mut Positions, cam: f64) -> usize {
        at.cam = cam;
        let mut driver = cam;
        for (carried, x) in at.wheels.iter_mut().rev().enumerate() {
            let play = 0.5 * self.travel_marks(self.wheels - 1 - carried);
            let moved = x.max(driver - play).min(driver + play);
            if (moved - *x).abs() < 1e-12 {
                return carried;
            }
            *x = moved;
            driver = moved;
        }
        self.wheels
    }

    /// The dial position at which `mark` is passed for the `passes`-th time when turning from `cam`
    /// in `direction`. A start on the mark does not count as a pass.
    #[must_use]
    pub fn destination(&self, cam: f64, step: &Move) -> f64 {
        let n = f64::from(self.marks);
        let sign = step.direction.sign();
        let mut way = wrap(sign * (step.mark - cam), n);
        if way < 1e-9 {
            way += n;
        }
        cam + sign * (way + f64::from(step.passes.saturating_sub(1)) * n)
    }

    /// The number at which `wheel` (0-based) stands, as the dial would show it had it been set in
    /// `direction`; in `[0, N)` marks.
    #[must_use]
    pub fn number_in(&self, at: &Positions, wheel: usize, direction: Direction) -> f64 {
        wrap(
            at.wheels[wheel] + direction.sign() * 0.5 * self.reach_marks(wheel),
            f64::from(self.marks),
        )
    }

    /// The number at which `wheel` stands, in the direction of the standard program.
    #[must_use]
    pub fn number(&self, at: &Positions, wheel: usize) -> f64 {
        self.number_in(at, wheel, self.direction(wheel))
    }

    /// What to add to a number set in the other direction to get the number in the standard one.
    #[must_use]
    pub fn reversal_shift_marks(&self, wheel: usize) -> f64 {
        wrap(
            self.direction(wheel).sign() * self.reach_marks(wheel),
            f64::from(self.marks),
        )
    }

    /// The standard program for `code`: the first number is passed w + 1 times, the last one twice,
    /// directions alternate; the opening turn goes the other way than the last number.
    #[must_use]
    pub fn standard_program(&self, code: &[f64]) -> Program {
        let moves = code
            .iter()
            .enumerate()
            .map(|(i, &mark)| Move {
                direction: self.direction(i),
                passes: u32::try_from(self.wheels + 1 - i).unwrap_or(u32::MAX),
                mark,
            })
            .collect();
        let opening = self
            .wheels
            .checked_sub(1)
            .map(|last| self.direction(last).reversed());
        Program { moves, opening }
    }

    /// The largest way, in marks in the direction of dialing, from number `wheel` (0-based) to the
    /// next one that does not carry `wheel` along: `N − Σ (N − free travel)` over the couplings between. For
    /// the last wheel it is the way to the contact area.
    #[must_use]
    pub fn most_way_marks(&self, wheel: usize) -> f64 {
        let n = f64::from(self.marks);
        #[allow(clippy::cast_precision_loss, reason = "at most 16 couplings")]
        let couplings = self.couplings(wheel) as f64;
        n - (couplings * n - self.reach_marks(wheel))
    }
}
