//! The product of the rules' automata over the positions of the wheels, unfolded wheel by wheel.
//!
//! *What*: a layered graph whose paths are the allowed settings; everything else (counts,
//! samples, ranks, lists) reads it. *Model*: a node is (states of all rules, what they remember
//! of earlier wheels), see `node.rs`; the rules decide how much that is, so adjacent rules cost
//! n² transitions a wheel. *Assumptions*: none, all counts are exact. *Reference*: transfer-matrix
//! method, Stanley, *Enumerative Combinatorics* 1, section 4.7. *Checked by*:
//! `laws::keyspace::counting_agrees_with_enumeration…`.

use std::sync::Arc;

use num_bigint::BigUint;

use super::count::Count;
use super::node::Nodes;
use super::place::{Places, Spot};
use super::rules::{At, Rule};

/// A transition that breaks a rule.
pub(crate) const DEAD: u32 = u32::MAX;
/// Most nodes of one layer.
const NODES_MAX: usize = 1_000_000;
/// Most transitions that are walked for a count.
const WALK_MAX: u64 = 400_000_000;
/// Most transitions that are stored (4 bytes each).
const STORE_MAX: u64 = 25_000_000;

/// The rules need more states than are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// The wheel at which the limit was met, from 1.
    pub wheel: usize,
    /// The limit, in states or transitions.
    pub limit: u64,
}

/// All allowed settings as the paths of a layered graph.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    pub(crate) layers: Vec<Layer>,
}

/// The transitions of one wheel.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// Positions of the wheel.
    pub(crate) n: usize,
    /// `next[node * n + position]`, or [`DEAD`]. After the last wheel there is one node.
    pub(crate) next: Vec<u32>,
}

impl Layer {
    pub(crate) fn nodes(&self) -> usize {
        self.next.len() / self.n
    }

    pub(crate) fn row(&self, node: u32) -> &[u32] {
        let from = node as usize * self.n;
        &self.next[from..from + self.n]
    }

    /// The node behind `node` by `position`, where that is open.
    #[inline]
    pub(super) fn get(&self, node: u32, position: u32) -> Option<u32> {
        let next = self.row(node).get(position as usize).copied();
        next.filter(|&next| next != DEAD)
    }

    /// For each position: whether it is open behind any node.
    pub(super) fn open(&self) -> Vec<bool> {
        let mut open = vec![false; self.n];
        for row in self.next.chunks_exact(self.n) {
            let each = open.iter_mut().zip(row);
            each.for_each(|(open, next)| *open |= *next != DEAD);
        }
        open
    }
}

impl Automaton {
    /// The graph of `rules` over `places`.
    ///
    /// # Errors
    /// Where it would not fit.
    pub(crate) fn build(rules: &[Arc<dyn Rule>], places: &Places) -> Result<Self, TooLarge> {
        let mut layers = Vec::with_capacity(places.wheels());
        let mut stored = 0;
        unfold(rules, places, |wheel, _, row| {
            if layers.len() == wheel {
                let n = row.len();
                layers.push(Layer { n, next: vec![] });
            }
            stored += row.len() as u64;
            layers[wheel].next.extend_from_slice(row);
            if stored > STORE_MAX {
                return Err(TooLarge {
                    wheel: wheel + 1,
                    limit: STORE_MAX,
                });
            }
            Ok(())
        })?;
        Ok(Self { layers })
    }
}

/// How many settings over `places` obey `rules`, without storing the graph.
///
/// # Errors
/// Where there are too many states to walk.
pub fn count(rules: &[Arc<dyn Rule>], places: &Places) -> Result<Count, TooLarge> {
    let settings = Count::product(places.rings().iter().map(|r| u64::from(r.n)));
    if rules.is_empty() {
        return Ok(settings);
    }
    if settings.0.bits() <= 127 {
        Ok(Count(walk::<u128>(rules, places)?.into()))
    } else {
        Ok(Count(walk::<BigUint>(rules, places)?))
    }
}

