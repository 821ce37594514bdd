//! What a run is told from outside: seed, trials, whom to tell, when to stop.

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
    /// Told after every batch.
    pub progress: Progress<'a>,
    /// Set to true from outside to stop after the batch in flight.
    pub stop: Option<&'a AtomicBool>,
}

impl Options<'_> {
    /// Quiet options with `seed`.
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        Self {
            seed,
            trials: None,
            progress: &|_, _| (),
            stop: None,
        }
    }

    /// Whether the user has asked to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|s| s.load(Ordering::Relaxed))
    }
}
