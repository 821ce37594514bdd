//! Push-button locks: how many codes a row of buttons has, each button used at most once.
//!
//! *What*: unordered codes are subsets; ordered codes are sequences of groups of buttons pressed
//! together. *Model*: C(n, k) sets of k buttons, each in F(k) ordered ways, F the Fubini numbers
//! (ordered set partitions) 1, 1, 3, 13, 75, 541. *Assumptions*: every such code can be set.
//! *Reference*: Good 1975, "The number of orderings of n candidates when ties are permitted";
//! Codelocks CL500 manual for the subsets. *Checked by*: `val_codelocks_…`,
//! `val_by_hand_five_button_lock…`.

use std::ops::RangeInclusive;

use num_bigint::BigUint;
use serde::Serialize;

use super::count::Count;
use super::guess::random_order_mean_tries;
use crate::mechanism::PushButton;

/// What is known of the key space of a push-button lock; the fields mean what they mean for wheels.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ButtonReport {
    /// Number of buttons.
    pub buttons: u32,
    /// Whether the order of groups counts.
    pub ordered: bool,
    /// Every code that can be pressed, the empty one included.
    pub dialable: Count,
    /// Codes that the lock takes.
    pub allowed: Count,
    /// The same as `dialable`: a button is pressed or not.
    pub effective: Count,
    /// The same as `allowed`.
    pub effective_allowed: Count,
    /// Tries that cover all codes that the lock takes.
    pub cover_tries: Count,
    /// The codes that the lock takes by the number of buttons pressed.
    pub by_length: Vec<LengthCount>,
    /// Entropy of a code drawn uniformly, bits.
    pub entropy_bits: f64,
    /// Mean tries in random order until the one code is met: (M + 1) / 2.
    pub random_order_mean_tries: f64,
}

/// Codes with one number of buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LengthCount {
    /// Buttons pressed.
    pub pressed: u32,
    /// Codes.
    pub codes: Count,
}

/// Counts the codes of `lock`.
#[must_use]
pub fn analyse_buttons(lock: &PushButton) -> ButtonReport {
    let empty = lock.allow_empty.then_some(0);
    let by_length: Vec<LengthCount> = empty
        .into_iter()
        .chain(lock.pressed.clone())
        .map(|pressed| LengthCount {
            pressed,
            codes: codes_of_length(lock.buttons, pressed, lock.ordered),
        })
        .collect();
    let allowed = Count(by_length.iter().map(|l| &l.codes.0).sum());
    let dialable = codes(lock.buttons, 0..=lock.buttons, lock.ordered);
    ButtonReport {
        buttons: lock.buttons,
        ordered: lock.ordered,
        effective: dialable.clone(),
        dialable,
        effective_allowed: allowed.clone(),
        cover_tries: allowed.clone(),
        by_length,
        entropy_bits: allowed.log2(),
        random_order_mean_tries: random_order_mean_tries(&allowed, &Count::from(1_u64)),
        allowed,
    }
}

/// C(n, k).
#[must_use]
pub fn subsets_of(buttons: u32, pressed: u32) -> Count {
    if pressed > buttons {
        return Count::zero();
    }
    let product = (0..pressed).fold(BigUint::from(1_u32), |c, i| c * (buttons - i) / (i + 1));
    Count(product)
}

/// F(k): ways to press `pressed` given buttons one after another, some of them together.
#[must_use]
pub fn ordered_groups(pressed: u32) -> Count {
    let mut fubini = vec![BigUint::from(1_u32)];
    for k in 1..=pressed {
        // The first group takes j of k buttons; F(k - j) ways remain.
        let ways = (1..=k).map(|j| subsets_of(k, j).0 * &fubini[(k - j) as usize]);
        fubini.push(ways.sum());
    }
    Count(fubini.swap_remove(pressed as usize))
}

/// Codes with exactly `pressed` of `buttons`, in the order of presses or as sets.
#[must_use]
pub fn codes_of_length(buttons: u32, pressed: u32, ordered: bool) -> Count {
    let sets = subsets_of(buttons, pressed);
    if ordered {
        Count(sets.0 * ordered_groups(pressed).0)
    } else {
        sets
    }
}

/// Codes with a number of pressed buttons in `lengths` (0 is the empty code).
#[must_use]
pub fn codes(buttons: u32, lengths: RangeInclusive<u32>, ordered: bool) -> Count {
    let lengths = *lengths.start()..=(*lengths.end()).min(buttons);
    Count(
        lengths
            .map(|k| codes_of_length(buttons, k, ordered).0)
            .sum(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordered_groups_are_the_fubini_numbers() {
        let first: Vec<Count> = (0..6).map(ordered_groups).collect();
        assert_eq!(first, [1_u64, 1, 3, 13, 75, 541].map(Count::from));
    }

    #[test]
    fn lengths_beyond_the_buttons_have_no_codes() {
        assert!(codes_of_length(5, 6, true).is_zero());
        assert!(codes(5, 6..=9, true).is_zero());
        assert_eq!(codes(5, 0..=9, false), 32);
    }
}
