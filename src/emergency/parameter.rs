//! The table of all numbers of one design in one scenario, and a drawn set of values for it.
//!
//! Every [`Number`] of the two files gets a place in the table, under a key made of the file's part
//! and the field's path (`scenario/events/bag_left/p`). Equal keys in two designs draw the same
//! random number, so that designs are compared with the same luck.

use super::number::{Number, Scale};
use crate::rng::{Purpose, stream};
use rand::Rng as _;
use std::collections::BTreeMap;

/// A part of a file that holds numbers.
pub trait Numbers {
    /// Calls `visit` with the path and every number below `at`, in the order of the file's type.
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number));
}

impl Numbers for Number {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        visit(at, self);
    }
}

impl<T: Numbers> Numbers for Option<T> {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        if let Some(inner) = self {
            inner.numbers(at, visit);
        }
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        for (i, inner) in self.iter_mut().enumerate() {
            inner.numbers(&format!("{at}/{i}"), visit);
        }
    }
}

impl<K: std::fmt::Display + Ord, T: Numbers> Numbers for BTreeMap<K, T> {
    fn numbers(&mut self, at: &str, visit: &mut dyn FnMut(&str, &mut Number)) {
        for (key, inner) in self {
            inner.numbers(&format!("{at}/{key}"), visit);
        }
    }
}

/// Implements [`Numbers`] for a struct by the names of its fields that hold numbers.
macro_rules! numbers {
    ($type:ty: $($field:ident),+ $(,)?) => {
        impl $crate::emergency::parameter::Numbers for $type {
            fn numbers(
                &mut self,
                at: &str,
                visit: &mut dyn FnMut(&str, &mut $crate::emergency::number::Number),
            ) {
                $($crate::emergency::parameter::Numbers::numbers(
                    &mut self.$field,
                    &format!("{at}/{}", stringify!($field)),
                    visit,
                );)+
            }
        }
    };
}
pub(crate) use numbers;

/// One number of the model with its key.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Part of the file and path of the field.
    pub key: String,
    /// The number as the file states it.
    pub number: Number,
    /// The scale of its uncertainty.
    pub scale: Scale,
}

/// Every number of one design in one scenario.
#[derive(Debug, Clone, Default)]
pub struct Parameters(Vec<Parameter>);

impl Parameters {
    /// Gives every number of `part` its place in the table, under `prefix`.
    pub fn register(&mut self, prefix: &str, part: &mut dyn Numbers) {
        part.numbers(prefix, &mut |key, number| {
            number.id =
                Some(u32::try_from(self.0.len()).expect("a file has fewer than 2^32 numbers"));
            let field = key.rsplit('/').next().unwrap_or(key);
            self.0.push(Parameter {
                key: key.to_owned(),
                number: number.clone(),
                scale: Scale::of_field(field),
            });
        });
    }

    /// The table, in the order of registration.
    #[must_use]
    pub fn list(&self) -> &[Parameter] {
        &self.0
    }

    /// The figures of the files.
    #[must_use]
    pub fn nominal(&self) -> Values {
        Values(self.0.iter().map(|p| p.number.value).collect())
    }

    /// The values at the given luck: `luck(i)` is the uniform number of place `i`, or none where the
    /// number is to stand at its figure.
    #[must_use]
    pub fn at_luck(&self, luck: impl Fn(usize) -> Option<f64>) -> Values {
        let value = |(i, p): (usize, &Parameter)| {
            luck(i).map_or(p.number.value, |u| p.number.quantile(u, p.scale))
        };
        Values(self.0.iter().enumerate().map(value).collect())
    }
}

/// The uniform number in `(0, 1)` that belongs to `key` in a sample.
#[must_use]
pub fn luck(seed: u64, sample: u64, key: &str) -> f64 {
    let bits = stream(seed ^ fingerprint(key), sample, Purpose::Parameter).next_u64() >> 11;
    (bits as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// FNV-1a of the key.
fn fingerprint(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One value for every number of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(Vec<f64>);

impl Values {
    /// No table: every number stands at its own value.
    #[must_use]
    pub fn as_stated() -> Self {
        Self(Vec::new())
    }

    /// The value of `number` in this set; the file's figure where the set does not hold it.
    #[must_use]
    pub fn of(&self, number: &Number) -> f64 {
        number
            .id
            .and_then(|id| self.0.get(id as usize).copied())
            .unwrap_or(number.value)
    }

    /// The same set with one value replaced.
    #[must_use]
    pub fn with(&self, index: usize, value: f64) -> Self {
        let mut changed = self.clone();
        changed.0[index] = value;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_meet_the_same_luck_and_others_do_not() {
        let a = luck(1, 7, "scenario/events/bag_left/p");
        assert!((a - luck(1, 7, "scenario/events/bag_left/p")).abs() < 1e-300);
        assert!((a - luck(1, 8, "scenario/events/bag_left/p")).abs() > 1e-12);
        assert!((a - luck(1, 7, "scenario/events/rust/p")).abs() > 1e-12);
        assert!(a > 0.0 && a < 1.0);
    }
}
