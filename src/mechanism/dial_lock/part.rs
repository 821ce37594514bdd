//! The parts to cut: outlines of wheels and drive cam.
//!
//! **What.** The closed outline of every wheel, with its gates where the codes put them, and of the
//! cam.
//!
//! **Model.** Frame of a wheel: hub at the origin, the y axis where the fence falls when the wheel
//! shows the number 0 (its dialing window in the middle). Frame of the cam: the y axis along the
//! axis of its gate. Seen from the dial's side, left turns counter-clockwise.
//!
//! **Assumptions.** Nominal dimensions; gates of several codes in one wheel are one outline.
//!
//! **Reference.** The design file.
//!
//! **Checked by.** `tests/it/export.rs`: dimensions and numbers measured in the re-imported files
//! agree with the design within 1e-6 mm.

use super::{AsBuilt, DialLock};
use crate::geometry::{Piece, Slot, contour};

/// A flat part.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatPart {
    /// `wheel-1`, …, `cam`.
    pub name: String,
    /// Radius of its rim, mm.
    pub rim_radius_mm: f64,
    /// Its outline, counter-clockwise around the hub, mm.
    pub outline: Vec<Piece>,
}

impl DialLock {
    /// Every wheel with its gates for `codes` (numbers in dialing order, the main code first), then
    /// the cam.
    #[must_use]
    pub fn flat_parts(&self, codes: &[Vec<f64>]) -> Vec<FlatPart> {
        let built = AsBuilt::nominal(self, codes);
        let rim_radius_mm = self.rim_radius_mm.nominal;
        let mut parts: Vec<FlatPart> = built
            .wheels()
            .iter()
            .enumerate()
            .map(|(i, wheel)| {
                let main_rad = (self.index_marks - wheel.number_marks) * self.rad_per_mark();
                let slots: Vec<Slot> = wheel
                    .gates
                    .iter()
                    .map(|g| Slot {
                        centre_rad: main_rad + g.centre_rad,
                        shape: self.shapes[g.shape],
                    })
                    .collect();
                FlatPart {
                    name: format!("wheel-{}", i + 1),
                    rim_radius_mm,
                    outline: contour(rim_radius_mm, &slots),
                }
            })
            .collect();
        let gate = Slot {
            centre_rad: 0.0,
            shape: self.cam.gate,
        };
        parts.push(FlatPart {
            name: "cam".to_owned(),
            rim_radius_mm: self.cam.radius_mm,
            outline: contour(self.cam.radius_mm, &[gate]),
        });
        parts
    }
}
