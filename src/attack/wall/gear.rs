//! The couplings of a drive train as numbers, for eight settings at a time.
//!
//! **What.** How far each coupling turns freely, and where wheels stand that are carried along.
//!
//! **Model.** Play operators (`mechanism/drive_train`).
//!
//! **Assumptions.** No drag.
//!
//! **Reference.** `physics.md` 1.7.
//!
//! **Checked by.** `tests/it/laws/tour.rs`.

use crate::mechanism::dial_lock::MOST_WHEELS;
use crate::mechanism::drive_train::DriveTrain;
use fearless_simd::{Simd, SimdBase, f64x8};

/// The couplings as numbers, by wheel.
#[derive(Clone, Copy)]
pub(super) struct Gear {
    pub(super) n: f64,
    /// Half the free travel of the wheel's coupling.
    pub(super) half_play: [f64; MOST_WHEELS],
    /// Half the free travel between cam and wheel.
    pub(super) half_reach: [f64; MOST_WHEELS],
    /// From where the wheel stands to the number it shows.
    pub(super) to_number: [f64; MOST_WHEELS],
    pub(super) wheels: usize,
    /// Free travel between cam and wheel.
    pub(super) reach: [f64; MOST_WHEELS],
}

impl Gear {
    /// How many wheels there are, where room is made for `WHEELS`; known beforehand if not for all there can be.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "part of vector code")]
    pub(super) fn wheels_of<const WHEELS: usize>(&self) -> usize {
        if WHEELS < MOST_WHEELS {
            WHEELS
        } else {
            self.wheels
        }
    }

    pub(super) fn of(drive: &DriveTrain) -> Self {
        let mut gear = Self {
            n: f64::from(drive.marks),
            half_play: [0.0; MOST_WHEELS],
            half_reach: [0.0; MOST_WHEELS],
            to_number: [0.0; MOST_WHEELS],
            wheels: drive.wheels,
            reach: [0.0; MOST_WHEELS],
        };
        for i in 0..drive.wheels {
            gear.half_play[i] = 0.5 * drive.travel_marks(i);
            gear.reach[i] = drive.reach_marks(i);
            gear.half_reach[i] = 0.5 * gear.reach[i];
            gear.to_number[i] = drive.direction(i).sign() * gear.half_reach[i];
        }
        gear
    }
}

/// Carries the wheels along with the dial, which turns to `dial`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(super) fn carry<S: Simd, const WHEELS: usize>(
    wheels: &mut [f64x8<S>; WHEELS],
    dial: f64x8<S>,
    gear: &Gear,
) {
    let mut driver = dial;
    for i in (0..gear.wheels_of::<WHEELS>()).rev() {
        let play = gear.half_play[i];
        driver = wheels[i].max(driver - play).min(driver + play);
        wheels[i] = driver;
    }
}
