//! What stands behind the wall: the wheels' numbers in, what the hand meets out.

use crate::mechanism::dial_lock::{AsBuilt, Contact};

/// What the hand meets in the contact area.
#[derive(Debug, Clone, Copy)]
pub(super) enum Felt {
    /// The lever has fallen: nothing holds the bolt.
    Open,
    /// The nose meets both flanks.
    Contact(Contact),
    /// The nose meets no flank.
    Nothing,
}

/// A lock as the handle meets it.
pub(super) trait Behind {
    /// What is felt with the wheels at `numbers`.
    fn feel(&self, numbers: &[f64]) -> Felt;

    /// Whether the bolt can be drawn with the wheels at `numbers`.
    fn opens(&self, numbers: &[f64]) -> bool {
        matches!(self.feel(numbers), Felt::Open)
    }
}

impl Behind for AsBuilt<'_> {
    fn feel(&self, numbers: &[f64]) -> Felt {
        let lever_rad = self.rest(numbers).lever_rad;
        if lever_rad <= self.lock().open_lever_rad {
            return Felt::Open;
        }
        self.lock()
            .cam
            .at(lever_rad)
            .map_or(Felt::Nothing, Felt::Contact)
    }

    fn opens(&self, numbers: &[f64]) -> bool {
        AsBuilt::opens(self, numbers)
    }
}
