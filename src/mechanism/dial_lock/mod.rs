//! Dial lock with a lever fence.
//!
//! **What.** The nominal mechanism: lever, fence, nose, cam, wheels with gates and false gates; the
//! dialing window as an output of the geometry.
//!
//! **Model.** `physics.md` 1.1 to 1.6. The fence rests on the tallest wheel under it (a max); the
//! lock opens when the lever is deep enough for the nose to carry the bolt.
//!
//! **Assumptions.** Rigid parts, plane sections, wheels alike but for their tolerances. The number
//! of a wheel is the middle of its dialing window (gates are indexed so at assembly).
//!
//! **Reference.** `physics.md` 1; S&G 6730 manual for contact points and fly travel.
//!
//! **Checked by.** `tests/it/validation/follower.rs`, `tests/it/laws/contact.rs`.
//!
//! ```text
//!   pivot o───────────────────┐ lever          y up, towards the fence
//!                      nose ◗ ▼ fence ▭        x to the right
//!                   cam ◔    ◯ wheels          counter-clockwise positive
//! ```

mod as_built;
mod assemble;
mod cam;
mod check;
mod derived;
mod force;
mod grid;
mod opening;
mod opening_stack;
mod owner;
mod part;
mod press;
mod profile;
mod rest;
mod rest_each;
mod spec;
mod sweep;
mod wear;

pub use as_built::{AsBuilt, BuiltGate, BuiltWheel, Deviations, WheelDeviations};
pub use cam::{Cam, Contact};
pub use derived::{Derived, DerivedLimits, ForbiddenReason, ForbiddenZone};
pub use force::{CoilReport, DropIn, Feel, SpringReport, TravelPoint};
pub use opening::{DialResult, Reason};
pub use owner::{
    Contributions, OfFunction, OwnerSetup, OwnerTrial, ToleranceReport, opens_one_mark_off,
    opens_with_error, owner_trial, run_owner,
};
pub use part::FlatPart;
pub use press::{Orientation, Press};
pub use profile::{Lift, Profile};
pub use rest::Rest;
pub use rest_each::Rests;
pub use spec::DialLockSpec;
pub use sweep::{Levers, Sweep};
pub use wear::{WearPoint, WearSpec};

use super::drive_train::DriveTrain;
use super::spring::CoilSpec;
use super::{Family, Lock, WheelPack};
use crate::geometry::{Bar, Lever, Outline, Point, SlotShape, Touch};
use crate::tolerance::Dimension;
use crate::units::rad_per_mark;

/// Most wheels of a pack.
pub(crate) const MOST_WHEELS: usize = 8;

/// Something for each wheel, or for some of them, with no space of its own to be asked for.
pub(crate) type PerWheel<T> = arrayvec::ArrayVec<T, MOST_WHEELS>;

/// The family's line in `FAMILIES`.
pub const FAMILY: Family = Family {
    name: "dial_lock",
    about: "dial lock with a lever fence: wheels on one spindle, drive cam, contact points",
    example: include_str!("example.json"),
    optional: include_str!("optional.json"),
};

/// The rigid parts that meet the wheels and the cam.
#[derive(Debug, Clone)]
pub struct Nominal {
    /// The lever.
    pub lever: Lever,
    /// The fence on it.
    pub fence: Bar,
    /// The nose on it.
    pub nose: Bar,
    /// What presses the lever down.
    pub press: Press,
    /// Lever angle on plain rims, rad.
    pub rim: Lift,
    /// Half of `∂² lever / ∂ rim radius²` on plain rims, rad/mm².
    pub rim_bend: f64,
}

impl Nominal {
    /// First contact of the fence with a wheel turned by `turn_rad`.
    fn first_touch(&self, outline: &Outline, turn_rad: f64) -> Option<Touch> {
        self.lever.first_touch(&self.fence, outline, turn_rad)
    }

    /// The same as a lift; free fall where there is none.
    fn lift(&self, outline: &Outline, turn_rad: f64) -> Lift {
        Lift::of(self.first_touch(outline, turn_rad))
    }

    /// `lift` on a wheel whose rim is `rise_mm` higher under a fence that is `fence_rise_mm` higher.
    #[inline]
    fn raised(&self, lift: Lift, rise_mm: f64, fence_rise_mm: f64) -> f64 {
        lift.lever_rad
            + rise_mm * (lift.per_radius + rise_mm * self.rim_bend)
            + lift.per_height * fence_rise_mm
    }

    /// Torque of spring and weight on the lever at `lever_rad`, N·mm; positive lowers it.
    #[must_use]
    pub fn torque_nmm(&self, lever_rad: f64) -> f64 {
        self.press
            .torque_nmm(lever_rad, self.rim.lever_rad - lever_rad)
    }
}

/// A gate position on a wheel, apart from the code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FalseGate {
    /// Wheel, 0-based in dialing order.
    pub wheel: usize,
    /// Marks above the code number at which it lies under the fence.
    pub from_gate_marks: f64,
    /// Index of its profile.
    pub profile: usize,
}

