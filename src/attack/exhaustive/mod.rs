//! `exhaustive`: every allowed code in windows of the dialing tolerance, last wheel fastest.
//!
//! **What.** Sets the wheels on one window after the other and tries the bolt; what stands is not
//! dialed again. Its time has a closed form ([`ExhaustiveLaw`]).
//!
//! **Model.** `physics.md` 1.7 and 4: the turns really needed, times seconds per turn, stops, tries.
//!
//! **Assumptions.** Codes lie on whole marks, so one setting covers the marks within the window
//! (`attack::windows`). A search in vain begins again with the groups moved by a mark: the deviation
//! of a gate or of the hand may have hidden the code.
//!
//! **Reference.** Step times of a dialing machine (last number, second too, all): SparkFun log.
//!
//! **Checked by.** `tests/it/laws/exhaustive.rs` (simulation equals closed form, code by code),
//! `tests/it/validation/exhaustive.rs` (A3, A4, A6).

mod law;

pub use law::{ExhaustiveLaw, LawPoint, Steps};

use super::walk::Walk;
use super::wall::{Facts, Handle, Step, Stop};
use super::windows::{Windows, half_search_s};
use super::{Attack, Needs, Work};

/// The attack's line in `ATTACKS`.
pub(super) const ATTACK: Attack = Attack {
    name: "exhaustive",
    about: "every allowed code in windows of the dialing tolerance, last wheel fastest",
    needs: Needs::Nothing,
    work: Work::Hands(run),
};

pub(super) fn run(handle: &mut Handle<'_>) -> Stop {
    let facts = handle.facts();
    let (mut from, mut idle) = (0, 0);
    loop {
        let windows = Windows::new(&facts, from % facts.model.marks);
        let before = handle.tally().tries;
        if let Err(stop) = search(handle, &facts, &windows) {
            return stop;
        }
        // Groups of one mark leave nothing to move; the hand's deviation is new each time.
        from += u32::from(windows.width() > 1);
        let is_idle = handle.tally().tries == before;
        idle = if is_idle { idle + 1 } else { 0 };
        if idle > windows.width() {
            return Stop::TimeUp; // nothing is allowed, or nothing can be dialed
        }
    }
}

/// Lets `read` work as long as half a search of everything takes, and then searches. On average a search
/// finds the code in that time, so this takes at most twice as long as one from the start.
pub(super) fn or_search(
    handle: &mut Handle<'_>,
    read: impl FnOnce(&mut Handle<'_>) -> Stop,
) -> Stop {
    let facts = handle.facts();
    let enough_s = half_search_s(&facts, handle.reader());
    if handle.tally().elapsed_s < enough_s {
        handle.work_until(enough_s);
        let stop = read(handle);
        handle.work_until(f64::INFINITY);
        if stop == Stop::Opened || !handle.has_time() {
            return stop;
        }
    }
    handle.think(|| "trying every code takes no longer: does that".to_owned());
    run(handle)
}

fn search(handle: &mut Handle<'_>, facts: &Facts<'_>, windows: &Windows) -> Step<()> {
    let start = handle.dial_marks();
    Walk::new(facts, &windows.of_all_wheels(facts), start).try_all(
        handle,
        &|places| windows.covers_any(facts, places),
        &mut |_| false,
    )
}
