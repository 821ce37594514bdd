//! The trials of one design, attack and reader, in parallel.

use super::beforehand::Prepared;
use super::options::Options;
use crate::attack::{Attack, Known, Outcome, Reader, Setup, run_trial};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::keyspace::CodeSet;
use crate::mechanism::DialLock;
use crate::rng::{Purpose, stream};
use rayon::prelude::*;
use std::ops::Range;

/// Trials of one batch: after each one progress is told and a stop is seen.
const BATCH: u64 = 64;

/// What all trials share; a trial depends on this and its number alone.
pub(super) struct Bench<'a> {
    pub(super) lock: &'a DialLock,
    pub(super) attack: &'static Attack,
    pub(super) reader: &'a Reader,
    seed: u64,
    codes: CodeSet,
    code_count: usize,
    prepared: Prepared,
}

impl<'a> Bench<'a> {
    /// # Errors
    /// [`Error::NotApplicable`] where the family has no contact points or no codes.
    pub(super) fn new(
        design: &'a Design,
        attack: &'static Attack,
        reader: &'a Reader,
        seed: u64,
    ) -> Result<Self> {
        let lock = design.lock.contact().ok_or_else(|| Error::NotApplicable {
            what: "manipulation by contact points",
            to: design.name.clone(),
            why: format!(
                "the family {} has no fence on wheels to read",
                design.lock.family()
            ),
        })?;
        let codes = design
            .key_space()?
            .space
            .codes()
            .map_err(|f| Error::OutOfRange {
                name: "the code rules",
                got: f.message,
                allowed: f.hint,
            })?;
        Ok(Self {
            lock,
            attack,
            reader,
            seed,
            prepared: Prepared::new(design, attack, &codes)?,
            codes,
            code_count: design.pack_code_count(),
        })
    }

    /// The outcome of trial number `trial`.
    pub(super) fn trial(&self, trial: u64) -> Outcome {
        let is_allowed = |code: &[u32]| self.codes.contains(code);
        let setup = Setup {
            lock: self.lock,
            reader: self.reader,
            attack: self.attack,
            is_allowed: &is_allowed,
            seed: self.seed,
            known: Known {
                likely: &self.prepared.likely,
            },
        };
        run_trial(&setup, &self.trial_codes(trial), trial)
    }

    /// The outcomes of `trials`, in their order.
    fn batch(&self, trials: Range<u64>) -> Vec<Outcome> {
        trials.into_par_iter().map(|k| self.trial(k)).collect()
    }

    /// Adds trials to `outcomes` until there are `total`, or the user stops.
    pub(super) fn run_to(&self, total: u64, outcomes: &mut Vec<Outcome>, options: &Options<'_>) {
        let mut done = outcomes.len() as u64;
        while done < total && !options.is_stopped() {
            let end = (done + BATCH).min(total);
            outcomes.extend(self.batch(done..end));
            done = end;
            (options.progress)(done, total);
        }
    }

    /// The codes of one trial: drawn uniformly from the allowed ones, all different.
    fn trial_codes(&self, trial: u64) -> Vec<Vec<f64>> {
        let (codes, count) = (&self.codes, self.code_count);
        let mut rng = stream(self.seed, trial, Purpose::Code);
        let mut drawn: Vec<Vec<u32>> = Vec::with_capacity(count);
        while drawn.len() < count {
            let Some(code) = self.prepared.draw(codes, &mut rng) else {
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
