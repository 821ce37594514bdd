//! Sample quantiles.
//!
//! *Model*: Hyndman and Fan type 7, the default of R and numpy: with `h = (n - 1) p`, linear
//! between the values of rank `⌊h⌋` and `⌊h⌋ + 1` (from zero).
//! *Reference*: Hyndman and Fan, *Am. Stat.* 50 (1996) 361.
//! *Checked by*: numpy values in the tests.

use fearless_simd::{Level, Select, Simd, SimdBase, SimdMask, dispatch, f64x8};

/// The `p`-quantile of `values`, `p` in `[0, 1]`; `None` without values.
#[must_use]
pub fn of(values: &[f64], p: f64) -> Option<f64> {
    let h = values.len().checked_sub(1)? as f64 * p.clamp(0.0, 1.0);
    let mut some = values.to_vec();
    let (_, low, above) = some.select_nth_unstable_by(h.floor() as usize, f64::total_cmp);
    let next = above.iter().copied().min_by(f64::total_cmp);
    Some(between(*low, next, h.fract()))
}

/// The first of `values` by which a share `p` of them has come, `p` in `[0, 1]`; `None` without values. That is the
/// quantile of the Kaplan–Meier curve where no trial is given up before (Hyndman and Fan type 1); infinite values are
/// allowed, for what never came.
#[must_use]
pub fn first_with_share(values: &[f64], p: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    // As the curve does: a share that is met but for the last digits is met.
    let count = (values.len() as f64 * p.clamp(0.0, 1.0) - 1e-9).ceil();
    let rank = (count.max(1.0) as usize - 1).min(last);
    let mut some = values.to_vec();
    let (_, first, _) = some.select_nth_unstable_by(rank, f64::total_cmp);
    Some(*first)
}

/// The same as [`of`] for values already in ascending order; infinite values are allowed.
#[must_use]
pub fn of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let h = sorted.len().checked_sub(1)? as f64 * p.clamp(0.0, 1.0);
    let (rank, part) = (h.floor() as usize, h.fract());
    Some(between(sorted[rank], sorted.get(rank + 1).copied(), part))
}

/// The least of the `most` highest of `values`, from 1 to as many as there are; `None` where there are not so many.
/// None of `values` may be NaN.
#[must_use]
pub fn least_of_highest(values: &[f64], most: usize) -> Option<f64> {
    let rank = most.checked_sub(1).filter(|rank| *rank < values.len())?;
    let level = Level::new();
    let found = dispatch!(level, simd => least_above(simd, values, most));
    found.or_else(|| {
        let mut some = values.to_vec();
        let (_, least, _) = some.select_nth_unstable_by(rank, |a, b| b.total_cmp(a));
        Some(*least)
    })
}

/// [`least_of_highest`] where some value within reach of [`HALVINGS`] parts the highest from the rest: counting is
/// faster than sorting.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn least_above<S: Simd>(simd: S, values: &[f64], most: usize) -> Option<f64> {
    let (mut low, mut high) = range_above(simd, values, f64::NEG_INFINITY);
    let mut above = count_above(simd, values, low);
    if above < most {
        return Some(low);
    }
    for _ in 0..HALVINGS {
        if above == most {
            return Some(range_above(simd, values, low).0);
        }
        let middle = 0.5 * (low + high);
        let above_middle = count_above(simd, values, middle);
        if above_middle < most {
            high = middle;
        } else {
            (low, above) = (middle, above_middle);
        }
    }
    None
}

/// The least and the highest of those of `values` that are above `bound`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as least_above")]
fn range_above<S: Simd>(simd: S, values: &[f64], bound: f64) -> (f64, f64) {
    let (eights, left) = values.as_chunks::<8>();
    let (none_low, none_high) = (
        f64x8::splat(simd, f64::INFINITY),
        f64x8::splat(simd, f64::NEG_INFINITY),
    );
    let (mut low, mut high) = (none_low, none_high);
    let mut last = [f64::NEG_INFINITY; 8];
    last[..left.len()].copy_from_slice(left);
    for eight in eights.iter().chain([&last]) {
        let v = f64x8::from_slice(simd, eight);
        let is_above = v.simd_gt(bound);
        low = low.min(is_above.select(v, none_low));
        high = high.max(is_above.select(v, none_high));
    }
    (low.reduce_min(), high.reduce_max())
}

/// How many of `values` are above `bound`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as least_above")]
fn count_above<S: Simd>(simd: S, values: &[f64], bound: f64) -> usize {
    let (eights, left) = values.as_chunks::<8>();
    let mut count = 0;
    for eight in eights {
        let is_above = f64x8::from_slice(simd, eight).simd_gt(bound);
        count += is_above.to_bitmask().count_ones() as usize;
    }
    for value in left {
        count += usize::from(*value > bound);
    }
    count
}

/// How often the range of values is halved before they are sorted.
const HALVINGS: usize = 30;

/// The share `part` of the way from `low` to `high`.
fn between(low: f64, high: Option<f64>, part: f64) -> f64 {
    match high {
        // Guarded: nothing of an infinite neighbour must leak in as NaN.
        Some(high) if part > 0.0 && low.is_finite() => low + part * (high - low),
        _ => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn val_numpy_default_quantile() {
        let x = [3.0, 1.0, 2.0, 4.0, 10.0];
        for (p, truth) in [(0.0, 1.0), (0.1, 1.4), (0.25, 2.0), (0.9, 7.6), (1.0, 10.0)] {
            assert!((of(&x, p).unwrap() - truth).abs() < 1e-12);
        }
        assert!(of(&[], 0.5).is_none());
    }

    #[test]
    fn the_least_of_the_highest_values_is_that_of_a_sorted_list() {
        for n in 0..40_u32 {
            let values: Vec<f64> = (0..n).map(|k| f64::from(k * k % 17) - 8.5).collect();
            let mut sorted = values.clone();
            sorted.sort_by(|a, b| b.total_cmp(a));
            let of = |most| least_of_highest(&values, most);
            assert_eq!([of(0), of(values.len() + 1)], [None, None]);
            for (k, least) in sorted.iter().enumerate() {
                assert_eq!(of(k + 1), Some(*least), "{n} {k}");
            }
        }
    }

    #[test]
    fn the_first_value_with_a_share_is_the_quantile_of_the_survival_curve() {
        use crate::stats::survival::{Observation, SurvivalCurve};
        let all = [3.0, 1.0, 2.0, f64::INFINITY, 4.0, 2.0, 9.0, f64::INFINITY];
        for n in 1..=all.len() {
            let times = &all[..n];
            let watched = times.iter().map(|&t| Observation {
                time: t.min(100.0),
                event: t.is_finite(),
            });
            let curve = SurvivalCurve::fit(&watched.collect::<Vec<_>>(), 0.95);
            for p in [0.1, 0.25, 0.5, 0.75, 0.9] {
                let first = first_with_share(times, p).filter(|t| t.is_finite());
                assert_eq!(first, curve.time_of_success(p).value, "{n} {p}");
            }
        }
        assert!(first_with_share(&[], 0.5).is_none());
    }

    #[test]
    fn an_infinite_value_does_not_disturb_the_quantiles_below_it() {
        let x = [1.0, 2.0, 3.0, f64::INFINITY, f64::INFINITY];
        assert_eq!(of(&x, 0.5), Some(3.0));
        assert_eq!(of(&x, 0.6), Some(f64::INFINITY));
        assert_eq!(of(&x, 0.9), Some(f64::INFINITY));
    }
}
