//! Attackers: what a person or machine that cannot see inside does, and how long it takes.
//!
//! Everything here is a model result. An attacker owns a [`Handle`] and nothing else: it turns the
//! dial, reads contact points, tries to open, and pays for each with time ([`wall`]).
//!
//! To add an attack: one file here and one line in [`ATTACKS`].

mod allowed;
mod behind;
mod belief;
mod exhaustive;
mod facts;
mod gauge;
mod graphing;
mod ideal;
mod informed;
mod instrumented;
mod known;
pub mod reader;
mod rig;
mod rights;
mod setting;
mod settings;
pub mod signal;
mod tally;
mod tour;
pub mod trace;
pub mod trial;
mod walk;
pub mod wall;
mod windows;

pub use allowed::Allowed;
pub use belief::Shape;
pub use exhaustive::{ExhaustiveLaw, LawPoint, Steps};
pub use gauge::{Gauge, Readings};
pub use graphing::{Verdict, high_low_verdict};
pub use ideal::{Judge, Ranking, SCHEDULES, Schedule};
pub use known::{Beforehand, Known, Likely, Needs};
pub use reader::{READERS, Reader};
pub use trial::{Outcome, Setup, run_trial, run_trial_in, trace_trial};
pub use wall::{Facts, Handle, Room, Step, Stop};
pub use windows::groups;

/// One attack.
#[derive(Debug, Clone, Copy)]
pub struct Attack {
    /// Name, as on the command line.
    pub name: &'static str,
    /// One line on what it does.
    pub about: &'static str,
    /// What it needs to know beyond make and model.
    pub needs: Needs,
    /// What it does.
    pub work: Work,
}

/// How an attack works.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// Through the wall: goes on until something stops it, the open lock or the budget.
    Hands(fn(&mut Handle<'_>) -> Stop),
    /// Reads through the wall; what its reading is worth is judged by who knows the lock.
    Judged(fn(&mut Handle<'_>, &mut Judge<'_>, Option<&Schedule>) -> Stop),
}

impl Attack {
    /// What must be said next to its results.
    #[must_use]
    pub fn note(&self) -> &'static str {
        match self.work {
            Work::Hands(_) => "model result, not a measurement and no certificate",
            Work::Judged(_) => {
                "model result, not a measurement and no certificate; an estimate of the strongest \
                 attacker, not a proof"
            }
        }
    }
}

/// All attacks.
pub const ATTACKS: &[Attack] = &[
    graphing::ATTACK,
    ideal::ATTACK,
    exhaustive::ATTACK,
    instrumented::ATTACK,
    informed::ATTACK,
    rights::ATTACK,
];

/// The attack called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Attack> {
    ATTACKS.iter().find(|a| a.name == name)
}
