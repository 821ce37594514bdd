//! The set of allowed settings: size, order, rank, sample, list.

use std::sync::Arc;

use num_bigint::BigUint;
use rand::Rng;

use super::automaton::{Automaton, DEAD, Layer, Number, TooLarge};
use super::count::Count;
use super::open::Open;
use super::place::Places;
use super::rules::Rule;

/// Every setting that obeys a set of rules, in lexicographic order of positions.
///
/// Building it costs one pass over the automaton (milliseconds for 100 marks and adjacent rules);
/// each question afterwards costs a walk along the wheels (microseconds).
#[derive(Debug, Clone)]
pub struct CodeSet {
    places: Places,
    automaton: Automaton,
    tally: Tally,
    /// By wheel and position: whether it is open behind any node of the graph; without, no setting has it.
    open: Vec<Vec<bool>>,
    /// Of the last wheel: the same by node.
    last_open: Open,
}

/// Number of completions of every node, layer by layer.
#[derive(Debug, Clone)]
enum Tally {
    Small(Vec<Vec<u128>>),
    Large(Vec<Vec<BigUint>>),
}

impl CodeSet {
    /// The settings over `places` that obey `rules`.
    ///
    /// # Errors
    /// Where the rules need more states than can be held.
    pub fn new(rules: &[Arc<dyn Rule>], places: Places) -> Result<Self, TooLarge> {
        let automaton = Automaton::build(rules, &places)?;
        let settings = Count::product(places.rings().iter().map(|r| u64::from(r.n)));
        let tally = if settings.0.bits() <= 127 {
            Tally::Small(completions(&automaton, places.wheels()))
        } else {
            Tally::Large(completions(&automaton, places.wheels()))
        };
        let open = automaton.layers.iter().map(Layer::open).collect();
        let last_open = automaton.layers.last().map(Open::new).unwrap_or_default();
        Ok(Self {
            places,
            automaton,
            tally,
            open,
            last_open,
        })
    }

    /// The positions of the wheels.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Number of settings in the set.
    #[must_use]
    pub fn len(&self) -> Count {
        match &self.tally {
            Tally::Small(t) => t[0][0].into(),
            Tally::Large(t) => Count(t[0][0].clone()),
        }
    }

    /// Whether nothing is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len().is_zero()
    }

    /// Whether `setting` (positions, one per wheel) is in the set.
    #[must_use]
    pub fn contains(&self, setting: &[u32]) -> bool {
        let layers = &self.automaton.layers;
        if setting.len() != self.places.wheels() || layers.len() != setting.len() {
            return false;
        }
        let mut node = 0;
        for (layer, &position) in layers.iter().zip(setting) {
            node = match layer.row(node).get(position as usize) {
                Some(&next) if next != DEAD => next,
                _ => return false,
            };
        }
        true
    }

    /// Number of settings with each position of the first wheel.
    #[must_use]
    pub fn count_per_first(&self) -> Vec<Count> {
        let row = self.automaton.layers[0].row(0);
        let of = |next: u32| match &self.tally {
            _ if next == DEAD => Count::zero(),
            Tally::Small(t) => at(t, 1, next).into(),
            Tally::Large(t) => Count(at(t, 1, next)),
        };
        row.iter().map(|&next| of(next)).collect()
    }

    /// Place of `setting` in the ordered list, from 0; `None` where it is not in the set.
    #[must_use]
    pub fn rank(&self, setting: &[u32]) -> Option<Count> {
        self.contains(setting).then(|| match &self.tally {
            Tally::Small(t) => rank(&self.automaton, t, setting).into(),
            Tally::Large(t) => Count(rank(&self.automaton, t, setting)),
        })
    }

    /// The setting at place `rank` of the ordered list; `None` beyond its end.
    #[must_use]
    pub fn unrank(&self, rank: &Count) -> Option<Vec<u32>> {
        if *rank >= self.len() {
            return None;
        }
        Some(match &self.tally {
            Tally::Small(t) => unrank(&self.automaton, t, rank.to_u128()?),
            Tally::Large(t) => unrank(&self.automaton, t, rank.0.clone()),
        })
    }

    /// A setting drawn uniformly; `None` from an empty set.
    pub fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> Option<Vec<u32>> {
        if self.is_empty() {
            return None;
        }
        Some(match &self.tally {
            Tally::Small(t) => unrank(&self.automaton, t, below(rng, t[0][0])),
            Tally::Large(t) => unrank(&self.automaton, t, big_below(rng, &t[0][0])),
        })
    }

    /// All settings, in order.
    pub fn iter(&self) -> impl Iterator<Item = Vec<u32>> + '_ {
        let mut rank = self.unrank(&Count::zero());
        std::iter::from_fn(move || {
            let here = rank.take()?;
            rank = self.after(&here);
            Some(here)
        })
    }

    /// The setting after `setting`, which is in the set.
    fn after(&self, setting: &[u32]) -> Option<Vec<u32>> {
        let layers = &self.automaton.layers;
        let mut path = vec![0];
        for (layer, &position) in layers.iter().zip(setting) {
            path.push(layer.row(path[path.len() - 1])[position as usize]);
        }
        for wheel in (0..setting.len()).rev() {
            let from = setting[wheel] as usize + 1;
            if let Some(position) = self.first_alive(wheel, path[wheel], from) {
                let mut next = setting[..wheel].to_vec();
                next.push(position);
                return self.first_below(next, layers[wheel].row(path[wheel])[position as usize]);
            }
        }
        None
    }

    /// The first setting that begins with `head`, which leads to `node`.
    fn first_below(&self, mut head: Vec<u32>, mut node: u32) -> Option<Vec<u32>> {
        for wheel in head.len()..self.places.wheels() {
            let position = self.first_alive(wheel, node, 0)?;
            head.push(position);
            node = self.automaton.layers[wheel].row(node)[position as usize];
        }
        Some(head)
    }

    /// The first position from `from` up at which a complete setting can still be reached.
    fn first_alive(&self, wheel: usize, node: u32, from: usize) -> Option<u32> {
        let row = &self.automaton.layers[wheel].row(node)[from..];
        let alive = |&next: &u32| {
            next != DEAD
                && match &self.tally {
                    Tally::Small(t) => t[wheel + 1][next as usize] != 0,
                    Tally::Large(t) => t[wheel + 1][next as usize] != BigUint::default(),
                }
        };
        let found = from + row.iter().position(alive)?;
        Some(u32::try_from(found).expect("positions are 32-bit"))
    }

    /// The graph of the set.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.automaton.layers
    }

    /// Whether `position` of `wheel` is open behind any node of the graph; without, no setting has it.
    pub(super) fn is_open(&self, wheel: usize, position: u32) -> bool {
        self.open[wheel]
            .get(position as usize)
            .is_some_and(|open| *open)
    }

    /// Which positions of the last wheel are open, by node.
    pub(super) fn last_open(&self) -> &Open {
        &self.last_open
    }

    /// Whether the graph reaches the last wheel; else nothing is in the set.
    pub(super) fn is_complete(&self) -> bool {
        self.automaton.layers.len() == self.places.wheels()
    }
}

