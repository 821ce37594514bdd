//! What presses the lever down: the spring and the lever's own weight.
//!
//! **What.** The torque on the lever over its travel, in any mounting orientation, with the spring
//! whole or broken.
//!
//! **Model.** Spring: linear in the lever angle, never pushing the other way. Weight: its moment
//! about the pivot. Positive torque lowers the lever.
//!
//! **Assumptions.** `vu` is the lock with its fence above the spindle (the y axis up); `rh` is `vu`
//! turned a quarter clockwise as seen from the front, `lh` counter-clockwise, `vd` upside down.
//!
//! **Reference.** `physics.md` 1.1, 1.8.
//!
//! **Checked by.** `tests/it/laws/spring.rs`.

use crate::geometry::{Point, Vector, turned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the lock is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Right hand: the fence to the right of the spindle.
    Rh,
    /// Left hand: the fence to the left.
    Lh,
    /// Vertical up: the fence above, its weight lowers it.
    #[default]
    Vu,
    /// Vertical down: the fence below, its weight lifts it off the wheels.
    Vd,
}

impl Orientation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rh, Self::Lh, Self::Vu, Self::Vd];

    /// Direction of gravity in the lock's frame.
    fn down(self) -> Vector {
        match self {
            Self::Rh => Vector::new(1.0, 0.0),
            Self::Lh => Vector::new(-1.0, 0.0),
            Self::Vu => Vector::new(0.0, -1.0),
            Self::Vd => Vector::new(0.0, 1.0),
        }
    }
}

/// Spring and weight on the lever.
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    /// Torque of the spring while the fence rests on plain rims, N·mm.
    pub spring_nmm: f64,
    /// Rise of the spring's torque per rad that the lever sinks, N·mm/rad.
    pub rate_nmm_per_rad: f64,
    /// Torque at and below which the spring is slack, N·mm, ≥ 0.
    pub slack_nmm: f64,
    /// Weight of the lever, N.
    pub weight_n: f64,
    /// Its centre of mass in the lever's frame, mm.
    pub centre_of_mass: Point,
    /// How the lock is mounted.
    pub mounting: Orientation,
    /// Whether the spring is broken.
    pub is_broken: bool,
}

impl Press {
    /// Torque of the whole spring after the lever has sunk by `sunk_rad` from plain rims, N·mm.
    #[must_use]
    pub fn spring_nmm(&self, sunk_rad: f64) -> f64 {
        let torque = self.spring_nmm + self.rate_nmm_per_rad * sunk_rad;
        if torque <= self.slack_nmm {
            0.0
        } else {
            torque
        }
    }

    /// Moment of the lever's weight at `lever_rad`, N·mm.
    #[must_use]
    pub fn weight_nmm(&self, lever_rad: f64) -> f64 {
        let arm = turned(self.centre_of_mass.coords, lever_rad);
        let force = self.mounting.down() * self.weight_n;
        -(arm.x * force.y - arm.y * force.x)
    }

    /// All torque on the lever at `lever_rad`, which is `sunk_rad` below plain rims, N·mm.
    #[must_use]
    pub fn torque_nmm(&self, lever_rad: f64, sunk_rad: f64) -> f64 {
        let spring = if self.is_broken {
            0.0
        } else {
            self.spring_nmm(sunk_rad)
        };
        spring + self.weight_nmm(lever_rad)
    }
}
