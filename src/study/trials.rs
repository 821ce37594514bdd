//! The trials of one design, attack and reader, in parallel.

use super::beforehand::{Prepared, best_schedule};
use super::difference::TrialTimes;
use super::kept::Kept;
use super::options::Options;
use super::target::Target;
use crate::attack::trace::Event;
use crate::attack::{
    Allowed, Attack, Known, Outcome, Reader, Room, Schedule, Setup, groups, run_trial,
    run_trial_in, trace_trial,
};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::keyspace::CodeSet;
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::AsBuilt;
use crate::rng::{Purpose, Stream, stream};
use crate::stats::sequential::Decision;
use crate::stats::survival::Observation;
use crate::units::nearest_mark;
use std::collections::BTreeSet;

/// Locks of several codes on which the mixtures that open are counted.
const LOCKS: u64 = 64;

impl Allowed for CodeSet {
    fn contains(&self, code: &[u32]) -> bool {
        CodeSet::contains(self, code)
    }

    fn about(&self, _: u32, _: usize) -> f64 {
        self.len().to_f64()
    }

    fn draw(&self, rng: &mut Stream) -> Option<Vec<u32>> {
        self.sample(rng)
    }

    fn any(&self, choices: &[Vec<u32>]) -> bool {
        self.has_within(choices)
    }

    fn which(&self, wheel: usize, groups: (&[u32], usize), choices: &[Vec<u32>]) -> Vec<bool> {
        CodeSet::which(self, wheel, groups, choices)
    }
}

/// What all trials share; a trial depends on this and its number alone.
pub(super) struct Bench<'a> {
    pub(super) design: &'a Design,
    pub(super) lock: &'a DialLock,
    pub(super) attack: &'static Attack,
    pub(super) reader: &'a Reader,
    pub(super) seed: u64,
    codes: CodeSet,
    prepared: Prepared,
}

impl<'a> Bench<'a> {
    /// # Errors
    /// [`Error::NotApplicable`] where the family has no contact points or no codes; [`Error::Stopped`].
    pub(super) fn new(
        design: &'a Design,
        attack: &'static Attack,
        reader: &'a Reader,
        options: &Options<'_>,
    ) -> Result<Self> {
        let seed = options.seed;
        let lock = design.lock.contact().ok_or_else(|| Error::NotApplicable {
            what: "manipulation by contact points",
            to: design.name.clone(),
            why: format!(
                "the family {} has no fence on wheels to read",
                design.lock.family()
            ),
        })?;
        let space = &design.key_space()?.space;
        let bad_rules = |f: Finding| Error::OutOfRange {
            name: "the code rules",
            got: f.message,
            allowed: f.hint,
        };
        let codes = space.codes().map_err(bad_rules)?;
        let mut bench = Self {
            design,
            lock,
            attack,
            reader,
            seed,
            prepared: Prepared::new(design, lock, attack, &codes)?,
            codes,
        };
        bench.prepared.schedule = best_schedule(&mut bench, options)?;
        Ok(bench)
    }

    /// The same bench for a judged attack by `schedule`.
    pub(super) fn by(&mut self, schedule: &'static Schedule) -> &Self {
        self.prepared.schedule = Some(schedule);
        self
    }

