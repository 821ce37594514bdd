//! Exact counts of any size.

use std::fmt;

use num_bigint::BigUint;
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::value::RawValue;

/// An exact, unbounded number of codes, windows or openings.
///
/// Serialises as a JSON integer: natively up to `u64`, beyond that as its digits (exact when
/// written with [`serde_json::to_string`] or a writer; a [`serde_json::Value`] in between keeps
/// such a number only as a float).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Count(pub BigUint);

impl Count {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self::default()
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0 == BigUint::default()
    }

    /// The product of `factors`; 1 of none.
    #[must_use]
    pub fn product(factors: impl IntoIterator<Item = u64>) -> Self {
        Self(
            factors
                .into_iter()
                .fold(BigUint::from(1_u32), |p, f| p * BigUint::from(f)),
        )
    }

    /// The difference, or zero where `other` is larger.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        if self > other {
            Self(&self.0 - &other.0)
        } else {
            Self::zero()
        }
    }

    /// The number as `u128`, where it fits.
    #[must_use]
    pub fn to_u128(&self) -> Option<u128> {
        u128::try_from(&self.0).ok()
    }

    /// The nearest float below; infinity beyond the range of floats.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        let bits = self.0.bits();
        let shift = bits.saturating_sub(64);
        let head = u64::try_from(&(&self.0 >> shift)).expect("64 bits were kept");
        #[expect(clippy::cast_precision_loss, reason = "a float is what was asked for")]
        let head = head as f64;
        match i32::try_from(shift) {
            Ok(s) if s <= 1000 => head * 2.0_f64.powi(s),
            _ => f64::INFINITY,
        }
    }

    /// Logarithm to base 2, in bits; minus infinity of zero.
    #[must_use]
    pub fn log2(&self) -> f64 {
        let shift = self.0.bits().saturating_sub(64);
        let head = Self(&self.0 >> shift).to_f64();
        #[expect(clippy::cast_precision_loss, reason = "a bit length is far below 2^52")]
        let shift = shift as f64;
        crate::math::log2(head) + shift
    }

    /// `self / whole` as a float; 0 of nothing.
    #[must_use]
    pub fn share_of(&self, whole: &Self) -> f64 {
        if self.is_zero() || whole.is_zero() {
            return 0.0;
        }
        // Both are cut to the same number of leading bits, so that huge counts do not overflow.
        let shift = whole.0.bits().saturating_sub(900);
        Self(&self.0 >> shift).to_f64() / Self(&whole.0 >> shift).to_f64()
    }

    /// The digits in groups of three: `1,000,000`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let digits = self.0.to_string();
        let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        out
    }
}

impl From<u64> for Count {
    fn from(n: u64) -> Self {
        Self(n.into())
    }
}

impl From<u128> for Count {
    fn from(n: u128) -> Self {
        Self(n.into())
    }
}

impl PartialEq<u128> for Count {
    fn eq(&self, other: &u128) -> bool {
        self.to_u128() == Some(*other)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match u64::try_from(&self.0) {
            Ok(n) => serializer.serialize_u64(n),
            Err(_) => RawValue::from_string(self.0.to_string())
                .map_err(S::Error::custom)?
                .serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_json_integers_of_any_size() {
        let small = Count::from(242_406_u64);
        let big = Count::product([1000; 16]);
        assert_eq!(serde_json::to_string(&small).unwrap(), "242406");
        assert_eq!(
            serde_json::to_string(&big).unwrap(),
            format!("1{}", "0".repeat(48))
        );
        assert_eq!(Count::from(1_000_000_u64).grouped(), "1,000,000");
        assert_eq!(Count::from(100_u64).grouped(), "100");
    }

    #[test]
    fn logarithms_and_shares_of_huge_counts_are_finite() {
        let big = Count::product([1000; 400]);
        assert!((big.log2() - 400.0 * crate::math::log2(1000.0)).abs() < 1e-8);
        let half = Count(&big.0 / 2_u32);
        assert!((half.share_of(&big) - 0.5).abs() < 1e-12);
        assert!((Count::from(3_u64).to_f64() - 3.0).abs() < 1e-15);
    }
}
