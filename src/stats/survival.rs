//! Time to an event when some trials end before it: the Kaplan–Meier estimate.
//!
//! *What*: the survival curve `S(t) = P(T > t)` with a pointwise band, the probability of success
//! by a time, the time by which a share has succeeded, the restricted mean.
//! *Model*: product limit with the Greenwood variance on the log(−log) scale. Where no trial or
//! every trial has had the event that scale degenerates; there the exact Clopper–Pearson interval
//! over the trials not censored before is used. Times of quantiles invert the band (Brookmeyer and
//! Crowley).
//! *Assumptions*: independent trials, censoring independent of the event. At equal times events
//! come before censoring. Beyond the last observation the curve is unknown unless it is zero.
//! *Reference*: Kalbfleisch and Prentice, *The Statistical Analysis of Failure Time Data* (2002),
//! 1.4; Brookmeyer and Crowley, *Biometrics* 38 (1982) 29.
//! *Checked by*: Freireich's 6-MP remission times (1963) against the published curve, standard
//! errors and lifelines 0.30 limits (1e-6); coverage by simulation.

use serde::Serialize;

use super::special::z_two_sided;
use super::{Estimate, interval};
use crate::math::{exp, ln, pow};

/// One trial: how long it was watched and whether the event ended it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Time of the event or of censoring, in any one unit, not negative.
    pub time: f64,
    /// True for the event, false for censoring.
    pub event: bool,
}

/// The curve just after one event time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SurvivalStep {
    /// Time of the event, in the unit of the observations.
    pub time: f64,
    /// Trials still watched just before this time.
    pub at_risk: u64,
    /// Events at this time.
    pub events: u64,
    /// `S(time)`.
    pub survival: f64,
    /// Lower limit of `S(time)`.
    pub low: f64,
    /// Upper limit of `S(time)`.
    pub high: f64,
    /// Greenwood standard error of `S(time)`; zero where the curve is zero.
    pub standard_error: f64,
}

/// A Kaplan–Meier curve: one step for each distinct event time, ascending.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurvivalCurve {
    /// The steps; before the first one the curve is 1.
    pub steps: Vec<SurvivalStep>,
    /// Number of trials.
    pub trials: u64,
    /// Trials that ended without the event.
    pub censored: u64,
    /// Largest time observed; zero without trials.
    pub end_time: f64,
    /// Confidence level of the band.
    pub level: f64,
    /// Ascending times of censoring.
    #[serde(skip)]
    censor_times: Vec<f64>,
}

impl SurvivalCurve {
    /// The curve of `observations` with a band at `level` in `(0, 1)`. Times must not be NaN.
    #[must_use]
    pub fn fit(observations: &[Observation], level: f64) -> Self {
        let mut sorted = observations.to_vec();
        // Events before censoring at equal times.
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.event.cmp(&a.event)));
        let z = z_two_sided(level);
        let trials = sorted.len() as u64;
        let (mut steps, mut censor_times) = (Vec::new(), Vec::new());
        let (mut survival, mut greenwood) = (1.0, 0.0);
        let mut i = 0;
        while i < sorted.len() {
            let time = sorted[i].time;
            if !sorted[i].event {
                censor_times.push(time);
                i += 1;
                continue;
            }
            let ties = sorted[i..].partition_point(|o| o.event && o.time <= time);
            let (at_risk, events) = (trials - i as u64, ties as u64);
            let left = at_risk - events;
            survival *= left as f64 / at_risk as f64;
            greenwood += events as f64 / (at_risk as f64 * left as f64);
            let uncensored = trials - censor_times.len() as u64;
            let band = if left == 0 {
                interval::clopper_pearson(0, uncensored, level)
            } else {
                log_log(survival, greenwood, z, level)
            };
            steps.push(SurvivalStep {
                time,
                at_risk,
                events,
                survival,
                low: band.low.unwrap_or(0.0),
                high: band.high.unwrap_or(1.0),
                standard_error: if left == 0 {
                    0.0
                } else {
                    survival * greenwood.sqrt()
                },
            });
            i += ties;
        }
        Self {
            steps,
            trials,
            censored: censor_times.len() as u64,
            end_time: sorted.last().map_or(0.0, |o| o.time),
            level,
            censor_times,
        }
    }

    /// `S(time)` with its interval. Beyond the last observation only an upper limit is known.
    #[must_use]
    pub fn survival_at(&self, time: f64) -> Estimate {
        let count = self.steps.partition_point(|s| s.time <= time);
        let last = count.checked_sub(1).map(|i| self.steps[i]);
        let here = match last {
            None => {
                let lost = self.censor_times.partition_point(|&c| c < time) as u64;
                interval::clopper_pearson(self.trials - lost, self.trials - lost, self.level)
            }
            Some(s) => Estimate::new(s.survival, s.low, s.high, self.level),
        };
        if time <= self.end_time || last.is_some_and(|s| s.events == s.at_risk) {
            here
        } else {
            Estimate::from_options(None, Some(0.0), here.high, self.level)
        }
    }

    /// The probability that the event has happened by `time`, with its interval.
    #[must_use]
    pub fn success_at(&self, time: f64) -> Estimate {
        self.survival_at(time).complement()
    }

    /// The first time by which a share `p` in `(0, 1]` has had the event; `None` where the curve
    /// or a limit of its band never comes so far.
    #[must_use]
    pub fn time_of_success(&self, p: f64) -> Estimate {
        let first = |of: fn(&SurvivalStep) -> f64| {
            let reached = |s: &&SurvivalStep| of(s) <= 1.0 - p + 1e-12;
            self.steps.iter().find(reached).map(|s| s.time)
        };
        Estimate::from_options(
            first(|s| s.survival),
            first(|s| s.low),
            first(|s| s.high),
            self.level,
        )
    }

    /// The mean of `min(T, until)`, the area under the curve, with a normal interval; unknown
    /// where `until` lies beyond what was observed.
    #[must_use]
    pub fn restricted_mean(&self, until: f64) -> Estimate {
        if self.survival_at(until).value.is_none() {
            return Estimate::unknown(self.level);
        }
        let used: Vec<&SurvivalStep> = self.steps.iter().filter(|s| s.time < until).collect();
        let (mut area_after, mut variance, mut right) = (0.0, 0.0, until);
        for s in used.iter().rev() {
            area_after += s.survival * (right - s.time);
            right = s.time;
            let left = (s.at_risk - s.events) as f64;
            if left > 0.0 {
                variance += area_after * area_after * s.events as f64 / (s.at_risk as f64 * left);
            }
        }
        let mean = area_after + right;
        let half = z_two_sided(self.level) * variance.sqrt();
        Estimate::new(mean, mean - half, (mean + half).min(until), self.level)
    }
}

