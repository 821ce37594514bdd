//! One trial: one as-built lock, one code, one attacker, all from streams of (seed, trial).

use super::allowed::Allowed;
use super::known::{Beforehand, Known, Needs};
use super::reader::Reader;
use super::signal::signal_to_noise;
use super::trace::Event;
use super::wall::{Handle, Room, Stop, Streams, Tally};
use super::{Attack, Judge, Work};
use crate::mechanism::dial_lock::{AsBuilt, DialLock};
use crate::rng::{Purpose, stream};
use crate::units::wrap;
use serde::{Deserialize, Serialize};

/// What all trials of a study share.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// The nominal lock.
    pub lock: &'a DialLock,
    /// Who works on it.
    pub reader: &'a Reader,
    /// How.
    pub attack: &'static Attack,
    /// Which codes (whole marks) the maker allows; the attacker tries no other.
    pub allowed: &'a dyn Allowed,
    /// Seed of the study.
    pub seed: u64,
    /// What else the attacker knows.
    pub known: Known<'a>,
}

/// How a trial ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether the lock was opened within the budget.
    pub opened: bool,
    /// What was done until then.
    pub tally: Tally,
    /// Signal-to-noise ratio of each wheel of this lock for this reader.
    pub signal_to_noise: Vec<f64>,
}

/// Runs trial number `trial` on a lock whose main code is `codes[0]` and whose spares, cut as extra
/// gates, are the rest (whole marks, one number a wheel).
#[must_use]
pub fn run_trial(setup: &Setup<'_>, codes: &[Vec<f64>], trial: u64) -> Outcome {
    run_trial_in(&mut Room::default(), setup, codes, trial)
}

/// The same with space that an earlier trial has left.
#[must_use]
pub fn run_trial_in(room: &mut Room, setup: &Setup<'_>, codes: &[Vec<f64>], trial: u64) -> Outcome {
    let lent = std::mem::take(room);
    let (outcome, mut handle) = work(setup, codes, trial, |handle| handle.with_room(lent));
    *room = std::mem::take(&mut handle.room);
    outcome
}

/// The same trial as [`run_trial`] makes, with everything that is done in it.
#[must_use]
pub fn trace_trial(setup: &Setup<'_>, codes: &[Vec<f64>], trial: u64) -> (Outcome, Vec<Event>) {
    let (outcome, handle) = work(setup, codes, trial, Handle::traced);
    (outcome, handle.into_trace())
}

/// Prepares a handle on the lock of a trial and lets the attack work on it.
fn work<'a>(
    setup: &Setup<'a>,
    codes: &'a [Vec<f64>],
    trial: u64,
    prepare: impl FnOnce(Handle<'a>) -> Handle<'a>,
) -> (Outcome, Handle<'a>) {
    let mut parts = stream(setup.seed, trial, Purpose::Lock);
    let built = AsBuilt::sample(setup.lock, codes, &mut parts);
    let away = away_from(&codes[0], setup.lock.marks);
    let ratios = signal_to_noise(&built, setup.reader, &codes[0], &away);
    let streams = Streams::of(setup.seed, trial);
    let knows = |what: Needs| setup.attack.needs == what;
    let known = Beforehand {
        // The strongest attacker knows how people choose, where they do.
        likely: if knows(Needs::LikelyCodes) || matches!(setup.attack.work, Work::Judged(_)) {
            setup.known.likely
        } else {
            &[]
        },
        held: if knows(Needs::SpareCode) {
            codes.get(1..2).unwrap_or_default()
        } else {
            &[]
        },
        codes: codes.len(),
        shape: setup.known.shape,
    };
    let mut judge = match setup.attack.work {
        Work::Judged(_) => {
            let luck = stream(setup.seed, trial, Purpose::Attacker);
            Some(Judge::new(built.clone(), codes.to_vec(), luck))
        }
        Work::Hands(_) => None,
    };
    let handle = Handle::new(built, setup.reader, setup.allowed, streams).knowing(known);
    let mut handle = prepare(handle);
    let stop = match setup.attack.work {
        Work::Hands(run) => run(&mut handle),
        Work::Judged(run) => match &mut judge {
            Some(judge) => run(&mut handle, judge, setup.known.schedule),
            None => Stop::TimeUp,
        },
    };
    let outcome = Outcome {
        opened: stop == Stop::Opened,
        tally: handle.tally(),
        signal_to_noise: ratios,
    };
    (outcome, handle)
}

/// Numbers well away from those of `code`, at which plain rims are under the fence (unless a false
/// gate or a spare lies there); marks.
#[must_use]
pub fn away_from(code: &[f64], marks: u32) -> Vec<f64> {
    let n = f64::from(marks);
    code.iter().map(|c| wrap(c + 0.3 * n, n)).collect()
}
