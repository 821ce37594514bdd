//! The setting of a set that is nearest to a given one.
//!
//! **What.** Of all settings that obey the rules the one for which the wheels move least.
//!
//! **Model.** Each wheel moves along its ring, the shorter way; the positions moved are added up over the
//! wheels. A cheapest path through the set's graph, from the last wheel back.
//!
//! **Assumptions.** A position is as good as any other.
//!
//! **Reference.** Bellman's principle of optimality.
//!
//! **Checked by.** `laws::keyspace`: every setting of small sets looked at.

use super::automaton::DEAD;
use super::code_set::CodeSet;

/// Moves to the nearest end of a path; none where there is no way.
const NO_WAY: u32 = u32::MAX;

impl CodeSet {
    /// The setting for which the wheels move fewest positions from `setting` (one per wheel), the first of
    /// equally near ones; `None` from an empty set, or where the wheels are not as many.
    #[must_use]
    pub fn nearest(&self, setting: &[u32]) -> Option<Vec<u32>> {
        let layers = self.layers();
        if !self.is_complete() || setting.len() != layers.len() {
            return None;
        }
        let rings = self.places().rings();
        let moved = |wheel: usize, position: usize| {
            let (n, from) = (rings[wheel].n, setting[wheel] % rings[wheel].n);
            #[allow(clippy::cast_possible_truncation, reason = "positions are 32-bit")]
            let apart = from.abs_diff(position as u32);
            apart.min(n - apart)
        };
        let mut tally = vec![vec![0_u32]];
        for (wheel, layer) in layers.iter().enumerate().rev() {
            let after = &tally[tally.len() - 1];
            let least = |row: &[u32]| {
                let alive = row.iter().enumerate().filter(|(_, next)| **next != DEAD);
                let moves =
                    alive.map(|(p, next)| after[*next as usize].saturating_add(moved(wheel, p)));
                moves.min().unwrap_or(NO_WAY)
            };
            let here = layer.next.chunks_exact(layer.n).map(least).collect();
            tally.push(here);
        }
        tally.reverse();
        let (mut node, mut nearest) = (0, Vec::with_capacity(layers.len()));
        for (wheel, layer) in layers.iter().enumerate() {
            let left = tally[wheel][node as usize];
            if left == NO_WAY {
                return None;
            }
            let is_on_the_way = |(p, next): &(usize, &u32)| {
                **next != DEAD
                    && tally[wheel + 1][**next as usize].saturating_add(moved(wheel, *p)) == left
            };
            let (position, next) = layer.row(node).iter().enumerate().find(is_on_the_way)?;
            nearest.push(u32::try_from(position).ok()?);
            node = *next;
        }
        Some(nearest)
    }
}
