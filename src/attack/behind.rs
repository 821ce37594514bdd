//! What stands behind the wall: the wheels' numbers in, what the hand meets out.

use crate::mechanism::dial_lock::{AsBuilt, Contact, MOST_WHEELS, Rests};
use fearless_simd::dispatch;

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

    /// The same for the first `settings` of many settings, up to the first one at which the lever falls, which is left
    /// out: `numbers` has a row for each wheel; `rests` is room to work in.
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
            match self.feel(&setting[..numbers.len()]) {
                Felt::Open => return,
                here => felt.push(here),
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
        let levers = rests.rad();
        let open_rad = self.lock().open_lever_rad;
        let shut = levers.iter().position(|lever_rad| *lever_rad <= open_rad);
        let shut = &levers[..shut.unwrap_or(levers.len())];
        felt.clear();
        felt.reserve(shut.len());
        dispatch!(rests.level(), _ => on_flanks_each(self, shut, felt));
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
    if lever_rad <= built.lock().open_lever_rad {
        return Felt::Open;
    }
    on_flanks(built, lever_rad)
}

/// [`on_flanks`] for many levers.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn on_flanks_each(built: &AsBuilt<'_>, levers: &[f64], felt: &mut Vec<Felt>) {
    // A plain loop: a closure would not be compiled for the level.
    for lever_rad in levers {
        felt.push(on_flanks(built, *lever_rad));
    }
}

/// The same where the lever has not fallen.
#[inline]
fn on_flanks(built: &AsBuilt<'_>, lever_rad: f64) -> Felt {
    let cam = &built.lock().cam;
    cam.at(lever_rad).map_or(Felt::Nothing, Felt::Contact)
}
