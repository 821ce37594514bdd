//! The share of a variance that one input explains alone.
//!
//! *What*: `Var E[y|x] / Var y`, the first-order index, from pairs (x, y) as they were drawn.
//! *Model*: the pairs in classes of equal count by x, a straight line in each; the share of the variance that the
//! lines explain, with what chance alone would explain taken off. Its interval by leaving out one of twenty
//! groups of pairs at a time (jackknife), Student's factor.
//! *Assumptions*: the pairs are independent and stand in no order; `E[y|x]` is nearly straight over a tenth of the x.
//! *Reference*: Saltelli et al., *Global Sensitivity Analysis* (2008), 4.4; Efron and Tibshirani, *An Introduction to
//! the Bootstrap* (1993), 11.5.
//! *Checked by*: shares known in closed form and coverage of simulated studies, in the tests.

use super::Estimate;
use super::special::t_two_sided;
use crate::math;

/// Classes of x.
const CLASSES: usize = 10;
/// Groups that are left out one at a time.
const GROUPS: usize = 20;
/// Least pairs.
const LEAST: usize = CLASSES * GROUPS;

/// Sums over pairs of one class, about its middle.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Sums {
    fn take(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    fn plus(&self, b: &Self, sign: f64) -> Self {
        Self {
            n: self.n + sign * b.n,
            x: self.x + sign * b.x,
            y: self.y + sign * b.y,
            xx: self.xx + sign * b.xx,
            xy: self.xy + sign * b.xy,
            yy: self.yy + sign * b.yy,
        }
    }

    /// Squares about the best line, and how many numbers the line has.
    fn about_line(&self) -> (f64, f64) {
        if self.n < 1.0 {
            return (0.0, 0.0);
        }
        let about = |sum: f64, a: f64, b: f64| sum - a * b / self.n;
        let (xx, yy) = (
            about(self.xx, self.x, self.x),
            about(self.yy, self.y, self.y),
        );
        let xy = about(self.xy, self.x, self.y);
        // One value of x has no slope.
        if xx <= 1e-12 * self.xx {
            return (yy.max(0.0), 1.0);
        }
        ((yy - xy * xy / xx).max(0.0), 2.0)
    }
}

/// The share of the variance of `ys` that the `xs` explain alone, at `level`; unknown for fewer than 200 pairs or where
/// the `ys` do not vary. Of lists of unequal length the pairs count.
#[must_use]
pub fn share(xs: &[f64], ys: &[f64], level: f64) -> Estimate {
    let n = xs.len().min(ys.len());
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| xs[a].total_cmp(&xs[b]));
    let varies = |of: &[f64]| of[..n].iter().any(|v| v.to_bits() != of[0].to_bits());
    if n < LEAST || !varies(ys) {
        return Estimate::unknown(level);
    }
    if !varies(xs) {
        return Estimate::exact(0.0, level);
    }
    let centre = math::sum(ys[..n].iter().copied()) / n as f64;
    let mut groups = vec![[Sums::default(); CLASSES]; GROUPS];
    for k in 0..CLASSES {
        let class = &order[k * n / CLASSES..(k + 1) * n / CLASSES];
        let middle = xs[class[class.len() / 2]];
        for &i in class {
            groups[i % GROUPS][k].take(xs[i] - middle, ys[i] - centre);
        }
    }
    let mut all = [Sums::default(); CLASSES];
    for group in &groups {
        for (sum, part) in all.iter_mut().zip(group) {
            *sum = sum.plus(part, 1.0);
        }
    }
    let value = of_sums(&all);
    let without = |group: &[Sums; CLASSES]| {
        let mut rest = all;
        for (sum, part) in rest.iter_mut().zip(group) {
            *sum = sum.plus(part, -1.0);
        }
        of_sums(&rest)
    };
    let left: Vec<f64> = groups.iter().map(without).collect();
    let count = GROUPS as f64;
    let mean = math::sum(left.iter().copied()) / count;
    let squares = math::sum(left.iter().map(|v| (v - mean) * (v - mean)));
    let half = t_two_sided(level, count - 1.0) * ((count - 1.0) / count * squares).sqrt();
    let within = |v: f64| v.clamp(0.0, 1.0);
    Estimate::new(
        within(value),
        within(value - half),
        within(value + half),
        level,
    )
}

/// The share explained, chance taken off; below 0 where less than chance is explained.
fn of_sums(classes: &[Sums; CLASSES]) -> f64 {
    let total = classes
        .iter()
        .fold(Sums::default(), |sum, class| sum.plus(class, 1.0));
    let lines = classes.iter().map(Sums::about_line);
    let (rest, numbers) = lines.fold((0.0, 0.0), |(r, k), (rest, numbers)| {
        (r + rest, k + numbers)
    });
    let spread = total.yy - total.y * total.y / total.n;
    1.0 - rest / (total.n - numbers) * (total.n - 1.0) / spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand::RngExt as _;
    use rand_distr::{Distribution as _, StandardNormal};

    /// `count` pairs of a normal x and y = f(x) + noise of variance 1.
    fn pairs(seed: u64, count: usize, f: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let mut rng = stream(seed, 0, Purpose::Resample);
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        (0..count)
            .map(|_| {
                let x = normal();
                (x, f(x) + normal())
            })
            .unzip()
    }

    #[test]
    fn a_function_of_x_alone_is_all_explained_and_a_constant_x_nothing() {
        let (xs, _) = pairs(1, 1000, |x| x);
        let line: Vec<f64> = xs.iter().map(|x| 3.0 - 2.0 * x).collect();
        let whole = share(&xs, &line, 0.95);
        assert!(whole.low > Some(1.0 - 1e-9), "{whole:?}");
        let bent: Vec<f64> = xs.iter().map(|x| x * x).collect();
        assert!(share(&xs, &bent, 0.95).value > Some(0.97));
        assert_eq!(share(&[1.0; 1000], &line, 0.95), Estimate::exact(0.0, 0.95));
        assert_eq!(share(&xs, &[1.0; 1000], 0.95).value, None);
        assert_eq!(share(&xs[..199], &line, 0.95).value, None);
    }

    #[test]
    fn two_values_of_x_are_two_means() {
        let mut rng = stream(2, 0, Purpose::Resample);
        let xs: Vec<f64> = (0..4000)
            .map(|_| f64::from(rng.random_range(0..2)))
            .collect();
        let ys: Vec<f64> = xs
            .iter()
            .map(|x| {
                let z: f64 = StandardNormal.sample(&mut rng);
                2.0 * x + z
            })
            .collect();
        // Variance 1 between, 1 within.
        let found = share(&xs, &ys, 0.95);
        assert!(found.low < Some(0.5) && Some(0.5) < found.high, "{found:?}");
    }

    #[test]
    fn the_interval_covers_the_share() {
        // y = a x + b x² + noise: a² + 2 b² of 1 + a² + 2 b².
        for (a, b) in [(0.3, 0.0), (1.0, 0.0), (3.0, 0.0), (0.0, 0.5)] {
            let own: f64 = a * a + 2.0 * b * b;
            let truth = own / (1.0 + own);
            let (runs, mut covered) = (2000, 0);
            for run in 0..runs {
                let (xs, ys) = pairs(run, 2000, |x| a * x + b * x * x);
                let found = share(&xs, &ys, 0.95);
                covered += u32::from(found.low <= Some(truth) && Some(truth) <= found.high);
            }
            let part = f64::from(covered) / runs as f64;
            assert!((0.93..=0.97).contains(&part), "{a} {b}: {part}");
        }
    }
}
