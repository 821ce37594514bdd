//! The two quantities whose arithmetic is special: dial positions (modular) and probabilities.
//!
//! Everything else is a plain `f64` with its unit in its name (`_mm`, `_rad`, `_n`, `_nmm`, `_s`).

/// Radians in one turn.
pub const TURN_RAD: f64 = std::f64::consts::TAU;

/// Radians per mark of a dial with `marks` graduations (3.6° for 100).
#[must_use]
pub fn rad_per_mark(marks: u32) -> f64 {
    TURN_RAD / f64::from(marks)
}

/// `x` wrapped into `[0, n)`.
#[inline]
#[must_use]
pub fn wrap(x: f64, n: f64) -> f64 {
    let r = x - n * floor(x / n);
    if r >= n { 0.0 } else { r }
}

/// [`wrap`] for `x` in `[-n, 2n)`, without a division.
#[inline]
#[must_use]
pub fn wrap_near(x: f64, n: f64) -> f64 {
    debug_assert!((-n..2.0 * n).contains(&x), "{x} is too far from [0, {n})");
    let r = if x < 0.0 { x + n } else { x };
    if r >= n { r - n } else { r }
}

/// The graduation nearest to `position` (marks, any real number) on a dial of `n` marks, below `n`; halves go
/// up.
#[inline]
#[must_use]
pub fn nearest_mark(position: f64, n: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the dial"
    )]
    let mark = wrap(floor(position + 0.5), n) as u32;
    mark
}

/// The largest whole number not above `x`: `f64::floor`, which is a call where the processor is not
/// known to have the instruction; without a branch, so that loops become vector code. The sign of a
/// zero is not kept.
#[inline]
fn floor(x: f64) -> f64 {
    // Adding this rounds to whole numbers.
    const ROUNDS_FROM: f64 = 6_755_399_441_055_744.0;
    let near = (x + ROUNDS_FROM) - ROUNDS_FROM;
    let below = near - if near > x { 1.0 } else { 0.0 };
    // From 2^51 on there is no room left for halves.
    if x.abs() < 2_251_799_813_685_248.0 {
        below
    } else {
        x
    }
}

/// The signed circular difference `a - b` on a circle of circumference `n`, in `[-n/2, n/2)`.
#[inline]
#[must_use]
pub fn circular_difference(a: f64, b: f64, n: f64) -> f64 {
    wrap(a - b + 0.5 * n, n) - 0.5 * n
}

/// [`circular_difference`] for `a` and `b` less than one and a half turns apart, without a division.
#[inline]
#[must_use]
pub fn circular_difference_near(a: f64, b: f64, n: f64) -> f64 {
    let (d, half) = (a - b, 0.5 * n);
    if d >= half {
        d - n
    } else if d < -half {
        d + n
    } else {
        d
    }
}

/// A position on a dial with a given number of graduations; always in `[0, per_turn)` marks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    value: f64,
    per_turn: f64,
}

impl Marks {
    /// The position `value` (any real number) on a dial of `per_turn` marks.
    #[must_use]
    pub fn new(value: f64, per_turn: u32) -> Self {
        let n = f64::from(per_turn);
        Self {
            value: wrap(value, n),
            per_turn: n,
        }
    }

    /// Marks from zero, in `[0, per_turn)`.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// Signed shortest way from `other` to `self`, in `[-N/2, N/2)` marks; left turns are positive.
    #[must_use]
    pub fn minus(self, other: Self) -> f64 {
        circular_difference(self.value, other.value, self.per_turn)
    }

    /// Shortest distance on the circle, in marks.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        self.minus(other).abs()
    }
}

/// A probability, by construction in `[0, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// `p` as a probability, or `None` where it is outside `[0, 1]` or not a number.
    #[must_use]
    pub fn new(p: f64) -> Option<Self> {
        (0.0..=1.0).contains(&p).then_some(Self(p))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// `1 - p`.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(1.0 - self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dial_position_wraps_both_ways() {
        assert!((Marks::new(-1.0, 100).value() - 99.0).abs() < 1e-12);
        assert!((Marks::new(1.0, 100).minus(Marks::new(99.0, 100)) - 2.0).abs() < 1e-12);
        assert!(wrap(-1e-18, 100.0) < 100.0);
        assert!(wrap_near(-1e-18, 100.0) < 100.0);
        for k in -2100..2100 {
            let x = f64::from(k) * 0.1;
            let plain = x - 100.0 * (x / 100.0).floor();
            assert_eq!(wrap(x, 100.0).to_bits(), (plain + 0.0).to_bits(), "{x}");
            if (-100.0..200.0).contains(&x) {
                assert!((wrap_near(x, 100.0) - wrap(x, 100.0)).abs() < 1e-12, "{x}");
            }
        }
    }

    #[test]
    fn places_between_marks_belong_to_one_mark_each() {
        let marks: Vec<u32> = (0..50)
            .map(|k| nearest_mark(f64::from(k) + 0.5, 50.0))
            .collect();
        let expected: Vec<u32> = (1..50).chain([0]).collect();
        assert_eq!(marks, expected);
        assert_eq!(nearest_mark(17.4, 50.0), 17);
        assert_eq!(
            (nearest_mark(-1.0, 50.0), nearest_mark(50.2, 50.0)),
            (49, 0)
        );
    }

    #[test]
    fn a_probability_outside_its_range_is_refused() {
        assert!(Probability::new(1.0 + 1e-12).is_none());
        assert!(Probability::new(f64::NAN).is_none());
    }
}
