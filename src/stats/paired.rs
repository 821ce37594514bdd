//! Differences between two designs that met the same luck.
//!
//! *What*: intervals of `b - a` where trial *i* of both used the same streams.
//! *Model*: Student's interval of the paired differences; chi-square for their spread; for quantiles the
//! percentile bootstrap that draws whole pairs.
//! *Assumptions*: pairs independent of one another; the bootstrap needs some 30 pairs and more.
//! *Reference*: Law, *Simulation Modeling and Analysis* (2015), 10.2 and 11.2; Efron and
//! Tibshirani (1993), 13.3.
//! *Checked by*: the exact Student case and coverage simulations in the tests.

use rand::Rng as _;

use super::special::{gamma_quantile, z_two_sided};
use super::{Estimate, interval, quantile};
use crate::rng::Stream;

/// How to bootstrap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Confidence level in `(0, 1)`.
    pub level: f64,
    /// Number of resamples; 1000 gives limits steady to about 3 % of the width.
    pub resamples: u32,
}

/// The mean of `b[i] - a[i]` with Student's interval. Zero-or-one values give the difference of
/// two success probabilities. Surplus values of the longer slice are not paired and not used.
#[must_use]
pub fn mean_difference(a: &[f64], b: &[f64], level: f64) -> Estimate {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
    interval::mean(&differences, level)
}

/// Standard deviation of one observation from two runs over the same places, with its chi-square interval: that of
/// the differences over √2. What sets all of one run apart from the other, such as a drifted zero, does not
/// count. Unknown for fewer than two pairs; surplus values of the longer slice are not paired and not used.
///
/// Assumes errors near normal and equally large in both runs. Reference: Bland and Altman, *Lancet* 327 (1986) 307.
#[must_use]
pub fn repeatability(first: &[f64], second: &[f64], level: f64) -> Estimate {
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| b - a).collect();
    let Some(sd) = interval::sample_sd(&differences) else {
        return Estimate::unknown(level);
    };
    let (freedom, tail) = (differences.len() as f64 - 1.0, 0.5 * (1.0 - level));
    let chi_square = |p: f64| 2.0 * gamma_quantile(p, 0.5 * freedom);
    let limit = |p: f64| sd * (0.5 * freedom / chi_square(p)).sqrt();
    let value = sd * std::f64::consts::FRAC_1_SQRT_2;
    Estimate::new(value, limit(1.0 - tail), limit(tail), level)
}

/// The difference of two proportions in pairs, `P(b) - P(a)`, from the numbers of pairs in which only
/// `b` and only `a` came true; Bonett and Price's adjusted interval, which has width even where no
/// pair disagrees. Unknown without pairs.
///
/// Reference: Bonett and Price, *J. Educ. Behav. Stat.* 37 (2012) 479.
#[must_use]
pub fn proportion_difference(only_a: u64, only_b: u64, pairs: u64, level: f64) -> Estimate {
    if pairs == 0 {
        return Estimate::unknown(level);
    }
    let n = pairs as f64;
    let (a, b) = (
        (only_a as f64 + 1.0) / (n + 2.0),
        (only_b as f64 + 1.0) / (n + 2.0),
    );
    let mid = b - a;
    let half = z_two_sided(level) * ((a + b - mid * mid) / (n + 2.0)).sqrt();
    let value = (only_b as f64 - only_a as f64) / n;
    Estimate::new(value, (mid - half).max(-1.0), (mid + half).min(1.0), level)
}

/// The same from what came true of each pair. Surplus outcomes of the longer slice are not paired and not used.
#[must_use]
pub fn outcome_difference(a: &[bool], b: &[bool], level: f64) -> Estimate {
    let only = |of: fn(bool, bool) -> bool| {
        let both = a.iter().zip(b);
        both.filter(|&(&a, &b)| of(a, b)).count() as u64
    };
    let pairs = a.len().min(b.len()) as u64;
    proportion_difference(only(|a, b| a && !b), only(|a, b| b && !a), pairs, level)
}

/// The difference of the `p`-quantiles, `q(b) - q(a)`, with a paired bootstrap interval. The value is the difference
/// of the quantiles of the Kaplan–Meier curve ([`quantile::first_with_share`]), those that are told of each side. The
/// resamples take interpolated quantiles: a resample has each value several times, and steps on top of that make the
/// interval too wide (coverage 99 % for 95 %). Value and limits differ by less than a step; the interval always holds
/// the value.
///
/// Values may be infinite (never happened); a limit that rests on an infinite quantile is `None`.
#[must_use]
pub fn quantile_difference(
    pairs: &[(f64, f64)],
    p: f64,
    how: Bootstrap,
    rng: &mut Stream,
) -> Estimate {
    // An undetermined difference (infinite minus infinite) may lie anywhere: it widens both ends.
    let (mut lower, mut upper) = (Vec::new(), Vec::new());
    for _ in 0..how.resamples {
        let drawn = (0..pairs.len()).map(|_| pairs[pick(rng, pairs.len())]);
        let d = difference(drawn, p, quantile::of).filter(|d| !d.is_nan());
        lower.push(d.unwrap_or(f64::NEG_INFINITY));
        upper.push(d.unwrap_or(f64::INFINITY));
    }
    let tail = 0.5 * (1.0 - how.level);
    let value = difference(pairs.iter().copied(), p, quantile::first_with_share);
    let least = value.unwrap_or(f64::INFINITY);
    let most = value.unwrap_or(f64::NEG_INFINITY);
    Estimate::from_options(
        value,
        quantile::of(&lower, tail).map(|low| low.min(least)),
        quantile::of(&upper, 1.0 - tail).map(|high| high.max(most)),
        how.level,
    )
}

