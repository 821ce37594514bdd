//! Dialing a program and drawing the bolt.
//!
//! **What.** Whether a dial program opens the lock, and if not, why; where the lever falls in.
//!
//! **Model.** The dial makes the numbered moves, then turns on to the drop-in, where the nose on the
//! flank of the cam gate has let the lever down to the opening depth, then through the retraction
//! travel with the lever in the cam. Drop-in: contact point at the opening depth (`physics.md` 1.4,
//! 1.6). The last wheel must not be picked up on this way, and the dial must not be left where the
//! nose is already in the cam gate when the last gate comes under the fence.
//!
//! **Assumptions.** The nominal cam; any wheel that moves under a lowered fence holds it.
//!
//! **Reference.** `physics.md` 1.6, 1.7; forbidden zones of makers' manuals.
//!
//! **Checked by.** `tests/it/laws/opening.rs`.

use super::{AsBuilt, DialLock};
use crate::mechanism::drive_train::{
    Carried, Direction, Luck, MoveTrace, Phase, Positions, Program, never,
};
use crate::units::{circular_difference, wrap};
use serde::Serialize;

/// How dialing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The bolt is drawn.
    Opened,
    /// A wheel holds the fence up.
    WheelOff,
    /// The last number lies where the nose is already in the cam gate.
    NoseTrapped,
    /// The opening turn picked up a wheel.
    WheelMovedOnRetraction,
    /// The wheels are right, but neither spring nor weight presses the lever down.
    LeverStaysUp,
    /// The wheels are right, but the program has no opening turn.
    NotTried,
}

/// What a dial program did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DialResult {
    /// The program, in the trade's notation.
    pub program: String,
    /// Whether the bolt is drawn.
    pub opens: bool,
    /// How it ended.
    pub reason: Reason,
    /// The wheel to blame, 1 = set first: the one that holds the fence, or that was moved.
    pub wheel: Option<usize>,
    /// The number at which every wheel stands at the end, in its standard direction, marks.
    pub wheels_marks: Vec<f64>,
    /// How far each stands from its nearest gate of a code, signed, marks.
    pub wheels_off_by_marks: Vec<f64>,
    /// Every move, the opening turn included.
    pub moves: Vec<MoveTrace>,
}

impl DialLock {
    /// Dial reading at which the lever has fallen to the opening depth when the opening turn goes in
    /// `direction`, marks in `[0, N)`.
    #[must_use]
    pub fn drop_in_marks(&self, direction: Direction) -> f64 {
        let contact = self.cam.at(self.open_lever_rad);
        let from_centre = contact.map_or(0.0, |c| match direction {
            Direction::Left => c.left_marks,
            Direction::Right => c.right_marks,
        });
        wrap(
            self.contact_centre_marks + from_centre,
            f64::from(self.marks),
        )
    }

    /// Dials `program` on `built`, every wheel resting in the middle of its play and none dragged along.
    #[must_use]
    pub fn dial(&self, built: &AsBuilt<'_>, program: &Program) -> DialResult {
        self.dial_dragging(built, program, &mut never)
    }

    /// As [`Self::dial`], with drag where `luck` says so.
    #[must_use]
    pub fn dial_dragging(
        &self,
        built: &AsBuilt<'_>,
        program: &Program,
        luck: &mut Luck<'_>,
    ) -> DialResult {
        let mut at = self.drive.rest();
        let mut moves = self.drive.trace(&mut at, program, luck);
        let (reason, moved) = self.open(built, program.opening, (&mut at, &mut moves), luck);
        let wheels_marks = self.drive.numbers(&at);
        let wheel = match reason {
            Reason::WheelOff => Some(built.rest(&wheels_marks).wheel + 1),
            Reason::WheelMovedOnRetraction => moved.map(|c| c.wheel),
            Reason::NoseTrapped => Some(self.wheels),
            Reason::Opened | Reason::LeverStaysUp | Reason::NotTried => None,
        };
        DialResult {
            program: program.to_string(),
            opens: reason == Reason::Opened,
            reason,
            wheel,
            wheels_off_by_marks: built.off_by_marks(&wheels_marks),
            wheels_marks,
            moves,
        }
    }

    /// The opening turn: how it ends and the wheel it moved, if any.
    fn open(
        &self,
        built: &AsBuilt<'_>,
        direction: Option<Direction>,
        (at, moves): (&mut Positions, &mut Vec<MoveTrace>),
        luck: &mut Luck<'_>,
    ) -> (Reason, Option<Carried>) {
        let is_right = |at: &Positions| built.opens(&self.drive.numbers(at));
        let was_right = is_right(at);
        let Some(direction) = direction else {
            return (
                if was_right {
                    Reason::NotTried
                } else {
                    Reason::WheelOff
                },
                None,
            );
        };
        let is_trapped = was_right && self.is_in_contact_area(at.cam);
        let way = self.way_to_drop_in(at.cam, direction);
        let drop_in = self.turn_on(at, (direction, way), Phase::DropIn, luck);
        let mut moved = drop_in.carried.first().copied();
        moves.push(drop_in);
        let can_fall = is_right(at);
        let is_pressed = self.drop_in_margin_nmm() > 0.0;
        if can_fall && is_pressed && !is_trapped {
            // The fence in the gates holds the wheels: nothing is dragged.
            let way = (direction, self.retraction_marks);
            let retraction = self.turn_on(at, way, Phase::Retraction, &mut never);
            moved = retraction.carried.first().copied();
            moves.push(retraction);
        }
        // A wheel that friction dragged off is off; one that the pins picked up was moved.
        let is_set = can_fall || (was_right && moved.is_some());
        let reason = match (is_set, is_trapped, moved) {
            (false, ..) => Reason::WheelOff,
            (true, ..) if !is_pressed => Reason::LeverStaysUp,
            (true, true, _) => Reason::NoseTrapped,
            (true, false, Some(_)) => Reason::WheelMovedOnRetraction,
            (true, false, None) => Reason::Opened,
        };
        (reason, moved)
    }

    fn turn_on(
        &self,
        at: &mut Positions,
        (direction, way): (Direction, f64),
        phase: Phase,
        luck: &mut Luck<'_>,
    ) -> MoveTrace {
        let cam = at.cam + direction.sign() * way;
        let trace = self.drive.trace_to(at, cam, phase, luck);
        MoveTrace {
            direction,
            passes: u32::from(phase == Phase::DropIn),
            ..trace
        }
    }

    /// Dial travel from dial position `cam` to the drop-in, marks in `[0, N)`.
    pub(super) fn way_to_drop_in(&self, cam: f64, direction: Direction) -> f64 {
        wrap(
            direction.sign() * (self.drop_in_marks(direction) - cam),
            f64::from(self.marks),
        )
    }

    /// Whether the nose stands between the plain contact points at dial position `cam`.
    fn is_in_contact_area(&self, cam: f64) -> bool {
        let (left, right) = self.plain_contact_marks();
        let from_centre =
            circular_difference(cam, self.contact_centre_marks, f64::from(self.marks));
        from_centre > left - self.contact_centre_marks
            && from_centre < right - self.contact_centre_marks
    }
}
