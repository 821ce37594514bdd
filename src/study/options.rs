//! What a run is told from outside: seed, trials, whom to tell, when to stop.

use super::checkpoint::TrialStore;
use super::target::Target;
use crate::error::{Error, Result};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Called with (trials done, trials in all).
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Options of a run.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Seed of all random streams.
    pub seed: u64,
    /// Trials of each manipulation study; `None`: as the design says.
    pub trials: Option<u64>,
    /// Where an interval is to become narrow: trials until then, `trials` at most.
    pub until: Option<Target>,
    /// Where trials are kept, so that a run can go on later.
    pub store: Option<&'a dyn TrialStore>,
    /// Told after every batch, or after some trials where none are kept; on any thread.
    pub progress: Progress<'a>,
    /// Set to true from outside to stop after the batch in flight, or, where nothing is kept, after the trials in
    /// flight.
    pub stop: Option<&'a AtomicBool>,
}

impl Options<'_> {
    /// Quiet options with `seed`.
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        Self {
            seed,
            trials: None,
            until: None,
            store: None,
            progress: &|_, _| (),
            stop: None,
        }
    }

    /// Whether the user has asked to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|s| s.load(Ordering::Relaxed))
    }

    /// Fails where the user has asked to stop, `done` of `total` being done.
    pub(super) fn go_on(&self, done: u64, total: u64) -> Result<()> {
        if self.is_stopped() {
            return Err(Error::Stopped { done, total });
        }
        Ok(())
    }

    /// In how many of the trials from 0 to `trials` it is so, in parallel, or [`Error::Stopped`].
    pub(super) fn count(&self, trials: u64, is_so: impl Fn(u64) -> bool + Sync) -> Result<u64> {
        let counted = |t: &u64| !self.is_stopped() && is_so(*t);
        let count = (0..trials).into_par_iter().filter(counted).count() as u64;
        self.go_on(count, trials)?;
        Ok(count)
    }

    /// What `one` gives for each of the trials from 0 to `trials`, in their order, in parallel, or [`Error::Stopped`].
    pub(super) fn each<T: Send>(
        &self,
        trials: u64,
        one: impl Fn(u64) -> T + Sync,
    ) -> Result<Vec<T>> {
        let of_trial = |t: u64| (!self.is_stopped()).then(|| one(t));
        let all: Option<Vec<T>> = (0..trials).into_par_iter().map(of_trial).collect();
        all.ok_or(Error::Stopped {
            done: 0,
            total: trials,
        })
    }
}

/// Runs everything on `threads` threads from now on; the result does not depend on it.
///
/// # Errors
/// Where the threads cannot be made, or were made already.
pub fn use_threads(threads: usize) -> Result<()> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|e| Error::OutOfRange {
            name: "the number of threads",
            got: format!("{threads} ({e})"),
            allowed: "from 1 to what the system gives, and set once".to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::sync::Mutex;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn a_count_ends_soon_after_the_wish_to_stop() {
        let (stop, looked) = (AtomicBool::new(false), AtomicU64::new(0));
        let options = Options {
            stop: Some(&stop),
            ..Options::with_seed(1)
        };
        assert_eq!(options.count(1000, |t| t % 4 == 0).ok(), Some(250));
        let is_so = |_| {
            if looked.fetch_add(1, Ordering::Relaxed) > 100 {
                stop.store(true, Ordering::Relaxed);
            }
            true
        };
        let ended = options.count(1_000_000, is_so);
        assert!(matches!(ended, Err(Error::Stopped { .. })));
        assert!(looked.load(Ordering::Relaxed) < 10_000);
    }

    #[test]
    fn each_trial_is_made_in_parallel_and_told_in_its_place_until_the_wish_to_stop() {
        let (stop, at_work) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
        let options = Options {
            stop: Some(&stop),
            ..Options::with_seed(1)
        };
        let two = rayon::ThreadPoolBuilder::new().num_threads(2).build();
        // Whoever comes first waits for the other, but not for ever.
        let one = |t: u64| {
            let met = || {
                let mut threads = at_work.lock().unwrap();
                threads.insert(rayon::current_thread_index());
                threads.len() > 1
            };
            for _ in 0..200 {
                if met() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            t * t
        };
        let all = two.unwrap().install(|| options.each(20, one)).unwrap();
        assert_eq!(all, (0..20).map(|t| t * t).collect::<Vec<u64>>());
        assert_eq!(at_work.lock().unwrap().len(), 2);
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(
            options.each(20, |t| t),
            Err(Error::Stopped { .. })
        ));
    }
}
