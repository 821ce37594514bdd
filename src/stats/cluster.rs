//! Shares of events that come in clusters.
//!
//! *What*: of all tests that some trials made, the share of one kind, with an interval.
//! *Model*: a ratio of sums over the trials, its variance from the trials' residuals, Student's factor; not narrower
//! than Wilson's interval of single independent tests; of whole trials where all tests went the same way.
//! *Assumptions*: the trials are independent, the tests of one are not; some dozens of trials.
//! *Reference*: Cochran, *Sampling Techniques* (1977), chapter 6.
//! *Checked by*: coverage of simulated clusters, in the tests.

use super::special::t_two_sided;
use super::{Estimate, interval};
use crate::math;

/// The share that the first of each pair has in the second, over all pairs: `(of the kind, all)` of each trial.
#[must_use]
pub fn share(trials: &[(u64, u64)], level: f64) -> Estimate {
    let (of_kind, all) = trials
        .iter()
        .fold((0, 0), |(k, n), trial| (k + trial.0, n + trial.1));
    let single = interval::wilson(of_kind, all, level);
    let (Some(value), Some(low), Some(high)) = (single.value, single.low, single.high) else {
        return single;
    };
    let testing = trials.iter().filter(|trial| trial.1 > 0).count() as u64;
    if testing < 2 {
        return Estimate::new(value, 0.0, 1.0, level);
    }
    let n = testing as f64;
    let residual = |&(k, m): &(u64, u64)| k as f64 - value * m as f64;
    let squares = math::sum(trials.iter().map(residual).map(|r| r * r));
    let sd = (n / (n - 1.0) * squares).sqrt() / all as f64;
    let half = t_two_sided(level, n - 1.0) * sd;
    let (mut wide_low, mut wide_high) = ((value - half).max(0.0), (value + half).min(1.0));
    if of_kind == 0 || of_kind == all {
        // Trials that are all alike do not tell how much others differ: each counts once.
        let whole = interval::wilson(testing * u64::from(of_kind > 0), testing, level);
        wide_low = whole.low.unwrap_or(0.0);
        wide_high = whole.high.unwrap_or(1.0);
    }
    Estimate::new(value, low.min(wide_low), high.max(wide_high), level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand::RngExt as _;

    #[test]
    fn the_interval_covers_the_share_of_tests_that_come_in_unequal_clusters() {
        // Half of the trials make 2 tests, one in five of the kind; the others 40, four in five.
        let truth = (2.0 * 0.2 + 40.0 * 0.8) / 42.0;
        let (runs, mut covered) = (2000, 0);
        for run in 0..runs {
            let mut rng = stream(8, run, Purpose::Resample);
            let trials: Vec<(u64, u64)> = (0..100)
                .map(|_| {
                    let (all, p) = [(2, 0.2), (40, 0.8)][rng.random_range(0..2)];
                    ((0..all).map(|_| u64::from(rng.random_bool(p))).sum(), all)
                })
                .collect();
            let e = share(&trials, 0.95);
            covered += u64::from(e.low.unwrap() <= truth && truth <= e.high.unwrap());
        }
        let coverage = covered as f64 / runs as f64;
        assert!((0.93..=0.97).contains(&coverage), "coverage {coverage}");
    }

    #[test]
    fn without_a_test_or_with_one_trial_nothing_is_known() {
        assert_eq!(share(&[], 0.95).value, None);
        for one in [&[(1, 2)][..], &[(1, 40), (0, 0), (0, 0)]] {
            let one = share(one, 0.95);
            assert_eq!((one.low, one.high), (Some(0.0), Some(1.0)));
        }
        let none = share(&[(0, 40); 60], 0.95);
        assert!((0.05..0.07).contains(&none.high.unwrap()), "{none:?}");
    }
}
