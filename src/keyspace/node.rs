//! The nodes of one layer of the automaton: what must be known after some wheels to go on.
//!
//! A node is a tuple of rule states and the positions that the rules remember. Where the wheels
//! are alike, all earlier positions are kept as a set, for their order has no effect any more; and
//! what no rule will look at again is not told apart.

use std::collections::HashMap;
use std::sync::Arc;

use super::automaton::DEAD;
use super::place::{Places, Spot};
use super::rules::{Memory, Rule};

/// The nodes of one layer: tuples of rule states, and what is remembered of earlier wheels.
pub(crate) struct Nodes<'a> {
    rules: &'a [Arc<dyn Rule>],
    places: &'a Places,
    /// What the rules remember together.
    memory: Memory,
    /// Whether remembered wheels are interchangeable, so that only the set of positions matters.
    as_set: bool,
    /// The wheel just before this layer.
    before: usize,
    /// State tuples, one number per rule.
    tuples: Vec<u64>,
    /// Per tuple, whether the wheel just before must be told from the other remembered ones.
    last_apart: Vec<bool>,
    tuple_ids: HashMap<Box<[u64]>, u32>,
    tuple_last: u32,
    /// Nodes: tuple and remembered positions (`width` numbers each).
    node_tuple: Vec<u32>,
    node_earlier: Vec<u32>,
    width: usize,
    /// For [`Memory::Last`]: node of (tuple, position), dense.
    by_last: Vec<u32>,
    stride: usize,
    /// For [`Memory::All`].
    by_all: HashMap<Box<[u32]>, u32>,
    key: Vec<u32>,
}

impl<'a> Nodes<'a> {
    /// The one node before the first wheel.
    pub(crate) fn start(rules: &'a [Arc<dyn Rule>], places: &'a Places) -> Self {
        let memories = rules.iter().map(|r| r.memory(places));
        let widest = places.rings().iter().map(|r| r.n as usize).max();
        Self {
            rules,
            places,
            memory: memories.max().unwrap_or(Memory::Nothing),
            last_apart: vec![false],
            as_set: places.are_alike(),
            before: 0,
            tuples: rules.iter().map(|r| r.start()).collect(),
            tuple_ids: HashMap::new(),
            tuple_last: 0,
            node_tuple: vec![0],
            node_earlier: Vec::new(),
            width: 0,
            by_last: Vec::new(),
            stride: widest.unwrap_or(1),
            by_all: HashMap::new(),
            key: Vec::new(),
        }
    }

    /// The layer behind `wheels` wheels, without nodes yet.
    pub(crate) fn empty(before: &Self, wheels: usize) -> Self {
        Self {
            before: wheels - 1,
            tuples: Vec::new(),
            last_apart: Vec::new(),
            tuple_ids: HashMap::new(),
            tuple_last: DEAD,
            node_tuple: Vec::new(),
            node_earlier: Vec::new(),
            width: match before.memory {
                Memory::Nothing => 0,
                Memory::Last => 1,
                Memory::All => wheels,
            },
            by_last: Vec::new(),
            by_all: HashMap::new(),
            key: Vec::new(),
            ..*before
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.node_tuple.len()
    }

    pub(crate) fn states_of(&self, node: usize) -> &[u64] {
        let tuple = self.node_tuple[node] as usize;
        &self.tuples[tuple * self.rules.len()..(tuple + 1) * self.rules.len()]
    }

    /// The remembered spots of `node`, into `out`.
    pub(crate) fn earlier_of(&self, node: usize, out: &mut Vec<Spot>) {
        out.clear();
        let positions = &self.node_earlier[node * self.width..(node + 1) * self.width];
        // The last remembered one is the wheel just before (or any, in a pure set).
        let first = self.before + 1 - self.width.min(self.before + 1);
        out.extend(positions.iter().enumerate().map(|(i, &position)| Spot {
            wheel: first + i,
            position,
        }));
    }

    /// The node reached with `states` after `earlier` and `spot`, made if it is new.
    pub(crate) fn intern(&mut self, states: &[u64], earlier: &[Spot], spot: Spot) -> u32 {
        let tuple = self.tuple(states);
        match self.memory {
            Memory::Nothing => {
                // One node per tuple, in the same order.
                if tuple as usize == self.len() {
                    self.node_tuple.push(tuple);
                }
                tuple
            }
            Memory::Last => {
                // A node whose rules look back no more keeps position 0 for all.
                let apart = self.last_apart[tuple as usize];
                let position = if apart { spot.position } else { 0 };
                let slot = tuple as usize * self.stride + position as usize;
                if self.by_last.len() <= slot {
                    self.by_last
                        .resize((tuple as usize + 1) * self.stride, DEAD);
                }
                if self.by_last[slot] == DEAD {
                    self.by_last[slot] = self.push(tuple, &[position]);
                }
                self.by_last[slot]
            }
            Memory::All => self.intern_all(tuple, earlier, spot),
        }
    }

    fn intern_all(&mut self, tuple: u32, earlier: &[Spot], spot: Spot) -> u32 {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push(tuple);
        key.extend(earlier.iter().map(|s| s.position));
        key.push(spot.position);
        if self.as_set {
            let apart = usize::from(self.last_apart[tuple as usize]);
            let end = key.len() - apart;
            key[1..end].sort_unstable();
        }
        let node = match self.by_all.get(key.as_slice()) {
            Some(&node) => node,
            None => {
                let node = self.push(tuple, &key[1..]);
                self.by_all.insert(key.clone().into_boxed_slice(), node);
                node
            }
        };
        self.key = key;
        node
    }

    fn push(&mut self, tuple: u32, positions: &[u32]) -> u32 {
        let node = u32::try_from(self.len()).expect("layers are bounded far below 2^32");
        self.node_tuple.push(tuple);
        self.node_earlier.extend_from_slice(positions);
        node
    }

    /// The number of a state tuple, made if it is new; neighbours mostly share the tuple.
    fn tuple(&mut self, states: &[u64]) -> u32 {
        if self.tuple_last != DEAD {
            let from = self.tuple_last as usize * states.len();
            if self.tuples[from..from + states.len()] == *states {
                return self.tuple_last;
            }
        }
        let known = self.tuple_ids.get(states).copied();
        self.tuple_last = known.unwrap_or_else(|| {
            let id = u32::try_from(self.tuple_ids.len()).expect("bounded by the nodes");
            self.tuples.extend_from_slice(states);
            let mut pairs = self.rules.iter().zip(states);
            self.last_apart.push(pairs.any(|(rule, &state)| {
                rule.memory(self.places) == Memory::Last && !rule.is_settled(state)
            }));
            self.tuple_ids.insert(states.into(), id);
            id
        });
        self.tuple_last
    }
}
