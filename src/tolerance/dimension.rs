//! One toleranced dimension.
//!
//! **What.** `Dimension { nominal, plus, minus, law, cp }` and how an as-built value is drawn.
//!
//! **Model.** The tolerance band is `[nominal - minus, nominal + plus]`. `normal`: mean in the
//! middle of the band, standard deviation = band / (6 cp). `truncated`: the same, redrawn outside
//! the band, which makes it narrower. `uniform` and `triangular`: over the band.
//!
//! **Assumptions.** Dimensions are independent of one another.
//!
//! **Reference.** cp as in process capability: band width over six standard deviations (of the parent law for
//! `truncated`). Spread of a truncated normal: Johnson, Kotz and Balakrishnan, *Continuous Univariate
//! Distributions* 1 (1994), 13.10.
//!
//! **Checked by.** The unit tests below (mean and spread of each law).

use crate::math::{erf, exp};
use crate::units::TURN_RAD;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::f64::consts::SQRT_2;
use std::fmt;

/// Standard deviations in half a band below which a truncated normal is a uniform law to seven digits.
const NEARLY_UNIFORM: f64 = 1e-3;

/// The law of a dimension within its tolerance band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Normal, mean in the middle, `6 cp` standard deviations over the band.
    #[default]
    Normal,
    /// Uniform over the band.
    Uniform,
    /// Symmetric triangle over the band.
    Triangular,
    /// Normal, with parts outside the band rejected.
    Truncated,
}

/// A dimension with its tolerance; the unit stands in the name of the field that holds it.
///
/// In a design file either a number or
/// `{ "nominal", "plus_minus" | "plus"/"minus", "law", "cp", "source" }`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dimension {
    /// Drawing value.
    pub nominal: f64,
    /// Upper deviation, ≥ 0.
    pub plus: f64,
    /// Lower deviation as a positive number, ≥ 0.
    pub minus: f64,
    /// Law within the band.
    pub law: Law,
    /// Process capability: band over six standard deviations (normal laws), > 0.
    pub cp: f64,
}

impl Dimension {
    /// A dimension without tolerance.
    #[must_use]
    pub fn exact(nominal: f64) -> Self {
        Self {
            nominal,
            plus: 0.0,
            minus: 0.0,
            law: Law::Normal,
            cp: 1.0,
        }
    }

    /// Mean of the as-built value: the middle of the band.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.nominal + 0.5 * (self.plus - self.minus)
    }

    /// Width of the tolerance band.
    #[must_use]
    pub fn band(&self) -> f64 {
        self.plus + self.minus
    }

    /// Standard deviation of the as-built value.
    #[must_use]
    pub fn sd(&self) -> f64 {
        match self.law {
            Law::Normal => self.parent_sd(),
            Law::Uniform => self.band() / 12.0_f64.sqrt(),
            Law::Triangular => self.band() / 24.0_f64.sqrt(),
            Law::Truncated => self.truncated_sd(),
        }
    }

    /// Standard deviation of the normal law, before parts outside the band are rejected.
    fn parent_sd(&self) -> f64 {
        self.band() / (6.0 * self.cp)
    }

    /// Standard deviations of the normal law from the middle of the band to its end.
    fn reach(&self) -> f64 {
        3.0 * self.cp
    }

    fn truncated_sd(&self) -> f64 {
        let c = self.reach();
        if c < NEARLY_UNIFORM {
            return self.band() / 12.0_f64.sqrt();
        }
        let density = exp(-0.5 * c * c) / TURN_RAD.sqrt();
        let inside = erf(c / SQRT_2);
        self.parent_sd() * (1.0 - 2.0 * c * density / inside).sqrt()
    }

    /// One as-built value.
    pub fn sample(&self, rng: &mut impl Rng) -> f64 {
        let half = 0.5 * self.band();
        let deviation = match self.law {
            Law::Normal => self.parent_sd() * normal(rng),
            Law::Uniform => half * (2.0 * rng.random::<f64>() - 1.0),
            Law::Triangular => half * (rng.random::<f64>() + rng.random::<f64>() - 1.0),
            // Where most parts are rejected, they are drawn from the band instead.
            Law::Truncated if self.reach() < 1.0 => loop {
                let u = 2.0 * rng.random::<f64>() - 1.0;
                if rng.random::<f64>() < exp(-0.5 * (self.reach() * u).powi(2)) {
                    break half * u;
                }
            },
            Law::Truncated => loop {
                let z = self.parent_sd() * normal(rng);
                if z.abs() <= half {
                    break z;
                }
            },
        };
        self.mean() + deviation
    }

    /// Everything that is wrong with the numbers: `(field, message)`, in the order of the fields.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let is_deviation = |v: f64| v.is_finite() && v >= 0.0;
        let deviation = |v: f64| format!("the deviation is {v}; it is given as a number ≥ 0");
        let nominal = format!("{} is not a finite number", self.nominal);
        let is_capability = self.cp.is_finite() && self.cp > 0.0;
        let cp = format!("cp is {}; it is given as a number above 0", self.cp);
        let all = [
            ("nominal", self.nominal.is_finite(), nominal),
            ("plus", is_deviation(self.plus), deviation(self.plus)),
            ("minus", is_deviation(self.minus), deviation(self.minus)),
            ("cp", is_capability, cp),
        ];
        all.into_iter()
            .filter(|(_, is_sound, _)| !is_sound)
            .map(|(field, _, message)| (field, message))
            .collect()
    }
}

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

