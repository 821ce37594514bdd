//! The `mechanism` section of a dial lock in a design file.

use super::press::Orientation;
use super::wear::WearSpec;
use crate::mechanism::drive_train::Direction;
use crate::mechanism::spring::CoilSpec;
use crate::tolerance::Dimension;
use schemars::JsonSchema;
use serde::Deserialize;

/// A dial lock with a lever fence. Lengths in mm, angles in marks or degrees as named.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DialLockSpec {
    /// The dial.
    pub dial: DialSpec,
    /// Number of wheels, 2 to 8.
    pub wheels: u32,
    /// What all wheels have in common.
    pub wheel: WheelSpec,
    /// Shallow gates that are no part of a code.
    #[serde(default)]
    pub false_gates: Vec<FalseGateSpec>,
    /// The lever with its fence and nose.
    pub lever: LeverSpec,
    /// The drive cam.
    pub cam: CamSpec,
    /// The lever's spring.
    pub spring: SpringSpec,
    /// How the dial carries the wheels.
    pub drive: DriveSpec,
    /// How the lock is mounted (default `vu`); it tells where the lever's weight acts.
    #[serde(default)]
    pub mounting: Orientation,
    /// How the lock wears (left out: assumed figures, marked as such).
    #[serde(default)]
    pub wear: Option<WearSpec>,
}

/// The dial.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DialSpec {
    /// Graduations per turn, 20 to 400.
    pub marks: u32,
    /// Friction torque of the dial, N·mm.
    pub dial_friction_nmm: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// A wheel.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WheelSpec {
    /// Radius of the rim; its tolerance includes the play on the hub.
    pub rim_radius_mm: Dimension,
    /// Eccentricity of the rim (amplitude), ≥ 0; its direction is random.
    pub runout_mm: Dimension,
    /// Distance from wheel to wheel along the spindle.
    pub wheel_pitch_mm: f64,
    /// The true gate.
    pub gate: GateSpec,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// A gate.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateSpec {
    /// Chord between the walls at the rim.
    pub width_mm: Dimension,
    /// Depth of the floor below the rim radius.
    pub depth_mm: f64,
    /// Radius of the rounded corners (0: sharp).
    #[serde(default)]
    pub corner_radius_mm: f64,
    /// Undercut of the walls against the gate's axis, degrees (0: parallel walls).
    #[serde(default)]
    pub wall_relief_deg: f64,
    /// Deviation of the gate from its number on the dial.
    pub position_marks: Dimension,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// A false gate on one wheel.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FalseGateSpec {
    /// Which wheel, 1 = set first.
    pub wheel: u32,
    /// Marks above the wheel's code number at which it lies under the fence.
    pub from_gate_marks: f64,
    /// Chord between the walls at the rim.
    pub width_mm: f64,
    /// Depth below the rim radius.
    pub depth_mm: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// The lever, its fence and its nose.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeverSpec {
    /// Pivot from the spindle axis: x to the right, y towards the fence.
    pub pivot_mm: [f64; 2],
    /// The fence.
    pub fence: FenceSpec,
    /// The nose.
    pub nose: NoseSpec,
    /// Mass of the lever with fence and nose, g (0: its weight is left out).
    #[serde(default)]
    pub mass_g: f64,
    /// Its centre of mass from the pivot, in the lever's frame.
    #[serde(default)]
    pub centre_of_mass_mm: [f64; 2],
    /// Friction torque that holds the lever back when it falls.
    #[serde(default)]
    pub friction_nmm: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// The fence: a bar with a flat between two rounded corners.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FenceSpec {
    /// Centre from the pivot, in the lever's frame.
    pub centre_mm: [f64; 2],
    /// Length of the flat between the corner circles' centres (0: a round bar).
    pub flat_mm: f64,
    /// Radius of the corners.
    pub corner_radius_mm: f64,
    /// Rise of the fence per mm along the spindle, from wheel 1 towards the cam.
    pub out_of_parallel: Dimension,
    /// Slope, mm per mm along the spindle, by which the fence can rock to either side (0: rigid).
    #[serde(default)]
    pub rocking_play: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// The nose: a round end that rests on the cam.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoseSpec {
    /// Centre from the pivot, in the lever's frame.
    pub centre_mm: [f64; 2],
    /// Radius.
    pub radius_mm: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// The drive cam.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CamSpec {
    /// Radius.
    pub radius_mm: f64,
    /// Dial reading at which the cam gate's axis points at the fence line.
    pub contact_centre_marks: f64,
    /// The cam gate.
    pub gate: CamGateSpec,
    /// Depth of the nose below the cam's rim at which it carries the bolt.
    pub engagement_mm: f64,
    /// Dial travel from the drop-in to the bolt's stop.
    pub retraction_marks: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// The cam gate.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CamGateSpec {
    /// Chord between the flanks at the rim.
    pub mouth_mm: f64,
    /// Slope of the left flank from the tangent, degrees.
    pub left_flank_deg: f64,
    /// Slope of the right flank from the tangent, degrees.
    pub right_flank_deg: f64,
    /// Depth of the floor below the cam's rim.
    pub depth_mm: f64,
    /// Radius of the rounded corners.
    #[serde(default)]
    pub corner_radius_mm: f64,
}

/// The spring, as the torque it puts on the lever; with its coil also stress and life.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpringSpec {
    /// Torque on the lever while the fence rests on plain rims, N·mm.
    pub torque_nmm: f64,
    /// Rise of the torque per rad that the lever sinks, N·mm/rad (negative: it falls). Left out where
    /// the coil is given, from which it follows.
    #[serde(default)]
    pub rate_nmm_per_rad: Option<f64>,
    /// Wire and coil.
    #[serde(default)]
    pub coil: Option<CoilSpec>,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// How the dial carries the wheels.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriveSpec {
    /// Width of pin and fly together; 0 where a movable fly gives a whole turn.
    pub pin_width_marks: f64,
    /// The same for the coupling that drives each wheel, in dialing order, where they differ.
    #[serde(default)]
    pub pin_widths_marks: Option<Vec<f64>>,
    /// Friction that carries idle wheels along (left out: none).
    #[serde(default)]
    pub drag: Option<DragSpec>,
    /// Direction in which the first number is dialed.
    pub first_direction: Direction,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// Friction that carries an idle wheel along with its driver.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DragSpec {
    /// Chance that it does so in one move.
    pub p: f64,
    /// How far, marks.
    pub travel_marks: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}