fn at<T: Number>(tally: &[Vec<T>], wheel: usize, node: u32) -> T {
    tally
        .get(wheel)
        .and_then(|layer| layer.get(node as usize))
        .cloned()
        .unwrap_or_default()
}

/// Completions of every node, from the last wheel back. A graph that ends early has none.
fn completions<T: Number>(automaton: &Automaton, wheels: usize) -> Vec<Vec<T>> {
    let complete = automaton.layers.len() == wheels;
    let mut after = vec![if complete { T::from(1) } else { T::default() }];
    let mut tally = vec![after.clone()];
    for layer in automaton.layers.iter().rev() {
        let mut here = vec![T::default(); layer.nodes()];
        for (ways, row) in here.iter_mut().zip(layer.next.chunks_exact(layer.n)) {
            for &next in row.iter().filter(|&&next| next != DEAD) {
                if let Some(more) = after.get(next as usize) {
                    *ways += more;
                }
            }
        }
        tally.push(here.clone());
        after = here;
    }
    tally.reverse();
    tally
}

fn rank<T: Number>(automaton: &Automaton, tally: &[Vec<T>], setting: &[u32]) -> T {
    let (mut node, mut before) = (0, T::default());
    for (wheel, (layer, &position)) in automaton.layers.iter().zip(setting).enumerate() {
        let row = layer.row(node);
        for &next in row[..position as usize].iter().filter(|&&n| n != DEAD) {
            before += &tally[wheel + 1][next as usize];
        }
        node = row[position as usize];
    }
    before
}

/// `rank` must be below the size of the set.
fn unrank<T: Number>(automaton: &Automaton, tally: &[Vec<T>], mut rank: T) -> Vec<u32> {
    let (mut node, mut setting) = (0, Vec::with_capacity(automaton.layers.len()));
    for (wheel, layer) in automaton.layers.iter().enumerate() {
        for (position, &next) in (0..).zip(layer.row(node)) {
            if next == DEAD {
                continue;
            }
            let ways = &tally[wheel + 1][next as usize];
            if rank < *ways {
                setting.push(position);
                node = next;
                break;
            }
            rank -= ways;
        }
    }
    setting
}

/// A number below `end` (above 0), uniformly, by rejection.
fn below<R: Rng + ?Sized>(rng: &mut R, end: u128) -> u128 {
    let bits = u128::BITS - (end - 1).leading_zeros();
    loop {
        let word = if bits <= 64 {
            u128::from(rng.next_u64())
        } else {
            u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64())
        };
        let drawn = if bits == 0 {
            0
        } else {
            word & (u128::MAX >> (u128::BITS - bits))
        };
        if drawn < end {
            return drawn;
        }
    }
}

fn big_below<R: Rng + ?Sized>(rng: &mut R, end: &BigUint) -> BigUint {
    let bits = end.bits();
    loop {
        let mut digits = Vec::new();
        let mut left = bits;
        while left > 0 {
            let take = left.min(32);
            let word = (rng.next_u64() >> 32) as u32;
            digits.push(if take == 32 {
                word
            } else {
                word & ((1 << take) - 1)
            });
            left -= take;
        }
        let drawn = BigUint::new(digits);
        if drawn < *end {
            return drawn;
        }
    }
}
