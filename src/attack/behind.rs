//! What stands behind the wall: the wheels' numbers in, what the hand meets out.

use crate::mechanism::dial_lock::{AsBuilt, Contact, MOST_WHEELS, Rests};

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

    /// The same for the first `settings` of many settings: `numbers` has a row for each wheel. `felt` is filled at
    /// least up to the first setting at which the lever falls; `rests` is room to work in.
    fn feel_each(
        &self,
        (numbers, settings): (&[Vec<f64>], usize),
        _rests: &mut Rests,
        felt: &mut Vec<Felt>,
    ) {
        felt.clear();
        let mut setting = [0.0; MOST_WHEELS];
        for k in 0..settings {
            for (number, row) in setting.iter_mut().zip(numbers) {
                *number = row[k];
            }
            felt.push(self.feel(&setting[..numbers.len()]));
            if matches!(felt.last(), Some(Felt::Open)) {
                return;
            }
        }
    }

    /// Whether the bolt can be drawn with the wheels at `numbers`.
    fn opens(&self, numbers: &[f64]) -> bool {
        matches!(self.feel(numbers), Felt::Open)
    }

    /// The first of so many settings at which it can be drawn: `numbers` has a row for each wheel.
    fn first_open(
        &self,
        (numbers, settings): (&[Vec<f64>], usize),
        _rests: &mut Rests,
    ) -> Option<usize> {
        let mut setting = [0.0; MOST_WHEELS];
        (0..settings).find(|&k| {
            for (number, row) in setting.iter_mut().zip(numbers) {
                *number = row[k];
            }
            self.opens(&setting[..numbers.len()])
        })
    }
}

impl Behind for AsBuilt<'_> {
    fn feel(&self, numbers: &[f64]) -> Felt {
        at_rest(self, self.rest(numbers).lever_rad)
    }

    fn feel_each(
        &self,
        (numbers, settings): (&[Vec<f64>], usize),
        rests: &mut Rests,
        felt: &mut Vec<Felt>,
    ) {
        self.rest_each(numbers, settings, rests);
        felt.clear();
        felt.extend(
            rests
                .rad()
                .iter()
                .map(|lever_rad| at_rest(self, *lever_rad)),
        );
    }

    fn opens(&self, numbers: &[f64]) -> bool {
        AsBuilt::opens(self, numbers)
    }

    fn first_open(
        &self,
        (numbers, settings): (&[Vec<f64>], usize),
        rests: &mut Rests,
    ) -> Option<usize> {
        AsBuilt::first_open(self, numbers, settings, rests)
    }
}

/// What is felt with the lever of `built` at `lever_rad`.
fn at_rest(built: &AsBuilt<'_>, lever_rad: f64) -> Felt {
    let lock = built.lock();
    if lever_rad <= lock.open_lever_rad {
        return Felt::Open;
    }
    lock.cam.at(lever_rad).map_or(Felt::Nothing, Felt::Contact)
}
