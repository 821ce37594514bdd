//! Location and spread which a few wild values do not move.
//!
//! *Model*: Huber's M-estimates. Location: deviations beyond a given clip count as the clip, and the rest
//! sum up to zero. Spread around 0: squares beyond `k²` of the variance count as that, and their mean is
//! that of the standard normal law, `k = 1.5`.
//! *Reference*: Huber and Ronchetti, *Robust Statistics* (2009), 3.2, 5.1 and 6.4.
//! *Checked by*: the tests below: a location by what it leaves of its equation, a spread by bisection.

use super::quantile;
use fearless_simd::{Level, Select, Simd, SimdBase, SimdMask, dispatch, f64x8};

/// Most steps towards a location; two or three are usual.
const MOST_STEPS: usize = 100;
/// A location is found when the sum of the deviations is at most this share of what it can be.
const FOUND: f64 = 0.02;
/// Share of a window that steps reckon as not clipped: of normal values seven in eight are.
const FREE: f64 = 0.8;
/// After so many steps each goes half the way to what is known to be too far: where values are wild by many clips the
/// sum tells hardly more than the side.
const NEAR_STEPS: usize = 6;
/// Most steps towards a spread, which sinks slowly where hardly a value differs from 0.
const MOST_SPREADS: usize = 200;
/// Where squares are cut off, standard deviations.
const CUT: f64 = 1.5;
/// Mean of `min(z², CUT²)` of the standard normal law: `1 − 2 (Q(k) + k φ(k)) + 2 k² Q(k)`, `k = CUT`.
const MEAN_CUT_SQUARE: f64 = 0.778_465_216_174_47;
/// A variance is found when a step changes it by no more than this share.
const CLOSE: f64 = 1e-3;
/// Values that are summed side by side.
const LANES: usize = 8;
/// Places that are sought side by side.
const TWO_EIGHTS: usize = 2 * LANES;

/// The median; `None` without values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile::of(values, 0.5)
}

/// The running location on a circle: of each value with `reach` neighbours to both sides, fewer where
/// there are not so many, Huber's estimate with deviations cut off at `clip`: their sum is at most a fiftieth of what it could
/// be. Between the steps of rounded values it finds what a median cannot. What `places` held is gone.
pub fn circular_running_location(values: &[f64], reach: usize, clip: f64, places: &mut Vec<f64>) {
    let n = values.len();
    let reach = reach.min(n.saturating_sub(1) / 2);
    // First the values themselves, with their neighbours across the joint and some room: each place is worked out
    // where the first of its neighbours stood.
    places.clear();
    places.extend_from_slice(&values[n - reach..]);
    places.extend_from_slice(values);
    places.extend_from_slice(&values[..reach]);
    places.resize(n + 2 * reach + TWO_EIGHTS, 0.0);
    let level = Level::new();
    dispatch!(level, simd => locate(simd, places, n, (reach, clip)));
    places.truncate(n);
}

/// Puts the `n` places where the first of their neighbours stand in `around`, the values with `reach` neighbours at
/// both ends and room.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn locate<S: Simd>(simd: S, around: &mut [f64], n: usize, (reach, clip): (usize, f64)) {
    let width = 2 * reach + 1;
    #[allow(clippy::cast_precision_loss, reason = "a few hundred values")]
    let wide = width as f64;
    let most = wide * clip;
    // Two times eight places at a time, neighbour by neighbour: a sum must wait for the one before, but not for
    // that of the other eight.
    for at in (0..n).step_by(TWO_EIGHTS) {
        // Plain loops: closures would not be compiled for the level.
        let near = &around[at..at + width + TWO_EIGHTS - 1];
        let first = two_eights(simd, near);
        let (mut sum, mut low, mut high) = ([f64x8::splat(simd, 0.0); 2], first, first);
        for values in near.windows(TWO_EIGHTS) {
            let v = two_eights(simd, values);
            for j in 0..2 {
                sum[j] += v[j];
                (low[j], high[j]) = (low[j].min(v[j]), high[j].max(v[j]));
            }
        }
        let mut here = [sum[0] / wide, sum[1] / wide];
        // Beyond the last place there is nothing to find.
        let count = (n - at).min(TWO_EIGHTS);
        let is_place = [
            first_lanes(simd, count),
            first_lanes(simd, count.saturating_sub(LANES)),
        ];
        let mut is_sought = [true, count > LANES];
        for k in 0..MOST_STEPS {
            let mut away = [f64x8::splat(simd, 0.0); 2];
            for values in near.windows(TWO_EIGHTS) {
                let v = two_eights(simd, values);
                for j in 0..2 {
                    away[j] += (v[j] - here[j]).max(-clip).min(clip);
                }
            }
            for j in 0..2 {
                if !is_sought[j] {
                    continue;
                }
                let is_below = away[j].simd_gt(0.0);
                low[j] = is_below.select(here[j], low[j]);
                high[j] = is_below.select(high[j], here[j]);
                let is_off = away[j].abs().simd_gt(FOUND * most);
                let step = here[j] + away[j] * (1.0 / (FREE * wide));
                here[j] = if k < NEAR_STEPS {
                    step
                } else {
                    is_off.select((low[j] + high[j]) * 0.5, step)
                };
                is_sought[j] = (is_place[j] & is_off).any_true();
            }
            if is_sought == [false; 2] {
                break;
            }
        }
        here[0].store_slice(&mut around[at..at + LANES]);
        here[1].store_slice(&mut around[at + LANES..at + TWO_EIGHTS]);
    }
}

/// The first sixteen of `values`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as locate")]
fn two_eights<S: Simd>(simd: S, values: &[f64]) -> [f64x8<S>; 2] {
    [
        f64x8::from_slice(simd, &values[..LANES]),
        f64x8::from_slice(simd, &values[LANES..TWO_EIGHTS]),
    ]
}

