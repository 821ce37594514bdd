//! What anyone knows who knows the make and model, and what an attacker may know more.

use super::allowed::Allowed;
use super::belief::Shape;
use super::known::{Beforehand, Likely};
use crate::mechanism::dial_lock::{DialLock, MOST_WHEELS};
use crate::mechanism::drive_train::DriveTrain;
use crate::units::{nearest_mark, wrap, wrap_near};
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
    /// Nominal contact points on plain rims, dial readings in [0, N).
    pub contact_marks: (f64, f64),
    /// See [`Self::hidden_area`].
    pub(super) hidden_marks: (f64, f64),
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

    /// Where the area begins, in [0, N), in which the last wheel is left no more where it is set, and how wide it
    /// is, marks.
    pub(super) fn hidden_area(
        marks: f64,
        (left, right): (f64, f64),
        last_travel_marks: f64,
    ) -> (f64, f64) {
        let pin = marks - last_travel_marks;
        (
            wrap(left - pin - 1.0, marks),
            right - left + 2.0 * (pin + 1.0),
        )
    }

    /// Whether the last wheel, left at dial mark `mark` in [0, N), would be carried along while the contact
    /// points are read or the bolt is tried.
    #[must_use]
    pub fn is_hidden(&self, mark: f64) -> bool {
        let (from, span) = self.hidden_marks;
        wrap_near(mark - from, self.marks) < span
    }

    /// How many of `marks`, from the first one on, are hidden ([`Self::is_hidden`]) if that is and are not if it is not.
    pub(super) fn hidden_alike(&self, marks: &[f64]) -> usize {
        let is_first = marks.first().is_some_and(|mark| self.is_hidden(*mark));
        let (eights, left) = marks.as_chunks::<8>();
        for (k, eight) in eights.iter().enumerate() {
            // All eight, and then which: without a branch at each.
            let others = eight.map(|mark| self.is_hidden(mark) != is_first);
            if let Some(other) = others.iter().position(|other| *other) {
                return 8 * k + other;
            }
        }
        let other = left
            .iter()
            .position(|mark| self.is_hidden(*mark) != is_first);
        marks.len() - left.len() + other.unwrap_or(left.len())
    }

    /// Where the hidden area ([`Self::is_hidden`]) ends, in [0, N), unless it is the whole dial.
    pub(super) fn behind_hidden_marks(&self) -> f64 {
        let (from, span) = self.hidden_marks;
        wrap(from + span, self.marks)
    }

    /// For each mark of the dial: whether some allowed code has it on `wheel` and, on wheels in `parked`, a
    /// number within a mark of theirs.
    #[must_use]
    pub fn can_be(&self, wheel: usize, parked: &[Option<f64>]) -> Vec<bool> {
        let all: Vec<u32> = (0..self.model.marks).collect();
        self.allowed
            .which(wheel, (&all, 1), &self.choices(parked, &all))
    }

    /// Whether some allowed code has `wheel` within a mark of `number` and those in `parked` within a mark of theirs.
    #[must_use]
    pub(super) fn can_be_about(&self, wheel: usize, number: f64, parked: &[Option<f64>]) -> bool {
        let near = about(number, self.model.marks);
        self.can_be_among(std::iter::once((wheel, &near[..])), parked)
    }

    /// Whether some allowed code has, on each wheel in `groups`, one of its marks, and those in `parked` within a mark
    /// of theirs.
    #[must_use]
    pub(super) fn can_be_among<'m>(
        &self,
        groups: impl Iterator<Item = (usize, &'m [u32])>,
        parked: &[Option<f64>],
    ) -> bool {
        let all: Vec<u32> = (0..self.model.marks).collect();
        let mut choices = self.choices(parked, &all);
        for (wheel, marks) in groups {
            choices[wheel] = marks.to_vec();
        }
        self.allowed.any(&choices)
    }

    /// The marks that each wheel can stand for: those about its number where it is parked.
    fn choices(&self, parked: &[Option<f64>], all: &[u32]) -> Vec<Vec<u32>> {
        let choice = |known: &Option<f64>| {
            known.map_or_else(
                || all.to_vec(),
                |number| about(number, self.model.marks).to_vec(),
            )
        };
        parked.iter().map(choice).collect()
    }
}

/// The mark nearest to `number` on a dial of `n`, and its neighbours.
fn about(number: f64, n: u32) -> [u32; 3] {
    let nearest = nearest_mark(number, f64::from(n));
    [n - 1, 0, 1].map(|d| (nearest + d) % n)
}

#[cfg(test)]
mod tests {
    use crate::attack::reader;
    use crate::attack::wall::{Handle, Streams};
    use crate::mechanism::MechanismSpec;
    use crate::mechanism::dial_lock::{AsBuilt, FAMILY};

    #[test]
    fn marks_are_hidden_alike_up_to_the_first_one_that_is_not_like_the_first() {
        let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
        let made = spec.build().expect("the example is sound");
        let lock = made.contact().expect("a dial lock");
        let built = AsBuilt::nominal(lock, &[vec![52.0, 15.0, 37.0]]);
        let reader = reader::find("expert").expect("shipped");
        let handle = Handle::new(built, reader, &|_: &[u32]| true, Streams::of(1, 0));
        let facts = handle.facts();
        let mut ends = std::collections::BTreeSet::new();
        for from in 0..200_u32 {
            for len in 0..40_u32 {
                let mark = |k: u32| f64::from((from + k) % 200) * 0.5;
                let marks: Vec<f64> = (0..len).map(mark).collect();
                let is_first = |mark: &&f64| facts.is_hidden(**mark) == facts.is_hidden(marks[0]);
                let alike = marks.iter().take_while(is_first).count();
                assert_eq!(facts.hidden_alike(&marks), alike, "{from} {len}");
                ends.insert(len as usize - alike);
            }
        }
        assert!(
            ends.len() > 30,
            "the hidden area begins and ends at all places"
        );
    }
}
