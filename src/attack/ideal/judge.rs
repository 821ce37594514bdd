//! The referee of the `ideal` attack: the one door beside the wall.
//!
//! An attacker behind the wall cannot know the rank of the true code in his own order, nor read a
//! stage as it would be had he parked the wheels right. The referee knows the lock as built. Only
//! attacks of the kind [`crate::attack::Work::Judged`] are given one; nobody else can make one, for
//! want of the lock.

use super::rank::Ranking;
use crate::attack::wall::Facts;
use crate::attack::windows::Windows;
use crate::math;
use crate::mechanism::dial_lock::AsBuilt;
use crate::rng::Stream;
use crate::stats::special::none_drawn;
use crate::units::wrap;
use rand::RngExt;
use std::cmp::Ordering;

/// Settings drawn at least to estimate the share of allowed ones, and at most.
const DRAWS: (u32, u32) = (192, 12_288);
/// Allowed ones among them that are enough.
const ENOUGH: u32 = 24;
/// Allowed codes drawn where still too few settings were allowed.
const CODES: u32 = 2048;
/// Most codes whose settings are all looked at instead.
const FEW_CODES: f64 = 4096.0;

/// Knows the lock as built.
pub struct Judge<'a> {
    built: AsBuilt<'a>,
    codes: Vec<Vec<f64>>,
    rng: Stream,
}

impl<'a> Judge<'a> {
    /// The referee over `built`, which carries `codes`.
    pub(in crate::attack) fn new(built: AsBuilt<'a>, codes: Vec<Vec<f64>>, rng: Stream) -> Self {
        Self { built, codes, rng }
    }

    /// The wheel on which the fence rests with those in `parked` in their gates, and its number.
    pub(super) fn tallest(&self, parked: &[Option<f64>]) -> (usize, f64) {
        let marks = f64::from(self.built.lock().marks);
        let main = &self.codes[0];
        let number = |i: usize| match parked[i] {
            Some(_) => main[i],
            None => wrap(main[i] + 0.3 * marks, marks),
        };
        let numbers: Vec<f64> = (0..main.len()).map(number).collect();
        let wheel = self.built.rest(&numbers).wheel;
        (wheel, main[wheel])
    }

    /// How many tries an attacker needs who tries the allowed settings of `windows` in the order of
    /// `ranking`; equals are tried in random order.
    pub(super) fn tries(&mut self, ranking: &Ranking, facts: &Facts<'_>, windows: &Windows) -> f64 {
        let openings = self.openings(facts, windows);
        let classes: Vec<usize> = openings.iter().map(|o| ranking.class(o)).collect();
        let Some(&best) = classes.iter().max() else {
            return f64::INFINITY;
        };
        let equal = classes.iter().filter(|&&c| c == best).count();
        let equal = u32::try_from(equal).unwrap_or(u32::MAX);
        let (before, among) = self.before_and_among(ranking, best, (facts, windows));
        let among = math::round(among).max(f64::from(equal));
        before + first_of(equal, among, self.rng.random())
    }

    /// The allowed settings that open: every mixture of the codes.
    fn openings(&self, facts: &Facts<'_>, windows: &Windows) -> Vec<Vec<usize>> {
        let mut openings: Vec<Vec<usize>> = vec![Vec::new()];
        for wheel in 0..facts.wheels {
            let mut groups: Vec<usize> = self
                .codes
                .iter()
                .filter_map(|c| windows.group_of(c[wheel]))
                .collect();
            groups.sort_unstable();
            groups.dedup();
            let longer = |o: Vec<usize>| {
                let with = |&g: &usize| o.iter().copied().chain([g]).collect();
                groups.iter().map(with).collect::<Vec<Vec<usize>>>()
            };
            openings = openings.into_iter().flat_map(longer).collect();
        }
        openings.retain(|o| windows.covers_any(facts, o));
        openings
    }