/// The first `count` of eight.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as locate")]
fn first_lanes<S: Simd>(simd: S, count: usize) -> <f64x8<S> as SimdBase<S>>::Mask {
    const NUMBER: [f64; LANES] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    #[allow(clippy::cast_precision_loss, reason = "of eight")]
    let count = count as f64;
    f64x8::from_slice(simd, &NUMBER).simd_lt(count)
}

/// The standard deviation of values that scatter around 0, estimated for near-normal data; `None` without
/// values.
#[must_use]
pub fn spread(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let level = Level::new();
    Some(dispatch!(level, simd => variance(simd, values)).sqrt())
}

/// The square of the spread of `values`, at least one.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as locate")]
fn variance<S: Simd>(simd: S, values: &[f64]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred values")]
    let per = 1.0 / (values.len() as f64 * MEAN_CUT_SQUARE);
    // From above: each step lowers it, the faster the further it has to go.
    let mut variance = per * sum_of_squares(simd, values, f64::INFINITY);
    for _ in 0..MOST_SPREADS {
        let next = per * sum_of_squares(simd, values, CUT * CUT * variance);
        let is_found = next >= (1.0 - CLOSE) * variance;
        variance = next;
        if is_found {
            break;
        }
    }
    variance
}

/// The sum of the squares of `values`, those above `most` taken as that.
#[inline(always)]
#[allow(clippy::inline_always, reason = "as locate")]
fn sum_of_squares<S: Simd>(simd: S, values: &[f64], most: f64) -> f64 {
    let (eights, left) = values.as_chunks::<LANES>();
    let mut sum = f64x8::splat(simd, 0.0);
    for eight in eights {
        let v = f64x8::from_slice(simd, eight);
        sum += (v * v).min(most);
    }
    let mut sums = [0.0; LANES];
    sum.store_slice(&mut sums);
    let halves: [f64; LANES / 2] = std::array::from_fn(|k| sums[k] + sums[k + LANES / 2]);
    let ends: f64 = left.iter().map(|v| (v * v).min(most)).sum();
    (halves[0] + halves[2]) + (halves[1] + halves[3]) + ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::{normal_cdf, normal_quantile};

    /// Where `f`, which falls, is zero between `low` and `high`.
    fn zero(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
        for _ in 0..100 {
            let mid = 0.5 * (low + high);
            if f(mid) > 0.0 {
                low = mid;
            } else {
                high = mid;
            }
        }
        low
    }

    fn values(n: usize) -> Vec<f64> {
        (0..n)
            .map(|k| f64::from(k as u32 * k as u32 % 13))
            .collect()
    }

    #[test]
    fn a_running_location_solves_hubers_equation_in_each_window() {
        for n in 0..40 {
            let mut values = values(n);
            if n > 20 {
                values[7] = 1e4;
            }
            for (reach, clip) in [(0, 1.0), (2, 1.0), (4, 2.5), (9, 0.5)] {
                let mut places = vec![7.0; 3];
                circular_running_location(&values, reach, clip, &mut places);
                let span = reach.min(n.saturating_sub(1) / 2);
                assert_eq!(places.len(), n);
                for (k, place) in places.iter().enumerate() {
                    let window = (0..=2 * span).map(|j| values[(k + n + j - span) % n]);
                    let left: f64 = window.map(|v| (v - place).clamp(-clip, clip)).sum();
                    let most = (2 * span + 1) as f64 * clip;
                    assert!(
                        left.abs() <= 1.01 * FOUND * most + 1e-9,
                        "{n} {reach} {k}: {place}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_running_location_is_near_the_middle_where_nearly_all_is_clipped() {
        let mut values: Vec<f64> = (0..60).map(|k| f64::from(k % 5)).collect();
        (values[10], values[11], values[40]) = (-1e9, 1e6, 700.0);
        let mut places = Vec::new();
        circular_running_location(&values, 9, 1e-6, &mut places);
        for place in places {
            assert!((1.0..=3.0).contains(&place), "{place}");
        }
    }

    #[test]
    fn a_spread_solves_its_equation_and_a_wild_value_hardly_moves_it() {
        for n in 1..60 {
            let mut values: Vec<f64> = values(n).iter().map(|v| v - 6.0).collect();
            if n % 2 == 0 {
                values[0] = 1e6;
            }
            let of = |v: f64| {
                let cut = values.iter().map(|x| (x * x).min(CUT * CUT * v));
                cut.sum::<f64>() / n as f64 / v - MEAN_CUT_SQUARE
            };
            let exact = zero(1e-12, 1e15, of).sqrt();
            let found = spread(&values).unwrap();
            assert!((found / exact - 1.0).abs() < 2e-3, "{n}: {found}, {exact}");
        }
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[0.0; 9]), Some(0.0));
    }

    #[test]
    fn normal_scores_have_unit_spread() {
        let scores: Vec<f64> = (1..1000)
            .map(|i| normal_quantile(f64::from(i) / 1000.0))
            .collect();
        assert!((spread(&scores).unwrap() - 1.0).abs() < 0.005);
        let above = 1.0 - normal_cdf(CUT);
        let density = crate::math::exp(-0.5 * CUT * CUT) / std::f64::consts::TAU.sqrt();
        let mean = 1.0 - 2.0 * (above + CUT * density) + 2.0 * CUT * CUT * above;
        assert!((mean - MEAN_CUT_SQUARE).abs() < 1e-12, "{mean}");
    }

    #[test]
    fn one_wild_value_does_not_move_the_median() {
        let tame = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0];
        let wild = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9e9];
        assert_eq!((median(&tame), median(&wild)), (Some(2.0), Some(2.0)));
    }
}