/// The band of `0 < survival < 1` on the log(−log) scale; `greenwood` is `Σ d / (n (n - d))`.
fn log_log(survival: f64, greenwood: f64, z: f64, level: f64) -> Estimate {
    let spread = exp(z * greenwood.sqrt() / ln(survival).abs());
    Estimate::new(
        survival,
        pow(survival, spread),
        pow(survival, 1.0 / spread),
        level,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand_distr::{Distribution as _, Exp1};

    fn freireich() -> SurvivalCurve {
        let event = |time| Observation { time, event: true };
        let lost = |time| Observation { time, event: false };
        let mut all: Vec<_> = [6., 6., 6., 7., 10., 13., 16., 22., 23.].map(event).into();
        all.extend([6., 9., 10., 11., 17., 19., 20., 25., 32., 32., 34., 35.].map(lost));
        SurvivalCurve::fit(&all, 0.95)
    }

    fn close(got: Option<f64>, truth: f64, within: f64) {
        assert!((got.unwrap() - truth).abs() < within, "{got:?} vs {truth}");
    }

    #[test]
    fn val_freireich_curve_and_standard_errors() {
        let curve = freireich();
        let truth = [
            (6.0, 21, 0.857, 0.0764),
            (7.0, 17, 0.807, 0.0869),
            (10.0, 15, 0.753, 0.0963),
            (13.0, 12, 0.690, 0.1068),
            (16.0, 11, 0.627, 0.1141),
            (22.0, 7, 0.538, 0.1282),
            (23.0, 6, 0.448, 0.1346),
        ];
        assert_eq!(curve.steps.len(), truth.len());
        for (s, (time, at_risk, survival, se)) in curve.steps.iter().zip(truth) {
            assert_eq!((s.time, s.at_risk), (time, at_risk));
            close(Some(s.survival), survival, 5.1e-4);
            close(Some(s.standard_error), se, 5.1e-5);
        }
    }

    #[test]
    fn val_lifelines_limits_median_and_restricted_mean() {
        let curve = freireich();
        for (t, low, high) in [
            (6.0, 0.619718, 0.951552),
            (10.5, 0.503200, 0.889362),
            (35.0, 0.188052, 0.680143),
        ] {
            let e = curve.survival_at(t);
            close(e.low, low, 1e-6);
            close(e.high, high, 1e-6);
        }
        let median = curve.time_of_success(0.5);
        let limits = (median.value, median.low, median.high);
        assert_eq!(limits, (Some(23.0), Some(13.0), None));
        let mean = curve.restricted_mean(35.0);
        close(mean.value, 23.287394957983185, 1e-9);
        // R's survival package prints 23.29 with standard error 2.83.
        close(mean.low, 23.287 - 1.96 * 2.83, 0.01);
        close(curve.restricted_mean(20.0).value, 16.116526610644254, 1e-9);
    }

    #[test]
    fn without_events_or_with_nothing_but_events_the_limits_are_exact() {
        let all = |event| vec![Observation { time: 9.0, event }; 20];
        let none = SurvivalCurve::fit(&all(false), 0.95).success_at(9.0);
        close(none.value, 0.0, 1e-12);
        close(none.high, 0.16843347098308548, 1e-9);
        let every = SurvivalCurve::fit(&all(true), 0.95).success_at(100.0);
        close(every.value, 1.0, 1e-12);
        close(every.low, 0.8315665290169145, 1e-9);
    }

    #[test]
    fn beyond_the_last_observation_only_what_is_known_is_claimed() {
        let late = freireich().success_at(36.0);
        assert_eq!((late.value, late.high), (None, Some(1.0)));
        close(late.low, 1.0 - 0.680143, 1e-6);
        let empty = SurvivalCurve::fit(&[], 0.95);
        assert_eq!(empty.success_at(1.0).low, Some(0.0));
        assert!(empty.time_of_success(0.5).value.is_none());
    }

    #[test]
    fn the_band_and_the_median_interval_cover_the_truth_at_their_level() {
        let (runs, ln2) = (2000, std::f64::consts::LN_2);
        let (mut at_time, mut at_median) = (0, 0);
        for trial in 0..runs {
            let mut rng = stream(7, trial, Purpose::Resample);
            let sample: Vec<Observation> = (0..100)
                .map(|_| {
                    let event: f64 = Exp1.sample(&mut rng);
                    let lost: f64 = Exp1.sample(&mut rng);
                    let lost = 2.0 * lost;
                    Observation {
                        time: event.min(lost),
                        event: event <= lost,
                    }
                })
                .collect();
            let curve = SurvivalCurve::fit(&sample, 0.95);
            let covers = |e: Estimate, truth: f64| {
                u64::from(e.low.is_none_or(|l| l <= truth) && e.high.is_none_or(|h| truth <= h))
            };
            at_time += covers(curve.success_at(ln2), 0.5);
            at_median += covers(curve.time_of_success(0.5), ln2);
        }
        for covered in [at_time, at_median] {
            let coverage = covered as f64 / runs as f64;
            assert!((0.93..=0.97).contains(&coverage), "coverage {coverage}");
        }
    }

    /// Exponential times of 120 trials given up after `budget`, as a study has them.
    fn with_budget(trial: u64, budget: f64) -> SurvivalCurve {
        let mut rng = stream(8, trial, Purpose::Resample);
        let sample: Vec<Observation> = (0..120)
            .map(|_| {
                let time: f64 = Exp1.sample(&mut rng);
                Observation {
                    time: time.min(budget),
                    event: time <= budget,
                }
            })
            .collect();
        SurvivalCurve::fit(&sample, 0.95)
    }

    #[test]
    fn with_a_budget_every_stated_interval_covers_the_truth_at_its_level() {
        let (runs, budget) = (2000, 2.0);
        let covers = |e: Estimate, truth: f64| {
            u64::from(e.low.is_none_or(|l| l <= truth) && e.high.is_none_or(|h| truth <= h))
        };
        let of = |p: f64| -crate::math::ln(1.0 - p);
        let names = ["t10", "t50", "t80", "p 0.2", "p 0.5", "p 0.8", "mean"];
        let mut covered = [0; 7];
        for trial in 0..runs {
            let curve = with_budget(trial, budget);
            let now = [
                covers(curve.time_of_success(0.1), of(0.1)),
                covers(curve.time_of_success(0.5), of(0.5)),
                covers(curve.time_of_success(0.8), of(0.8)),
                covers(curve.success_at(of(0.2)), 0.2),
                covers(curve.success_at(of(0.5)), 0.5),
                covers(curve.success_at(of(0.8)), 0.8),
                covers(curve.restricted_mean(1.5), 1.0 - exp(-1.5)),
            ];
            for (sum, one) in covered.iter_mut().zip(now) {
                *sum += one;
            }
        }
        for (name, covered) in names.into_iter().zip(covered) {
            let coverage = covered as f64 / runs as f64;
            assert!((0.93..=0.97).contains(&coverage), "{name}: {coverage}");
        }
        // what lies beyond the budget is not claimed
        let beyond = with_budget(0, budget).time_of_success(0.95);
        assert_eq!((beyond.value, beyond.high), (None, None));
    }
}