    /// How many allowed settings are of a better class than `best`, and how many of that one: counted where codes
    /// are few, from draws elsewhere.
    fn before_and_among(
        &mut self,
        ranking: &Ranking,
        best: usize,
        (facts, windows): (&Facts<'_>, &Windows),
    ) -> (f64, f64) {
        let codes = facts.allowed.about(facts.model.marks, facts.wheels);
        if codes > FEW_CODES {
            let better = (best + 1, usize::MAX - 1);
            let mut allowed = |classes, count: f64| {
                let share = self.allowed_share(ranking, facts, (windows, classes, count));
                share.map(|share| count * share)
            };
            let before = allowed(better, ranking.above(best));
            let among = allowed((best, best), ranking.within(best));
            if let (Some(before), Some(among)) = (before, among) {
                return (before, among);
            }
            if let Some(drawn) = self.by_codes(ranking, best, (facts, windows, codes)) {
                return drawn;
            }
        }
        let (mut before, mut among) = (0.0, 0.0);
        windows.each_allowed(
            facts,
            &mut |places| match ranking.class(places).cmp(&best) {
                Ordering::Greater => before += 1.0,
                Ordering::Equal => among += 1.0,
                Ordering::Less => {}
            },
        );
        (before, among)
    }

    /// The share of allowed ones among the `count` settings of the classes from `low` to `high`, from draws: more
    /// of them where few are allowed; `None` where still too few were.
    fn allowed_share(
        &mut self,
        ranking: &Ranking,
        facts: &Facts<'_>,
        (windows, classes, count): (&Windows, (usize, usize), f64),
    ) -> Option<f64> {
        let (mut allowed, mut drawn) = (0_u32, 0_u32);
        let (least, most) = DRAWS;
        while drawn < least || (allowed < ENOUGH && drawn < most && f64::from(drawn) < count) {
            let Some(places) = ranking.sample(classes, &mut self.rng) else {
                return Some(0.0);
            };
            drawn += 1;
            allowed += u32::from(windows.covers_any(facts, &places));
        }
        if drawn > least && allowed == ENOUGH {
            // The last one drawn was allowed because that ended the draws.
            (allowed, drawn) = (allowed - 1, drawn - 1);
        }
        let is_enough = allowed + 1 >= ENOUGH || f64::from(drawn) >= count;
        is_enough.then(|| f64::from(allowed) / f64::from(drawn))
    }

    /// The same two numbers from draws of allowed codes, of which there are `codes`: each stands for its share of
    /// the setting that covers it. `None` where codes cannot be drawn.
    fn by_codes(
        &mut self,
        ranking: &Ranking,
        best: usize,
        (facts, windows, codes): (&Facts<'_>, &Windows, f64),
    ) -> Option<(f64, f64)> {
        let (mut before, mut among) = (0.0, 0.0);
        for _ in 0..CODES {
            let code = facts.allowed.draw(&mut self.rng)?;
            let group = |&mark: &u32| windows.group_of(f64::from(mark));
            let places: Vec<usize> = code.iter().map(group).collect::<Option<_>>()?;
            #[allow(clippy::cast_precision_loss, reason = "the codes of one setting")]
            let share = 1.0 / windows.covered(facts, &places).max(1) as f64;
            match ranking.class(&places).cmp(&best) {
                Ordering::Greater => before += share,
                Ordering::Equal => among += share,
                Ordering::Less => {}
            }
        }
        let each = codes / f64::from(CODES);
        Some((each * before, each * among))
    }
}

/// Which try is the first success where `m` settings, of which `k` (at least 1, at most m) open, are tried in random
/// order; `luck` is uniform on [0, 1).
fn first_of(k: u32, m: f64, luck: f64) -> f64 {
    let (mut low, mut high) = (0.0, m);
    while high - low > 1.0 {
        let middle = math::round(0.5 * (low + high));
        if none_drawn(m, f64::from(k), middle) < 1.0 - luck {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_success_comes_as_in_every_order_of_the_settings() {
        // 3 of 6 open: 10, 6, 3 and 1 of the 20 orders have the first one at try 1, 2, 3 and 4.
        let firsts: Vec<f64> = (0..20)
            .map(|i| first_of(3, 6.0, (f64::from(i) + 0.5) / 20.0))
            .collect();
        let at = |t: f64| firsts.iter().filter(|f| (*f - t).abs() < 1e-9).count();
        assert_eq!([1.0, 2.0, 3.0, 4.0].map(at), [10, 6, 3, 1]);
        let ones: Vec<f64> = (0..4)
            .map(|i| first_of(1, 4.0, (f64::from(i) + 0.5) / 4.0))
            .collect();
        assert_eq!(ones, [1.0, 2.0, 3.0, 4.0]);
        assert!((first_of(1, 1.0, 0.999) - 1.0).abs() < 1e-9);
    }
}
