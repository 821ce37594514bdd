//! How soon a guesser who knows how people choose codes is through.
//!
//! *What*: entropy, min-entropy, guesswork, success after β tries, α-guesswork and the guessing
//! curve of a distribution over codes. *Model*: the guesser tries codes in order of falling
//! probability. *Assumptions*: one try tests one code on whole marks; that a try in fact opens
//! every code within a window makes the guesser faster than stated. *Reference*: Bonneau 2012,
//! "The science of guessing", sections III.A to III.C. *Checked by*:
//! `a_uniform_prior_has_its_closed_forms`, `groups_agree_with_a_list_of_single_codes`.

use serde::Serialize;

use super::count::Count;
use crate::math::{log2, sum};
use crate::stats::special::any_drawn;

/// Tries after which success is stated.
pub const BETAS: [u64; 4] = [3, 10, 100, 1000];
/// Shares of locks for which α-guesswork is stated.
pub const ALPHAS: [f64; 5] = [0.1, 0.2, 0.25, 0.5, 0.9];

/// Codes of equal probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Probability of each.
    pub p_each: f64,
    /// How many.
    pub count: Count,
}

/// A distribution over codes, by groups of falling probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    groups: Vec<Group>,
}

/// What a guesser achieves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guessing {
    /// Shannon entropy, bits.
    pub entropy_bits: f64,
    /// Min-entropy: −log2 of the commonest code's probability, bits.
    pub min_entropy_bits: f64,
    /// Mean number of tries until the code is found.
    pub guesswork_tries: f64,
    /// Probability of success within the first tries.
    pub success: Vec<CurvePoint>,
    /// Guessing until a share of the locks is open.
    pub alpha_guesswork: Vec<AlphaGuesswork>,
    /// The guessing curve, from the first try to certainty.
    pub curve: Vec<CurvePoint>,
}

/// One point of the guessing curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Codes tried.
    pub tries: f64,
    /// Probability that the code was among them.
    pub p_open: f64,
}

/// Guessing until a share α of the locks is open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AlphaGuesswork {
    /// The wanted share.
    pub p_alpha: f64,
    /// Fewest tries that open at least that share.
    pub tries: f64,
    /// Share that so many tries open.
    pub p_open: f64,
    /// Mean tries per lock when the guesser gives up after `tries`.
    pub mean_tries: f64,
    /// The same in bits: log2 of the size of a uniform space that is as hard.
    pub bits: f64,
}

impl Distribution {
    /// `count` codes, all equally likely.
    #[must_use]
    pub fn uniform(count: Count) -> Self {
        let p_each = 1.0 / count.to_f64();
        Self {
            groups: vec![Group { p_each, count }],
        }
    }

    /// The distribution of `groups`, whose probabilities add up to 1; empty groups are dropped.
    #[must_use]
    pub fn new(mut groups: Vec<Group>) -> Self {
        groups.retain(|g| !g.count.is_zero() && g.p_each > 0.0);
        groups.sort_by(|a, b| b.p_each.total_cmp(&a.p_each));
        Self { groups }
    }

    /// The groups, the likeliest codes first.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All figures.
    #[must_use]
    pub fn guessing(&self) -> Guessing {
        let point = |tries: f64| CurvePoint {
            tries,
            p_open: self.success(tries),
        };
        #[expect(clippy::cast_precision_loss, reason = "small constants")]
        let success = BETAS.iter().map(|&b| point(b as f64)).collect();
        Guessing {
            entropy_bits: self.entropy_bits(),
            min_entropy_bits: self.groups.first().map_or(0.0, |g| -log2(g.p_each)),
            guesswork_tries: self.partial_guesswork(f64::INFINITY),
            success,
            alpha_guesswork: ALPHAS.iter().map(|&a| self.alpha_guesswork(a)).collect(),
            curve: self.curve_tries().into_iter().map(point).collect(),
        }
    }

    /// Shannon entropy, bits.
    #[must_use]
    pub fn entropy_bits(&self) -> f64 {
        let term = |g: &Group| -g.p_each * g.count.to_f64() * log2(g.p_each);
        sum(self.groups.iter().map(term))
    }

    /// Probability that the code is among the `tries` likeliest.
    #[must_use]
    pub fn success(&self, tries: f64) -> f64 {
        let mut left = tries;
        let p = sum(self.groups.iter().map(|g| {
            let taken = left.clamp(0.0, g.count.to_f64());
            left -= taken;
            g.p_each * taken
        }));
        p.min(1.0)
    }

    /// Sum of i · p_i over the first `tries` codes.
    fn partial_guesswork(&self, tries: f64) -> f64 {
        let mut before = 0.0;
        sum(self.groups.iter().map(|g| {
            let taken = (tries - before).clamp(0.0, g.count.to_f64());
            let mean_rank = before + (taken + 1.0) / 2.0;
            before += taken;
            g.p_each * taken * mean_rank
        }))
    }

