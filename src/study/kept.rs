//! The trials of a run as they are made, batch by batch, and kept where there is a store.

use super::checkpoint::{Log, SEAL_EVERY, TrialStore};
use super::options::Options;
use super::trials::Bench;
use crate::attack::{Outcome, Room};
use crate::error::Result;
use rayon::prelude::*;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where trials are kept: those of one batch for each thread. A batch is kept, then told of, and then a stop is
/// seen: so much is lost where the process is killed. One block of the log a thread.
const BATCH_A_THREAD: u64 = SEAL_EVERY;
/// Where they are not kept no thread waits for another before the end. After so many trials it is told of.
const TOLD_EVERY: u64 = 32;

/// Trials made so far, each in the store where there is one.
pub(super) struct Kept<'a> {
    outcomes: Vec<Outcome>,
    log: Option<(Log, &'a dyn TrialStore)>,
    /// Space to work in, for each thread.
    rooms: Vec<Mutex<Room>>,
}

impl<'a> Kept<'a> {
    /// The trials in the store of `options`; none where it has none.
    ///
    /// # Errors
    /// As [`Log::open`].
    pub(super) fn open(bench: &Bench<'_>, options: &Options<'a>) -> Result<Self> {
        let threads = rayon::current_num_threads();
        let rooms = (0..threads).map(|_| Mutex::default()).collect();
        let Some(store) = options.store else {
            return Ok(Self {
                outcomes: Vec::new(),
                log: None,
                rooms,
            });
        };
        let (log, outcomes) = Log::open(bench, store)?;
        Ok(Self {
            outcomes,
            log: Some((log, store)),
            rooms,
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
            let Some((log, store)) = &mut self.log else {
                self.grow_unkept(bench, (done, total), options);
                return Ok(());
            };
            // Batches end at whole blocks, wherever an earlier run ended.
            let end = ((done / batch + 1) * batch).min(total);
            let trials = (done..end).into_par_iter();
            let made = trials.map(|k| trial_in_one_of(&self.rooms, bench, k));
            let made: Vec<Outcome> = made.collect();
            log.add(*store, &made)?;
            self.outcomes.extend(made);
            done = end;
            (options.progress)(done, total);
        }
        Ok(())
    }

    /// Makes the trials from number `done` on that are not kept anywhere. Each thread takes the next one until the
    /// user stops, so that those made are always the first ones.
    fn grow_unkept(&mut self, bench: &Bench<'_>, (done, total): (u64, u64), options: &Options<'_>) {
        let (next, told) = (AtomicU64::new(done), Mutex::new(done));
        let tell = |made: u64| {
            // One after the other, so that it never goes back.
            if let Ok(mut told) = told.lock() {
                *told += made;
                (options.progress)(*told, total);
            }
        };
        let work = |_| {
            let mut made = Vec::new();
            let mut untold = 0;
            while !options.is_stopped() {
                let k = next.fetch_add(1, Ordering::Relaxed);
                if k >= total {
                    break;
                }
                made.push((k, trial_in_one_of(&self.rooms, bench, k)));
                untold += 1;
                if untold == TOLD_EVERY {
                    tell(untold);
                    untold = 0;
                }
            }
            tell(untold);
            made
        };
        let threads = (0..self.rooms.len()).into_par_iter().with_max_len(1);
        let mut made: Vec<(u64, Outcome)> = threads.flat_map_iter(work).collect();
        made.sort_unstable_by_key(|(k, _)| *k);
        self.outcomes
            .extend(made.into_iter().map(|(_, outcome)| outcome));
    }

    /// The first `total` trials, fewer where there are fewer.
    pub(super) fn into_first(mut self, total: u64) -> Vec<Outcome> {
        self.outcomes.truncate(total as usize);
        self.outcomes
    }
}

/// The outcome of trial `k`, with the space of this thread.
fn trial_in_one_of(rooms: &[Mutex<Room>], bench: &Bench<'_>, k: u64) -> Outcome {
    // One job alone is done by whoever asks for it, outside of all threads.
    let own = rayon::current_thread_index().unwrap_or(0);
    match rooms.get(own).and_then(|room| room.try_lock().ok()) {
        Some(mut room) => bench.trial_in(&mut room, k),
        None => bench.trial_in(&mut Room::default(), k),
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