    /// What the attack chose for itself, in words, where it chose.
    pub(super) fn chosen(&self) -> Option<&'static str> {
        self.prepared.schedule.map(|s| s.name)
    }

    /// How many settings cover allowed codes for whoever tries them, and how many of these open the lock: the
    /// mixtures of its codes, on average.
    pub(super) fn settings_and_openings(&self) -> (f64, f64) {
        let (marks, width) = groups(self.lock);
        let groups: Vec<&[u32]> = marks.chunks(width).collect();
        let wheels = self.lock.wheels;
        let count = |of_each: &[Vec<&[u32]>]| self.codes.count_groups(of_each).to_f64();
        let settings = count(&vec![groups.clone(); wheels]);
        if self.design.pack_code_count() < 2 {
            return (settings, 1.0);
        }
        let group = |number: f64| nearest_mark(number, f64::from(self.lock.marks)) as usize / width;
        let openings = |trial: u64| {
            let codes = self.trial_codes(trial);
            let of_wheel = |wheel: usize| {
                let cut: BTreeSet<usize> = codes.iter().map(|c| group(c[wheel])).collect();
                cut.into_iter().map(|k| groups[k]).collect()
            };
            count(&(0..wheels).map(of_wheel).collect::<Vec<_>>())
        };
        let mean = crate::math::sum((0..LOCKS).map(openings)) / LOCKS as f64;
        (settings, mean.max(1.0))
    }

    /// The outcome of trial number `trial`.
    pub(super) fn trial(&self, trial: u64) -> Outcome {
        self.trial_on(self.lock, trial)
    }

    /// The same with space that an earlier trial has left.
    pub(super) fn trial_in(&self, room: &mut Room, trial: u64) -> Outcome {
        let (setup, codes) = (self.setup(self.lock), self.trial_codes(trial));
        run_trial_in(room, &setup, &codes, trial)
    }

    /// The outcome of trial number `trial` with `lock` instead of that of the design.
    pub(super) fn trial_on(&self, lock: &DialLock, trial: u64) -> Outcome {
        run_trial(&self.setup(lock), &self.trial_codes(trial), trial)
    }

    /// The same trial with everything that is done in it.
    pub(super) fn traced(&self, trial: u64) -> (Outcome, Vec<Event>) {
        trace_trial(&self.setup(self.lock), &self.trial_codes(trial), trial)
    }

    /// The as-built lock of trial number `trial`, and its codes.
    pub(super) fn lock_of(&self, trial: u64) -> (AsBuilt<'a>, Vec<Vec<f64>>) {
        let codes = self.trial_codes(trial);
        let mut parts = stream(self.seed, trial, Purpose::Lock);
        (AsBuilt::sample(self.lock, &codes, &mut parts), codes)
    }

    fn setup<'s>(&'s self, lock: &'s DialLock) -> Setup<'s> {
        Setup {
            lock,
            reader: self.reader,
            attack: self.attack,
            allowed: &self.codes,
            seed: self.seed,
            known: Known {
                likely: &self.prepared.likely,
                shape: Some(&self.prepared.shape),
                schedule: self.prepared.schedule,
            },
        }
    }

    /// The first `total` trials, fewer where the user stops; with a store, those kept there are not
    /// made again and new ones are kept after each batch.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(super) fn first(&self, total: u64, options: &Options<'_>) -> Result<Vec<Outcome>> {
        let mut kept = Kept::open(self, options)?;
        kept.grow(self, total, options)?;
        Ok(kept.into_first(total))
    }

    /// As many trials as `target` needs, at most `most`; fewer where the user stops.
    ///
    /// # Errors
    /// As [`Bench::first`].
    pub(super) fn until(
        &self,
        target: Target,
        most: Option<u64>,
        options: &Options<'_>,
    ) -> Result<Vec<Outcome>> {
        let mut kept = Kept::open(self, options)?;
        let mut looked = 0;
        loop {
            match target.next(&kept.outcomes()[..looked], self.reader, most) {
                Decision::RunTo(next) => {
                    kept.grow(self, next, options)?;
                    looked = next as usize;
                }
                Decision::Reached | Decision::Exhausted => {
                    return Ok(kept.into_first(looked as u64));
                }
            }
            if kept.outcomes().len() < looked {
                return Ok(kept.into_first(looked as u64));
            }
        }
    }

    /// When each trial of `outcomes` opened its lock.
    pub(super) fn times(&self, outcomes: &[Outcome]) -> TrialTimes {
        let opened_after_min = |o: &Outcome| {
            if o.opened {
                o.tally.elapsed_s / 60.0
            } else {
                f64::INFINITY
            }
        };
        TrialTimes {
            design: self.design.name.clone(),
            attack: self.attack.name,
            reader: self.reader.name.clone(),
            seed: self.seed,
            by_habit: self.prepared.is_by_habit(),
            budget_min: 60.0 * self.reader.budget_h,
            opened_after_min: outcomes.iter().map(opened_after_min).collect(),
        }
    }

    /// The codes of one trial: drawn uniformly from the allowed ones, all different.
    fn trial_codes(&self, trial: u64) -> Vec<Vec<f64>> {
        let (codes, count) = (&self.codes, self.design.pack_code_count());
        let mut rng = stream(self.seed, trial, Purpose::Code);
        let mut drawn: Vec<Vec<u32>> = Vec::with_capacity(count);
        while drawn.len() < count {
            // People choose the main code; spares are drawn.
            let code = if drawn.is_empty() {
                self.prepared.draw(codes, &mut rng)
            } else {
                codes.sample(&mut rng)
            };
            let Some(code) = code else {
                break;
            };
            if !drawn.contains(&code) || codes.len().to_f64() <= 2.0 * drawn.len() as f64 {
                drawn.push(code);
            }
        }
        drawn
            .into_iter()
            .map(|c| c.into_iter().map(f64::from).collect())
            .collect()
    }
}

/// When each trial ended, minutes; who gave up will not open within the budget either.
pub(super) fn observations(outcomes: &[Outcome], reader: &Reader) -> Vec<Observation> {
    outcomes
        .iter()
        .map(|o| Observation {
            time: match o.opened {
                true => o.tally.elapsed_s.min(3600.0 * reader.budget_h) / 60.0,
                false => 60.0 * reader.budget_h,
            },
            event: o.opened,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::reader;

    #[test]
    fn who_gives_up_counts_as_shut_until_the_budget() {
        let reader = reader::find("expert").unwrap();
        let outcome = |opened: bool| {
            let mut outcome = Outcome {
                opened,
                tally: crate::attack::wall::Tally::default(),
                signal_to_noise: Vec::new(),
            };
            outcome.tally.elapsed_s = 120.0;
            outcome
        };
        let seen = observations(&[outcome(true), outcome(false)], reader);
        assert_eq!((seen[0].event, seen[0].time), (true, 2.0));
        assert_eq!(
            (seen[1].event, seen[1].time),
            (false, 60.0 * reader.budget_h)
        );
    }
}
