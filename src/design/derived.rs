//! Rules that a mechanism imposes on its codes, by themselves.

use crate::keyspace::rules::last_not_in::LastNotIn;
use crate::keyspace::rules::way_at_most::{Turning, WayAtMost};
use crate::keyspace::{Mark, RuleSet};
use crate::mechanism::dial_lock::ForbiddenReason;
use crate::mechanism::drive_train::Direction;
use crate::mechanism::{DialLock, Lock};

/// `stated` with the rules that `lock` imposes.
#[must_use]
pub fn derived_rules(lock: &dyn Lock, stated: RuleSet) -> RuleSet {
    match lock.contact() {
        Some(lock) => of_dial_lock(lock, stated),
        None => stated,
    }
}

fn of_dial_lock(lock: &DialLock, stated: RuleSet) -> RuleSet {
    let limits = lock.derived_limits();
    let mut rules = stated;
    // The last entry bounds the opening turn and is part of the zones.
    for (before, &way) in limits
        .way_limits_marks
        .iter()
        .enumerate()
        .take(lock.wheels - 1)
    {
        let turning = match lock.drive.direction(before + 1) {
            Direction::Left => Turning::Left,
            Direction::Right => Turning::Right,
        };
        let Some(marks) = Mark::new(way) else {
            continue;
        };
        let wheel = before + 2;
        let reason = format!(
            "on a longer way, dialed with the usual number of passes, the pins carry wheel {} along again",
            before + 1
        );
        rules = rules.with_derived(
            WayAtMost {
                wheel,
                marks,
                turning,
            },
            reason,
        );
    }
    for zone in limits.forbidden_last {
        let (Some(from), Some(to)) = (Mark::new(zone.from_marks), Mark::new(zone.to_marks)) else {
            continue;
        };
        let reason = match zone.reason {
            ForbiddenReason::NoseTrapped => "there the nose is trapped in the cam gate",
            ForbiddenReason::PickedUp => {
                "from there the last wheel is picked up before the bolt is drawn"
            }
        };
        // The zone's ends are left out, the rule's are not.
        let inside = |m: Mark, by: i64| Mark::from_micro(m.micro() + by);
        rules = rules.with_derived(
            LastNotIn {
                from: inside(from, 1),
                to: inside(to, -1),
            },
            reason,
        );
    }
    rules
}
