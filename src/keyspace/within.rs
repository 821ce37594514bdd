//! Questions about many settings of a set at once: those that use on each wheel only the positions named
//! for it.

use super::automaton::{DEAD, Layer};
use super::code_set::CodeSet;
use super::count::Count;
use super::open::has;
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

    /// How many ways there are to choose for each wheel one of its groups of positions (`groups[wheel]`), so that
    /// the set has a setting among them.
    #[must_use]
    pub fn count_groups(&self, groups: &[Vec<&[u32]>]) -> Count {
        if !self.is_complete() || groups.len() != self.layers().len() {
            return Count::zero();
        }
        // A set of nodes stands for all settings that the groups before leave possible.
        let mut here = BTreeMap::from([(vec![0_u32], BigUint::from(1_u32))]);
        for (layer, groups) in self.layers().iter().zip(groups) {
            let mut there = BTreeMap::<Vec<u32>, BigUint>::new();
            for (nodes, ways) in &here {
                for group in groups {
                    let next = nodes.iter().flat_map(|&node| nexts(layer, node, group));
                    let next: std::collections::BTreeSet<u32> = next.collect();
                    if !next.is_empty() {
                        *there.entry(next.into_iter().collect()).or_default() += ways;
                    }
                }
            }
            here = there;
        }
        Count(here.into_values().sum())
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
        let last = self.last_open();
        let (layer, behind, choices) = (&behind[0], &behind[1..], &choices[wheel + 1..]);
        let Some((_, inner)) = behind.split_last() else {
            let alive = last.union(&nodes);
            let is_alive = |position: &u32| has(&alive, *position);
            return groups.map(|group| group.iter().any(is_alive)).collect();
        };
        let (wanted, near) = (
            last.of(&choices[inner.len()]),
            walked(&choices[..inner.len()]),
        );
        let far = (near < inner.len()).then(|| ends(&behind[near..], &choices[near..]));
        let is_end = |node: u32| match &far {
            Some(ends) => ends.get(node as usize).is_none_or(|end| *end),
            None => last.meets(node, &wanted),
        };
        let is_alive = |position: &u32| {
            nodes.iter().any(|&node| {
                let next = layer.get(node, *position);
                next.is_some_and(|next| goes_on(&inner[..near], next, choices, &is_end))
            })
        };
        groups.map(|group| group.iter().any(is_alive)).collect()
    }
}

impl CodeSet {
    /// Whether the set has a setting that uses on each wheel only the positions named for it (`choices[wheel]`).
    #[must_use]
    pub fn has_within(&self, choices: &[Vec<u32>]) -> bool {
        let layers = self.layers();
        if !self.is_complete() || choices.len() != layers.len() {
            return false;
        }
        // A wheel that no setting has there says no at once.
        let is_open = |(wheel, choice): (usize, &Vec<u32>)| {
            choice.iter().any(|&position| self.is_open(wheel, position))
        };
        if !choices.iter().enumerate().all(is_open) {
            return false;
        }
        let (Some((_, inner)), Some(last_choice)) = (layers.split_last(), choices.last()) else {
            return true;
        };
        let last = self.last_open();
        let wanted = last.of(last_choice);
        let is_end = |node: u32| last.meets(node, &wanted);
        let mut steps = FEW_STEPS;
        if let Some(has_end) = has_end_soon(inner, 0, choices, &is_end, &mut steps) {
            return has_end;
        }
        let mut vain = layers.iter().map(|l| vec![false; l.nodes()]).collect();
        has_end(layers, (0, 0), choices, &mut vain)
    }
}

/// So many steps a question is followed before what was seen in vain is remembered.
const FEW_STEPS: u32 = 1_000;

/// Whether the wheels of `layers` can be put on some of their `choices` behind `node`, so that an end is reached; `None`
/// where `steps` are too few to know.
fn has_end_soon(
    layers: &[Layer],
    node: u32,
    choices: &[Vec<u32>],
    is_end: &impl Fn(u32) -> bool,
    steps: &mut u32,
) -> Option<bool> {
    let (Some((layer, layers)), Some((choice, choices))) =
        (layers.split_first(), choices.split_first())
    else {
        return Some(is_end(node));
    };
    for next in nexts(layer, node, choice) {
        *steps = steps.checked_sub(1)?;
        if has_end_soon(layers, next, choices, is_end, steps)? {
            return Some(true);
        }
    }
    Some(false)
}

/// Whether the wheels from number `wheel` on can be put on some of their `choices` behind `node`; nodes in `vain`
/// have been tried.
fn has_end(
    layers: &[Layer],
    (wheel, node): (usize, u32),
    choices: &[Vec<u32>],
    vain: &mut Vec<Vec<bool>>,
) -> bool {
    let Some(layer) = layers.get(wheel) else {
        return true;
    };
    if std::mem::replace(&mut vain[wheel][node as usize], true) {
        return false;
    }
    nexts(layer, node, &choices[wheel])
        .any(|next| has_end(layers, (wheel + 1, next), choices, vain))
}

/// Most settings of the wheels behind one that are looked at one by one.
const MOST_WALKED: usize = 10_000;

/// How many of the wheels with these `choices`, from the first one on, are looked at setting by setting.
fn walked(choices: &[Vec<u32>]) -> usize {
    let mut settings = 1_usize;
    let is_few = |choice: &&Vec<u32>| {
        settings = settings.saturating_mul(choice.len());
        settings <= MOST_WALKED
    };
    choices.iter().take_while(is_few).count()
}

/// For each node of the first of `layers`: whether the wheels can be put on some of their `choices` behind
/// it; empty where there is no layer.
fn ends(layers: &[Layer], choices: &[Vec<u32>]) -> Vec<bool> {
    let mut ends = Vec::new();
    for (layer, choice) in layers.iter().zip(choices).rev() {
        let nodes = 0..u32::try_from(layer.nodes()).unwrap_or(DEAD);
        let is_end = |node: u32| ends.get(node as usize).is_none_or(|end: &bool| *end);
        let goes_on = |node| nexts(layer, node, choice).any(is_end);
        ends = nodes.map(goes_on).collect();
    }
    ends
}

/// Whether the wheels of `layers` can be put on some of their `choices` behind `node`, so that an end is reached.
fn goes_on(
    layers: &[Layer],
    node: u32,
    choices: &[Vec<u32>],
    is_end: &impl Fn(u32) -> bool,
) -> bool {
    let (Some((layer, layers)), Some((choice, choices))) =
        (layers.split_first(), choices.split_first())
    else {
        return is_end(node);
    };
    nexts(layer, node, choice).any(|next| goes_on(layers, next, choices, is_end))
}

/// The nodes behind `node` by the positions in `choice`.
#[inline]
fn nexts<'a>(layer: &'a Layer, node: u32, choice: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    choice
        .iter()
        .filter_map(move |&position| layer.get(node, position))
}