/// The dialing window of a true gate, in marks of the gate's offset from the fence line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Lowest offset at which the lever falls to the opening depth.
    pub low_marks: f64,
    /// Highest offset.
    pub high_marks: f64,
}

impl Window {
    /// Half of its width, marks.
    #[must_use]
    pub fn half_marks(&self) -> f64 {
        0.5 * (self.high_marks - self.low_marks)
    }

    /// Its middle, marks.
    #[must_use]
    pub fn centre_marks(&self) -> f64 {
        0.5 * (self.high_marks + self.low_marks)
    }
}

/// A nominal dial lock.
#[derive(Debug, Clone)]
pub struct DialLock {
    /// Graduations of the dial.
    pub marks: u32,
    /// Number of wheels.
    pub wheels: usize,
    /// Friction torque of the dial, N·mm.
    pub dial_friction_nmm: f64,
    /// Rim radius with its tolerance (hub play included), mm.
    pub rim_radius_mm: Dimension,
    /// Eccentricity, mm.
    pub runout_mm: Dimension,
    /// Distance between wheels, mm.
    pub wheel_pitch_mm: f64,
    /// Width of the true gates, mm.
    pub gate_width_mm: Dimension,
    /// Deviation of a gate's position, marks.
    pub gate_position_marks: Dimension,
    /// Rise of the fence along the spindle, mm/mm.
    pub fence_out_of_parallel: Dimension,
    /// Slope by which the fence can rock to either side, mm/mm.
    pub rocking_play: f64,
    /// Shapes of the gates: the true one first, then the distinct false ones.
    pub shapes: Vec<SlotShape>,
    /// The signature of each shape.
    pub profiles: Vec<Profile>,
    /// False gates.
    pub false_gates: Vec<FalseGate>,
    /// Lever, fence and nose.
    pub nominal: Nominal,
    /// The drive cam.
    pub cam: Cam,
    /// Dial reading of the contact centre, marks.
    pub contact_centre_marks: f64,
    /// Depth of the nose at which it carries the bolt, mm.
    pub engagement_mm: f64,
    /// Dial travel from drop-in to the bolt's stop, marks.
    pub retraction_marks: f64,
    /// Lever angle at or below which the lock opens, rad.
    pub open_lever_rad: f64,
    /// The true gate's dialing window.
    pub window: Window,
    /// Offset of a gate from the fence line when its wheel shows its number, marks: the middle of the
    /// window of the lock when new.
    pub index_marks: f64,
    /// The drive train.
    pub drive: DriveTrain,
    /// Friction torque that holds the falling lever back, N·mm.
    pub lever_friction_nmm: f64,
    /// The spring's wire and coil, where given.
    pub coil: Option<CoilSpec>,
    /// The section it was built from.
    pub spec: Box<DialLockSpec>,
}

impl DialLock {
    /// Builds the mechanism from its section of a design file.
    ///
    /// # Errors
    /// Every fault of meaning, each with its place in the section and what would pass.
    pub fn new(spec: &DialLockSpec) -> Result<Self, Vec<crate::finding::Finding>> {
        check::build(spec)
    }

    /// Radians per mark of this dial.
    #[must_use]
    pub fn rad_per_mark(&self) -> f64 {
        rad_per_mark(self.marks)
    }

    /// Contact points on nominal parts while the fence rests on plain rims: dial readings of the left
    /// and right one, marks.
    #[must_use]
    pub fn plain_contact_marks(&self) -> (f64, f64) {
        let c = self.cam.at(self.nominal.rim.lever_rad);
        c.map_or(
            (self.contact_centre_marks, self.contact_centre_marks),
            |c| {
                (
                    self.contact_centre_marks + c.left_marks,
                    self.contact_centre_marks + c.right_marks,
                )
            },
        )
    }

    /// Where a gate's centre stands from the fence line when its wheel shows `number` and the gate
    /// is cut for `code`: marks, counter-clockwise.
    #[must_use]
    pub fn offset_marks(&self, number: f64, code: f64) -> f64 {
        crate::units::circular_difference(number + self.index_marks, code, f64::from(self.marks))
    }

    /// The fence's place (centre of the flat) at a lever angle, for drawings.
    #[must_use]
    pub fn fence_centre(&self, lever_rad: f64) -> Point {
        self.nominal
            .lever
            .place(self.nominal.fence.centre, lever_rad)
    }
}

impl Lock for DialLock {
    fn family(&self) -> &'static str {
        FAMILY.name
    }
    fn pack(&self) -> Option<WheelPack> {
        Some(WheelPack {
            wheels: self.wheels,
            marks: self.marks,
            window_half_marks: vec![self.window.half_marks(); self.wheels],
        })
    }
    fn contact(&self) -> Option<&DialLock> {
        Some(self)
    }
}
