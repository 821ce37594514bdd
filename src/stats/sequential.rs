//! When to stop: trials until an interval is as narrow as asked for.
//!
//! *Model*: looks at geometrically growing trial counts. The next look is where the half-width,
//! shrinking like `1/√n`, would meet the target, at most twice and at least 1.1 times the trials
//! made; few looks keep the coverage of the final interval near nominal.
//! *Reference*: Glynn and Whitt, *Ann. Appl. Prob.* 2 (1992) 180 (fixed-width stopping).
//! *Checked by*: coverage of a proportion under this rule, in the tests.

use super::Estimate;

/// Run until the half-width of the watched interval is at most `half_width`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UntilCi {
    /// Target half-width, in the unit of the estimate.
    pub half_width: f64,
    /// Trials made before the first look, at least one.
    pub min_trials: u64,
    /// Trials after which to stop whatever the width.
    pub max_trials: u64,
}

/// What to do after a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Run until this total number of trials, then look again.
    RunTo(u64),
    /// The interval is narrow enough.
    Reached,
    /// The limit of trials is reached and the interval is still too wide.
    Exhausted,
}

impl UntilCi {
    /// The decision after `done` trials that gave `estimate`.
    #[must_use]
    pub fn decide(&self, done: u64, estimate: &Estimate) -> Decision {
        let least = self.min_trials.min(self.max_trials);
        if done < least {
            return Decision::RunTo(least);
        }
        let now = estimate.half_width();
        if now.is_some_and(|h| h <= self.half_width) {
            return Decision::Reached;
        }
        if done >= self.max_trials {
            return Decision::Exhausted;
        }
        let growth = now.map_or(2.0, |h| (h / self.half_width).powi(2).clamp(1.1, 2.0));
        let next = (done as f64 * growth).ceil() as u64;
        Decision::RunTo(next.max(done + 1).min(self.max_trials))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use crate::stats::interval::wilson;
    use rand::Rng as _;

    const RULE: UntilCi = UntilCi {
        half_width: 0.05,
        min_trials: 100,
        max_trials: 100_000,
    };

    #[test]
    fn a_wide_interval_asks_for_at_most_twice_the_trials_and_a_narrow_one_stops() {
        assert_eq!(RULE.decide(0, &wilson(0, 0, 0.95)), Decision::RunTo(100));
        assert_eq!(
            RULE.decide(100, &wilson(50, 100, 0.95)),
            Decision::RunTo(200)
        );
        assert_eq!(RULE.decide(400, &wilson(200, 400, 0.95)), Decision::Reached);
        let few = UntilCi {
            max_trials: 10,
            ..RULE
        };
        let wide = wilson(5, 10, 0.95);
        assert_eq!(few.decide(0, &wilson(0, 0, 0.95)), Decision::RunTo(10));
        assert_eq!(few.decide(10, &wide), Decision::Exhausted);
        let never = Estimate::unknown(0.95);
        assert_eq!(RULE.decide(100_000, &never), Decision::Exhausted);
    }

    #[test]
    fn stopping_by_width_keeps_the_coverage_of_the_interval() {
        let (p, runs) = (0.3, 2000);
        let mut covered = 0;
        for trial in 0..runs {
            let mut rng = stream(11, trial, Purpose::Resample);
            let (mut done, mut hits) = (0, 0);
            let last = loop {
                let e = wilson(hits, done, 0.95);
                let Decision::RunTo(next) = RULE.decide(done, &e) else {
                    break e;
                };
                while done < next {
                    done += 1;
                    hits += u64::from((rng.next_u64() as f64) < p * 18_446_744_073_709_551_616.0);
                }
            };
            covered += u64::from(last.low.unwrap() <= p && p <= last.high.unwrap());
        }
        let coverage = covered as f64 / runs as f64;
        assert!((0.93..=0.97).contains(&coverage), "coverage {coverage}");
    }
}