    fn alpha_guesswork(&self, p_alpha: f64) -> AlphaGuesswork {
        let tries = self.tries_for(p_alpha);
        let p_open = self.success(tries);
        let mean_tries = (1.0 - p_open) * tries + self.partial_guesswork(tries);
        AlphaGuesswork {
            p_alpha,
            tries,
            p_open,
            mean_tries,
            bits: log2(2.0 * mean_tries / p_open - 1.0) - log2(2.0 - p_open),
        }
    }

    /// Fewest tries whose success reaches `p`.
    fn tries_for(&self, p: f64) -> f64 {
        let (mut tries, mut reached) = (0.0, 0.0);
        for g in &self.groups {
            let count = g.count.to_f64();
            // Sums of probabilities carry rounding errors of about 1e-16 each.
            let needed = ((p - reached) / g.p_each - 1e-9).ceil();
            if needed <= count {
                return tries + needed.max(0.0);
            }
            tries += count;
            reached += g.p_each * count;
        }
        tries
    }

    /// 1, 2, 5, 10, … and the end of every group, up to the last code.
    fn curve_tries(&self) -> Vec<f64> {
        let mut ends = Vec::new();
        let mut total = 0.0;
        for g in &self.groups {
            total += g.count.to_f64();
            ends.push(total);
        }
        let mut decade = 1.0;
        while decade <= total {
            ends.extend(
                [1.0, 2.0, 5.0]
                    .map(|f| f * decade)
                    .iter()
                    .filter(|t| **t <= total),
            );
            decade *= 10.0;
        }
        ends.sort_by(f64::total_cmp);
        ends.dedup_by(|a, b| a.total_cmp(b).is_eq());
        ends
    }
}

/// Mean tries, in random order without repeats, until the first of `openings` among `settings`:
/// (M + 1) / (K + 1).
#[must_use]
pub fn random_order_mean_tries(settings: &Count, openings: &Count) -> f64 {
    (settings.to_f64() + 1.0) / (openings.to_f64() + 1.0)
}

/// The chance that the first `tries` of `settings`, tried in random order without repeats, hold one of `openings`.
#[must_use]
pub fn random_order_success(settings: &Count, openings: &Count, tries: u64) -> f64 {
    any_drawn(settings.to_f64(), openings.to_f64(), tries as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_prior_has_its_closed_forms() {
        let g = Distribution::uniform(Count::from(1024_u64)).guessing();
        assert!((g.entropy_bits - 10.0).abs() < 1e-12);
        assert!((g.min_entropy_bits - 10.0).abs() < 1e-12);
        assert!((g.guesswork_tries - 512.5).abs() < 1e-9);
        assert!((g.success[2].p_open - 100.0 / 1024.0).abs() < 1e-12);
        assert!((g.success[3].p_open - 1000.0 / 1024.0).abs() < 1e-12);
        for alpha in &g.alpha_guesswork {
            assert!((alpha.bits - 10.0).abs() < 1e-9, "{alpha:?}");
        }
        let half = &g.alpha_guesswork[3];
        assert!((half.tries - 512.0).abs() < 1e-9);
        assert!((g.curve[g.curve.len() - 1].p_open - 1.0).abs() < 1e-12);
    }

    #[test]
    fn groups_agree_with_a_list_of_single_codes() {
        let group = |p_each: f64, count: u64| Group {
            p_each,
            count: count.into(),
        };
        let d = Distribution::new(vec![group(0.005, 20), group(0.2, 2), group(0.05, 10)]);
        let mut p = vec![0.2; 2];
        p.extend([0.05; 10]);
        p.extend([0.005; 20]);
        let g = d.guessing();
        let entropy: f64 = p.iter().map(|p| -p * log2(*p)).sum();
        let guesswork: f64 = p.iter().zip(1..).map(|(p, i)| p * f64::from(i)).sum();
        assert!((g.entropy_bits - entropy).abs() < 1e-12);
        assert!((g.guesswork_tries - guesswork).abs() < 1e-12);
        assert!((g.success[0].p_open - 0.45).abs() < 1e-12);
        let half = g.alpha_guesswork[3];
        assert!((half.tries - 4.0).abs() < 1e-12 && (half.p_open - 0.5).abs() < 1e-12);
        assert!((half.mean_tries - (0.5 * 4.0 + 0.2 + 0.4 + 0.15 + 0.2)).abs() < 1e-12);
    }

    #[test]
    fn several_openings_shorten_a_random_search() {
        let mean = random_order_mean_tries(&Count::from(999_u64), &Count::from(4_u64));
        assert!((mean - 200.0).abs() < 1e-12);
    }
}
