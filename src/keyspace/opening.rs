//! What opens a lock that has several codes, and what should not.
//!
//! *What*: the set of all settings at which the lock opens, as boxes (one gate per wheel), and
//! the verdict whether it is the union of the intended windows. *Model*: a pack opens where every
//! wheel passes, so extra gates open every mixture of the codes; windows are closed and merge
//! where they meet. *Assumptions*: wheels pass independently of each other. *Reference*:
//! keyspace design note, section 3; the counts g^w − g by hand. *Checked by*:
//! `laws::keyspace::openings_equal_brute_force…`, `val_by_hand_openings…`.

use std::collections::BTreeSet;

use num_bigint::BigUint;
use serde::Serialize;

use super::code_set::CodeSet;
use super::count::Count;
use super::gate::{Gate, GateWindow, WheelGates};
use super::mark::Code;
use super::spare::{Packs, Realisation, Spare};

/// Most codes in one pack of wheels.
pub const CODES_MAX: usize = 128;
/// Most ghosts that are listed.
pub const GHOSTS_LISTED: usize = 1000;

/// A lock whose openings are asked for. All codes must fit the dial.
#[derive(Debug, Clone)]
pub struct Gates<'a> {
    /// Graduations.
    pub marks: u32,
    /// Window per wheel, each narrower than the dial.
    pub windows: &'a [GateWindow],
    /// The main code.
    pub main: &'a Code,
    /// The spares.
    pub spares: &'a [Spare],
}

/// What opens the lock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Openings {
    /// Distinct openings: gate combinations after windows that meet have merged.
    pub openings: Count,
    /// Those that belong to a code.
    pub intended_openings: Count,
    /// The rest.
    pub ghosts: Count,
    /// The first [`GHOSTS_LISTED`] ghosts, each by one number per gate.
    pub ghost_codes: Vec<Code>,
    /// Ghosts that break a rule; `None` where the rules were not at hand.
    pub ghosts_off_rules: Option<Count>,
    /// Whether exactly the union of the intended windows opens.
    pub independent: bool,
    /// Settings on whole marks that open the pack of the main code.
    pub opening_settings: Count,
    /// Share of all settings of that pack's dial that open it.
    pub p_random_setting: f64,
    /// The gates of each wheel of that pack.
    pub gates: Vec<Vec<Gate>>,
    /// Packs of which any one opens the lock.
    pub packs_either: u32,
    /// Packs that are all needed, including the main one.
    pub packs_both: u32,
}

