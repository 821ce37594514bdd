//! A number of the emergency model: value, how sure it is, and where it comes from.
//!
//! * What: every figure an emergency file states, with its source, its mark and its uncertainty.
//! * Model: `low` and `high` are the 5 % and 95 % points of a two-piece normal law on the log scale
//!   (quantities) or the logit scale (shares and probabilities), so the three figures of the file
//!   are met exactly; or the ends of a uniform or triangular law.
//! * Assumptions: uncertain numbers are independent of each other; equal keys are equal knowledge.
//! * Reference: closed form; the normal quantile is that of the crate `statrs`.
//! * Checked by: `a_number_meets_the_three_points_of_its_file`.

use crate::math::{exp, ln};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of evidence stands behind a number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Measured, or a standard's figure.
    Measured,
    /// Asked of people.
    Survey,
    /// Stated by a maker, a seller or a trade page.
    Vendor,
    /// Judgement: no figure was found.
    Assumption,
}

/// How `low` and `high` are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// 5 % and 95 % points; the value is the median.
    #[default]
    TwoPiece,
    /// The ends of a uniform law; the value is used where uncertainty is switched off.
    Uniform,
    /// The ends of a triangular law; the value is its peak.
    Triangular,
}

impl Law {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A number with its uncertainty, its mark and its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The best figure, in the unit of the field's name.
    pub value: f64,
    /// Lower figure (see `law`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper figure (see `law`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How `low` and `high` are to be read; 5 % and 95 % points by default.
    #[serde(default, skip_serializing_if = "Law::is_default")]
    pub law: Law,
    /// What kind of evidence stands behind it.
    pub mark: Mark,
    /// Where it comes from.
    pub source: String,
    #[serde(skip)]
    pub(crate) id: Option<u32>,
}

impl Number {
    /// A certain number marked as an assumption.
    #[must_use]
    pub fn assumed(value: f64, source: &str) -> Self {
        Self {
            value,
            low: None,
            high: None,
            law: Law::TwoPiece,
            mark: Mark::Assumption,
            source: source.to_owned(),
            id: None,
        }
    }

    /// The same number with 5 % and 95 % points.
    #[must_use]
    pub fn between(mut self, low: f64, high: f64) -> Self {
        (self.low, self.high) = (Some(low), Some(high));
        self
    }

    /// Whether the file states an uncertainty.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.low.is_some() && self.high.is_some()
    }

    /// The `u`-quantile, `u` in `(0, 1)`; the value itself where no uncertainty is stated.
    #[must_use]
    pub fn quantile(&self, u: f64, scale: Scale) -> f64 {
        let (Some(low), Some(high)) = (self.low, self.high) else {
            return self.value;
        };
        match self.law {
            Law::TwoPiece => {
                let z = normal_quantile(u);
                let mid = scale.to(self.value);
                let end = scale.to(if z < 0.0 { low } else { high });
                scale.back(mid + (end - mid).abs() * z / Z95)
            }
            Law::Uniform => low + u * (high - low),
            Law::Triangular => triangular_quantile(u, low, self.value, high),
        }
    }
}

/// Normal quantile of 0.95.
const Z95: f64 = 1.644_853_626_951_472_2;

/// The scale on which a two-piece law is normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Positive quantity: logarithm.
    Positive,
    /// Share or probability: logit.
    Unit,
}

impl Scale {
    /// The scale of a field by its name: `p`, `p_…` and `…_share` are in `[0, 1]`.
    #[must_use]
    pub fn of_field(name: &str) -> Self {
        if name == "p" || name.starts_with("p_") || name.ends_with("_share") {
            Self::Unit
        } else {
            Self::Positive
        }
    }

    fn to(self, x: f64) -> f64 {
        match self {
            Self::Positive => ln(x),
            Self::Unit => ln(x) - libm::log1p(-x),
        }
    }

    fn back(self, y: f64) -> f64 {
        match self {
            Self::Positive => exp(y),
            Self::Unit => 1.0 / (1.0 + exp(-y)),
        }
    }
}

fn triangular_quantile(u: f64, low: f64, peak: f64, high: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return peak;
    }
    if u * width < peak - low {
        low + (u * width * (peak - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - peak)).sqrt()
    }
}

/// Standard normal quantile of `u` in `(0, 1)`.
#[must_use]
pub fn normal_quantile(u: f64) -> f64 {
    -std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * u)
}

/// Standard normal distribution function.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_meets_the_three_points_of_its_file() {
        let n = Number::assumed(0.3, "x").between(0.1, 0.6);
        for scale in [Scale::Unit, Scale::Positive] {
            for (u, x) in [(0.05, 0.1), (0.5, 0.3), (0.95, 0.6)] {
                assert!((n.quantile(u, scale) - x).abs() < 1e-9, "{u} {scale:?}");
            }
        }
    }

    #[test]
    fn uniform_and_triangular_laws_end_at_their_ends() {
        let mut n = Number::assumed(2.0, "x").between(1.0, 5.0);
        for law in [Law::Uniform, Law::Triangular] {
            n.law = law;
            assert!((n.quantile(0.0, Scale::Positive) - 1.0).abs() < 1e-12);
            assert!((n.quantile(1.0, Scale::Positive) - 5.0).abs() < 1e-12);
        }
        assert!((n.quantile(0.25, Scale::Positive) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn shares_and_probabilities_are_known_by_their_names() {
        assert_eq!(Scale::of_field("p_reversed"), Scale::Unit);
        assert_eq!(Scale::of_field("warning_share"), Scale::Unit);
        assert_eq!(Scale::of_field("price_cny"), Scale::Positive);
    }
}
