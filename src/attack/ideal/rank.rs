//! How many codes come before a given one when codes are tried by falling likelihood, without going
//! through them: the scores of the wheels are convolved as histograms.

use crate::math;
use crate::rng::Stream;
use rand::RngExt;

/// Bins of one wheel's scores.
const BINS: usize = 1536;
/// Scores further below the best one of their wheel are all alike, nats.
const RANGE_NATS: f64 = 24.0;

/// Settings of all wheels in the order of the sum of their scores.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// By wheel and place: bin of the score, higher is likelier.
    bins: Vec<Vec<usize>>,
    /// By number of wheels: how many settings of the first ones have a sum of bins of at least each.
    at_least: Vec<Vec<f64>>,
}

impl Ranking {
    /// A ranking by `scores` (natural logarithms), one list a wheel, none empty.
    #[must_use]
    pub fn new(scores: &[Vec<f64>]) -> Self {
        let bins: Vec<Vec<usize>> = scores.iter().map(|s| binned(s)).collect();
        let mut counts = vec![1.0];
        let mut at_least = vec![summed_down(&counts)];
        for wheel in &bins {
            let mut next = vec![0.0; counts.len() + BINS];
            for &bin in wheel {
                for (sum, n) in next[bin..].iter_mut().zip(&counts) {
                    *sum += n;
                }
            }
            counts = next;
            at_least.push(summed_down(&counts));
        }
        Self { bins, at_least }
    }

    /// The rank class of a setting: the higher the sooner it is tried.
    #[must_use]
    pub fn class(&self, places: &[usize]) -> usize {
        let bins = self.bins.iter().zip(places);
        bins.map(|(wheel, &place)| wheel[place]).sum()
    }

    /// How many settings are of a higher class than `class`.
    #[must_use]
    pub fn above(&self, class: usize) -> f64 {
        self.at_least(self.bins.len(), class + 1)
    }

    /// How many settings are of `class`.
    #[must_use]
    pub fn within(&self, class: usize) -> f64 {
        self.at_least(self.bins.len(), class) - self.above(class)
    }

    /// A setting drawn uniformly from those of classes from `low` up to `high`; `None` if there is
    /// none.
    pub(super) fn sample(
        &self,
        (low, high): (usize, usize),
        rng: &mut Stream,
    ) -> Option<Vec<usize>> {
        let between = |wheels: usize, below: usize| {
            let from = self.at_least(wheels, low.saturating_sub(below));
            match (high + 1).checked_sub(below) {
                Some(end) => from - self.at_least(wheels, end),
                None => 0.0,
            }
        };
        let mut places = vec![0; self.bins.len()];
        let mut sum = 0;
        for wheel in (0..self.bins.len()).rev() {
            let total = between(wheel + 1, sum);
            if total < 0.5 {
                return None;
            }
            let mut at = rng.random::<f64>() * total;
            let mut chosen = None;
            for (place, &bin) in self.bins[wheel].iter().enumerate() {
                let ways = between(wheel, sum + bin);
                if ways > 0.5 {
                    chosen = Some(place);
                    at -= ways;
                }
                if at < 0.0 {
                    break;
                }
            }
            places[wheel] = chosen?;
            sum += self.bins[wheel][places[wheel]];
        }
        Some(places)
    }

    fn at_least(&self, wheels: usize, class: usize) -> f64 {
        self.at_least[wheels].get(class).copied().unwrap_or(0.0)
    }
}

/// Bins of scores, the best one in the highest.
fn binned(scores: &[f64]) -> Vec<usize> {
    let best = scores.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    #[allow(clippy::cast_precision_loss, reason = "a few thousand bins")]
    let top = (BINS - 1) as f64;
    let bin = |s: &f64| {
        let below = (best - s).clamp(0.0, RANGE_NATS);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the bins"
        )]
        let bin = math::round(top * (1.0 - below / RANGE_NATS)) as usize;
        bin
    };
    scores.iter().map(bin).collect()
}

/// Each entry plus all after it.
fn summed_down(counts: &[f64]) -> Vec<f64> {
    let mut sums = counts.to_vec();
    for k in (1..sums.len()).rev() {
        sums[k - 1] += sums[k];
    }
    sums
}
