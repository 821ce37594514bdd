//! The dial cut into windows: groups of neighbouring marks that one setting of a wheel covers.
//!
//! Codes lie on whole marks, so a setting in the middle of a group opens every code of the group. A
//! group is as wide as the dialing window leaves room for, with two standard deviations of a
//! gate's place to spare.

use super::reader::Reader;
use super::wall::Facts;
use crate::mechanism::dial_lock::{DialLock, MOST_WHEELS};
use crate::units::nearest_mark;

/// The groups of one dial.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Windows {
    /// The marks of all groups, in the order of the dial.
    in_order: Vec<u32>,
    /// Most marks of a group: all have so many but the last one.
    width: usize,
    /// Their middles, marks.
    middles: Vec<f64>,
    marks: u32,
}

impl Windows {
    /// The groups of the lock's dial, the first one beginning at mark `from`.
    pub(super) fn new(facts: &Facts<'_>, from: u32) -> Self {
        Self::of(facts.model, from)
    }

    /// The same from the drawing.
    fn of(lock: &DialLock, from: u32) -> Self {
        let size = width_of(lock);
        let from = from.min(lock.marks);
        let in_order: Vec<u32> = (from..lock.marks).chain(0..from).collect();
        let middle = |group: &[u32]| {
            let half = 0.5 * f64::from(as_u32(group.len()) - 1);
            crate::units::wrap(f64::from(group[0]) + half, f64::from(lock.marks))
        };
        Self {
            middles: in_order.chunks(size).map(middle).collect(),
            in_order,
            width: size,
            marks: lock.marks,
        }
    }

    /// The mark at which the first group begins.
    pub(super) fn begin_at(&self) -> u32 {
        self.in_order.first().copied().unwrap_or(0)
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.middles.len()
    }

    /// Most marks of a group.
    pub(super) fn width(&self) -> u32 {
        as_u32(self.width)
    }

    /// The marks of all groups, in the order of the dial, and how many make a group.
    pub(super) fn groups(&self) -> (&[u32], usize) {
        (&self.in_order, self.width)
    }

    /// The marks of group `k`.
    pub(super) fn marks(&self, k: usize) -> &[u32] {
        let from = k * self.width;
        &self.in_order[from..self.in_order.len().min(from + self.width)]
    }

    /// Where a wheel is set to cover each group: its middle, marks.
    pub(super) fn middles(&self) -> &[f64] {
        &self.middles
    }

    /// Where a wheel is set to cover group `k`: its middle, marks.
    pub(super) fn middle(&self, k: usize) -> f64 {
        self.middles[k]
    }

    /// The group that covers the mark nearest to `number`.
    pub(super) fn group_of(&self, number: f64) -> Option<usize> {
        let mark = nearest_mark(number, f64::from(self.marks));
        let from = *self.in_order.first()?;
        let way = (mark + self.marks - from) % self.marks;
        Some((way / self.width()) as usize)
    }

    /// The middles of all groups, for every wheel.
    pub(super) fn of_all_wheels(&self, facts: &Facts<'_>) -> Vec<Vec<f64>> {
        vec![self.middles.clone(); facts.wheels]
    }

    /// Whether some allowed code has its first numbers in the groups `places`.
    pub(super) fn covers_any(&self, facts: &Facts<'_>, places: &[usize]) -> bool {
        if places.len() == facts.wheels {
            // Asked at every setting of a search, and there are few codes to look at.
            return self.count(facts, places, 1) > 0;
        }
        let Some((&last, before)) = places.split_last() else {
            return true;
        };
        let mut choices: Vec<Vec<u32>> = before.iter().map(|&k| self.marks(k).to_vec()).collect();
        choices.resize(facts.wheels, self.in_order.clone());
        let group = self.marks(last);
        let which = (facts.allowed).which(before.len(), (group, group.len()), &choices);
        which.contains(&true)
    }

    /// Shows every setting (a group for each wheel) that covers an allowed code, in order; the time grows with
    /// their number, not with that of all settings.
    pub(super) fn each_allowed(&self, facts: &Facts<'_>, show: &mut dyn FnMut(&[usize])) {
        self.each_allowed_from(facts, &mut Vec::with_capacity(facts.wheels), show);
    }

    fn each_allowed_from(
        &self,
        facts: &Facts<'_>,
        places: &mut Vec<usize>,
        show: &mut dyn FnMut(&[usize]),
    ) {
        let wheel = places.len();
        if wheel == facts.wheels {
            return show(places);
        }
        let mut choices: Vec<Vec<u32>> = places.iter().map(|&k| self.marks(k).to_vec()).collect();
        choices.resize(facts.wheels, self.in_order.clone());
        let is_allowed = (facts.allowed).which(wheel, self.groups(), &choices);
        for (k, _) in is_allowed.iter().enumerate().filter(|(_, yes)| **yes) {
            places.push(k);
            self.each_allowed_from(facts, places, show);
            places.pop();
        }
    }

    /// How many allowed codes (whole marks) the setting covers that puts wheel i on group `places[i]`.
    pub(super) fn covered(&self, facts: &Facts<'_>, places: &[usize]) -> u64 {
        self.count(facts, places, u64::MAX)
    }

    /// The same, as far as `most`.
    fn count(&self, facts: &Facts<'_>, places: &[usize], most: u64) -> u64 {
        let mut code = [0_u32; MOST_WHEELS];
        let mut digit = [0_usize; MOST_WHEELS];
        let mut found = 0;
        loop {
            for (i, &place) in places.iter().enumerate() {
                code[i] = self.marks(place)[digit[i]];
            }
            found += u64::from(facts.allowed.contains(&code[..places.len()]));
            if found >= most {
                return found;
            }
            let next = (0..places.len()).find(|&i| digit[i] + 1 < self.marks(places[i]).len());
            let Some(i) = next else {
                return found;
            };
            digit[i] += 1;
            digit[..i].fill(0);
        }
    }
}

/// About what it takes `reader` to try half of all settings that cover allowed codes, seconds.
pub(super) fn half_search_s(facts: &Facts<'_>, reader: &Reader) -> f64 {
    let width = f64::from(as_u32(width_of(facts.model)));
    let of_each = std::iter::repeat_n(width, facts.wheels);
    let codes = facts.allowed.about(facts.model.marks, facts.wheels);
    0.5 * codes / of_each.product::<f64>() * reader.next_try_s()
}

/// How many neighbouring marks one setting of a wheel covers.
fn width_of(lock: &DialLock) -> usize {
    let spare = 2.0 * lock.gate_position_marks.sd();
    let span = 2.0 * (lock.window.half_marks() - spare);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few marks, cut to the dial"
    )]
    let size = (1.0 + span.max(0.0).min(f64::from(lock.marks) - 1.0)) as usize;
    size
}

/// All marks of the dial of `lock` in order, and how many neighbours among them one setting of a wheel covers
/// for whoever tries codes.
#[must_use]
pub fn groups(lock: &DialLock) -> (Vec<u32>, usize) {
    let windows = Windows::of(lock, 0);
    (windows.in_order, windows.width)
}

fn as_u32(n: usize) -> u32 {
    u32::try_from(n).expect("no more groups and marks than a dial has")
}
