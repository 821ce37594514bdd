//! Which reading is worth most per second, and when something else is worth more.
//!
//! **What.** Reads a stage on until a gate is found, until trying is worth more, or until patience ends.
//!
//! **Model.** The worth of a reading is the information it can give about the stage's hypotheses: with contact
//! widths that vary by `v` variances of the noise over what is believed, at most `½ ln(1 + v)`, and
//! never more than is unknown. That is a promise: two wheels of nearly one height promise more than they tell. So
//! what readings are worth is taken at the rate at which the readings of this stage have kept it ([`Stage::kept`]),
//! once there is something else to do. Trying a place tells whether it is there; trying everything that is left
//! tells all there is to know in half its time on average, if the parked wheels stand in their gates.
//!
//! **Assumptions.** One step ahead.
//!
//! **Reference.** `physics.md` 4 (most informative reading per second).
//!
//! **Checked by.** `tests/it/laws/attacks.rs`.

use super::Rig;
use crate::attack::belief::{Belief, Candidate};
use crate::attack::setting::{direction_of, mark_for};
use crate::attack::wall::{Handle, Step};
use crate::math::ln;
use crate::units::wrap;

/// How many places are weighed against one another.
const WEIGHED: usize = 4;
/// Where a wheel is set aside, marks from the place looked at.
const ASIDE_MARKS: [f64; 6] = [10.0, -10.0, 20.0, -20.0, 30.0, 45.0];
/// After so many looks the worth of a sweep is weighed anew.
const SWEEP_WEIGHED: u32 = 4;
/// Readings of one setting that are weighed.
const REPEATS: [u32; 4] = [1, 2, 4, 8];

/// How a stage ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::attack) enum Advice {
    /// A gate is found as surely as asked for.
    Found(Candidate),
    /// Trying this place out is worth more than reading.
    Try(Candidate),
    /// Trying everything that is left is worth more than either.
    TryAll,
    /// Patience is at its end.
    Enough,
}

/// What can be done instead of reading on.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::attack) struct Instead {
    /// What trying the place believed most takes, seconds.
    pub(in crate::attack) try_s: Option<f64>,
    /// What trying everything that is left takes, seconds.
    pub(in crate::attack) try_all_s: Option<f64>,
    /// Chance that the parked wheels stand in their gates.
    pub(in crate::attack) p_parked: f64,
}

impl Instead {
    /// Nats a second by trying everything that is left, with `unknown` nats unknown. Who knew the place would still try
    /// it, which takes its part of the time.
    fn by_trying_all(&self, unknown: f64) -> f64 {
        let Some(all_s) = self.try_all_s else {
            return 0.0;
        };
        let more_s = 0.5 * all_s - self.try_s.unwrap_or(0.0);
        self.p_parked * unknown / more_s.max(1.0)
    }
}

/// A stage that is read: until when, what else can be done, and what came of its readings so far.
#[derive(Debug)]
pub(in crate::attack) struct Stage {
    /// End of patience, seconds on the clock.
    pub(in crate::attack) until_s: f64,
    instead: Instead,
    /// What its readings were to tell at most, and what they told, nats.
    promised: f64,
    told: f64,
}

/// So much is taken as promised and kept before there is any experience, nats. Assumption: a reading that tells.
const BEFOREHAND: f64 = 1.0;

impl Stage {
    /// A stage of which nothing has been read, until `until_s` on the clock.
    pub(in crate::attack) fn new(until_s: f64, instead: Instead) -> Self {
        Self {
            until_s,
            instead,
            promised: 0.0,
            told: 0.0,
        }
    }

    /// The share of what readings promise that they tell, as they did so far.
    fn kept(&self) -> f64 {
        let told = self.told.max(0.0);
        ((told + BEFOREHAND) / (self.promised + BEFOREHAND)).min(1.0)
    }
}

