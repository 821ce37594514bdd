//! Where a belief says that gates are, and where it cannot or need not look.

use super::{Belief, Facts, STEPS_PER_MARK};
use crate::math;
use crate::units::{circular_difference, wrap};

/// Log chance of a number that no allowed code has.
const RULED_OUT: f64 = -30.0;

/// A place where a gate may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::attack) struct Candidate {
    /// The wheel.
    pub(in crate::attack) wheel: usize,
    /// Its number there, marks.
    pub(in crate::attack) number: f64,
    /// The chance that it is the tallest and its gate lies within a window of that number.
    pub(in crate::attack) p: f64,
}

impl Belief<'_> {
    /// The likeliest places, at most `most`, each a window wide and apart from the others.
    pub(in crate::attack) fn candidates(&self, by_place: &[f64], most: usize) -> Vec<Candidate> {
        let places = self.places();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few places"
        )]
        let reach = (self.window_half_marks * STEPS_PER_MARK + 0.5) as usize;
        let mut left = by_place.to_vec();
        let mut found = Vec::new();
        while found.len() < most {
            let best = (0..left.len()).max_by(|&a, &b| left[a].total_cmp(&left[b]));
            let Some(best) = best.filter(|&b| left[b] > 0.0) else {
                break;
            };
            let (k, centre) = (best / places, best % places);
            let (mut p, mut moment) = (0.0, 0.0);
            for step in 0..=2 * reach {
                let place = (centre + places + step - reach) % places;
                let share = std::mem::take(&mut left[k * places + place]);
                p += share;
                moment += share
                    * circular_difference(self.number(place), self.number(centre), self.marks);
            }
            found.push(Candidate {
                wheel: self.unknown[k],
                number: wrap(self.number(centre) + moment / p, self.marks),
                p,
            });
        }
        found
    }

    /// Lowers the chance of the places within a window of `number` on `wheel` by the factor `by`.
    pub(in crate::attack) fn discount(&mut self, wheel: usize, number: f64, by: f64) {
        let places = self.places();
        let Some(k) = self.unknown.iter().position(|&u| u == wheel) else {
            return;
        };
        for place in 0..places {
            let away = circular_difference(self.number(place), number, self.marks);
            if away.abs() <= self.window_half_marks {
                self.malus[k * places + place] += math::ln(by);
            }
        }
    }

    /// The chance that the gate of `wheel` is within two windows of `number`.
    pub(in crate::attack) fn mass_near(&self, by_place: &[f64], wheel: usize, number: f64) -> f64 {
        let places = self.places();
        let Some(k) = self.unknown.iter().position(|&u| u == wheel) else {
            return 0.0;
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few places"
        )]
        let reach = (4.0 * self.window_half_marks * STEPS_PER_MARK) as usize;
        let reach = reach.min(places / 2 - 1);
        let from = self.place_before(number, reach);
        let near = (0..=2 * reach).map(|step| by_place[k * places + (from + step) % places]);
        near.sum()
    }

    /// Rules out the numbers that no allowed code has with the wheels in `parked` near theirs.
    pub(in crate::attack) fn rule_out(&mut self, facts: &Facts<'_>, parked: &[Option<f64>]) {
        let places = self.places();
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let can: Vec<bool> = (0..facts.model.marks)
                .map(|mark| facts.can_be(wheel, mark, parked))
                .collect();
            for place in 0..places {
                let mark = wrap(math::round(self.number(place)), self.marks);
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "within the dial"
                )]
                if !can[mark as usize] {
                    self.malus[k * places + place] += RULED_OUT;
                }
            }
        }
    }
}
