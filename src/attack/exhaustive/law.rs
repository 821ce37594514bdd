//! The time of an exhaustive search in closed form: from the drive train's turns and the reader's
//! clock, without a lock.

use crate::attack::reader::Reader;
use crate::attack::walk::Walk;
use crate::attack::wall::{Facts, Stop};
use crate::attack::windows::Windows;

/// Steps of a search by kind, and how long each kind takes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// How many steps set all wheels anew, all but the first, …, the last one alone.
    pub counts: Vec<u64>,
    /// Mean seconds of a step of each kind.
    pub seconds: Vec<f64>,
}

impl Steps {
    /// The steps of a search through every setting of `windows[i]` windows on wheel i, the last wheel
    /// fastest, with `seconds` by kind as in [`Steps::seconds`].
    #[must_use]
    pub fn of_grid(windows: &[u64], seconds: &[f64]) -> Self {
        let mut before = 1;
        let counts = windows.iter().enumerate().map(|(i, &n)| {
            // each setting of the wheels before begins with a step of its own
            let steps = if i == 0 { n } else { before * (n - 1) };
            before *= n;
            steps
        });
        Self {
            counts: counts.collect(),
            seconds: seconds.to_vec(),
        }
    }

    /// All steps together, seconds.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        let pairs = self.counts.iter().zip(&self.seconds);
        #[allow(clippy::cast_precision_loss, reason = "below 2^53 steps")]
        crate::math::sum(pairs.map(|(&n, s)| n as f64 * s))
    }
}

/// One try of the closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LawPoint {
    /// Seconds on the clock when the bolt has been tried.
    pub time_s: f64,
    /// Allowed codes (whole marks) covered until then, this try's own among them.
    pub covered: u64,
}

/// The law of the time of an exhaustive search on a lock without deviations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExhaustiveLaw {
    /// Every try, in order.
    pub points: Vec<LawPoint>,
    /// The steps behind them.
    pub steps: Steps,
    /// Turns of the dial in all of them.
    pub turns: f64,
}

impl ExhaustiveLaw {
    /// The search by `reader` of whoever knows `facts`, until `until_s` seconds or the end.
    #[must_use]
    pub fn new(facts: &Facts<'_>, reader: &Reader, until_s: f64) -> Self {
        let windows = Windows::new(facts, 0);
        let mut law = Self {
            points: Vec::new(),
            steps: Steps {
                counts: vec![0; facts.wheels],
                seconds: vec![0.0; facts.wheels],
            },
            turns: 0.0,
        };
        let (mut cam, mut time_s, mut covered) = (0.0, 0.0, 0);
        let sign = facts.drive.direction(facts.wheels - 1).sign();
        let numbers = windows.of_all_wheels(facts);
        let is_wanted = |places: &[usize]| windows.covers_any(facts, places);
        // the walk ends early where the time is up
        let _ = Walk::new(facts, &numbers, cam).go(&is_wanted, &mut |tried| {
            let covers = windows.covered(facts, tried.places);
            let mut travel = tried.back;
            for &stop in &tried.stops[tried.first..] {
                travel += (stop - cam).abs();
                cam = stop;
            }
            cam -= sign * tried.back;
            #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
            let moves = (facts.wheels - tried.first) as f64;
            let step_s =
                travel / facts.marks * reader.turn_s + moves * reader.settle_s + reader.try_s;
            time_s += step_s;
            if time_s > until_s {
                return Err(Stop::TimeUp);
            }
            covered += covers;
            law.points.push(LawPoint { time_s, covered });
            law.turns += travel / facts.marks;
            law.steps.counts[tried.first] += 1;
            law.steps.seconds[tried.first] += step_s;
            Ok(())
        });
        for (sum, &n) in law.steps.seconds.iter_mut().zip(&law.steps.counts) {
            #[allow(clippy::cast_precision_loss, reason = "below 2^53 steps")]
            let count = n.max(1) as f64;
            *sum /= count;
        }
        law
    }

    /// The chance that the lock is open by `time_s` where its code is one of `allowed` equally
    /// likely ones.
    #[must_use]
    pub fn p_open(&self, time_s: f64, allowed: f64) -> f64 {
        let done = self.points.partition_point(|p| p.time_s <= time_s);
        let covered = done.checked_sub(1).map_or(0, |k| self.points[k].covered);
        #[allow(clippy::cast_precision_loss, reason = "below 2^53 codes")]
        let covered = covered as f64;
        covered / allowed
    }

    /// Seconds of the first `tries` tries; `None` where there are fewer or that is none.
    #[must_use]
    pub fn time_of_tries(&self, tries: f64) -> Option<f64> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole but for estimates of many; what is too large is beyond the points"
        )]
        let last = (tries as usize).checked_sub(1)?;
        self.points.get(last).map(|p| p.time_s)
    }

    /// Mean seconds of a try; `None` where there is none in the time given.
    #[must_use]
    pub fn mean_try_s(&self) -> Option<f64> {
        let last = self.points.last()?;
        #[allow(clippy::cast_precision_loss, reason = "below 2^53 tries")]
        let tries = self.points.len() as f64;
        Some(last.time_s / tries)
    }

    /// Mean turns of the dial for a try; `None` where there is none in the time given.
    #[must_use]
    pub fn mean_try_turns(&self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "below 2^53 tries")]
        let tries = self.points.len() as f64;
        (tries > 0.0).then_some(self.turns / tries)
    }
}
