//! Confidence intervals of a proportion, a Poisson mean, a mean and a quantile.
//!
//! *What*: two-sided intervals at a given `level` in `(0, 1)`.
//! *Model*: Wilson score (mean coverage near nominal, the default), Clopper–Pearson and Garwood
//! (exact: coverage never below nominal), Student for means, order statistics for quantiles.
//! *Assumptions*: independent observations; Student also that the mean is near normal.
//! *Reference*: Wilson (1927); Clopper and Pearson (1934); Garwood (1936); David and Nagaraja,
//! *Order Statistics* (2003), 7.1.
//! *Checked by*: scipy values, relative 1e-9, in the tests below.

use super::special::{beta_quantile, binomial_cdf, gamma_quantile, t_two_sided, z_two_sided};
use super::{Estimate, quantile};
use crate::math;

/// The Wilson score interval of a proportion: `successes` of `trials`; `[0, 1]` without a trial.
#[must_use]
pub fn wilson(successes: u64, trials: u64, level: f64) -> Estimate {
    if trials == 0 {
        return no_trials(level);
    }
    let (n, p) = (trials as f64, share(successes, trials));
    let z = z_two_sided(level);
    let shrink = 1.0 + z * z / n;
    let mid = (p + 0.5 * z * z / n) / shrink;
    let half = z / shrink * (p * (1.0 - p) / n + 0.25 * z * z / (n * n)).sqrt();
    let low = if successes == 0 { 0.0 } else { mid - half };
    let high = if successes >= trials { 1.0 } else { mid + half };
    Estimate::new(p, low, high, level)
}

/// The exact (Clopper–Pearson) interval of a proportion; `[0, 1]` without a trial.
#[must_use]
pub fn clopper_pearson(successes: u64, trials: u64, level: f64) -> Estimate {
    if trials == 0 {
        return no_trials(level);
    }
    let tail = 0.5 * (1.0 - level);
    let k = successes.min(trials);
    let (won, lost) = (k as f64, (trials - k) as f64);
    let low = if k == 0 {
        0.0
    } else {
        beta_quantile(tail, won, lost + 1.0)
    };
    let high = if k == trials {
        1.0
    } else {
        beta_quantile(1.0 - tail, won + 1.0, lost)
    };
    Estimate::new(share(k, trials), low, high, level)
}

/// The exact (Garwood) interval of the rate of `events` seen during `exposure` (any unit of time
/// or number of trials); the rate is per that unit.
#[must_use]
pub fn poisson_rate(events: u64, exposure: f64, level: f64) -> Estimate {
    if exposure.is_nan() || exposure <= 0.0 {
        return Estimate::unknown(level);
    }
    let tail = 0.5 * (1.0 - level);
    let k = events as f64;
    let low = if events == 0 {
        0.0
    } else {
        gamma_quantile(tail, k)
    };
    let high = gamma_quantile(1.0 - tail, k + 1.0);
    Estimate::new(k / exposure, low / exposure, high / exposure, level)
}

/// The mean of `values` with Student's interval; without limits for fewer than two values.
#[must_use]
pub fn mean(values: &[f64], level: f64) -> Estimate {
    let n = values.len() as f64;
    if values.is_empty() {
        return Estimate::unknown(level);
    }
    let mean = math::sum(values.iter().copied()) / n;
    let Some(sd) = sample_sd(values) else {
        return Estimate::from_options(Some(mean), None, None, level);
    };
    let half = t_two_sided(level, n - 1.0) * sd / n.sqrt();
    Estimate::new(mean, mean - half, mean + half, level)
}

/// The sample standard deviation (divisor `n - 1`); `None` for fewer than two values.
#[must_use]
pub fn sample_sd(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = math::sum(values.iter().copied()) / n;
    let squares = math::sum(values.iter().map(|v| (v - mean) * (v - mean)));
    Some((squares / (n - 1.0)).sqrt())
}

/// The `p`-quantile of `values` (type 7) with the distribution-free interval of order statistics.
///
/// A limit is `None` where the sample is too small to hold it at `level`: the median needs six
/// values at 0.95. Values may be infinite (never happened) but not NaN.
#[must_use]
pub fn of_quantile(values: &[f64], p: f64, level: f64) -> Estimate {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len() as u64;
    let tail = 0.5 * (1.0 - level);
    // Ranks from one: the lower limit is the largest r with P(K < r) <= tail, the upper one the
    // smallest s with P(K >= s) <= tail, where K counts the values at or below the true quantile.
    let r = first(n, |k| binomial_cdf(k, n, p) > tail);
    let s = first(n, |k| binomial_cdf(k, n, p) >= 1.0 - tail) + 1;
    let ranked = |rank: u64| sorted.get(rank.checked_sub(1)? as usize).copied();
    Estimate::from_options(quantile::of_sorted(&sorted, p), ranked(r), ranked(s), level)
}

