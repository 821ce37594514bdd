//! Rules that a mechanism imposes on its codes, by themselves.

use crate::keyspace::Mark;
use crate::keyspace::RuleSet;
use crate::keyspace::rules::last_not_in::LastNotIn;
use crate::keyspace::rules::way_at_most::{Turning, WayAtMost};
use crate::mechanism::drive_train::Direction;
use crate::mechanism::{DialLock, Lock};
use crate::units::wrap;

/// `stated` with the rules that `lock` imposes.
#[must_use]
pub fn derived_rules(lock: &dyn Lock, stated: RuleSet) -> RuleSet {
    match lock.contact() {
        Some(lock) => of_dial_lock(lock, stated),
        None => stated,
    }
}

fn of_dial_lock(lock: &DialLock, stated: RuleSet) -> RuleSet {
    let mut rules = stated;
    for wheel in 1..lock.wheels {
        let limit = lock.drive.most_way_marks(wheel - 1);
        let turning = match lock.drive.direction(wheel) {
            Direction::Left => Turning::Left,
            Direction::Right => Turning::Right,
        };
        let Some(marks) = Mark::new(limit) else {
            continue;
        };
        let reason = format!("on a longer way the pins carry wheel {wheel} along again");
        rules = rules.with_derived(
            WayAtMost {
                wheel: wheel + 1,
                marks,
                turning,
            },
            reason,
        );
    }
    let (from, to) = forbidden_last_marks(lock);
    if let (Some(from), Some(to)) = (Mark::new(from), Mark::new(to)) {
        let reason =
            "the nose is trapped in the cam gate, or the last wheel is picked up during retraction";
        rules = rules.with_derived(LastNotIn { from, to }, reason);
    }
    rules
}

/// The arc in which the last number cannot be used, in whole marks: between the contact points, and
/// before them where retraction would carry the last wheel along.
fn forbidden_last_marks(lock: &DialLock) -> (f64, f64) {
    let n = f64::from(lock.marks);
    let (left, right) = lock.plain_contact_marks();
    let last = lock.wheels - 1;
    // After the last number the dial turns back to the drop-in (the nearer contact point) and on
    // through the retraction; that way must stay within the free travel.
    let free_way = lock.drive.most_way_marks(last) - lock.retraction_marks;
    let (low, high) = match lock.drive.direction(last) {
        Direction::Left => (right + free_way, right),
        Direction::Right => (left, left - free_way),
    };
    let (low, high) = (wrap(low.floor() + 1.0, n), wrap(high.ceil() - 1.0, n));
    let trapped = (wrap(left.ceil(), n), wrap(right.floor(), n));
    match lock.drive.direction(last) {
        Direction::Left => (low, trapped.1),
        Direction::Right => (trapped.0, high),
    }
}
