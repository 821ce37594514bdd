//! The trials of a run as they are made, batch by batch, and kept where there is a store.

use super::checkpoint::{Log, SEAL_EVERY, TrialStore};
use super::options::Options;
use super::trials::Bench;
use crate::attack::{Outcome, Room};
use crate::error::Result;
use rayon::prelude::*;

/// Trials of one batch for each thread. A batch is kept, then told of, and then a stop is seen: so
/// much is lost where the process is killed. One block of the log a thread.
const BATCH_A_THREAD: u64 = SEAL_EVERY;

/// Trials made so far, each in the store where there is one.
pub(super) struct Kept<'a> {
    outcomes: Vec<Outcome>,
    log: Option<(Log, &'a dyn TrialStore)>,
}

impl<'a> Kept<'a> {
    /// The trials in the store of `options`; none where it has none.
    ///
    /// # Errors
    /// As [`Log::open`].
    pub(super) fn open(bench: &Bench<'_>, options: &Options<'a>) -> Result<Self> {
        let Some(store) = options.store else {
            return Ok(Self {
                outcomes: Vec::new(),
                log: None,
            });
        };
        let (log, outcomes) = Log::open(bench, store)?;
        Ok(Self {
            outcomes,
            log: Some((log, store)),
        })
    }

    pub(super) fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// Makes trials until there are `total`, or the user stops.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn grow(
        &mut self,
        bench: &Bench<'_>,
        total: u64,
        options: &Options<'_>,
    ) -> Result<()> {
        let batch = BATCH_A_THREAD * rayon::current_num_threads().max(1) as u64;
        let mut done = self.outcomes.len() as u64;
        while done < total && !options.is_stopped() {
            // Batches end at whole blocks, wherever an earlier run ended.
            let end = ((done / batch + 1) * batch).min(total);
            let trials = (done..end).into_par_iter();
            let made = trials.map_init(Room::default, |room, k| bench.trial_in(room, k));
            let made: Vec<Outcome> = made.collect();
            if let Some((log, store)) = &mut self.log {
                log.add(*store, &made)?;
            }
            self.outcomes.extend(made);
            done = end;
            (options.progress)(done, total);
        }
        Ok(())
    }

    /// The first `total` trials, fewer where there are fewer.
    pub(super) fn into_first(mut self, total: u64) -> Vec<Outcome> {
        self.outcomes.truncate(total as usize);
        self.outcomes
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
