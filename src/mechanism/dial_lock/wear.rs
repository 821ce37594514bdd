//! A dial lock after many openings.
//!
//! **What.** The lock with its gate corners rounded, its wheels looser on the hub and its spring
//! relaxed, and what that does to owner and reader.
//!
//! **Model.** Corners: Archard's worn volume grows with the cycles, and a corner's volume with the
//! square of its radius, so `r² = r_0² + c² N/10⁴`; so do the corners of fence and cam gate, the fence
//! keeping its width and its lower face. Hub: conforming surfaces, so the clearance grows
//! with the cycles and adds to the spread of the rim. Spring: torque `T_0 (1 − s log10(1 + N/10³))`.
//! The gates stay indexed as they were when new.
//!
//! **Assumptions.** The coefficients are assumptions where the design gives none; no figures for
//! commercial locks are published. The fence's corners end where its flat is used up, the cam's at half
//! the depth of its gate. Nothing else of fence and cam wears.
//!
//! **Reference.** Archard, *J. Appl. Phys.* 24 (1953) 981; 10,000 cycles are the endurance of EN 1300.
//!
//! **Checked by.** `tests/it/laws/wear.rs`.

use super::owner::{OwnerSetup, opens_with_error};
use super::{DialLock, DialLockSpec};
use crate::finding::Finding;
use crate::math;
use crate::mechanism::stack_report::LEVEL;
use crate::stats::{Estimate, interval};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the lock wears.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WearSpec {
    /// Radius to which a sharp gate corner is rounded in 10,000 openings.
    pub corner_radius_mm: f64,
    /// Growth of the wheels' clearance on the hub in 10,000 openings.
    pub clearance_mm: f64,
    /// Share of the spring's torque lost per decade of openings beyond 1,000.
    pub relaxation_share: f64,
    /// Radius to which a sharp corner of the fence is rounded in 10,000 openings.
    #[serde(default)]
    pub fence_corner_radius_mm: f64,
    /// Radius to which a sharp corner of the cam gate is rounded in 10,000 openings.
    #[serde(default)]
    pub cam_corner_radius_mm: f64,
    /// Where the figures come from.
    #[serde(default, rename = "source", skip_serializing)]
    pub(super) _source: Option<String>,
}

/// Cycles to which the coefficients refer.
const REFERENCE_CYCLES: f64 = 1e4;

/// Cycles from which the spring relaxes.
const SETTLED_CYCLES: f64 = 1e3;

/// The lock after a number of openings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WearPoint {
    /// Openings.
    pub cycles: f64,
    /// Whether the coefficients of wear are assumed.
    pub is_assumed: bool,
    /// Radius of the gate corners, mm.
    pub corner_radius_mm: f64,
    /// Radius of the fence's corners, mm.
    pub fence_corner_radius_mm: f64,
    /// Radius of the cam gate's corners, mm.
    pub cam_corner_radius_mm: f64,
    /// Clearance added on the hub, mm.
    pub clearance_mm: f64,
    /// Torque of the spring on plain rims, N·mm.
    pub torque_nmm: f64,
    /// Half-width of the opening window, marks.
    pub window_half_marks: f64,
    /// Chance that the right code opens at the first dialing.
    pub p_open_first_dialing: Estimate,
    /// Spread of the right contact point that one wheel's height makes from lock to lock, marks.
    pub signal_sd_marks: f64,
    /// Torque step at the right contact point, N·mm.
    pub right_step_nmm: f64,
}

impl WearSpec {
    /// Coefficients for a design that gives none: assumptions.
    #[must_use]
    pub fn assumed() -> Self {
        Self {
            corner_radius_mm: 0.05,
            clearance_mm: 0.01,
            relaxation_share: 0.02,
            fence_corner_radius_mm: 0.05,
            cam_corner_radius_mm: 0.05,
            _source: None,
        }
    }

    /// The section of a lock after `cycles` openings.
    fn worn(&self, new: &DialLockSpec, cycles: f64) -> DialLockSpec {
        let mut spec = new.clone();
        let rounded = |from_mm: f64, to_mm: f64| {
            (from_mm.powi(2) + to_mm.powi(2) * cycles / REFERENCE_CYCLES).sqrt()
        };
        let gate = &mut spec.wheel.gate;
        gate.corner_radius_mm = rounded(gate.corner_radius_mm, self.corner_radius_mm);
        let fence = &mut spec.lever.fence;
        let new_mm = fence.corner_radius_mm;
        let grown_mm =
            (rounded(new_mm, self.fence_corner_radius_mm) - new_mm).min(0.5 * fence.flat_mm);
        fence.corner_radius_mm += grown_mm;
        fence.flat_mm -= 2.0 * grown_mm;
        fence.centre_mm[1] += grown_mm;
        let cam = &mut spec.cam.gate;
        cam.corner_radius_mm =
            rounded(cam.corner_radius_mm, self.cam_corner_radius_mm).min(0.5 * cam.depth_mm);
        let half = 0.5 * self.clearance_mm(cycles);
        spec.wheel.rim_radius_mm.plus += half;
        spec.wheel.rim_radius_mm.minus += half;
        let decades = math::ln(1.0 + cycles / SETTLED_CYCLES) / std::f64::consts::LN_10;
        spec.spring.torque_nmm *= (1.0 - self.relaxation_share * decades).max(0.0);
        spec
    }