impl Gates<'_> {
    /// The openings; `codes`, the allowed codes on whole marks, tell which ghosts break a rule.
    #[must_use]
    pub fn openings(&self, codes: Option<&CodeSet>) -> Openings {
        let pack = self.main_pack();
        let wheels = self.wheel_gates(&pack);
        let boxes = Count::product(wheels.iter().map(|w| w.gates.len() as u64));
        let intended: BTreeSet<Vec<usize>> = (0..pack.len())
            .map(|code| wheels.iter().map(|w| w.gate_of[code]).collect())
            .collect();
        let ghosts = boxes.minus(&Count::from(intended.len() as u64));
        let either = self.packs(Packs::Either);
        let both = self.packs(Packs::Both);
        let with_packs = |n: &Count| Count(&n.0 + BigUint::from(either));
        Openings {
            ghosts_off_rules: codes.map(|codes| off_rules(&wheels, codes)),
            openings: with_packs(&boxes),
            intended_openings: with_packs(&Count::from(intended.len() as u64)),
            ghost_codes: ghost_codes(&wheels, &intended),
            ghosts,
            independent: is_union(&wheels, pack.len()),
            opening_settings: Count::product(wheels.iter().map(|w| w.open_settings(1))),
            p_random_setting: self.open_share(&wheels),
            gates: wheels.into_iter().map(|w| w.gates).collect(),
            packs_either: either + 1,
            packs_both: both + 1,
        }
    }

    /// How many settings that stand `1 / per_mark` marks apart open the pack of the main code.
    #[must_use]
    pub fn opening_settings(&self, per_mark: u32) -> Count {
        let wheels = self.wheel_gates(&self.main_pack());
        Count::product(wheels.iter().map(|w| w.open_settings(per_mark)))
    }

    /// Whether the pack of the main code opens at `setting`, in marks per wheel.
    #[must_use]
    pub fn opens(&self, setting: &[super::mark::Mark]) -> bool {
        let pack = self.main_pack();
        let passes = |wheel: usize| {
            let number = |code: &&Code| code.0[wheel];
            let window = self.windows[wheel];
            pack.iter()
                .any(|code| window.passes(self.marks, number(code), setting[wheel]))
        };
        (0..self.windows.len()).all(passes)
    }

    /// The codes whose gates are on the wheels of the main code; the main code first.
    fn main_pack(&self) -> Vec<&Code> {
        let extra = |s: &&Spare| s.realisation == Realisation::ExtraGates;
        std::iter::once(self.main)
            .chain(self.spares.iter().filter(extra).map(|s| &s.code))
            .collect()
    }

    fn wheel_gates(&self, pack: &[&Code]) -> Vec<WheelGates> {
        let numbers = |wheel| pack.iter().map(|code| code.0[wheel]).collect::<Vec<_>>();
        let windows = self.windows.iter().enumerate();
        windows
            .map(|(wheel, &window)| WheelGates::new(self.marks, window, &numbers(wheel)))
            .collect()
    }

    /// Separate packs of the given kind.
    fn packs(&self, packs: Packs) -> u32 {
        let own = |s: &&Spare| s.realisation == Realisation::SeparatePack && s.packs == packs;
        u32::try_from(self.spares.iter().filter(own).count()).expect("spares are bounded")
    }

    fn open_share(&self, wheels: &[WheelGates]) -> f64 {
        let around = u64::from(self.marks) * super::mark::MICRO.unsigned_abs();
        let open = Count::product(wheels.iter().map(WheelGates::width_micro));
        open.share_of(&Count::product(vec![around; wheels.len()]))
    }
}

/// Mixtures of gates, by one number each, that are not among the allowed codes.
fn off_rules(wheels: &[WheelGates], codes: &CodeSet) -> Count {
    let first = |gate: &Gate| gate.numbers[0];
    let choices: Vec<Vec<u32>> = wheels
        .iter()
        .map(|w| w.gates.iter().map(first).collect())
        .collect();
    let all = Count::product(choices.iter().map(|c| c.len() as u64));
    all.minus(&codes.count_within(&choices))
}

/// The first ghosts in the order of the gates.
fn ghost_codes(wheels: &[WheelGates], intended: &BTreeSet<Vec<usize>>) -> Vec<Code> {
    let mut found = Vec::new();
    let mut combination = vec![0; wheels.len()];
    loop {
        if !intended.contains(&combination) {
            let gates = wheels.iter().zip(&combination);
            found.push(Code(gates.map(|(w, &g)| w.gates[g].numbers[0]).collect()));
        }
        let raise = (0..wheels.len())
            .rev()
            .find(|&w| combination[w] + 1 < wheels[w].gates.len());
        match raise {
            Some(wheel) if found.len() < GHOSTS_LISTED => {
                combination[wheel] += 1;
                combination[wheel + 1..].fill(0);
            }
            _ => return found,
        }
    }
}

/// Whether the product of the wheels' open settings is the union of the codes' windows.
///
/// Each wheel's open settings fall into pieces with the set of codes that cover them; the product
/// is the union if and only if every choice of pieces leaves some code that covers all of them.
/// Only the smallest sets matter.
fn is_union(wheels: &[WheelGates], codes: usize) -> bool {
    let all = u128::MAX >> (CODES_MAX - codes);
    let mut left = BTreeSet::from([all]);
    for wheel in wheels {
        let smallest = minimal(&wheel.covers);
        let mut next = BTreeSet::new();
        for set in &left {
            for cover in &smallest {
                if set & cover == 0 {
                    return false;
                }
                next.insert(set & cover);
            }
        }
        left = minimal(&next.into_iter().collect::<Vec<_>>())
            .into_iter()
            .collect();
    }
    true
}

/// The members that contain no other member.
fn minimal(sets: &[u128]) -> Vec<u128> {
    let contains = |a: u128, b: u128| a != b && a & b == b;
    sets.iter()
        .copied()
        .filter(|&a| !sets.iter().any(|&b| contains(a, b)))
        .collect()
}
