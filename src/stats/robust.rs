//! Location and spread which a few wild values do not move.
//!
//! *Reference*: Huber and Ronchetti, *Robust Statistics* (2009), 1.1 and 5.1.

use super::quantile;

/// Factor that makes the median absolute deviation estimate a normal standard deviation:
/// `1 / Φ⁻¹(3/4)`.
pub const MAD_TO_SD: f64 = 1.482_602_218_505_602;

/// The median; `None` without values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile::of(values, 0.5)
}

/// The running median on a circle: of each value with `reach` neighbours to both sides, fewer where
/// there are not so many; empty without values.
#[must_use]
pub fn circular_running_median(values: &[f64], reach: usize) -> Vec<f64> {
    let n = values.len();
    if n == 0 {
        return Vec::new();
    }
    let reach = reach.min((n - 1) / 2);
    // The window as a set of ranks, a bit each: its median is its bit number `reach`.
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut rank = vec![0; n];
    for (r, &k) in order.iter().enumerate() {
        rank[k] = r;
    }
    let mut window = Ranks(vec![0; n.div_ceil(64)]);
    let around = [&rank[n - reach..], &rank, &rank[..reach]].concat();
    let (first, coming) = around.split_at(2 * reach);
    first.iter().for_each(|&r| window.flip(r));
    // One value comes in, and then the oldest one leaves.
    coming
        .iter()
        .zip(&around)
        .map(|(&new, &oldest)| {
            window.flip(new);
            let middle = values[order[window.nth(reach)]];
            window.flip(oldest);
            middle
        })
        .collect()
}

/// The running location on a circle: of each value with `reach` neighbours to both sides, one step of
/// Huber's estimate from the median, with deviations cut off at `clip`. Between the steps of rounded
/// values it finds what a median cannot.
#[must_use]
pub fn circular_running_location(values: &[f64], reach: usize, clip: f64) -> Vec<f64> {
    let n = values.len();
    let mut middle = circular_running_median(values, reach);
    let reach = reach.min(n.saturating_sub(1) / 2);
    let around = [&values[n - reach..], values, &values[..reach]].concat();
    let width = 2 * reach + 1;
    #[allow(clippy::cast_precision_loss, reason = "a few hundred values")]
    let per = 1.0 / width as f64;
    let mut away = vec![0.0; n];
    // Neighbour by neighbour for all values: a loop that becomes vector code.
    for j in 0..width {
        let rows = away.iter_mut().zip(&middle).zip(&around[j..]);
        rows.for_each(|((away, from), v)| *away += (v - from).clamp(-clip, clip));
    }
    for (place, away) in middle.iter_mut().zip(away) {
        *place += per * away;
    }
    middle
}

/// A set of ranks.
struct Ranks(Vec<u64>);

impl Ranks {
    /// Takes `rank` in or out.
    fn flip(&mut self, rank: usize) {
        self.0[rank / 64] ^= 1 << (rank % 64);
    }

    /// The rank with `before` smaller ones in the set.
    fn nth(&self, before: usize) -> usize {
        let mut left = before;
        for (k, &word) in self.0.iter().enumerate() {
            let here = word.count_ones() as usize;
            if left < here {
                let lowest_off = |word: u64, _| word & (word - 1);
                return 64 * k + (0..left).fold(word, lowest_off).trailing_zeros() as usize;
            }
            left -= here;
        }
        unreachable!("there are more than {before} ranks in the set")
    }
}

/// The median absolute deviation from the median, unscaled, in the unit of `values`.
#[must_use]
pub fn mad(values: &[f64]) -> Option<f64> {
    let mid = median(values)?;
    let away: Vec<f64> = values.iter().map(|v| (v - mid).abs()).collect();
    median(&away)
}

/// A standard deviation estimated from the median absolute deviation, for near-normal data.
#[must_use]
pub fn robust_sd(values: &[f64]) -> Option<f64> {
    mad(values).map(|m| m * MAD_TO_SD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::normal_quantile;

    #[test]
    fn one_wild_value_does_not_move_the_median_or_its_deviation() {
        let tame = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0];
        let wild = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9e9];
        assert_eq!(median(&tame), Some(2.0));
        assert_eq!(mad(&tame), Some(1.0));
        assert_eq!((median(&wild), mad(&wild)), (median(&tame), mad(&tame)));
    }

    #[test]
    fn a_running_median_is_the_median_of_each_window() {
        let values: Vec<f64> = (0..23).map(|k| f64::from(k * k % 13)).collect();
        for n in 0..values.len() {
            for reach in 0..12 {
                let running = circular_running_median(&values[..n], reach);
                let span = reach.min(n.saturating_sub(1) / 2);
                let window = |k: usize| (0..=2 * span).map(move |j| (k + n + j - span) % n);
                for (k, &m) in running.iter().enumerate() {
                    let around: Vec<f64> = window(k).map(|i| values[i]).collect();
                    assert_eq!(Some(m), median(&around), "{n} {reach} {k}");
                }
                assert_eq!(running.len(), n);
            }
        }
    }

    #[test]
    fn the_scale_factor_makes_normal_scores_have_unit_spread() {
        let scores: Vec<f64> = (1..1000)
            .map(|i| normal_quantile(f64::from(i) / 1000.0))
            .collect();
        assert!((robust_sd(&scores).unwrap() - 1.0).abs() < 0.005);
    }
}
