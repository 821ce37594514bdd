//! Portable elementary functions, closed-form roots and compensated sums.
//!
//! The functions come from the crate `libm`, so that the last bit does not depend on the platform
//! (`clippy.toml` bans the platform's own in this crate).

/// Sine of `x` radians.
#[inline]
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of `x` radians.
#[inline]
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Tangent of `x` radians.
#[inline]
#[must_use]
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// Arc sine in radians; NaN outside `[-1, 1]`.
#[inline]
#[must_use]
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// Arc cosine in radians; NaN outside `[-1, 1]`.
#[inline]
#[must_use]
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// Angle of the vector `(x, y)` in radians, in `(-π, π]`.
#[inline]
#[must_use]
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// `e^x`.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Logarithm to base 2.
#[inline]
#[must_use]
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// The error function, `2/√π ∫₀ˣ e^(-t²) dt`.
#[inline]
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// `x` to the power `y`.
#[inline]
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// `sqrt(x² + y²)` without overflow.
#[inline]
#[must_use]
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// Above this every `f64` is a whole number.
const WHOLE_FROM: f64 = 4_503_599_627_370_496.0;

/// `x` without its fraction, towards zero: `f64::trunc` for hot loops, which is a call where the
/// processor is not known to have the instruction. The sign of a zero is not kept.
#[inline]
#[must_use]
pub fn trunc(x: f64) -> f64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "below 2^52 both ways are exact"
    )]
    if x.abs() < WHOLE_FROM {
        x as i64 as f64
    } else {
        x
    }
}

/// The nearest whole number, halves away from zero: `f64::round` for hot loops (see [`trunc`]).
#[inline]
#[must_use]
pub fn round(x: f64) -> f64 {
    let t = trunc(x.abs());
    let away = if x.abs() - t >= 0.5 { t + 1.0 } else { t };
    away.copysign(x)
}

/// The smallest whole number not below `x`: `f64::ceil` for hot loops (see [`trunc`]).
#[inline]
#[must_use]
pub fn ceil(x: f64) -> f64 {
    let t = trunc(x);
    if t < x { t + 1.0 } else { t }
}

/// From here on, adding to an `f64` rounds to whole numbers.
const ROUNDS_FROM: f64 = 1.5 * WHOLE_FROM;

/// The nearest whole number, halves to the even one, for |x| < 2^51: without a branch or a call, for
/// loops that are to become vector code.
#[inline]
#[must_use]
pub fn nearest(x: f64) -> f64 {
    (x + ROUNDS_FROM) - ROUNDS_FROM
}

/// The sine of 2π y for a quarter turn to both sides is y times this polynomial in y²: least largest
/// error, 4e-9.
pub(crate) const COSINE: [f64; 5] = [
    6.283_185_160_089_407,
    -41.341_655_031_401_06,
    81.601_004_072_386_72,
    -76.549_782_274_940_4,
    39.536_705_933_094_765,
];

/// Cosine of `x` radians by a short polynomial, for hot loops: within 1e-8 of [`cos`], for |x| < 1e6.
#[inline]
#[must_use]
pub fn cos_coarse(x: f64) -> f64 {
    let turns = x * (1.0 / std::f64::consts::TAU);
    // cos 2πt = -sin 2π(|t| - ¼)
    let y = (turns - nearest(turns)).abs() - 0.25;
    let q = y * y;
    let [a, b, c, d, e] = COSINE;
    -y * ((((q * e + d) * q + c) * q + b) * q + a)
}

/// The sum of `values` in their order, with Neumaier's compensation.
#[must_use]
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for v in values {
        let t = total + v;
        lost += if total.abs() >= v.abs() {
            (total - t) + v
        } else {
            (v - t) + total
        };
        total = t;
    }
    total + lost
}

/// The two solutions of `a cos x + b sin x = c`, upper first, or `None` where there is none.
///
/// With `r = hypot(a, b)` and `γ = atan2(b, a)` they are `γ ± acos(c / r)`.
#[must_use]
pub fn cos_sin_roots(a: f64, b: f64, c: f64) -> Option<(f64, f64)> {
    let ratio = c / hypot(a, b);
    if !(-1.0..=1.0).contains(&ratio) {
        return None;
    }
    let (mid, half) = (atan2(b, a), acos(ratio));
    Some((mid + half, mid - half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coarse_cosine_is_within_its_stated_error() {
        for k in -3000..3000 {
            let x = f64::from(k) * 0.00731;
            assert!((cos_coarse(x) - cos(x)).abs() < 1e-8, "{x}");
        }
    }

    #[test]
    fn whole_numbers_of_the_hot_loops_are_those_of_the_standard_library() {
        let edges = [
            0.0,
            0.25,
            0.5,
            0.75,
            1.0,
            1.5,
            2.5,
            99.5,
            4e15,
            5e15,
            1e300,
            f64::INFINITY,
        ];
        let near = |x: f64| [x.next_down(), x, x.next_up()];
        for x in edges.into_iter().flat_map(near).flat_map(|x| [x, -x]) {
            assert_eq!(
                (trunc(x) + 0.0).to_bits(),
                (x.trunc() + 0.0).to_bits(),
                "{x}"
            );
            assert_eq!(round(x).to_bits(), x.round().to_bits(), "{x}");
            assert_eq!((ceil(x) + 0.0).to_bits(), (x.ceil() + 0.0).to_bits(), "{x}");
        }
    }

    #[test]
    fn the_nearest_whole_number_is_that_of_the_standard_library() {
        for k in -4000..4000 {
            for x in [0.25 * f64::from(k), 1e9 + 0.5 * f64::from(k)] {
                for x in [x.next_down(), x, x.next_up()] {
                    let is = (nearest(x) + 0.0).to_bits();
                    assert_eq!(is, (x.round_ties_even() + 0.0).to_bits(), "{x}");
                }
            }
        }
    }

    #[test]
    fn a_compensated_sum_keeps_what_a_plain_one_loses() {
        assert!((sum([1.0, 1e100, 1.0, -1e100]) - 2.0).abs() < 1e-15);
    }

    #[test]
    fn roots_of_a_cosine_and_a_sine_solve_the_equation() {
        let (hi, lo) = cos_sin_roots(3.0, -2.0, 1.5).unwrap();
        for x in [hi, lo] {
            assert!((3.0 * cos(x) - 2.0 * sin(x) - 1.5).abs() < 1e-12);
        }
        assert!(cos_sin_roots(1.0, 0.0, 1.1).is_none());
    }
}
