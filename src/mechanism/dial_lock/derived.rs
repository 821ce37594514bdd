//! What follows from drive train and cam and is never typed in: the mechanism's own rules.

use super::DialLock;
use crate::mechanism::drive_train::Direction;
use crate::units::wrap;
use serde::Serialize;

/// Why the last number may not lie in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ForbiddenReason {
    /// The nose is in the cam gate while the last wheel is set.
    NoseTrapped,
    /// The last wheel is picked up before the bolt is drawn.
    PickedUp,
}

/// A zone of the last number, going up from `from_marks` to `to_marks` (past zero if need be), both
/// ends left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ForbiddenZone {
    /// Where it begins, marks in `[0, N)`.
    pub from_marks: f64,
    /// Where it ends, marks in `[0, N)`.
    pub to_marks: f64,
    /// Why.
    pub reason: ForbiddenReason,
}

/// The mechanism's own limits on codes, for the standard program.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DerivedLimits {
    /// Entry `i`: the largest way from number `i` to the next one (in `(0, N]`, in the direction in
    /// which the next one is dialed) that does not carry wheel `i` along; the last entry bounds the
    /// opening turn and is already contained in `forbidden_last`.
    pub way_limits_marks: Vec<f64>,
    /// Zones in which the last number cannot lie.
    pub forbidden_last: Vec<ForbiddenZone>,
}

/// What the mechanism asks of whoever dials it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Derived {
    /// Free travel of the coupling that drives each wheel, marks, in dialing order.
    pub free_travel_marks: Vec<f64>,
    /// How often each number must come by, the stop included.
    pub turns_needed: Vec<u32>,
    /// Dial travel after which each wheel is picked up, marks, in dialing order.
    pub pick_up_travel_marks: Vec<f64>,
    /// The first whole mark of travel that moves each wheel.
    pub first_moving_mark: Vec<u32>,
    /// Dial reading at which the lever falls in with the standard program, marks.
    pub drop_in_marks: f64,
    /// Dial travel from there until the bolt is drawn, marks.
    pub retraction_marks: f64,
    /// What to add to each number set in the other direction to get the standard one, marks.
    pub reversal_shift_marks: Vec<f64>,
    /// The limits on codes.
    pub limits: DerivedLimits,
}

impl DialLock {
    /// The facts that follow from the mechanism, for the standard program.
    #[must_use]
    pub fn derived(&self) -> Derived {
        let drive = &self.drive;
        Derived {
            free_travel_marks: (0..self.wheels).map(|i| drive.travel_marks(i)).collect(),
            turns_needed: drive.turns_needed(),
            pick_up_travel_marks: drive.pick_up_travel_marks(),
            first_moving_mark: drive.first_moving_mark(),
            drop_in_marks: self.drop_in_marks(self.opening_direction()),
            retraction_marks: self.retraction_marks,
            reversal_shift_marks: (0..self.wheels)
                .map(|i| drive.reversal_shift_marks(i))
                .collect(),
            limits: self.derived_limits(),
        }
    }

    /// The limits on codes that follow from the mechanism.
    #[must_use]
    pub fn derived_limits(&self) -> DerivedLimits {
        DerivedLimits {
            way_limits_marks: self.drive.way_limits_marks(),
            forbidden_last: self.forbidden_last(self.opening_direction()),
        }
    }

    /// Direction of the standard program's opening turn.
    #[must_use]
    pub fn opening_direction(&self) -> Direction {
        self.drive.direction(self.wheels - 1).reversed()
    }

    /// Where the last number cannot lie when the opening turn goes in `opening`.
    #[must_use]
    pub fn forbidden_last(&self, opening: Direction) -> Vec<ForbiddenZone> {
        let n = f64::from(self.marks);
        let (left, right) = self.plain_contact_marks();
        let mut zones = vec![ForbiddenZone {
            from_marks: wrap(left, n),
            to_marks: wrap(right, n),
            reason: ForbiddenReason::NoseTrapped,
        }];
        let short = n - self.drive.travel_marks(self.wheels - 1) + self.retraction_marks;
        if short > 0.0 {
            let drop_in = self.drop_in_marks(opening);
            // Numbers just behind the drop-in need almost a whole turn to reach it.
            let (from_marks, to_marks) = match opening {
                Direction::Right => (wrap(drop_in - short, n), drop_in),
                Direction::Left => (drop_in, wrap(drop_in + short, n)),
            };
            zones.push(ForbiddenZone {
                from_marks,
                to_marks,
                reason: ForbiddenReason::PickedUp,
            });
        }
        zones
    }
}
