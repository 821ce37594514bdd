//! Sobol' indices: which input moves a result, alone and together with others.
//!
//! *What*: first-order index `S_i` (share of the result's variance that goes when input *i* is known)
//! and total index `T_i` (share that stays while all but *i* are known), each with an interval.
//! *Model*: matrices A and B of `n` points each, and A with column *i* of B; first order by Saltelli
//! 2010, total by Jansen 1999. Points are Owen-scrambled Sobol' points in `2 d` dimensions. Intervals
//! by the percentile bootstrap over rows.
//! *Assumptions*: independent inputs. The bootstrap takes rows for independent, so the intervals are
//! rather too wide for quasi-random points; indices near 0 may come out slightly negative.
//! *Reference*: Saltelli et al., *Comput. Phys. Commun.* 181 (2010) 259, table 2 (b) and (f);
//! Burley, *JCGT* 9 (2020) 1 for the points.
//! *Checked by*: Ishigami's function (a = 7, b = 0.1) in the tests, and a linear function in closed
//! form.

use super::paired::Bootstrap;
use super::{Estimate, quantile};
use crate::math;
use crate::rng::Stream;
use rand::Rng as _;

/// Most points of each matrix, and most inputs: what the sequence has.
pub const MOST_POINTS: u32 = 1 << 15;
/// Most inputs.
pub const MOST_INPUTS: u32 = 128;

/// The points at which a function is evaluated: inputs in `[0, 1)`, one row a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Matrix A.
    pub a: Vec<Vec<f64>>,
    /// Matrix B.
    pub b: Vec<Vec<f64>>,
}

impl Points {
    /// `n` points (at most [`MOST_POINTS`], best a power of two and not below 32, where pairs of
    /// dimensions are still correlated) in `inputs` (at most
    /// [`MOST_INPUTS`]) dimensions.
    #[must_use]
    pub fn new(n: u32, inputs: u32, seed: u64) -> Self {
        let (n, inputs) = (n.min(MOST_POINTS), inputs.min(MOST_INPUTS));
        // Both halves of the seed count.
        let seed = (seed ^ (seed >> 32)) as u32;
        let row = |k: u32, from: u32| -> Vec<f64> {
            let at = |i: u32| f64::from(sobol_burley::sample(k, from + i, seed));
            (0..inputs).map(at).collect()
        };
        Self {
            a: (0..n).map(|k| row(k, 0)).collect(),
            b: (0..n).map(|k| row(k, inputs)).collect(),
        }
    }

    /// Row `k` of A with input `i` of B.
    #[must_use]
    pub fn mixed(&self, k: usize, i: usize) -> Vec<f64> {
        let mut row = self.a[k].clone();
        row[i] = self.b[k][i];
        row
    }
}

/// Values of the function at the points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// At the rows of A.
    pub a: Vec<f64>,
    /// At the rows of B.
    pub b: Vec<f64>,
    /// At the rows of A with input *i* of B: `[i][row]`.
    pub mixed: Vec<Vec<f64>>,
}

/// The indices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// First order.
    pub first: Estimate,
    /// Total.
    pub total: Estimate,
}

/// The indices of every input; unknown where the result does not vary.
#[must_use]
pub fn indices(values: &Values, how: Bootstrap, rng: &mut Stream) -> Vec<Index> {
    let n = values.a.len();
    let all: Vec<usize> = (0..n).collect();
    let points: Vec<Option<(f64, f64)>> = of_rows(values, &all);
    let mut drawn: Vec<Vec<(f64, f64)>> = vec![Vec::new(); points.len()];
    for _ in 0..how.resamples {
        let rows: Vec<usize> = (0..n).map(|_| pick(rng, n)).collect();
        for (drawn, one) in drawn.iter_mut().zip(of_rows(values, &rows)) {
            drawn.extend(one);
        }
    }
    let tail = 0.5 * (1.0 - how.level);
    let estimate = |value: f64, all: Vec<f64>| {
        let (low, high) = (quantile::of(&all, tail), quantile::of(&all, 1.0 - tail));
        Estimate::from_options(Some(value), low, high, how.level)
    };
    let unknown = Estimate::unknown(how.level);
    points
        .into_iter()
        .zip(drawn)
        .map(|(point, drawn)| match point {
            Some((first, total)) => Index {
                first: estimate(first, drawn.iter().map(|d| d.0).collect()),
                total: estimate(total, drawn.iter().map(|d| d.1).collect()),
            },
            None => Index {
                first: unknown,
                total: unknown,
            },
        })
        .collect()
}