/// The long form in a design file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LongForm {
    /// Drawing value.
    nominal: f64,
    /// Symmetric deviation; instead of `plus` and `minus`.
    #[schemars(with = "Option<f64>")]
    plus_minus: Option<Deviation>,
    /// Upper deviation.
    #[schemars(with = "Option<f64>")]
    plus: Option<Deviation>,
    /// Lower deviation, as a positive number.
    #[schemars(with = "Option<f64>")]
    minus: Option<Deviation>,
    /// Law within the band (default normal).
    #[serde(default)]
    law: Law,
    /// Process capability (default 1: the band is six standard deviations).
    #[schemars(with = "Option<f64>")]
    cp: Option<Capability>,
    /// Where the figure comes from.
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

impl LongForm {
    fn into_dimension(self) -> Result<Dimension, String> {
        if self.plus_minus.is_some() && (self.plus.is_some() || self.minus.is_some()) {
            return Err("give either `plus_minus` or `plus` and `minus`, not both".to_owned());
        }
        let both = self.plus_minus.map_or(0.0, |d| d.0);
        Ok(Dimension {
            nominal: self.nominal,
            plus: self.plus.map_or(both, |d| d.0),
            minus: self.minus.map_or(both, |d| d.0),
            law: self.law,
            cp: self.cp.map_or(1.0, |c| c.0),
        })
    }
}

/// A deviation as a file gives it. What cannot be one is refused as it is read, each at its own place, so that
/// several faults of one dimension come at once.
struct Deviation(f64);

impl<'de> Deserialize<'de> for Deviation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let v = f64::deserialize(deserializer)?;
        let is_sound = v.is_finite() && v >= 0.0;
        sound(v, is_sound, "a deviation as a number ≥ 0").map(Self)
    }
}

/// A process capability as a file gives it.
struct Capability(f64);

impl<'de> Deserialize<'de> for Capability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let v = f64::deserialize(deserializer)?;
        sound(v, v.is_finite() && v > 0.0, "a number above 0").map(Self)
    }
}

