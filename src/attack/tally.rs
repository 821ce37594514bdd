//! What an attacker gets to see: readings, and the count of what has been done.

use serde::{Deserialize, Serialize};

/// One reading of both contact points, dial marks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reading {
    /// Left contact point.
    pub left_marks: f64,
    /// Right contact point.
    pub right_marks: f64,
}

impl Reading {
    /// Distance between the contact points, marks.
    #[must_use]
    pub fn width_marks(self) -> f64 {
        self.right_marks - self.left_marks
    }
}

/// What has been done so far.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Seconds on the clock.
    pub elapsed_s: f64,
    /// Turns of the dial.
    pub turns: f64,
    /// Readings of both contact points.
    pub readings: u64,
    /// Codes tried.
    pub tries: u64,
    /// High–low tests made.
    pub tests: u64,
    /// High–low tests that stayed inconclusive.
    pub inconclusive: u64,
}

/// Why an attack ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The lock is open.
    Opened,
    /// The budget is spent.
    TimeUp,
}

/// What every action returns: something to go on with, or the end.
pub type Step<T> = Result<T, Stop>;
