//! Wound springs: stiffness, stress and fatigue.
//!
//! **What.** What wire and coil of a spring make of the torque it puts on a lever: stiffness, stress
//! over the lever's travel, life, and whether it goes solid.
//!
//! **Model.** Extension and compression: `k = G d⁴ / (8 D³ n)`, shear stress
//! `τ = K 8 F D / (π d³)` with the Wahl factor `K = (4C − 1)/(4C − 4) + 0.615/C`. Torsion:
//! `k = E d⁴ / (64 D n)` per rad, bending stress `σ = K_i 32 M / (π d³)` with the inner-fibre factor
//! `K_i = (4C² − C − 1)/(4C (C − 1))`; `C = D/d`. Life: S–N line `N50 = N_ref (Δ_ref/Δ)^k`, log-normal
//! scatter.
//!
//! **Assumptions.** Linear, no friction between turns, constant arm; no endurance limit.
//!
//! **Reference.** Wahl, *Mechanical Springs* (1963); Shigley, *Mechanical Engineering Design*, ch. 10.
//!
//! **Checked by.** `tests/it/validation/spring.rs` (worked examples), `tests/it/laws/spring.rs`.

use crate::finding::Finding;
use crate::math::{ln, pow};
use crate::stats::special::normal_cdf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// How the spring is wound and loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoilKind {
    /// Pulls.
    Extension,
    /// Pushes.
    Compression,
    /// Turns about the lever's pivot.
    Torsion,
}

/// A wound spring on the lever. Its torque stands beside it; the rate follows from it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoilSpec {
    /// Kind of spring.
    pub kind: CoilKind,
    /// Diameter of the wire.
    pub wire_mm: f64,
    /// Mean diameter of the coil.
    pub coil_mm: f64,
    /// Active turns.
    pub turns: f64,
    /// Shear modulus (extension, compression) or Young's modulus (torsion) of the wire.
    pub modulus_mpa: f64,
    /// Distance of the line of force from the lever's pivot (not for a torsion spring).
    #[serde(default)]
    pub arm_mm: Option<f64>,
    /// Length without load (compression springs).
    #[serde(default)]
    pub free_length_mm: Option<f64>,
    /// Turns at the ends that do not spring but take length (compression springs).
    #[serde(default = "two")]
    pub inactive_turns: f64,
    /// Force that must be passed before the turns part (extension springs).
    #[serde(default)]
    pub initial_tension_n: f64,
    /// Fatigue of the wire, where known.
    #[serde(default)]
    pub life: Option<LifeSpec>,
    /// Where the figures come from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

fn two() -> f64 {
    2.0
}

/// An S–N line with its scatter.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeSpec {
    /// Median cycles to failure at the reference stress range.
    pub reference_cycles: f64,
    /// Reference stress range, MPa.
    pub reference_mpa: f64,
    /// Exponent of the line.
    pub exponent: f64,
    /// Standard deviation of the natural logarithm of the life.
    pub sd_ln: f64,
}

impl CoilSpec {
    /// Spring index, coil over wire.
    #[must_use]
    pub fn index(&self) -> f64 {
        self.coil_mm / self.wire_mm
    }

    /// Stiffness: N/mm, or N·mm/rad for a torsion spring.
    #[must_use]
    pub fn stiffness(&self) -> f64 {
        let d4 = self.wire_mm.powi(4);
        match self.kind {
            CoilKind::Torsion => self.modulus_mpa * d4 / (64.0 * self.coil_mm * self.turns),
            _ => self.modulus_mpa * d4 / (8.0 * self.coil_mm.powi(3) * self.turns),
        }
    }

    /// Stress concentration by curvature: Wahl's factor, or the inner-fibre factor of bending.
    #[must_use]
    pub fn stress_factor(&self) -> f64 {
        let c = self.index();
        match self.kind {
            CoilKind::Torsion => (4.0 * c * c - c - 1.0) / (4.0 * c * (c - 1.0)),
            _ => (4.0 * c - 1.0) / (4.0 * c - 4.0) + 0.615 / c,
        }
    }

    /// Arm of the force at the lever, mm (1 for a torsion spring, whose load is a torque).
    fn arm(&self) -> f64 {
        match self.kind {
            CoilKind::Torsion => 1.0,
            _ => self.arm_mm.unwrap_or(1.0),
        }
    }

    /// Rise of the torque per rad that the lever sinks, N·mm/rad: it falls, since the spring eases.
    #[must_use]
    pub fn rate_nmm_per_rad(&self) -> f64 {
        -self.stiffness() * self.arm().powi(2)
    }

