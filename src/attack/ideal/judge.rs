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
use crate::units::wrap;
use rand::RngExt;
use std::cmp::Ordering;

/// Settings drawn at least to estimate the share of allowed ones, and at most.
const DRAWS: (u32, u32) = (192, 12_288);
/// Allowed ones among them that are enough.
const ENOUGH: u32 = 24;
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
        let (before, among) = self.before_and_among(ranking, best, (facts, windows));
        #[allow(clippy::cast_precision_loss, reason = "a few openings")]
        let equal = equal as f64;
        let among = among.max(equal);
        // the first of `equal` ones in a random order of `among`
        let luck: f64 = self.rng.random();
        let place = (among + 1.0) * (1.0 - math::pow(luck, 1.0 / equal));
        before + place.clamp(1.0, among)
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
        if facts.allowed.about(facts.model.marks, facts.wheels) > FEW_CODES {
            let (above, within) = (ranking.above(best), ranking.within(best));
            let classes = (best + 1, usize::MAX - 1);
            let before = above * self.allowed_share(ranking, facts, (windows, classes, above));
            let among =
                within * self.allowed_share(ranking, facts, (windows, (best, best), within));
            return (before, among);
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
    /// of them where few are allowed.
    fn allowed_share(
        &mut self,
        ranking: &Ranking,
        facts: &Facts<'_>,
        (windows, classes, count): (&Windows, (usize, usize), f64),
    ) -> f64 {
        let (mut allowed, mut drawn) = (0_u32, 0_u32);
        let (least, most) = DRAWS;
        while drawn < least || (allowed < ENOUGH && drawn < most && f64::from(drawn) < count) {
            let Some(places) = ranking.sample(classes, &mut self.rng) else {
                break;
            };
            drawn += 1;
            allowed += u32::from(windows.covers_any(facts, &places));
        }
        f64::from(allowed) / f64::from(drawn.max(1))
    }
}
