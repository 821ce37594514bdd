//! Force at the lever: drop-in in every mounting, feel at the dial, stress and life of the spring.
//!
//! **What.** Torque over the lever's travel; by how much it overcomes friction while the lever falls
//! in, with the spring whole and broken; the step felt at the contact points against the dial's own
//! friction.
//!
//! **Model.** Drop-in margin: the least of torque minus friction over the fall from plain rims to
//! the opening depth. One opening swings the lever between the cam's rim and the floor.
//!
//! **Assumptions.** Quasi-static; the lever's friction is one constant torque.
//!
//! **Reference.** `physics.md` 1.5, 1.6, 1.8.
//!
//! **Checked by.** `tests/it/laws/spring.rs`.

use super::cam::Cam;
use super::{DialLock, Orientation};
use crate::mechanism::spring::CoilKind;
use serde::Serialize;

/// The lever at one place of its travel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TravelPoint {
    /// Lever angle, rad.
    pub lever_rad: f64,
    /// Fence below plain rims along its arc, mm (negative above).
    pub fence_drop_mm: f64,
    /// Torque of spring and weight, N·mm.
    pub torque_nmm: f64,
    /// Force of the fence on what holds it, along its arc, N.
    pub fence_force_n: f64,
    /// Force of the spring, N, where its coil is given and pulls or pushes.
    pub spring_force_n: Option<f64>,
    /// Torque step at the left contact point with the lever held here, N·mm; `None` where the nose
    /// meets no flank.
    pub left_step_nmm: Option<f64>,
    /// Torque step at the right contact point, N·mm.
    pub right_step_nmm: Option<f64>,
    /// Stress of the spring's wire, MPa, where its coil is given.
    pub stress_mpa: Option<f64>,
}

/// Whether the lever falls in one mounting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DropIn {
    /// The mounting.
    pub mounting: Orientation,
    /// Least torque left over friction on the fall, N·mm.
    pub margin_nmm: f64,
    /// Whether it falls.
    pub falls: bool,
    /// The margin with the spring broken, N·mm.
    pub broken_margin_nmm: f64,
    /// Whether the lock still opens with the spring broken.
    pub opens_broken: bool,
    /// Whether an open lock with a broken spring still throws its bolt.
    pub locks_broken: bool,
}

/// What the hand feels while the fence rests on plain rims.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Feel {
    /// Torque step at the left contact point, N·mm.
    pub left_step_nmm: f64,
    /// Torque step at the right contact point, N·mm.
    pub right_step_nmm: f64,
    /// The dial's own friction, N·mm.
    pub dial_friction_nmm: f64,
}

/// The spring as a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoilReport {
    /// Kind of spring.
    pub kind: CoilKind,
    /// Coil over wire diameter.
    pub index: f64,
    /// N/mm, or N·mm/rad for a torsion spring.
    pub stiffness: f64,
    /// Wahl or inner-fibre factor.
    pub stress_factor: f64,
    /// Stress with the lever at the bottom of its travel, MPa.
    pub least_stress_mpa: f64,
    /// Stress with the lever on the cam's rim, MPa.
    pub most_stress_mpa: f64,
    /// Stress range of one opening, MPa.
    pub stress_range_mpa: f64,
    /// Median life, openings, where an S–N line is given.
    pub median_life_cycles: Option<f64>,
    /// Length with all turns touching, mm (compression springs).
    pub solid_length_mm: Option<f64>,
    /// Shortest length in use, mm (compression springs).
    pub shortest_length_mm: Option<f64>,
}

/// All about the force on the lever.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpringReport {
    /// Over the travel, from the cam's rim down.
    pub travel: Vec<TravelPoint>,
    /// Feel at the dial, `None` where the nose meets no flank.
    pub feel: Option<Feel>,
    /// Falling in, in every mounting.
    pub drop_in: Vec<DropIn>,
    /// The spring as a part, where its coil is given.
    pub coil: Option<CoilReport>,
}

/// Points of the travel in a report, and over a fall.
const STEPS: u32 = 64;

impl DialLock {
    /// The force on the lever.
    #[must_use]
    pub fn spring_report(&self) -> SpringReport {
        let (top, bottom) = self.travel_rad();
        let travel = steps(top, bottom).map(|lever_rad| self.travel_point(lever_rad));
        let feel = self.cam.at(self.nominal.rim.lever_rad).map(|c| Feel {
            left_step_nmm: c.left_step_nmm,
            right_step_nmm: c.right_step_nmm,
            dial_friction_nmm: self.dial_friction_nmm,
        });
        SpringReport {
            travel: travel.collect(),
            feel,
            drop_in: Orientation::ALL
                .map(|mounting| self.drop_in(mounting))
                .to_vec(),
            coil: self.coil_report(),
        }
    }