/// An exact unsigned number that is large enough for the count at hand.
pub(crate) trait Number:
    Clone
    + Ord
    + Default
    + From<u32>
    + for<'a> std::ops::AddAssign<&'a Self>
    + for<'a> std::ops::SubAssign<&'a Self>
{
}

impl Number for u128 {}
impl Number for BigUint {}

fn walk<T: Number>(rules: &[Arc<dyn Rule>], places: &Places) -> Result<T, TooLarge> {
    let (mut here, mut there) = (vec![T::from(1)], Vec::<T>::new());
    let (mut at, mut walked) = (0, 0);
    unfold(rules, places, |wheel, node, row| {
        if wheel != at {
            at = wheel;
            std::mem::swap(&mut here, &mut there);
            there.clear();
        }
        walked += row.len() as u64;
        if walked > WALK_MAX {
            let (wheel, limit) = (wheel + 1, WALK_MAX);
            return Err(TooLarge { wheel, limit });
        }
        let ways = &here[node];
        for &next in row.iter().filter(|&&next| next != DEAD) {
            let next = next as usize;
            if there.len() <= next {
                there.resize(next + 1, T::default());
            }
            there[next] += ways;
        }
        Ok(())
    })?;
    // Layers without a living node end the unfolding early.
    let complete = at + 1 == places.wheels();
    Ok(if complete {
        there.into_iter().next().unwrap_or_default()
    } else {
        T::default()
    })
}

/// Walks the graph in order of wheel and node; `sink(wheel, node, row of next nodes)`.
fn unfold(
    rules: &[Arc<dyn Rule>],
    places: &Places,
    mut sink: impl FnMut(usize, usize, &[u32]) -> Result<(), TooLarge>,
) -> Result<(), TooLarge> {
    let mut here = Nodes::start(rules, places);
    for wheel in 0..places.wheels() {
        let last = wheel + 1 == places.wheels();
        let mut there = Nodes::empty(&here, wheel + 1);
        let mut row = vec![DEAD; places.n(wheel) as usize];
        let mut step = Stepper::new(rules, places);
        for node in 0..here.len() {
            here.earlier_of(node, &mut step.earlier);
            for (position, next) in (0..).zip(row.iter_mut()) {
                let spot = Spot { wheel, position };
                *next = match step.to(here.states_of(node), spot) {
                    false => DEAD,
                    true if last => step.is_accepted(),
                    true => there.intern(&step.states, &step.earlier, spot),
                };
            }
            sink(wheel, node, &row)?;
            if there.len() > NODES_MAX {
                return Err(TooLarge {
                    wheel: wheel + 1,
                    limit: NODES_MAX as u64,
                });
            }
        }
        here = there;
    }
    Ok(())
}

/// One step of all rules together.
struct Stepper<'a> {
    rules: &'a [Arc<dyn Rule>],
    places: &'a Places,
    earlier: Vec<Spot>,
    states: Vec<u64>,
}

impl<'a> Stepper<'a> {
    fn new(rules: &'a [Arc<dyn Rule>], places: &'a Places) -> Self {
        Self {
            rules,
            places,
            earlier: Vec::new(),
            states: Vec::with_capacity(rules.len()),
        }
    }

    /// Whether no rule is broken at `spot`; `self.states` are then the states behind it.
    fn to(&mut self, from: &[u64], spot: Spot) -> bool {
        let at = At {
            places: self.places,
            spot,
            micro: self.places.micro(spot),
            earlier: &self.earlier,
        };
        self.states.clear();
        for (rule, &state) in self.rules.iter().zip(from) {
            match rule.step(state, &at) {
                Some(next) => self.states.push(next),
                None => return false,
            }
        }
        true
    }

    fn is_accepted(&self) -> u32 {
        let mut pairs = self.rules.iter().zip(&self.states);
        if pairs.all(|(rule, &state)| rule.accept(state)) {
            0
        } else {
            DEAD
        }
    }
}