impl Rig<'_> {
    /// Reads on until a gate is found, something else is worth more, or patience ends.
    pub(in crate::attack) fn look(
        &mut self,
        handle: &mut Handle<'_>,
        parked: &[Option<f64>],
        belief: &mut Belief<'_>,
        stage: &mut Stage,
    ) -> Step<Advice> {
        let (mut looks, mut again) = (0, 0.0);
        let mut before = None;
        loop {
            let posterior = belief.posterior();
            let by_place = belief.by_place(&posterior);
            let candidates = belief.candidates(&by_place, WEIGHED);
            let Some(&top) = candidates.first() else {
                return Ok(Advice::Enough);
            };
            if top.p >= self.care.p_found {
                return Ok(Advice::Found(top));
            }
            if handle.tally().elapsed_s > stage.until_s {
                return Ok(Advice::Enough);
            }
            let unknown = unknown_nats(&by_place);
            stage.told += before.map_or(0.0, |before| before - unknown);
            before = Some(unknown);
            let masses = belief.by_wheel(&by_place);
            let contrast = |numbers: &[f64]| belief.contrast(&posterior, &masses, numbers);
            // a whole sweep again, or a few readings of one setting
            if looks % SWEEP_WEIGHED == 0 {
                again = self.sweep_nats(parked, &contrast).min(entropy(&by_place));
            }
            looks += 1;
            let mut best = (again / self.sweep_s.max(1.0), again, None);
            let flank = belief.flank_marks();
            let looks_at = |c: &Candidate| {
                [0.0, flank, -flank].map(|d| Candidate {
                    number: wrap(c.number + d, self.facts.marks),
                    ..*c
                })
            };
            for candidate in &candidates.iter().flat_map(looks_at).collect::<Vec<_>>() {
                let Some(numbers) = self.aside(parked, belief, &by_place, candidate) else {
                    continue;
                };
                let varies = contrast(&numbers);
                for repeats in REPEATS {
                    let n = f64::from(repeats);
                    let nats = (0.5 * ln(1.0 + n * varies)).min(binary(candidate.p));
                    let rate = nats / (self.redial_s(numbers.len()) + n * self.reading_s());
                    if rate > best.0 {
                        best = (rate, nats, Some((numbers.clone(), repeats)));
                    }
                }
            }
            let (rate, promised, reading) = best;
            let rate = rate * stage.kept();
            let by_try = stage.instead.try_s.map_or(0.0, |s| binary(top.p) / s);
            if stage.instead.by_trying_all(unknown) > rate.max(by_try) {
                return Ok(Advice::TryAll);
            }
            if by_try > rate {
                return Ok(Advice::Try(top));
            }
            stage.promised += promised;
            match reading {
                None => {
                    self.sweep(handle, parked, belief)?;
                    // where no setting leaves the parked wheels alone there is nothing to read
                    if self.sweep_s <= 0.0 {
                        return Ok(Advice::Enough);
                    }
                    looks = 0;
                }
                Some((numbers, repeats)) => {
                    let stops = self.stops_for(&numbers);
                    let mut readings = Vec::new();
                    for _ in 0..repeats {
                        readings.push(self.read(handle, &stops)?);
                    }
                    belief.take(numbers, &readings);
                }
            }
        }
    }

    /// What a sweep can tell at most, nats.
    fn sweep_nats(&self, parked: &[Option<f64>], contrast: &dyn Fn(&[f64]) -> f64) -> f64 {
        let step = 2.0 * self.facts.window_half_marks * self.care.step_windows;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred points"
        )]
        let points = (self.facts.marks / step).ceil() as u32;
        let worth = |k: u32| {
            let stops = self.sweep_stops(parked, f64::from(k) * step);
            let numbers = self.numbers(&stops);
            if self.is_plain(&stops) && self.stays(parked, &numbers) {
                0.5 * ln(1.0 + contrast(&numbers))
            } else {
                0.0
            }
        };
        (0..points).map(worth).sum()
    }

    /// The numbers that set the wheel of `candidate` on its place and the other unknown ones where
    /// no gate is expected; `None` where that cannot be read.
    fn aside(
        &self,
        parked: &[Option<f64>],
        belief: &Belief<'_>,
        by_place: &[f64],
        candidate: &Candidate,
    ) -> Option<Vec<f64>> {
        let last = self.facts.wheels - 1;
        let is_read = |i: usize, n: f64| {
            let mark = mark_for(&self.facts, i, n, direction_of(self.start(), i));
            i != last || !self.facts.is_hidden(mark)
        };
        let mut numbers = Vec::with_capacity(parked.len());
        for (i, known) in parked.iter().enumerate() {
            let number = match known {
                Some(number) => *number,
                None if i == candidate.wheel => candidate.number,
                None => {
                    let from = candidate.number;
                    let at = |d: &f64| wrap(from + d, self.facts.marks);
                    let places = ASIDE_MARKS.iter().map(at).filter(|&n| is_read(i, n));
                    places.min_by(|&a, &b| {
                        let mass = |n: f64| belief.mass_near(by_place, i, n);
                        mass(a).total_cmp(&mass(b))
                    })?
                }
            };
            if known.is_none() && !is_read(i, number) {
                return None;
            }
            numbers.push(number);
        }
        // where a wheel would be carried along it is not where it should be
        let all: Vec<Option<f64>> = numbers.iter().map(|n| Some(*n)).collect();
        let stops = self.stops_for(&numbers);
        let is_set = self.is_plain(&stops) && self.stays(&all, &self.numbers(&stops));
        is_set.then_some(numbers)
    }
}

