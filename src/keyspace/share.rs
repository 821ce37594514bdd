//! What each rule costs, and which rules contradict each other.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::automaton::{TooLarge, count};
use super::count::Count;
use super::place::Places;
use super::rule_set::RuleSet;
use super::rules::Rule;

/// Most subsets of rules that are tried for a smaller contradiction.
const SUBSETS_MAX: usize = 2_000;

/// What one rule costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleShare {
    /// The rule as JSON.
    pub rule: Value,
    /// Why the mechanism imposes it; `None` for a stated rule.
    pub derived: Option<String>,
    /// Codes it removes from all that can be dialed.
    pub removes_alone: Count,
    /// The same as a share of them.
    pub share_alone: f64,
    /// Codes it removes from those the other rules leave: what dropping the rule gives back.
    pub removes_after_others: Count,
    /// The same as a share of them.
    pub share_after_others: f64,
}

/// The share of every rule over `places`, where `allowed` codes obey all of them.
///
/// # Errors
/// Where some of the rules need too many states.
pub fn rule_shares(
    set: &RuleSet,
    places: &Places,
    allowed: &Count,
) -> Result<Vec<RuleShare>, TooLarge> {
    let all = count(&[], places)?;
    let rules = set.rules();
    let entries = set.entries().iter().enumerate();
    entries
        .map(|(i, entry)| {
            let alone = count(&rules[i..=i], places)?;
            let mut others = rules.clone();
            others.remove(i);
            let others = count(&others, places)?;
            let removes_alone = all.minus(&alone);
            let removes_after_others = others.minus(allowed);
            Ok(RuleShare {
                rule: entry.to_json(),
                derived: entry.derived.clone(),
                share_alone: removes_alone.share_of(&all),
                removes_alone,
                share_after_others: removes_after_others.share_of(&others),
                removes_after_others,
            })
        })
        .collect()
}

/// The smallest set of rules (by place in `rules`) that together leave nothing over `places`;
/// `None` where all together leave something.
///
/// First rules are dropped one by one while nothing is left without them, then all smaller sets
/// are tried as far as there are few of them; of several smallest sets the first is given.
///
/// # Errors
/// Where some of the rules need too many states.
pub fn smallest_conflict(
    rules: &[Arc<dyn Rule>],
    places: &Places,
) -> Result<Option<Vec<usize>>, TooLarge> {
    let leaves_nothing = |chosen: &[usize]| -> Result<bool, TooLarge> {
        let chosen: Vec<_> = chosen.iter().map(|&i| Arc::clone(&rules[i])).collect();
        Ok(count(&chosen, places)?.is_zero())
    };
    let mut conflict: Vec<usize> = (0..rules.len()).collect();
    if !leaves_nothing(&conflict)? {
        return Ok(None);
    }
    for i in 0..rules.len() {
        let without: Vec<usize> = conflict.iter().copied().filter(|&j| j != i).collect();
        if leaves_nothing(&without)? {
            conflict = without;
        }
    }
    let mut budget = SUBSETS_MAX;
    for size in 1..conflict.len() {
        let mut subset: Vec<usize> = (0..size).collect();
        loop {
            if budget == 0 {
                return Ok(Some(conflict));
            }
            budget -= 1;
            if leaves_nothing(&subset)? {
                return Ok(Some(subset));
            }
            if !next_subset(&mut subset, rules.len()) {
                break;
            }
        }
    }
    Ok(Some(conflict))
}

/// The next subset of `0..n` of the same size, in order; false after the last.
fn next_subset(subset: &mut [usize], n: usize) -> bool {
    let size = subset.len();
    let Some(i) = (0..size).rev().find(|&i| subset[i] < n - size + i) else {
        return false;
    };
    subset[i] += 1;
    for j in i + 1..size {
        subset[j] = subset[j - 1] + 1;
    }
    true
}
