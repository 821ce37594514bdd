//! Questions about many settings of a set at once: those that use on each wheel only the positions named
//! for it.

use super::automaton::{DEAD, Layer};
use super::code_set::CodeSet;
use super::count::Count;
use num_bigint::BigUint;
use std::collections::BTreeMap;

impl CodeSet {
    /// How many settings of the set use on each wheel only the positions named for it
    /// (`choices[wheel]`, distinct); used for ghost codes.
    #[must_use]
    pub fn count_within(&self, choices: &[Vec<u32>]) -> Count {
        let mut here = vec![(0_u32, BigUint::from(1_u32))];
        for (layer, allowed) in self.layers().iter().zip(choices) {
            let mut there = BTreeMap::<u32, BigUint>::new();
            for (node, ways) in &here {
                for next in nexts(layer, *node, allowed) {
                    *there.entry(next).or_default() += ways;
                }
            }
            here = there.into_iter().collect();
        }
        let ways = here.into_iter().map(|(_, ways)| ways);
        Count(if self.is_complete() {
            ways.sum()
        } else {
            BigUint::default()
        })
    }

    /// For each `width` (above 0) of `positions`, one group after the other: whether the set has a setting
    /// with one of them on wheel number `wheel` and, on every other wheel i, one of `choices[i]`.
    #[must_use]
    pub fn which(
        &self,
        wheel: usize,
        (positions, width): (&[u32], usize),
        choices: &[Vec<u32>],
    ) -> Vec<bool> {
        let (layers, groups) = (self.layers(), positions.chunks(width));
        if !self.is_complete() || choices.len() != layers.len() || wheel >= layers.len() {
            return vec![false; groups.len()];
        }
        let (before, behind) = layers.split_at(wheel);
        let (mut nodes, mut next) = (vec![0], Vec::new());
        for (layer, choice) in before.iter().zip(choices) {
            next.clear();
            for &node in &nodes {
                next.extend(nexts(layer, node, choice));
            }
            next.sort_unstable();
            next.dedup();
            std::mem::swap(&mut nodes, &mut next);
        }
        let (layer, behind, choices) = (&behind[0], &behind[1..], &choices[wheel + 1..]);
        let mut alive = vec![false; layer.n];
        for &node in &nodes {
            let each = alive.iter_mut().zip(layer.row(node));
            if behind.is_empty() {
                each.for_each(|(alive, next)| *alive |= *next != DEAD);
            } else {
                each.for_each(|(alive, next)| {
                    *alive = *alive || *next != DEAD && goes_on(behind, *next, choices);
                });
            }
        }
        let is_alive = |position: &u32| alive.get(*position as usize).is_some_and(|a| *a);
        groups.map(|group| group.iter().any(is_alive)).collect()
    }
}

/// Whether the wheels of `layers` can be put on some of their `choices` behind `node`.
fn goes_on(layers: &[Layer], node: u32, choices: &[Vec<u32>]) -> bool {
    let (Some((layer, layers)), Some((choice, choices))) =
        (layers.split_first(), choices.split_first())
    else {
        return true;
    };
    nexts(layer, node, choice).any(|next| goes_on(layers, next, choices))
}

/// The nodes behind `node` by the positions in `choice`.
#[inline]
fn nexts<'a>(layer: &'a Layer, node: u32, choice: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let row = layer.row(node);
    let next = |position: &u32| row.get(*position as usize).copied();
    choice.iter().filter_map(next).filter(|&next| next != DEAD)
}
