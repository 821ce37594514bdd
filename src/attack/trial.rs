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
    let away = away_from(&built, &codes[0]);
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

/// Shares of the dial by which a wheel is set aside from its number, the first choice first.
const ASIDE: [f64; 9] = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

/// Numbers well away from those of `code`, at which plain rims are under the fence of `built`, with a mark to
/// spare; where a wheel has gates all around it is as good a place as any; marks.
#[must_use]
pub fn away_from(built: &AsBuilt<'_>, code: &[f64]) -> Vec<f64> {
    let n = f64::from(built.lock().marks);
    let away = |(i, c): (usize, &f64)| {
        let mut places = ASIDE.iter().map(|share| wrap(c + share * n, n));
        let is_plain = |x: &f64| {
            [-1.0, 0.0, 1.0]
                .iter()
                .all(|d| built.is_on_rim(i, wrap(x + d, n)))
        };
        let plain = places.clone().find(is_plain);
        plain.or_else(|| places.next()).unwrap_or(*c)
    };
    code.iter().enumerate().map(away).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanism::MechanismSpec;
    use crate::mechanism::dial_lock::FAMILY;

    #[test]
    fn a_wheel_is_set_aside_on_its_rim_also_where_a_spare_lies_thirty_marks_on() {
        let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
        let made = spec.build().expect("the example is sound");
        let lock = made.contact().expect("a dial lock");
        let main = vec![52.0, 15.0, 37.0];
        let spare = vec![82.0, 15.0, 67.0];
        let alone = AsBuilt::nominal(lock, std::slice::from_ref(&main));
        assert_eq!(away_from(&alone, &main), [82.0, 45.0, 67.0]);
        let both = AsBuilt::nominal(lock, &[main.clone(), spare]);
        assert_eq!(away_from(&both, &main), [87.0, 45.0, 72.0]);
    }
}
