//! What anyone knows who knows the make and model, and what an attacker may know more.

use super::allowed::Allowed;
use super::belief::Shape;
use super::known::{Beforehand, Likely};
use crate::mechanism::dial_lock::{DialLock, MOST_WHEELS};
use crate::mechanism::drive_train::DriveTrain;
use crate::units::{nearest_mark, wrap};
use std::sync::Arc;

/// What anyone knows who knows the make and model.
#[derive(Clone)]
pub struct Facts<'a> {
    /// Graduations of the dial.
    pub marks: f64,
    /// Number of wheels.
    pub wheels: usize,
    /// Half-width of the dialing window, marks.
    pub window_half_marks: f64,
    /// Nominal contact points, dial readings.
    pub contact_marks: (f64, f64),
    /// The drive train.
    pub drive: &'a DriveTrain,
    /// By wheel: [`DriveTrain::reversal_shift_marks`].
    pub(super) reversal_shift_marks: [f64; MOST_WHEELS],
    /// By wheel: [`DriveTrain::reach_marks`].
    pub(super) reach_marks: [f64; MOST_WHEELS],
    /// Which codes (whole marks) the maker allows.
    pub allowed: &'a dyn Allowed,
    /// The drawing: nominal parts and their tolerances, no code and no lock as built.
    pub model: &'a DialLock,
    /// Codes likelier than the others, likeliest first, where the attacker has such a list.
    pub likely: &'a [Likely],
    /// Codes of the same wheels that the attacker holds (spares), marks.
    pub held: &'a [Vec<f64>],
    /// How many codes are cut into the wheels.
    pub codes: usize,
    /// The drawing's tables, where the study has made them once for all trials.
    pub shape: Option<&'a Arc<Shape>>,
}

impl<'a> Facts<'a> {
    /// The facts for someone who knows more.
    pub(super) fn knowing(self, known: Beforehand<'a>) -> Self {
        Self {
            likely: known.likely,
            held: known.held,
            codes: known.codes,
            shape: known.shape,
            ..self
        }
    }

    /// Whether the last wheel, left at dial mark `mark`, would be carried along while the contact
    /// points are read or the bolt is tried.
    #[must_use]
    pub fn is_hidden(&self, mark: f64) -> bool {
        let (left, right) = self.contact_marks;
        let pin = self.marks - self.drive.travel_marks(self.wheels - 1);
        wrap(mark - (left - pin - 1.0), self.marks) < right - left + 2.0 * (pin + 1.0)
    }

    /// For each mark of the dial: whether some allowed code has it on `wheel` and, on wheels in `parked`, a
    /// number within a mark of theirs.
    #[must_use]
    pub fn can_be(&self, wheel: usize, parked: &[Option<f64>]) -> Vec<bool> {
        let n = self.model.marks;
        let all: Vec<u32> = (0..n).collect();
        let around = |number: &f64| (0..3).map(|d| near(*number, d, n)).collect();
        let choice = |known: &Option<f64>| known.as_ref().map_or_else(|| all.clone(), around);
        let choices: Vec<Vec<u32>> = parked.iter().map(choice).collect();
        self.allowed.which(wheel, (&all, 1), &choices)
    }
}

/// The mark `d - 1` marks from the one nearest to `number`.
fn near(number: f64, d: u32, n: u32) -> u32 {
    let nearest = nearest_mark(number, f64::from(n));
    (nearest + n + d - 1) % n
}