    /// The lever's highest and lowest angle in use, rad: on the cam's rim, and fallen in.
    #[must_use]
    pub fn travel_rad(&self) -> (f64, f64) {
        let gate = &self.profiles[0];
        let lowest = (0..gate.node_count()).map(|k| gate.lever_rad(k));
        let bottom = lowest
            .fold(f64::INFINITY, f64::min)
            .max(self.cam.floor_lever_rad);
        (self.cam.rim_lever_rad, bottom)
    }

    /// The same lock mounted otherwise, or with its spring broken: contact steps and drop-in change.
    #[must_use]
    pub fn in_state(&self, mounting: Orientation, is_broken: bool) -> Self {
        let mut other = self.clone();
        other.nominal.press.mounting = mounting;
        other.nominal.press.is_broken = is_broken;
        let (radius, gate) = (self.cam.radius_mm, self.cam.gate);
        if let Some(cam) = Cam::new(&other.nominal, radius, gate, self.rad_per_mark()) {
            other.cam = cam;
        }
        other
    }

    /// Least torque left over the lever's friction on the fall from plain rims to the opening depth.
    #[must_use]
    pub fn drop_in_margin_nmm(&self) -> f64 {
        let fall = steps(self.nominal.rim.lever_rad, self.open_lever_rad);
        let torque = fall.map(|lever_rad| self.nominal.torque_nmm(lever_rad));
        torque.fold(f64::INFINITY, f64::min) - self.lever_friction_nmm
    }

    /// Chance that the spring breaks within `cycles` openings; `None` without coil or S–N line.
    #[must_use]
    pub fn p_spring_broken(&self, cycles: f64) -> Option<f64> {
        let life = self.coil.as_ref()?.life?;
        Some(life.p_broken(cycles, self.coil_report()?.stress_range_mpa))
    }

    fn drop_in(&self, mounting: Orientation) -> DropIn {
        let mut lock = self.clone();
        lock.nominal.press.mounting = mounting;
        lock.nominal.press.is_broken = false;
        let margin_nmm = lock.drop_in_margin_nmm();
        lock.nominal.press.is_broken = true;
        let broken_margin_nmm = lock.drop_in_margin_nmm();
        let held = lock.nominal.torque_nmm(self.open_lever_rad) - self.lever_friction_nmm;
        DropIn {
            mounting,
            margin_nmm,
            falls: margin_nmm > 0.0,
            broken_margin_nmm,
            opens_broken: broken_margin_nmm > 0.0,
            locks_broken: held > 0.0,
        }
    }

    fn spring_nmm_at(&self, lever_rad: f64) -> f64 {
        self.nominal
            .press
            .spring_nmm(self.nominal.rim.lever_rad - lever_rad)
    }

    fn travel_point(&self, lever_rad: f64) -> TravelPoint {
        let arm_mm = self.nominal.fence.centre.coords.norm();
        let is_on_flank =
            lever_rad < self.cam.rim_lever_rad && lever_rad > self.cam.floor_lever_rad;
        let contact = self.cam.at(lever_rad).filter(|_| is_on_flank);
        let spring_nmm = self.spring_nmm_at(lever_rad);
        let coil = self.coil.as_ref();
        let straight = coil.filter(|c| c.kind != CoilKind::Torsion);
        TravelPoint {
            lever_rad,
            fence_drop_mm: (self.nominal.rim.lever_rad - lever_rad) * arm_mm,
            torque_nmm: self.nominal.torque_nmm(lever_rad),
            fence_force_n: self.nominal.torque_nmm(lever_rad) / arm_mm,
            spring_force_n: straight.map(|c| c.load(spring_nmm)),
            left_step_nmm: contact.map(|c| c.left_step_nmm),
            right_step_nmm: contact.map(|c| c.right_step_nmm),
            stress_mpa: coil.map(|c| c.stress_mpa(spring_nmm)),
        }
    }

    fn coil_report(&self) -> Option<CoilReport> {
        let coil = self.coil.as_ref()?;
        let (top, bottom) = self.travel_rad();
        let (most, least) = (self.spring_nmm_at(top), self.spring_nmm_at(bottom));
        let range = coil.stress_mpa(most) - coil.stress_mpa(least);
        Some(CoilReport {
            kind: coil.kind,
            index: coil.index(),
            stiffness: coil.stiffness(),
            stress_factor: coil.stress_factor(),
            least_stress_mpa: coil.stress_mpa(least),
            most_stress_mpa: coil.stress_mpa(most),
            stress_range_mpa: range,
            median_life_cycles: coil.life.map(|l| l.median_cycles(range)),
            solid_length_mm: coil.solid_length_mm(),
            shortest_length_mm: coil.length_mm(most),
        })
    }
}

/// Lever angles from `from` to `to`, both included.
fn steps(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (0..=STEPS).map(move |k| from + (to - from) * f64::from(k) / f64::from(STEPS))
}
