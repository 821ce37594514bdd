//! `ideal`: an estimate of the strongest attacker, not a proof.
//!
//! **What.** The best use of a stated reading schedule. Stage by stage (tallest wheel, next, …) it holds
//! the posterior over gate position and heights, assigns the wheel by likelihood, combines the stages
//! into a likelihood for every code, and tries codes by falling likelihood: time to open = reading
//! time + rank × time of a try. The study searches the schedule ([`SCHEDULES`], among them to read
//! nothing) on locks of its own and reports the best. Where the design says how its codes are chosen, the likely
//! ones are tried before anything is read, as `informed` does.
//!
//! **Model.** `attack::belief` for a stage, [`Ranking`] for the rank (histogram convolution; the share
//! of allowed settings is estimated from draws of settings or of codes, or all are counted where codes are few).
//!
//! **Assumptions.** All in the attacker's favour: each stage is read with the wheels before it truly in
//! their gates, though their places may not be sure; tries cost what the first ones of an exhaustive search
//! cost or what they cost there on average, whichever is less, in whatever order; no try misses. Against him: the
//! wheels' likelihoods are multiplied as if assignments were independent; once the likely codes are tried, all count
//! as equally likely, those tried among them; the schedules are a short list. What is proven is
//! another thing: where readings carry no information no order is better than another, and the mean
//! number of tries among M codes of which K open is (M + 1)/(K + 1).
//!
//! **Reference.** `physics.md` 4.
//!
//! **Checked by.** `tests/it/laws/ideal.rs` (rank against enumeration, no information, not beaten by the
//! others).

mod judge;
mod rank;

pub use judge::Judge;
pub use rank::Ranking;

use super::exhaustive::ExhaustiveLaw;
use super::rig::{Advice, Care, Instead, Rig, Stage};
use super::wall::{Handle, Step, Stop};
use super::windows::Windows;
use super::{Attack, Needs, Work, informed};
use crate::math::ln;

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "ideal",
    about: "estimate of the strongest attacker: exact posterior, codes by falling likelihood",
    needs: Needs::Nothing,
    work: Work::Judged(run),
};

/// Chance that a stage's belief is wrong altogether.
const WRONG: f64 = 2e-3;
/// Tries of an exhaustive search from which the mean time of a try is taken, at least and at most: a wheel
/// before the last must go round for it, and each try costs a look at the codes that it covers.
const SEARCH_TRIES: (f64, f64) = (50.0, 2000.0);
/// Codes looked at for that.
const SEARCH_CODES: f64 = 54_000.0;

/// A reading schedule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    /// Name, as in reports.
    pub name: &'static str,
    /// Most stages that are read.
    stages: usize,
    /// How each is read.
    care: Care,
}

const fn schedule(name: &'static str, stages: usize, p_found: f64, patience_h: f64) -> Schedule {
    Schedule {
        name,
        stages,
        care: Care {
            step_windows: 1.0,
            is_reversed: false,
            p_found,
            patience_h,
            is_told: true,
        },
    }
}

/// The schedules that are searched.
pub const SCHEDULES: &[Schedule] = &[
    schedule("nothing is read", 0, 1.0, 0.0),
    schedule("one sweep of each stage", 9, 0.0, 0.0),
    schedule("each stage until 80 % sure, at most 1 h", 9, 0.8, 1.0),
    schedule("each stage until 97 % sure, at most 3 h", 9, 0.97, 3.0),
    Schedule {
        name: "wide steps, each stage until 90 % sure, at most 2 h",
        stages: 9,
        care: Care {
            step_windows: 1.4,
            is_reversed: false,
            p_found: 0.9,
            patience_h: 2.0,
            is_told: true,
        },
    },
    Schedule {
        name: "dialed the other way, each stage until 90 % sure, at most 2 h",
        stages: 9,
        care: Care {
            step_windows: 1.0,
            is_reversed: true,
            p_found: 0.9,
            patience_h: 2.0,
            is_told: true,
        },
    },
];

