//! Normal, beta, gamma, binomial and Student distributions.
//!
//! *What*: distribution functions and the quantiles which intervals need.
//! *Model*: the regularised incomplete beta by Lentz' continued fraction with Loader's saddle-point
//! prefactor, so that no digits are lost for large parameters; the regularised incomplete gamma by
//! series or continued fraction; quantiles by bisection, which cannot run away.
//! *Assumptions*: shape parameters positive and at most about 1e9.
//! *Reference*: C. Loader, "Fast and accurate computation of binomial probabilities" (2000);
//! Press et al., *Numerical Recipes* (2007), 6.2 and 6.4.
//! *Checked by*: the tests below against scipy 1.x, relative 1e-9; `statrs` is not used since its
//! beta quantile hangs or errs for large samples (statrs #434, #435).

use crate::math::{exp, ln};

const TINY: f64 = 1e-300;

/// `P(Z <= x)` for a standard normal `Z`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The `x` with `P(Z <= x) = p` for a standard normal `Z`; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        // Only the lower tail is resolved by doubles.
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    bisect(-40.0, 0.0, |x| normal_cdf(x) >= p)
}

/// The two-sided standard normal factor of a confidence `level`: 1.96 for 0.95.
#[must_use]
pub fn z_two_sided(level: f64) -> f64 {
    -normal_quantile(0.5 * (1.0 - level))
}

/// The chance that `drawn` of `all` things, drawn without replacement, hold none of the `marked` ones; whole numbers.
#[must_use]
pub fn none_drawn(all: f64, marked: f64, drawn: f64) -> f64 {
    // Both ways round it is the same product.
    let (few, many) = (marked.min(drawn), marked.max(drawn));
    let (mut chance, mut j) = (1.0, 0.0);
    while j < few && chance > 0.0 {
        chance *= ((all - many - j) / (all - j)).max(0.0);
        j += 1.0;
    }
    chance
}

/// The chance that they hold one at least: small chances keep their digits, which `1 − none` would lose.
#[must_use]
pub fn any_drawn(all: f64, marked: f64, drawn: f64) -> f64 {
    let (few, many) = (marked.min(drawn), marked.max(drawn));
    let (mut chance, mut j) = (0.0, 0.0);
    while j < few && chance < 1.0 {
        chance += (1.0 - chance) * (many / (all - j)).min(1.0);
        j += 1.0;
    }
    chance
}

/// The two-sided Student factor of a confidence `level` at `freedom` degrees of freedom.
#[must_use]
pub fn t_two_sided(level: f64, freedom: f64) -> f64 {
    let y = beta_quantile(level, 0.5, 0.5 * freedom);
    (freedom * y / (1.0 - y)).sqrt()
}

/// The regularised incomplete beta function `I_x(a, b)`.
#[must_use]
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else if x < (a + 1.0) / (a + b + 2.0) {
        beta_prefactor(x, a, b) * beta_fraction(x, a, b) / a
    } else {
        1.0 - beta_prefactor(1.0 - x, b, a) * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The `x` with `I_x(a, b) = p`.
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    bisect(0.0, 1.0, |x| beta_cdf(x, a, b) >= p)
}

/// `P(K <= k)` for `K` successes in `n` trials of probability `p`.
#[must_use]
pub fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    beta_cdf(1.0 - p, (n - k) as f64, k as f64 + 1.0)
}

/// The regularised lower incomplete gamma function `P(a, x)`.
#[must_use]
pub fn gamma_cdf(x: f64, a: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    // x^a e^-x / Γ(a + 1), without the cancellation of its logarithm.
    let scale = exp(-stirling_error(a) - deviance(a, x)) / (std::f64::consts::TAU * a).sqrt();
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0, 1.0, a);
        while term > sum * 1e-17 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        scale * sum
    } else {
        let mut f = Lentz::new(x + 1.0 - a);
        let mut i = 1.0;
        while i < 1e6 && f.step(-i * (i - a), x + 2.0 * i + 1.0 - a) {
            i += 1.0;
        }
        1.0 - scale * a / f.value
    }
}

/// The `x` with `P(a, x) = p`.
#[must_use]
pub fn gamma_quantile(p: f64, a: f64) -> f64 {
    let mut high = a + 1.0;
    while gamma_cdf(high, a) < p && high < 1e300 {
        high *= 2.0;
    }
    bisect(0.0, high, |x| gamma_cdf(x, a) >= p)
}

/// The smallest double in `[low, high]`, to within rounding, from which on `reached` holds.
fn bisect(mut low: f64, mut high: f64, reached: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..1100 {
        let mid = 0.5 * (low + high);
        if mid <= low || mid >= high || (high - low) < 2e-16 * high.abs() {
            break;
        }
        if reached(mid) {
            high = mid;
        } else {
            low = mid;
        }
    }
    0.5 * (low + high)
}

/// `x^a (1-x)^b / B(a, b)`.
fn beta_prefactor(x: f64, a: f64, b: f64) -> f64 {
    let n = a + b;
    let log = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * (1.0 - x));
    exp(log) * (a * b / (std::f64::consts::TAU * n)).sqrt()
}

