//! Where a belief says that gates are, and where it cannot or need not look.

use super::{Belief, Facts};
use crate::math;
use crate::stats::special::normal_cdf;
use crate::units::{circular_difference, nearest_mark, wrap};

/// Log chance of a number that no allowed code has.
const RULED_OUT: f64 = -30.0;

/// Where a place is looked for from the likeliest mark, marks.
const BESIDE: [f64; 3] = [0.0, 0.5, -0.5];

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
        let mut left = by_place.to_vec();
        let mut found = Vec::new();
        while found.len() < most {
            let best = (0..left.len()).max_by(|&a, &b| left[a].total_cmp(&left[b]));
            let Some(best) = best.filter(|&b| left[b] > 0.0) else {
                break;
            };
            let (k, centre) = (best / places, self.number(best % places));
            // a middle between two marks may cover both, if not as safely
            let safe = |d: f64| -> f64 {
                let near = self.covered(centre + d);
                near.map(|at| left[k * places + at] * self.p_inside(centre + d, at))
                    .sum()
            };
            let (mut beside, mut most_safe) = (0.0, 0.0);
            for d in BESIDE {
                if safe(d) > most_safe {
                    (beside, most_safe) = (d, safe(d));
                }
            }
            let number = wrap(centre + beside, self.marks);
            let p = self
                .covered(number)
                .map(|at| left[k * places + at])
                .sum::<f64>();
            for at in self.covered(number) {
                left[k * places + at] = 0.0;
            }
            found.push(Candidate {
                wheel: self.unknown[k],
                number,
                p,
            });
        }
        found
    }

    /// The chance that the hand, aiming at `number`, stops within a window of the gate of `place`.
    fn p_inside(&self, number: f64, place: usize) -> f64 {
        let away = circular_difference(self.number(place), number, self.marks);
        let sd = (self.slip_marks / 3.0_f64.sqrt()).max(1e-6);
        normal_cdf((self.window_half_marks - away) / sd)
            - normal_cdf((-self.window_half_marks - away) / sd)
    }

    /// The places within a window of `number`.
    fn covered(&self, number: f64) -> impl Iterator<Item = usize> + '_ {
        let reach = self.window_half_marks.min(0.49 * self.marks);
        let places = self.places();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few places"
        )]
        let steps = reach as usize + 1;
        let first = self.place_before(number, steps);
        (0..=2 * steps + 1)
            .map(move |step| (first + step) % places)
            .filter(move |at| {
                circular_difference(self.number(*at), number, self.marks).abs() <= reach
            })
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
        let reach = (4.0 * self.window_half_marks) as usize;
        let reach = reach.min(places / 2 - 1);
        let from = self.place_before(number, reach);
        let near = (0..=2 * reach).map(|step| by_place[k * places + (from + step) % places]);
        near.sum()
    }

    /// Rules out the numbers that no allowed code has with the wheels in `parked` near theirs.
    pub(in crate::attack) fn rule_out(&mut self, facts: &Facts<'_>, parked: &[Option<f64>]) {
        let places = self.places();
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let can = facts.can_be(wheel, parked);
            for place in 0..places {
                if !can[nearest_mark(self.number(place), self.marks) as usize] {
                    self.malus[k * places + place] += RULED_OUT;
                }
            }
        }
    }
}