fn run(handle: &mut Handle<'_>, judge: &mut Judge<'_>, schedule: Option<&Schedule>) -> Stop {
    let schedule = schedule.unwrap_or(&SCHEDULES[2]);
    if let Err(stop) = informed::guess(handle) {
        return stop;
    }
    match read(handle, judge, schedule) {
        Ok(ranking) => try_in_order(handle, judge, &ranking),
        Err(stop) => stop,
    }
}

/// Reads the stages and puts the codes in order.
fn read(handle: &mut Handle<'_>, judge: &Judge<'_>, schedule: &Schedule) -> Step<Ranking> {
    let facts = handle.facts();
    let windows = Windows::new(&facts, 0);
    let mut chances = vec![vec![0.0; windows.len()]; facts.wheels];
    let mut sure = vec![0.0; facts.wheels];
    if schedule.stages > 0 {
        let mut rig = Rig::new(handle, schedule.care);
        let mut parked = vec![None; facts.wheels];
        for _ in 0..schedule.stages.min(facts.wheels - 1) {
            let mut belief = rig.belief(&parked);
            rig.sweep(handle, &parked, &mut belief)?;
            let until_s = handle.tally().elapsed_s + 3600.0 * schedule.care.patience_h;
            let ended = rig.look(
                handle,
                &parked,
                &mut belief,
                &mut Stage::new(until_s, Instead::default()),
            )?;
            handle.think(|| in_words(&ended));
            let by_place = belief.by_place(&belief.posterior());
            let places = belief.places();
            for (&wheel, of_wheel) in belief.unknown.iter().zip(by_place.chunks(places)) {
                for (place, p) in of_wheel.iter().enumerate() {
                    if let Some(group) = windows.group_of(belief.number(place)) {
                        chances[wheel][group] += p;
                        sure[wheel] += p;
                    }
                }
            }
            let (wheel, number) = judge.tallest(&parked);
            parked[wheel] = Some(number);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a few hundred windows")]
    let all = windows.len() as f64;
    let scores: Vec<Vec<f64>> = chances
        .iter()
        .zip(&sure)
        .map(|(places, sure)| {
            let rest = (1.0 - sure).max(WRONG) / all;
            places.iter().map(|p| ln(p + rest)).collect()
        })
        .collect();
    Ok(Ranking::new(&scores))
}

/// Lets the tries pass that the true code's place in the order asks for.
fn try_in_order(handle: &mut Handle<'_>, judge: &mut Judge<'_>, ranking: &Ranking) -> Stop {
    let facts = handle.facts();
    let windows = Windows::new(&facts, 0);
    let covered: f64 = std::iter::repeat_n(f64::from(windows.width()), facts.wheels).product();
    let looked_at = (SEARCH_CODES / covered).clamp(SEARCH_TRIES.0, SEARCH_TRIES.1);
    let until_s = looked_at * handle.reader().next_try_s();
    let law = ExhaustiveLaw::new(&facts, handle.reader(), until_s);
    let (Some(mean_s), Some(turns)) = (law.mean_try_s(), law.mean_try_turns()) else {
        return Stop::TimeUp;
    };
    let tries = judge.tries(ranking, &facts, &windows);
    let first_s = law.time_of_tries(tries);
    let try_s = first_s.map_or(mean_s, |s| mean_s.min(s / tries));
    let left_s = 3600.0 * handle.reader().budget_h - handle.tally().elapsed_s;
    let made = tries.min((left_s / try_s).ceil()).max(0.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no more tries than the budget has room for"
    )]
    let counted = made as u64;
    handle.think(|| {
        format!("tries codes by falling likelihood: {counted} tries pass, {try_s:.1} s each")
    });
    let end = handle.pass_tries(counted, (made * turns, made * try_s));
    match end {
        Ok(()) if made >= tries => Stop::Opened,
        Ok(()) => Stop::TimeUp,
        Err(stop) => stop,
    }
}

/// How a stage ended, in words.
fn in_words(ended: &Advice) -> String {
    match ended {
        Advice::Found(c) | Advice::Try(c) => format!(
            "the stage is read: a gate of wheel {} at {:.1}, {:.0} % sure",
            c.wheel + 1,
            c.number,
            100.0 * c.p
        ),
        Advice::TryAll | Advice::Enough => "the stage is read as long as it pays".to_owned(),
    }
}
