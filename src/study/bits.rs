//! What reading was worth: bits by which it shortens the search.

use super::trials::Bench;
use crate::attack::Outcome;
use crate::math::{log2, pow};
use crate::stats::{Estimate, interval};

/// The median number of tries of whoever tries the same settings in random order. Of `m` with `k` that open he has
/// found one in half of all cases after about `(m + 1) (1 - 2^(-1/k))`.
pub(super) fn random_tries(bench: &Bench<'_>) -> f64 {
    let (settings, openings) = bench.settings_and_openings();
    ((settings + 1.0) * (1.0 - pow(0.5, 1.0 / openings))).max(1.0)
}

/// Bits by which the median number of tries lies below `random`.
pub(super) fn learned(random: f64, outcomes: &[Outcome], level: f64) -> Estimate {
    let tries: Vec<f64> = outcomes
        .iter()
        .map(|o| match o.opened {
            // A lever that falls while reading has opened by one look.
            true => o.tally.tries.max(1) as f64,
            false => f64::INFINITY,
        })
        .collect();
    let few = |tries: f64| log2(random / tries);
    let median = interval::of_median(&tries, level);
    Estimate::from_options(
        median.value.map(few),
        median.high.map(few),
        median.low.map(few),
        level,
    )
}

/// The same over the median number of readings; both medians have intervals that hold together at `level`. Unknown
/// where half of the trials read nothing.
pub(super) fn per_reading(random: f64, outcomes: &[Outcome], level: f64) -> Estimate {
    let both = 1.0 - 0.5 * (1.0 - level);
    let readings: Vec<f64> = outcomes.iter().map(|o| o.tally.readings as f64).collect();
    let (bits, readings) = (
        learned(random, outcomes, both),
        interval::of_median(&readings, both),
    );
    let over = |bits: Option<f64>, [gain, loss]: [Option<f64>; 2]| {
        let bits = bits?;
        let readings = if bits >= 0.0 { gain? } else { loss? };
        (readings > 0.0).then(|| bits / readings)
    };
    Estimate::from_options(
        over(bits.value, [readings.value; 2]),
        over(bits.low, [readings.high, readings.low]),
        over(bits.high, [readings.low, readings.high]),
        level,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::wall::Tally;

    fn outcomes(tries: u64, readings: u64) -> Vec<Outcome> {
        let one = |k: u64| Outcome {
            opened: true,
            tally: Tally {
                tries: tries + k,
                readings: readings + 10 * k,
                ..Tally::default()
            },
            signal_to_noise: Vec::new(),
        };
        (0..41).map(one).collect()
    }

    #[test]
    fn bits_a_reading_lie_within_what_both_medians_allow_whatever_their_sign() {
        let gain = per_reading(1e4, &outcomes(100, 300), 0.95);
        let bits = log2(1e4 / 120.0);
        assert!((gain.value.unwrap() - bits / 500.0).abs() < 1e-12);
        // Wider than with the number of readings taken as exact.
        let exact = learned(1e4, &outcomes(100, 300), 0.95);
        assert!(gain.low.unwrap() < exact.low.unwrap() / 500.0);
        assert!(gain.high.unwrap() > exact.high.unwrap() / 500.0);

        let loss = per_reading(10.0, &outcomes(100, 300), 0.95);
        assert!(loss.low < loss.value && loss.value < loss.high && loss.high < Some(0.0));
        let exact = learned(10.0, &outcomes(100, 300), 0.95);
        assert!(loss.low.unwrap() < exact.low.unwrap() / 500.0);

        let unread = per_reading(1e4, &outcomes(100, 0)[..1], 0.95);
        assert_eq!((unread.value, unread.low, unread.high), (None, None, None));
    }
}
