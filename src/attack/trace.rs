//! What is done in one trial, action by action: a lesson in manipulation.
//!
//! Writing down costs no time on the attacker's clock and changes nothing: a traced trial is the same
//! trial.

use super::wall::Reading;
use serde::Serialize;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The dial was turned and stopped on a mark.
    Turn,
    /// Both contact points were read.
    Read,
    /// Something was written down.
    Note,
    /// The bolt was tried.
    Try,
    /// The attacker came to believe something, or decided on something.
    Think,
}

impl Action {
    /// One word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Read => "read",
            Self::Note => "note",
            Self::Try => "try",
            Self::Think => "think",
        }
    }
}

/// One action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Seconds on the clock when it was done.
    pub elapsed_s: f64,
    /// What kind of thing.
    pub action: Action,
    /// It in words: the move in the trade's notation, the thought, how a try ended.
    pub what: String,
    /// What was read, dial marks.
    pub reading: Option<Reading>,
    /// Where every wheel stands then, marks: the attacker knows it but for slips of the hand.
    pub wheels_marks: Vec<f64>,
}