    /// Torque at and below which an extension spring's turns lie closed, N·mm.
    #[must_use]
    pub fn slack_nmm(&self) -> f64 {
        match self.kind {
            CoilKind::Extension => self.initial_tension_n * self.arm(),
            _ => 0.0,
        }
    }

    /// Load at a torque on the lever: N, or N·mm for a torsion spring.
    #[must_use]
    pub fn load(&self, torque_nmm: f64) -> f64 {
        torque_nmm / self.arm()
    }

    /// Stress of the wire at a torque on the lever, MPa.
    #[must_use]
    pub fn stress_mpa(&self, torque_nmm: f64) -> f64 {
        let d3 = PI * self.wire_mm.powi(3);
        let load = self.load(torque_nmm);
        match self.kind {
            CoilKind::Torsion => self.stress_factor() * 32.0 * load / d3,
            _ => self.stress_factor() * 8.0 * load * self.coil_mm / d3,
        }
    }

    /// Length of a compression spring with all turns touching, mm.
    #[must_use]
    pub fn solid_length_mm(&self) -> Option<f64> {
        let turns = self.turns + self.inactive_turns;
        (self.kind == CoilKind::Compression).then_some(turns * self.wire_mm)
    }

    /// Length of a compression spring at a torque on the lever, mm.
    #[must_use]
    pub fn length_mm(&self, torque_nmm: f64) -> Option<f64> {
        let free = self
            .free_length_mm
            .filter(|_| self.kind == CoilKind::Compression)?;
        Some(free - self.load(torque_nmm) / self.stiffness())
    }

    /// What is wrong with the spring in itself, with pointers relative to it.
    #[must_use]
    pub fn faults(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        let mut within = |at: &str, value: f64, low: f64, high: f64| {
            let name = format!("`{}`", at.rsplit('/').next().unwrap_or(at));
            let found = Finding::out_of_range("WP201", at, &name, value, (low, high));
            let is_fine = found.is_none();
            out.extend(found);
            is_fine
        };
        if within("/wire_mm", self.wire_mm, 0.05, 20.0) {
            let (least, most) = (2.0 * self.wire_mm, 40.0 * self.wire_mm);
            within("/coil_mm", self.coil_mm, least, most);
        }
        within("/turns", self.turns, 0.5, 1000.0);
        within("/modulus_mpa", self.modulus_mpa, 1e3, 1e6);
        within("/inactive_turns", self.inactive_turns, 0.0, 20.0);
        within("/initial_tension_n", self.initial_tension_n, 0.0, 1e5);
        if let Some(arm) = self.arm_mm {
            within("/arm_mm", arm, 0.1, 500.0);
        }
        if let Some(life) = &self.life {
            within("/life/reference_cycles", life.reference_cycles, 1.0, 1e12);
            within("/life/reference_mpa", life.reference_mpa, 1.0, 1e4);
            within("/life/exponent", life.exponent, 1.0, 50.0);
            within("/life/sd_ln", life.sd_ln, 0.01, 5.0);
        }
        let mut missing = |at: &str, what: &str| {
            let message = format!("{what} is missing");
            out.push(Finding::error("WP211", at, message, "give it in mm"));
        };
        if self.kind != CoilKind::Torsion && self.arm_mm.is_none() {
            missing(
                "/arm_mm",
                "the distance of the line of force from the pivot",
            );
        }
        if self.kind == CoilKind::Compression && self.free_length_mm.is_none() {
            missing("/free_length_mm", "the length without load");
        }
        out
    }

    /// The finding where the spring is pressed past solid at the largest torque of its travel.
    #[must_use]
    pub fn past_solid(&self, most_nmm: f64) -> Option<Finding> {
        let (length, solid) = (self.length_mm(most_nmm)?, self.solid_length_mm()?);
        (length <= solid).then(|| {
            let least = self.free_length_mm.unwrap_or(0.0) + solid - length;
            Finding::error(
                "WP212",
                "/free_length_mm",
                format!(
                    "with the lever raised the spring would be {length:.2} mm long; \
                     its turns touch at {solid:.2} mm"
                ),
                format!("give more than {least:.2} mm, fewer turns, or a stiffer spring"),
            )
        })
    }
}

impl LifeSpec {
    /// Median life at a stress range, cycles.
    #[must_use]
    pub fn median_cycles(&self, range_mpa: f64) -> f64 {
        self.reference_cycles * pow(self.reference_mpa / range_mpa, self.exponent)
    }

    /// Chance that the spring breaks within `cycles` at a stress range.
    #[must_use]
    pub fn p_broken(&self, cycles: f64, range_mpa: f64) -> f64 {
        if cycles <= 0.0 || range_mpa <= 0.0 {
            return 0.0;
        }
        normal_cdf((ln(cycles) - ln(self.median_cycles(range_mpa))) / self.sd_ln)
    }
}
