//! Minimal cut sets of a monotone function, as a zero-suppressed diagram.
//!
//! * What: the smallest sets of events that together make the top event happen.
//! * Model: Rauzy's `minsol` and `without`; a node stands for the sets of `lo` and those of `hi`
//!   with its leaf added.
//! * Assumptions: the function is monotone (all of ours are).
//! * Reference: A. Rauzy, "New algorithms for fault trees analysis", 1993.
//! * Checked by: `cut_sets_are_minimal_and_complete`.

use super::diagram::{Diagram, FALSE, Root, TRUE};
use crate::error::Result;
use std::collections::HashMap;

type Set = usize;
const NONE: Set = 0;
const EMPTY: Set = 1;

/// The minimal cut sets of one root.
#[derive(Debug)]
pub struct CutSets {
    nodes: Vec<(usize, Set, Set)>,
    unique: HashMap<(usize, Set, Set), Set>,
    root: Set,
}

impl CutSets {
    /// The minimal cut sets of `root` in `diagram`.
    #[must_use]
    pub fn of(diagram: &Diagram, root: Root) -> Self {
        let mut sets = Self {
            nodes: vec![(usize::MAX, NONE, NONE), (usize::MAX, EMPTY, EMPTY)],
            unique: HashMap::new(),
            root: NONE,
        };
        sets.root = sets.minimal(diagram, root, &mut HashMap::new());
        sets
    }

    fn node(&mut self, leaf: usize, lo: Set, hi: Set) -> Set {
        if hi == NONE {
            return lo;
        }
        let next = self.nodes.len();
        let place = *self.unique.entry((leaf, lo, hi)).or_insert(next);
        if place == next {
            self.nodes.push((leaf, lo, hi));
        }
        place
    }

    fn minimal(&mut self, d: &Diagram, f: Root, memo: &mut HashMap<Root, Set>) -> Set {
        if let Some(&known) = memo.get(&f) {
            return known;
        }
        let set = match d.split(f) {
            None if f == FALSE => NONE,
            None => EMPTY,
            Some((leaf, lo, hi)) => {
                let lo = self.minimal(d, lo, memo);
                let hi = self.minimal(d, hi, memo);
                let hi = self.without(hi, lo, &mut HashMap::new());
                self.node(leaf, lo, hi)
            }
        };
        memo.insert(f, set);
        set
    }

    /// The sets of `a` that contain no set of `b`.
    fn without(&mut self, a: Set, b: Set, memo: &mut HashMap<(Set, Set), Set>) -> Set {
        if a == NONE || b == EMPTY || a == b {
            return NONE;
        }
        if b == NONE || a == EMPTY {
            return a;
        }
        if let Some(&known) = memo.get(&(a, b)) {
            return known;
        }
        let ((va, a0, a1), (vb, b0, b1)) = (self.nodes[a], self.nodes[b]);
        let set = if va < vb {
            let lo = self.without(a0, b, memo);
            let hi = self.without(a1, b, memo);
            self.node(va, lo, hi)
        } else if vb < va {
            self.without(a, b0, memo)
        } else {
            let lo = self.without(a0, b0, memo);
            let hi = self.without(a1, b1, memo);
            let hi = self.without(hi, b0, memo);
            self.node(va, lo, hi)
        };
        memo.insert((a, b), set);
        set
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u128 {
        let mut counts = vec![0_u128, 1];
        for &(_, lo, hi) in &self.nodes[2..] {
            counts.push(counts[lo].saturating_add(counts[hi]));
        }
        counts[self.root]
    }

    /// The likeliest sets with their probabilities, at most `most`, likeliest first.
    #[must_use]
    pub fn likeliest(&self, p: &[f64], most: usize) -> Vec<(Vec<usize>, f64)> {
        let mut best: Vec<Vec<(Vec<usize>, f64)>> = vec![Vec::new(), vec![(Vec::new(), 1.0)]];
        for &(leaf, lo, hi) in &self.nodes[2..] {
            let mut here = best[lo].clone();
            here.extend(best[hi].iter().map(|(set, q)| {
                let mut longer = vec![leaf];
                longer.extend(set);
                (longer, q * p[leaf])
            }));
            here.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            here.truncate(most);
            best.push(here);
        }
        best.swap_remove(self.root)
    }

    /// In `diagram`, the function that some minimal cut set containing `leaf` has happened.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] where the diagram grows beyond its bound.
    pub fn happened_with(&mut self, leaf: usize, diagram: &mut Diagram) -> Result<Root> {
        let with = self.containing(self.root, leaf, &mut HashMap::new());
        let rest = self.function(with, diagram, &mut HashMap::new())?;
        let own = diagram.leaf(leaf)?;
        diagram.and(own, rest)
    }

    /// The sets below `set` that contain `leaf`, with it taken out.
    fn containing(&mut self, set: Set, leaf: usize, memo: &mut HashMap<Set, Set>) -> Set {
        let (var, lo, hi) = self.nodes[set];
        if set <= EMPTY || var > leaf {
            return NONE;
        }
        if var == leaf {
            return hi;
        }
        if let Some(&known) = memo.get(&set) {
            return known;
        }
        let lo = self.containing(lo, leaf, memo);
        let hi = self.containing(hi, leaf, memo);
        let found = self.node(var, lo, hi);
        memo.insert(set, found);
        found
    }

    fn function(&self, set: Set, d: &mut Diagram, memo: &mut HashMap<Set, Root>) -> Result<Root> {
        match set {
            NONE => return Ok(FALSE),
            EMPTY => return Ok(TRUE),
            _ => {}
        }
        if let Some(&known) = memo.get(&set) {
            return Ok(known);
        }
        let (leaf, lo, hi) = self.nodes[set];
        let lo = self.function(lo, d, memo)?;
        let hi = self.function(hi, d, memo)?;
        let (own, both) = (d.leaf(leaf)?, d.or(hi, lo)?);
        let root = d.ite(own, both, lo)?;
        memo.insert(set, root);
        Ok(root)
    }
}