/// First-order and total index of every input from the `rows`; `None` where nothing varies.
fn of_rows(values: &Values, rows: &[usize]) -> Vec<Option<(f64, f64)>> {
    let n = rows.len() as f64;
    let both = || rows.iter().flat_map(|&k| [values.a[k], values.b[k]]);
    let mean = math::sum(both()) / (2.0 * n);
    let variance = math::sum(both().map(|v| (v - mean) * (v - mean))) / (2.0 * n);
    values
        .mixed
        .iter()
        .map(|mixed| {
            // Centring changes nothing in expectation and much in noise.
            let first = rows
                .iter()
                .map(|&k| (values.b[k] - mean) * (mixed[k] - values.a[k]));
            let total = rows.iter().map(|&k| {
                let d = values.a[k] - mixed[k];
                0.5 * d * d
            });
            let share = |sum: f64| sum / n / variance;
            (variance > 1e-300).then(|| (share(math::sum(first)), share(math::sum(total))))
        })
        .collect()
}

/// A uniform index below `n`; the same on every platform.
fn pick(rng: &mut Stream, n: usize) -> usize {
    ((u128::from(rng.next_u64()) * n as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::sin;
    use crate::rng::{Purpose, stream};
    use std::f64::consts::PI;

    const HOW: Bootstrap = Bootstrap {
        level: 0.95,
        resamples: 200,
    };

    fn indices_of(f: impl Fn(&[f64]) -> f64, n: u32, inputs: u32, seed: u64) -> Vec<Index> {
        let points = Points::new(n, inputs, seed);
        let rows = 0..points.a.len();
        let values = Values {
            a: points.a.iter().map(|x| f(x)).collect(),
            b: points.b.iter().map(|x| f(x)).collect(),
            mixed: (0..inputs as usize)
                .map(|i| rows.clone().map(|k| f(&points.mixed(k, i))).collect())
                .collect(),
        };
        indices(&values, HOW, &mut stream(seed, 0, Purpose::Resample))
    }

    /// Ishigami's function with a = 7, b = 0.1 on the unit cube.
    fn ishigami(x: &[f64]) -> f64 {
        let at = |k: usize| PI * (2.0 * x[k] - 1.0);
        let (s1, s2) = (sin(at(0)), sin(at(1)));
        s1 + 7.0 * s2 * s2 + 0.1 * at(2).powi(4) * s1
    }

    #[test]
    fn val_ishigami_first_and_total_indices() {
        let truth = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
        for (index, (first, total)) in indices_of(ishigami, 1 << 12, 3, 1).iter().zip(truth) {
            for (got, truth) in [(index.first, first), (index.total, total)] {
                let value = got.value.unwrap();
                assert!((value - truth).abs() < 0.012, "{value} for {truth}");
                let slack = 5e-4; // the truth has four digits
                assert!(
                    got.low.unwrap() <= truth + slack && truth <= got.high.unwrap() + slack,
                    "{got:?} for {truth}"
                );
            }
        }
    }

    #[test]
    fn the_intervals_cover_the_truth_of_a_linear_function() {
        // Shares of a sum of uniform inputs: squares of the weights.
        let weights = [3.0, 2.0, 1.0, 0.0];
        let f = |x: &[f64]| x.iter().zip(weights).map(|(x, w)| x * w).sum();
        let (mut covered, mut all) = (0, 0);
        for seed in 0..60 {
            for (index, w) in indices_of(f, 64, 4, seed).iter().zip(weights) {
                let truth = w * w / 14.0;
                for e in [index.first, index.total] {
                    all += 1;
                    let holds = e.low.unwrap() <= truth + 1e-9 && truth <= e.high.unwrap() + 1e-9;
                    covered += i32::from(holds);
                }
            }
        }
        let coverage = f64::from(covered) / f64::from(all);
        assert!(coverage >= 0.93, "coverage {coverage}");
    }

    #[test]
    fn a_constant_has_no_indices() {
        let found = indices_of(|_| 5.0, 16, 2, 1);
        assert!(
            found
                .iter()
                .all(|i| i.first.value.is_none() && i.total.value.is_none())
        );
    }

    #[test]
    fn points_fill_the_cube_evenly_and_follow_the_seed() {
        let points = Points::new(64, 3, 1);
        for i in 0..3 {
            let mut cells = [0; 64];
            for row in &points.a {
                cells[(64.0 * row[i]) as usize] += 1;
            }
            assert!(cells.iter().all(|&c| c == 1), "input {i}: {cells:?}");
        }
        assert_eq!(points, Points::new(64, 3, 1));
        assert_ne!(points, Points::new(64, 3, 2));
    }
}