/// What is unknown of a stage with these chances by wheel and place, nats; what is missing to 1 may be any of them.
fn unknown_nats(by_place: &[f64]) -> f64 {
    let any = (1.0 - by_place.iter().sum::<f64>()).max(0.0);
    #[allow(clippy::cast_precision_loss, reason = "a few hundred places")]
    let places = by_place.len() as f64;
    entropy(by_place) + entropy(&[any]) + any * ln(places)
}

/// Entropy of a distribution, nats.
fn entropy(p: &[f64]) -> f64 {
    p.iter().filter(|p| **p > 1e-12).map(|p| -p * ln(*p)).sum()
}

/// Entropy of yes or no, nats.
fn binary(p: f64) -> f64 {
    entropy(&[p, 1.0 - p])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_known_of_the_places_any_may_be_it() {
        let all = ln(200.0);
        assert!((unknown_nats(&[0.005; 200]) - all).abs() < 1e-9);
        assert!((unknown_nats(&[0.0; 200]) - all).abs() < 1e-9);
        let mut sure = [0.0; 200];
        sure[3] = 1.0;
        assert!(unknown_nats(&sure).abs() < 1e-9);
    }

    #[test]
    fn promises_count_as_they_were_kept() {
        let mut stage = Stage::new(0.0, Instead::default());
        assert!((stage.kept() - 1.0).abs() < 1e-12);
        (stage.promised, stage.told) = (9.0, 0.0);
        assert!((stage.kept() - 0.1).abs() < 1e-12);
        // What was unlearned is no promise, and more than all of it cannot be kept.
        stage.told = -5.0;
        assert!((stage.kept() - 0.1).abs() < 1e-12);
        stage.told = 20.0;
        assert!((stage.kept() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn trying_all_is_worth_less_where_the_parked_wheels_are_not_sure() {
        let instead = |p_parked, try_all_s| Instead {
            try_s: Some(40.0),
            try_all_s,
            p_parked,
        };
        let sure = instead(1.0, Some(1600.0)).by_trying_all(4.6);
        assert!((sure - 4.6 / 760.0).abs() < 1e-12);
        assert!((instead(0.5, Some(1600.0)).by_trying_all(4.6) - 0.5 * sure).abs() < 1e-12);
        assert!(instead(1.0, None).by_trying_all(4.6) <= 0.0);
    }
}
