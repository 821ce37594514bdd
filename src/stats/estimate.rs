//! The shape of every estimate in the results.

use serde::{Deserialize, Serialize};

/// A value with its confidence interval.
///
/// `None` (JSON `null`) says that the data do not determine the number: a median that is never
/// reached, an upper bound that does not exist. The unit is that of the estimated quantity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Point estimate.
    pub value: Option<f64>,
    /// Lower confidence limit.
    pub low: Option<f64>,
    /// Upper confidence limit.
    pub high: Option<f64>,
    /// Confidence level of the interval, in `(0, 1)`.
    pub level: f64,
}

impl Estimate {
    /// An estimate; numbers that are not finite become `None`.
    #[must_use]
    pub fn new(value: f64, low: f64, high: f64, level: f64) -> Self {
        Self::from_options(Some(value), Some(low), Some(high), level)
    }

    /// An estimate of which parts may be undetermined; numbers that are not finite become `None`.
    #[must_use]
    pub fn from_options(
        value: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        level: f64,
    ) -> Self {
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        Self {
            value: finite(value),
            low: finite(low),
            high: finite(high),
            level,
        }
    }

    /// A quantity known exactly: all three numbers are `value`.
    #[must_use]
    pub fn exact(value: f64, level: f64) -> Self {
        Self::new(value, value, value, level)
    }

    /// Nothing is known.
    #[must_use]
    pub fn unknown(level: f64) -> Self {
        Self::from_options(None, None, None, level)
    }

    /// Half the width of the interval, if both limits exist.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        Some(0.5 * (self.high? - self.low?))
    }

    /// The estimate of `f(quantity)` for an increasing `f`: a change of unit, for example.
    #[must_use]
    pub fn map_increasing(self, f: impl Fn(f64) -> f64) -> Self {
        Self::from_options(
            self.value.map(&f),
            self.low.map(&f),
            self.high.map(&f),
            self.level,
        )
    }

    /// The estimate of `1 - p` from that of a probability `p`.
    #[must_use]
    pub fn complement(self) -> Self {
        let flip = |x: Option<f64>| x.map(|x| 1.0 - x);
        Self::from_options(
            flip(self.value),
            flip(self.high),
            flip(self.low),
            self.level,
        )
    }

    /// Whether the two intervals have a point in common; a missing limit is unbounded.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let below = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => a <= b,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_serialises_as_four_numbers_with_null_for_the_unknown() {
        let e = Estimate::new(2.0, 1.5, f64::INFINITY, 0.95);
        let text = serde_json::to_string(&e).unwrap();
        assert_eq!(text, r#"{"value":2.0,"low":1.5,"high":null,"level":0.95}"#);
        assert_eq!(serde_json::from_str::<Estimate>(&text).unwrap(), e);
    }

    #[test]
    fn a_complement_swaps_the_limits() {
        let e = Estimate::new(0.2, 0.1, 0.4, 0.95).complement();
        assert_eq!(e, Estimate::new(0.8, 0.6, 0.9, 0.95));
    }

    #[test]
    fn an_unbounded_interval_overlaps_whatever_lies_on_its_open_side() {
        let open = Estimate::from_options(Some(3.0), Some(2.0), None, 0.95);
        assert!(open.overlaps(&Estimate::new(9.0, 8.0, 10.0, 0.95)));
        assert!(!open.overlaps(&Estimate::new(1.0, 0.5, 1.5, 0.95)));
    }
}