/// The median of `values` with its distribution-free interval.
#[must_use]
pub fn of_median(values: &[f64], level: f64) -> Estimate {
    of_quantile(values, 0.5, level)
}

fn share(successes: u64, trials: u64) -> f64 {
    successes as f64 / trials as f64
}

fn no_trials(level: f64) -> Estimate {
    Estimate::from_options(None, Some(0.0), Some(1.0), level)
}

/// The first `k` in `0..=n` of which the monotone condition `holds` is true, or `n`.
fn first(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let mid = low + (high - low) / 2;
        if holds(mid) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_limits(e: Estimate, low: f64, high: f64) {
        for (got, truth) in [(e.low.unwrap(), low), (e.high.unwrap(), high)] {
            let scale = if truth == 0.0 { 1.0 } else { truth };
            assert!(
                ((got - truth) / scale).abs() < 1e-9,
                "got {got}, truth {truth}"
            );
        }
    }

    #[test]
    fn val_scipy_wilson_limits() {
        assert_limits(wilson(0, 20, 0.95), 0.0, 0.16112515805281935);
        assert_limits(wilson(3, 10, 0.95), 0.10779126740630102, 0.6032218525388546);
        assert_limits(wilson(20, 20, 0.95), 0.8388748419471808, 1.0);
        assert_limits(
            wilson(2, 10_000_000, 0.95),
            5.484721553914145e-8,
            7.292983653039754e-7,
        );
    }

    #[test]
    fn val_scipy_clopper_pearson_limits() {
        assert_limits(clopper_pearson(0, 20, 0.95), 0.0, 0.16843347098308548);
        assert_limits(
            clopper_pearson(17, 20, 0.95),
            0.6210731734547044,
            0.9679290628144552,
        );
        assert_limits(clopper_pearson(20, 20, 0.95), 0.8315665290169145, 1.0);
        assert_limits(
            clopper_pearson(500_000, 1_000_000, 0.95),
            0.4990195191953118,
            0.5009804808046883,
        );
        assert_limits(
            clopper_pearson(2, 10_000_000, 0.95),
            2.422092877211626e-8,
            7.224685779926558e-7,
        );
    }

    #[test]
    fn val_scipy_garwood_limits() {
        assert_limits(poisson_rate(0, 1.0, 0.95), 0.0, 3.6888794541139354);
        assert_limits(
            poisson_rate(5, 2.0, 0.95),
            1.6234863901184207 / 2.0,
            11.66833207932267 / 2.0,
        );
        assert_limits(
            poisson_rate(100, 1.0, 0.95),
            81.36399125092314,
            121.62679379242638,
        );
    }

    #[test]
    fn val_scipy_student_interval_of_a_mean() {
        let e = mean(&[4.1, 5.2, 3.9, 6.0, 5.5], 0.95);
        assert_limits(e, 3.8135705234279875, 6.066429476572013);
        assert!(mean(&[1.0], 0.95).low.is_none());
        assert!(mean(&[], 0.95).value.is_none());
    }

    #[test]
    fn without_trials_a_proportion_may_be_anything() {
        for e in [wilson(0, 0, 0.95), clopper_pearson(0, 0, 0.95)] {
            assert_eq!((e.value, e.low, e.high), (None, Some(0.0), Some(1.0)));
        }
    }

    #[test]
    fn the_median_of_five_values_has_no_limits_and_that_of_six_has_the_extremes() {
        let five = of_median(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95);
        assert_eq!((five.value, five.low, five.high), (Some(3.0), None, None));
        let six = of_median(&[6.0, 5.0, 4.0, 3.0, 2.0, 1.0], 0.95);
        assert_eq!((six.low, six.high), (Some(1.0), Some(6.0)));
    }

    #[test]
    fn a_median_that_is_never_reached_is_unknown_but_bounded_below() {
        let mut times = vec![f64::INFINITY; 12];
        times.extend((1..=9).map(f64::from));
        let e = of_median(&times, 0.95);
        assert_eq!((e.value, e.low, e.high), (None, Some(6.0), None));
    }
}