    fn clearance_mm(&self, cycles: f64) -> f64 {
        self.clearance_mm * cycles / REFERENCE_CYCLES
    }

    /// What is wrong with the coefficients, with pointers relative to them.
    pub(super) fn faults(&self) -> Vec<Finding> {
        let ranges = [
            ("/corner_radius_mm", self.corner_radius_mm, 1.0),
            ("/clearance_mm", self.clearance_mm, 1.0),
            ("/relaxation_share", self.relaxation_share, 0.2),
            ("/fence_corner_radius_mm", self.fence_corner_radius_mm, 1.0),
            ("/cam_corner_radius_mm", self.cam_corner_radius_mm, 1.0),
        ];
        let told = ranges.into_iter().filter_map(|(at, value, high)| {
            let name = format!("`{}`", at.trim_start_matches('/'));
            Finding::out_of_range("WP201", at, &name, value, (0.0, high))
        });
        told.collect()
    }
}

impl DialLock {
    /// The coefficients of wear, and whether they are assumed.
    #[must_use]
    pub fn wear(&self) -> (WearSpec, bool) {
        let given = self.spec.wear.clone();
        let is_assumed = given.is_none();
        (given.unwrap_or_else(WearSpec::assumed), is_assumed)
    }

    /// The lock after `cycles` openings, its gates indexed as when new.
    ///
    /// # Errors
    /// What makes the worn parts no lock any more.
    pub fn worn(&self, cycles: f64) -> Result<Self, Vec<Finding>> {
        let mut worn = Self::new(&self.wear().0.worn(&self.spec, cycles))?;
        worn.index_marks = self.index_marks;
        worn.nominal.press.mounting = self.nominal.press.mounting;
        Ok(worn)
    }

    /// Owner and reader after `cycles` openings, from `trials` as-built locks of `setup` (whose lock
    /// is this one).
    ///
    /// # Errors
    /// As [`Self::worn`].
    pub fn wear_point(
        &self,
        setup: &OwnerSetup<'_>,
        cycles: f64,
        trials: u64,
    ) -> Result<WearPoint, Vec<Finding>> {
        self.wear_point_by(cycles, |worn| {
            let of_worn = OwnerSetup {
                lock: worn,
                ..*setup
            };
            let opened = |t: &u64| opens_with_error(&of_worn, *t, setup.dialing_sd_marks);
            let opened = (0..trials).filter(opened).count() as u64;
            interval::wilson(opened, trials, LEVEL)
        })
    }

    /// The same, `chance` saying how likely the right code opens a worn lock at the first dialing.
    ///
    /// # Errors
    /// As [`Self::worn`].
    pub fn wear_point_by(
        &self,
        cycles: f64,
        chance: impl FnOnce(&Self) -> Estimate,
    ) -> Result<WearPoint, Vec<Finding>> {
        let worn = self.worn(cycles)?;
        let (wear, is_assumed) = self.wear();
        let (signal_sd_marks, right_step_nmm) = worn.signal();
        Ok(WearPoint {
            cycles,
            is_assumed,
            corner_radius_mm: worn.spec.wheel.gate.corner_radius_mm,
            fence_corner_radius_mm: worn.spec.lever.fence.corner_radius_mm,
            cam_corner_radius_mm: worn.spec.cam.gate.corner_radius_mm,
            clearance_mm: wear.clearance_mm(cycles),
            torque_nmm: worn.nominal.press.spring_nmm,
            window_half_marks: worn.window.half_marks(),
            p_open_first_dialing: chance(&worn),
            signal_sd_marks,
            right_step_nmm,
        })
    }

    /// Spread of the right contact point by one wheel's height, marks, and the step felt, N·mm.
    fn signal(&self) -> (f64, f64) {
        let rim = self.nominal.rim;
        let small = rim.per_radius * self.rim_radius_mm.sd();
        let read = |lever_rad: f64| self.cam.at(lever_rad);
        match (read(rim.lever_rad - small), read(rim.lever_rad)) {
            (Some(low), Some(at)) => ((at.right_marks - low.right_marks).abs(), at.right_step_nmm),
            _ => (f64::NAN, f64::NAN),
        }
    }
}