/// The continued fraction of `I_x(a, b)`, good for `x < (a + 1) / (a + b + 2)`.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let mut f = Lentz::new(1.0);
    let mut m = 0.0;
    f.step(-(a + b) * x / (a + 1.0), 1.0);
    while m < 1e6 {
        m += 1.0;
        let am = a + 2.0 * m;
        f.step(m * (b - m) * x / ((am - 1.0) * am), 1.0);
        if !f.step(-(a + m) * (a + b + m) * x / (am * (am + 1.0)), 1.0) {
            break;
        }
    }
    1.0 / f.value
}

/// Lentz' evaluation of `b0 + a1/(b1 + a2/(b2 + …))`.
struct Lentz {
    value: f64,
    c: f64,
    d: f64,
}

impl Lentz {
    fn new(b0: f64) -> Self {
        Self {
            value: b0,
            c: b0,
            d: 0.0,
        }
    }

    /// Takes the next pair in; false once the value no longer moves.
    fn step(&mut self, a: f64, b: f64) -> bool {
        let away = |x: f64| if x.abs() < TINY { TINY } else { x };
        self.d = 1.0 / away(b + a * self.d);
        self.c = away(b + a / self.c);
        let factor = self.c * self.d;
        self.value *= factor;
        (factor - 1.0).abs() > 1e-16
    }
}

/// `ln Γ(x + 1) - [(x + ½) ln x - x + ½ ln 2π]`.
fn stirling_error(x: f64) -> f64 {
    if x < 15.0 {
        let stirling = (x + 0.5) * ln(x) - x + 0.5 * ln(std::f64::consts::TAU);
        return libm::lgamma(x + 1.0) - stirling;
    }
    let y = 1.0 / (x * x);
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - y / 1188.0) * y) * y) * y) / x
}

/// `x ln(x / mean) + mean - x`, without cancellation near `x = mean`.
fn deviance(x: f64, mean: f64) -> f64 {
    let v = (x - mean) / (x + mean);
    if v.abs() >= 0.1 {
        return x * ln(x / mean) + mean - x;
    }
    let (mut sum, mut term, mut j) = ((x - mean) * v, 2.0 * x * v, 1.0);
    loop {
        term *= v * v;
        j += 2.0;
        let next = sum + term / j;
        if (next - sum).abs() <= 1e-17 * sum.abs() {
            return next;
        }
        sum = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_of_the_marked_is_drawn_as_in_all_orders() {
        // 3 of 6 are marked; of the 20 orders 10, 4, 1 and none begin with one, two, three and four others.
        for (drawn, orders) in [(0.0, 20.0), (1.0, 10.0), (2.0, 4.0), (3.0, 1.0), (4.0, 0.0)] {
            for (a, b) in [(3.0, drawn), (drawn, 3.0)] {
                let none = none_drawn(6.0, a, b);
                assert!((none - orders / 20.0).abs() < 1e-12, "{drawn}");
                assert!((none + any_drawn(6.0, a, b) - 1.0).abs() < 1e-12, "{drawn}");
            }
        }
        assert!(none_drawn(6.0, 6.0, 1.0) <= 0.0 && none_drawn(6.0, 3.0, 9.0) <= 0.0);
        assert!(any_drawn(6.0, 6.0, 1.0) >= 1.0 && any_drawn(6.0, 3.0, 9.0) >= 1.0);
        close(any_drawn(1e24, 4.0, 3.0), 1.2e-23);
    }

    fn close(got: f64, truth: f64) {
        assert!((got / truth - 1.0).abs() < 1e-9, "got {got}, truth {truth}");
    }

    #[test]
    fn val_scipy_beta_quantiles_hold_where_libraries_hang() {
        close(beta_quantile(0.025, 3.0, 1e6 - 2.0), 6.186725501906401e-7);
        close(beta_quantile(0.025, 3.0, 1e7 - 2.0), 6.186721656250593e-8);
        close(beta_quantile(0.025, 3.0, 1e9 - 2.0), 6.186721233228957e-10);
    }

    #[test]
    fn val_scipy_beta_probabilities_for_small_and_huge_shapes() {
        close(beta_cdf(0.3, 2.0, 3.0), 0.3483);
        close(beta_cdf(0.1, 0.5, 20.0), 0.9586725160819128);
        close(beta_cdf(0.5, 1e6, 1e6), 0.5);
        close(beta_cdf(0.50001, 1e8, 1e8), 0.6113512944797161);
        close(binomial_cdf(500_000, 1_000_000, 0.5), 0.5003989421806654);
        close(binomial_cdf(3, 10, 0.2), 0.8791261183999999);
    }

    #[test]
    fn val_scipy_normal_and_student_factors() {
        close(normal_quantile(1e-10), -6.361340902404056);
        close(normal_quantile(0.3), -0.5244005127080409);
        close(z_two_sided(0.95), 1.959963984540054);
        close(t_two_sided(0.95, 1.0), 12.706204736174694);
        close(t_two_sided(0.99, 30.0), 2.7499956535672254);
        close(t_two_sided(0.95, 1e6), 1.959966356814107);
    }

    #[test]
    fn val_scipy_gamma_probabilities() {
        close(gamma_cdf(0.2, 0.5), 0.47291074313446196);
        close(gamma_cdf(2.5, 3.0), 0.45618688411667035);
        close(gamma_cdf(110.0, 100.0), 0.8417213299399129);
        close(gamma_cdf(1e6 + 500.0, 1e6), 0.6915504757714972);
        close(gamma_quantile(0.975, 101.0), 121.62679379242638);
    }
}
