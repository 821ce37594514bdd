//! Contact points: where the nose meets the flanks of the cam gate.
//!
//! **What.** Dial readings of the left and right contact point for a lever angle, and the torque
//! step that the hand feels there.
//!
//! **Model.** With the lever at rest on the wheels the nose stands still; the cam turns until a
//! flank (or its rounded corner) touches it. By virtual work the torque while the nose rides a flank
//! is `T(λ) |dΛ_c/dφ|`.
//!
//! **Assumptions.** Rigid parts; the wheels do not move while the cam turns in the contact area.
//!
//! **Reference.** `physics.md` 1.4, 1.5; contact points near 6 and 14 (S&G 6730 manual).
//!
//! **Checked by.** `tests/it/laws/contact.rs` (the nose's distance from the flank equals its radius
//! at each contact point; table against closed form).

use super::Nominal;
use crate::geometry::{Bar, Outline, Slot, SlotShape, angle};
use crate::units::circular_difference;

/// What a reading in the contact area would be without hand and eye.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contact {
    /// Left contact point, marks from the contact centre (negative).
    pub left_marks: f64,
    /// Right contact point, marks from the contact centre (positive).
    pub right_marks: f64,
    /// Torque step at the left contact point, N·mm.
    pub left_step_nmm: f64,
    /// Torque step at the right contact point, N·mm.
    pub right_step_nmm: f64,
}

/// The drive cam and a table of its contact points over the lever's travel.
#[derive(Debug, Clone)]
pub struct Cam {
    /// Radius, mm.
    pub radius_mm: f64,
    /// Its gate.
    pub gate: SlotShape,
    /// Lever angle at which the nose rests on the gate's floor.
    pub floor_lever_rad: f64,
    /// Lever angle at which the nose rides on the rim.
    pub rim_lever_rad: f64,
    table: Vec<Contact>,
    per_rad: f64,
}

/// Cells of the contact table.
const CELLS: usize = 2048;

impl Cam {
    /// Tabulates the contact points; `None` where the nose can rest neither on rim nor floor.
    pub(super) fn new(
        nominal: &Nominal,
        radius_mm: f64,
        gate: SlotShape,
        rad_per_mark: f64,
    ) -> Option<Self> {
        let outline = Outline::new(
            radius_mm,
            &[Slot {
                centre_rad: 0.0,
                shape: gate,
            }],
        );
        let touch = |turn| nominal.lever.first_touch(&nominal.nose, &outline, turn);
        let floor_lever_rad = touch(0.0)?.lever_rad;
        let rim_lever_rad = touch(std::f64::consts::PI)?.lever_rad;
        let mut cam = Self {
            radius_mm,
            gate,
            floor_lever_rad,
            rim_lever_rad,
            table: Vec::new(),
            per_rad: 0.0,
        };
        let travel = rim_lever_rad - floor_lever_rad;
        if travel <= 0.0 {
            return None;
        }
        #[allow(clippy::cast_precision_loss, reason = "2048 cells")]
        let step = travel / CELLS as f64;
        let mut table = Vec::with_capacity(CELLS);
        for k in 0..CELLS {
            #[allow(clippy::cast_precision_loss, reason = "2048 cells")]
            let lever = floor_lever_rad + k as f64 * step;
            table.push(cam.solve(nominal, lever, rad_per_mark)?);
        }
        cam.table = table;
        cam.per_rad = 1.0 / step;
        Some(cam)
    }

    /// The contact points at `lever_rad` in closed form, or `None` where the nose meets no flank.
    #[must_use]
    pub fn solve(&self, nominal: &Nominal, lever_rad: f64, rad_per_mark: f64) -> Option<Contact> {
        let (left, right) = self.angles(nominal, lever_rad)?;
        let small = 1e-6;
        let (left_up, right_up) = self
            .angles(nominal, lever_rad + small)
            .unwrap_or((left, right));
        let (left_down, right_down) = self
            .angles(nominal, lever_rad - small)
            .unwrap_or((left, right));
        let torque = nominal.torque_nmm(lever_rad);
        let step = |up: f64, down: f64| torque * (2.0 * small / (up - down)).abs();
        Some(Contact {
            left_marks: left / rad_per_mark,
            right_marks: right / rad_per_mark,
            left_step_nmm: step(left_up, left_down),
            right_step_nmm: step(right_up, right_down),
        })
    }

    /// Cam angles (from the contact centre) at which the nose meets the left and right flank, rad.
    #[must_use]
    pub fn angles(&self, nominal: &Nominal, lever_rad: f64) -> Option<(f64, f64)> {
        let nose = nominal.lever.place(nominal.nose.centre, lever_rad);
        let span = self
            .gate
            .span(self.radius_mm, nose.coords.norm(), nominal.nose.radius_mm)?;
        let from_axis = angle(nose.coords) - std::f64::consts::FRAC_PI_2;
        let at = |limit: f64| circular_difference(from_axis - limit, 0.0, crate::units::TURN_RAD);
        Some((at(span.left_rad), at(span.right_rad)))
    }

    /// The contact points at `lever_rad` from the table; `None` above the cam's rim. A lever that
    /// would sink below the gate's floor rests on it.
    #[inline]
    #[must_use]
    pub fn at(&self, lever_rad: f64) -> Option<Contact> {
        let (k, part) = self.cell(lever_rad)?;
        let (a, b) = (&self.table[k], &self.table[k + 1]);
        let mix = |p: f64, q: f64| p + part * (q - p);
        Some(Contact {
            left_marks: mix(a.left_marks, b.left_marks),
            right_marks: mix(a.right_marks, b.right_marks),
            left_step_nmm: mix(a.left_step_nmm, b.left_step_nmm),
            right_step_nmm: mix(a.right_step_nmm, b.right_step_nmm),
        })
    }

    /// The contact points at the nodes of the table, from the gate's floor up.
    pub(crate) fn nodes(&self) -> &[Contact] {
        &self.table
    }

    /// Between which nodes `lever_rad` lies (the lower one's index, and the share of the way to the
    /// next); `None` above the cam's rim.
    #[inline]
    pub(crate) fn cell(&self, lever_rad: f64) -> Option<(usize, f64)> {
        let x = ((lever_rad - self.floor_lever_rad) * self.per_rad).max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "x ≥ 0, checked below"
        )]
        let k = x as u32;
        let part = x - f64::from(k);
        let k = k as usize;
        (k + 1 < self.table.len()).then_some((k, part))
    }

    /// Depth of the nose below the cam's rim at `lever_rad`, mm (negative above it).
    #[must_use]
    pub fn nose_depth_mm(&self, nominal: &Nominal, lever_rad: f64) -> f64 {
        let nose: &Bar = &nominal.nose;
        let centre = nominal.lever.place(nose.centre, lever_rad);
        self.radius_mm - (centre.coords.norm() - nose.radius_mm)
    }
}