fn sound<E: de::Error>(v: f64, is_sound: bool, expected: &str) -> Result<f64, E> {
    if is_sound {
        return Ok(v);
    }
    // As the file has it: its place is found by that.
    let is_whole = v.fract() == 0.0 && v.abs() < 1e15 && v.to_bits() != (-0.0_f64).to_bits();
    #[allow(clippy::cast_possible_truncation, reason = "whole and below 10¹⁵")]
    let got = match is_whole {
        true => de::Unexpected::Signed(v as i64),
        false => de::Unexpected::Float(v),
    };
    Err(E::invalid_value(got, &expected))
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Dimension;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or an object with `nominal` and its deviations")
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<Dimension, E> {
                Ok(Dimension::exact(v))
            }
            #[allow(
                clippy::cast_precision_loss,
                reason = "a dimension of 2^53 is refused later"
            )]
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<Dimension, E> {
                Ok(Dimension::exact(v as f64))
            }
            #[allow(
                clippy::cast_precision_loss,
                reason = "a dimension of 2^53 is refused later"
            )]
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<Dimension, E> {
                Ok(Dimension::exact(v as f64))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Dimension, A::Error> {
                LongForm::deserialize(MapAccessDeserializer::new(map))?
                    .into_dimension()
                    .map_err(de::Error::custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Dimension {
    fn schema_name() -> Cow<'static, str> {
        "Dimension".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let long = generator.subschema_for::<LongForm>();
        schemars::json_schema!({
            "description": "A number, or a nominal value with deviations.",
            "anyOf": [{ "type": "number" }, long]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};

    #[test]
    fn every_law_has_the_mean_and_spread_it_states() {
        let laws = [
            (Law::Normal, 1.0),
            (Law::Normal, 0.7),
            (Law::Uniform, 1.0),
            (Law::Triangular, 1.0),
            (Law::Truncated, 1.0),
            (Law::Truncated, 0.5),
            (Law::Truncated, 0.2),
            (Law::Truncated, 1e-4),
            (Law::Truncated, 1e-200),
        ];
        for (law, cp) in laws {
            let d = Dimension {
                nominal: 5.0,
                plus: 0.3,
                minus: 0.1,
                law,
                cp,
            };
            let mut rng = stream(1, 0, Purpose::Lock);
            let n = 40_000;
            let values: Vec<f64> = (0..n).map(|_| d.sample(&mut rng)).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            let var = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / f64::from(n);
            assert!((mean - 5.1).abs() < 5.0 * d.sd() / 200.0, "{law:?} {mean}");
            assert!(
                (var.sqrt() / d.sd() - 1.0).abs() < 0.02,
                "{law:?} {}",
                var.sqrt()
            );
        }
    }

    #[test]
    fn the_spread_of_a_truncated_normal_is_that_of_scipy() {
        // scipy.stats.truncnorm(-3 cp, 3 cp).std() over a band of ±3 cp.
        for (cp, sd) in [
            (1.0, 0.986_578_392_558_108_6),
            (0.5, 0.742_646_898_439_326_4),
            (0.1, 0.172_167_221_003_366),
        ] {
            let d = Dimension {
                nominal: 0.0,
                plus: 3.0 * cp,
                minus: 3.0 * cp,
                law: Law::Truncated,
                cp,
            };
            assert!((d.sd() - sd).abs() < 1e-9, "{cp}: {}", d.sd());
        }
    }

    #[test]
    fn a_truncated_dimension_stays_in_its_band() {
        let d = Dimension {
            nominal: 0.0,
            plus: 1.0,
            minus: 1.0,
            law: Law::Truncated,
            cp: 0.5,
        };
        let mut rng = stream(1, 1, Purpose::Lock);
        assert!((0..2000).all(|_| d.sample(&mut rng).abs() <= 1.0));
    }

    #[test]
    fn every_fault_of_a_dimension_built_in_code_is_told() {
        let fields = |d: &Dimension| d.faults().into_iter().map(|f| f.0).collect::<Vec<_>>();
        let sound = Dimension::exact(5.0);
        assert!(fields(&sound).is_empty());
        let wrong = Dimension {
            nominal: f64::NAN,
            plus: -0.1,
            minus: f64::INFINITY,
            law: Law::Normal,
            cp: -0.0,
        };
        assert_eq!(fields(&wrong), ["nominal", "plus", "minus", "cp"]);
        let wrong = Dimension {
            plus: -1.0,
            ..sound
        };
        assert_eq!(fields(&wrong), ["plus"]);
    }

    #[test]
    fn a_number_and_the_long_form_read_the_same() {
        let short: Dimension = serde_json::from_str("5.4").unwrap();
        let long: Dimension = serde_json::from_str(r#"{"nominal": 5.4, "plus_minus": 0}"#).unwrap();
        assert_eq!(short, long);
        assert!(
            serde_json::from_str::<Dimension>(r#"{"nominal": 1, "plus_minus": 1, "plus": 2}"#)
                .is_err()
        );
    }
}
