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

/// Settings drawn to estimate the share of allowed ones.
const DRAWS: u32 = 192;

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
        let before = ranking.above(best);
        let before =
            before * self.allowed_share(ranking, facts, (windows, best + 1, usize::MAX - 1));
        let among = ranking.within(best);
        let among = among * self.allowed_share(ranking, facts, (windows, best, best));
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

    /// The share of allowed ones among the settings of classes from `low` to `high`, from draws.
    fn allowed_share(
        &mut self,
        ranking: &Ranking,
        facts: &Facts<'_>,
        (windows, low, high): (&Windows, usize, usize),
    ) -> f64 {
        let (mut allowed, mut drawn) = (0_u32, 0_u32);
        for _ in 0..DRAWS {
            let Some(places) = ranking.sample((low, high), &mut self.rng) else {
                break;
            };
            drawn += 1;
            allowed += u32::from(windows.covers_any(facts, &places));
        }
        f64::from(allowed) / f64::from(drawn.max(1))
    }
}
