//! Location and spread which a few wild values do not move.
//!
//! *Reference*: Huber and Ronchetti, *Robust Statistics* (2009), 1.1 and 5.1.

use super::quantile;

/// Factor that makes the median absolute deviation estimate a normal standard deviation:
/// `1 / Φ⁻¹(3/4)`.
pub const MAD_TO_SD: f64 = 1.482_602_218_505_602;

/// The median; `None` without values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile::of(values, 0.5)
}

/// The median absolute deviation from the median, unscaled, in the unit of `values`.
#[must_use]
pub fn mad(values: &[f64]) -> Option<f64> {
    let mid = median(values)?;
    let away: Vec<f64> = values.iter().map(|v| (v - mid).abs()).collect();
    median(&away)
}

/// A standard deviation estimated from the median absolute deviation, for near-normal data.
#[must_use]
pub fn robust_sd(values: &[f64]) -> Option<f64> {
    mad(values).map(|m| m * MAD_TO_SD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::normal_quantile;

    #[test]
    fn one_wild_value_does_not_move_the_median_or_its_deviation() {
        let tame = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0];
        let wild = [1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9e9];
        assert_eq!(median(&tame), Some(2.0));
        assert_eq!(mad(&tame), Some(1.0));
        assert_eq!((median(&wild), mad(&wild)), (median(&tame), mad(&tame)));
    }

    #[test]
    fn the_scale_factor_makes_normal_scores_have_unit_spread() {
        let scores: Vec<f64> = (1..1000)
            .map(|i| normal_quantile(f64::from(i) / 1000.0))
            .collect();
        assert!((robust_sd(&scores).unwrap() - 1.0).abs() < 0.005);
    }
}