/// The difference of the `p`-quantiles that `quantile` gives.
fn difference(
    pairs: impl Iterator<Item = (f64, f64)>,
    p: f64,
    quantile: fn(&[f64], f64) -> Option<f64>,
) -> Option<f64> {
    let (a, b): (Vec<f64>, Vec<f64>) = pairs.unzip();
    Some(quantile(&b, p)? - quantile(&a, p)?)
}

/// A uniform index below `n`; the same on every platform.
fn pick(rng: &mut Stream, n: usize) -> usize {
    ((u128::from(rng.next_u64()) * n as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand_distr::{Distribution as _, Normal};

    const HOW: Bootstrap = Bootstrap {
        level: 0.95,
        resamples: 400,
    };

    #[test]
    fn outcomes_are_counted_in_pairs() {
        let (a, b) = ([true, true, false, false, true], [true, false, true, true]);
        let counted = outcome_difference(&a, &b, 0.95);
        assert_eq!(counted, proportion_difference(1, 2, 4, 0.95));
    }

    #[test]
    fn common_luck_cancels_from_a_paired_difference() {
        let a = [10.0, 20.0, 30.0, 40.0];
        let b = [11.0, 21.5, 30.5, 41.0];
        let e = mean_difference(&a, &b, 0.95);
        assert!((e.value.unwrap() - 1.0).abs() < 1e-12);
        assert!(e.half_width().unwrap() < 0.7);
    }

    #[test]
    fn what_repeats_is_told_from_what_sets_the_runs_apart_and_the_interval_covers_it() {
        let (runs, truth) = (2000, 0.3);
        let mut covered = 0;
        for trial in 0..runs {
            let mut rng = stream(7, trial, Purpose::Resample);
            let noise = Normal::new(0.0, truth).unwrap();
            let mut run = |zero: f64| -> Vec<f64> {
                let places = (0..12).map(|k| f64::from(k * k) + zero);
                places.map(|at| at + noise.sample(&mut rng)).collect()
            };
            let e = repeatability(&run(0.0), &run(9.0), 0.95);
            covered += u64::from(e.low.unwrap() <= truth && truth <= e.high.unwrap());
        }
        let coverage = covered as f64 / runs as f64;
        assert!((0.93..=0.97).contains(&coverage), "coverage {coverage}");
        assert_eq!(repeatability(&[1.0], &[2.0], 0.95).value, None);
    }

    #[test]
    fn a_quantile_that_is_never_reached_leaves_the_difference_unknown() {
        let mut rng = stream(1, 0, Purpose::Resample);
        let pairs: Vec<(f64, f64)> = (0..40).map(|i| (f64::from(i), f64::INFINITY)).collect();
        let e = quantile_difference(&pairs, 0.5, HOW, &mut rng);
        assert_eq!((e.value, e.high), (None, None));
        let none = quantile_difference(&[], 0.5, HOW, &mut rng);
        assert_eq!((none.value, none.low, none.high), (None, None, None));
    }

    #[test]
    fn the_interval_of_a_difference_of_proportions_covers_it_and_never_collapses() {
        let none = proportion_difference(0, 0, 50, 0.95);
        assert_eq!(none.value, Some(0.0));
        assert!(none.low.unwrap() < -0.02 && none.high.unwrap() > 0.02);
        let (runs, pairs, truth) = (2000, 60, 0.12);
        let mut covered = 0;
        for trial in 0..runs {
            let mut rng = stream(6, trial, Purpose::Resample);
            let (mut only_a, mut only_b) = (0, 0);
            for _ in 0..pairs {
                match pick(&mut rng, 100) {
                    0..10 => only_a += 1,
                    10..32 => only_b += 1,
                    _ => {}
                }
            }
            let e = proportion_difference(only_a, only_b, pairs, 0.95);
            covered += u64::from(e.low.unwrap() <= truth && truth <= e.high.unwrap());
        }
        let coverage = covered as f64 / runs as f64;
        assert!((0.93..=0.97).contains(&coverage), "coverage {coverage}");
    }

    #[test]
    fn the_bootstrap_interval_of_a_median_difference_covers_the_truth() {
        let (mut covered, runs, truth) = (0, 300, 2.0);
        for trial in 0..runs {
            let mut rng = stream(5, trial, Purpose::Resample);
            let unit = Normal::new(0.0, 1.0).unwrap();
            let pairs: Vec<(f64, f64)> = (0..80)
                .map(|_| {
                    let shared = unit.sample(&mut rng);
                    let own = 0.5 * unit.sample(&mut rng);
                    (shared, shared + own + truth)
                })
                .collect();
            let e = quantile_difference(&pairs, 0.5, HOW, &mut rng);
            covered += u64::from(e.low.unwrap() <= truth && truth <= e.high.unwrap());
        }
        let coverage = covered as f64 / runs as f64;
        assert!((0.91..=0.99).contains(&coverage), "coverage {coverage}");
    }
}
