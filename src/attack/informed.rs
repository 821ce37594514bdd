//! `informed`: the codes that people choose first, then graphing.
//!
//! **What.** Tries the likely codes in their order (factory codes, published favourites, then what
//! else the guessing model of the key space lists), and works on by graphing.
//!
//! **Model.** A code is worth a try as long as its chance, times the time that graphing is expected
//! to need, is more than the try costs.
//!
//! **Assumptions.** The attacker's guessing model is the owner's: the study draws codes from it. The
//! time of graphing is taken as that of one sweep for each wheel.
//!
//! **Reference.** `physics.md` 4; `keyspace.md` on guessing.
//!
//! **Checked by.** `tests/it/laws/attacks.rs`.

use super::known::Likely;
use super::wall::{Facts, Handle, Step, Stop};
use super::{Attack, Needs, Work, graphing};

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "informed",
    about: "likely codes first (factory codes, favourites), then graphing; codes chosen by people",
    needs: Needs::LikelyCodes,
    work: Work::Hands(run),
};

fn run(handle: &mut Handle<'_>) -> Stop {
    match guess(handle) {
        Ok(()) => graphing::run(handle),
        Err(stop) => stop,
    }
}

/// Tries the codes that are likely beforehand, as long as that is worth the time.
pub(super) fn guess(handle: &mut Handle<'_>) -> Step<()> {
    let facts = handle.facts();
    let patience_s = sweeping_s(handle, &facts);
    for Likely { code, p } in facts.likely {
        let numbers: Vec<f64> = code.iter().map(|&n| f64::from(n)).collect();
        let program = facts.drive.standard_program(&numbers);
        let turns: f64 = program.moves.iter().map(|m| f64::from(m.passes)).sum();
        let reader = handle.reader();
        #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
        let stops = facts.wheels as f64;
        let try_s = turns * reader.turn_s + stops * reader.settle_s + reader.try_s;
        if p * patience_s < try_s {
            return Ok(());
        }
        handle.turn(&program.moves)?;
        handle.try_open()?;
    }
    Ok(())
}

/// Seconds of one sweep for each wheel: two turns and a reading a point.
fn sweeping_s(handle: &Handle<'_>, facts: &Facts<'_>) -> f64 {
    let reader = handle.reader();
    let point_s = 2.0 * reader.turn_s + reader.settle_s + 2.0 * reader.reading_s + reader.note_s;
    let points = facts.marks / (2.0 * facts.window_half_marks);
    #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
    let wheels = facts.wheels as f64;
    wheels * points * point_s
}
