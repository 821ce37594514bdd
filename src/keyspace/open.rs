//! Open positions of a wheel as sets, a bit each.

use super::automaton::{DEAD, Layer};

/// Positions of a bit set's word.
const WORD: usize = u64::BITS as usize;

/// Which positions of one wheel are open, by node.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    /// Words of a set.
    words: usize,
    /// The sets of all nodes, one after the other.
    sets: Vec<u64>,
}

impl Open {
    /// Those of `layer`.
    pub(super) fn new(layer: &Layer) -> Self {
        let words = layer.n.div_ceil(WORD);
        let mut sets = Vec::with_capacity(words * layer.nodes());
        for row in layer.next.chunks_exact(layer.n) {
            sets.extend(row.chunks(WORD).map(|part| {
                let bits = part.iter().zip(0..);
                bits.fold(0, |set, (next, bit)| set | u64::from(*next != DEAD) << bit)
            }));
        }
        Self { words, sets }
    }

    /// The set of node number `node`.
    fn set(&self, node: u32) -> &[u64] {
        let from = node as usize * self.words;
        &self.sets[from..from + self.words]
    }

    /// The positions that are open behind any of `nodes`.
    pub(super) fn union(&self, nodes: &[u32]) -> Vec<u64> {
        let mut all = vec![0; self.words];
        for &node in nodes {
            let words = all.iter_mut().zip(self.set(node));
            words.for_each(|(all, set)| *all |= set);
        }
        all
    }

    /// `positions` as a set; those beyond the dial are open behind no node.
    pub(super) fn of(&self, positions: &[u32]) -> Vec<u64> {
        let mut set = vec![0; self.words];
        for &position in positions {
            if let Some(word) = set.get_mut(position as usize / WORD) {
                *word |= 1 << (position as usize % WORD);
            }
        }
        set
    }

    /// Whether a position of `set` is open behind `node`.
    pub(super) fn meets(&self, node: u32, set: &[u64]) -> bool {
        self.set(node).iter().zip(set).any(|(a, b)| a & b != 0)
    }
}

/// Whether `position` is in `set`.
pub(super) fn has(set: &[u64], position: u32) -> bool {
    let word = set.get(position as usize / WORD);
    word.is_some_and(|word| word >> (position as usize % WORD) & 1 == 1)
}
