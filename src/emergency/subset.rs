//! What each solution is worth: the expected annual loss of every subset of a design's solutions,
//! and the Shapley value of each.
//!
//! * What: which of the solutions earn their price and their exposure.
//! * Model: for every subset the best plan, its outcome and loss `L(S)`; the Shapley value of `i` is
//!   `Σ_S |S|!(n − 1 − |S|)!/n! · (L(S) − L(S∪i))`, CNY per year saved.
//! * Assumptions: figures of the files; a solution that needs power is lost with the last source.
//! * Reference: Shapley 1953.
//! * Checked by: `the_shapley_values_sum_to_what_all_solutions_save`.

use super::diagram::Sweep;
use super::model::{CauseModel, Joint};
use super::order::Subset;
use super::outcome::{Outcome, outcome, price_cny};
use super::prepare::{Costs, Followed, Prepared};
use serde::Serialize;

/// One subset of a design's solutions.
#[derive(Debug, Clone, PartialEq)]
pub struct SubsetOutcome {
    /// The solutions, bit `i` = place `i` in the design.
    pub solutions: Subset,
    /// Price of the lock with them, CNY.
    pub price_cny: f64,
    /// What it comes to.
    pub outcome: Outcome,
}

/// What one solution is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SolutionValue {
    /// The solution.
    pub solution: String,
    /// Shapley value of the loss it saves, CNY per year; negative: it costs more than it saves.
    pub shapley_cny_per_year: f64,
    /// Loss saved by it as the only solution, CNY per year.
    pub alone_cny_per_year: f64,
    /// Loss saved by it on top of all others, CNY per year.
    pub last_cny_per_year: f64,
}

/// The outcome of every subset of the design's solutions, by bit pattern.
#[must_use]
pub fn all_subsets(prepared: &Prepared) -> Vec<SubsetOutcome> {
    let model = &prepared.model;
    let values = prepared.nominal();
    let given = model.given(&values);
    let p = model.chances(&given);
    let power: Subset = model.design.power_sources().map(|i| 1 << i).sum();
    let sweeps: Vec<Sweep> = prepared
        .plans
        .iter()
        .map(|c| c.joint.diagram.sweep(&p))
        .collect();
    let costs: Vec<Costs> = model
        .causes
        .iter()
        .map(|c| Costs::new(model, c, &given))
        .collect();
    (0..1_u32 << model.design.solutions.len())
        .map(|has| {
            let followed: Vec<Followed> = model
                .causes
                .iter()
                .enumerate()
                .map(|(c, cause)| {
                    let allowed = allowed(cause, has, power);
                    let joint = (&prepared.plans[c].joint, &sweeps[c]);
                    follow_best(prepared, c, &costs[c], joint, allowed)
                })
                .collect();
            SubsetOutcome {
                solutions: has,
                price_cny: price_cny(model, &values, &|i| has >> i & 1 == 1),
                outcome: outcome(model, &given, &followed, &|i| has >> i & 1 == 1),
            }
        })
        .collect()
}

/// The attempts of `cause` that the solutions in `has` allow.
fn allowed(cause: &CauseModel, has: Subset, power: Subset) -> Subset {
    let owned = |(i, a): (usize, &super::model::AttemptModel)| {
        let there = has >> a.solution & 1 == 1 && (!a.needs_power || has & power != 0);
        if there { 1 << i } else { 0 }
    };
    cause.attempts.iter().enumerate().map(owned).sum()
}

fn follow_best(
    prepared: &Prepared,
    c: usize,
    costs: &Costs,
    (joint, sweep): (&Joint, &Sweep),
    allowed: Subset,
) -> Followed {
    let model = &prepared.model;
    let values = prepared.nominal();
    let force = model.force_of(&model.causes[c], &model.given(&values));
    let fail_all = |b, a| sweep.of(joint.root(b, a));
    let problem = costs.problem(force, &fail_all);
    let plan = problem.best_plan(allowed);
    Followed::new(
        &problem,
        &plan,
        &model.causes[c],
        model.design.solutions.len(),
    )
}

/// What every solution of the design is worth, from [`all_subsets`].
#[must_use]
pub fn solution_values(prepared: &Prepared, subsets: &[SubsetOutcome]) -> Vec<SolutionValue> {
    let solutions = &prepared.model.design.solutions;
    let n = solutions.len();
    let loss = |set: usize| subsets[set].outcome.loss.total();
    let all = (1 << n) - 1;
    solutions
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let without = (0..1_usize << n).filter(|set| set >> i & 1 == 0);
            let gain = without.map(|set| {
                let size = set.count_ones() as usize;
                weight(size, n) * (loss(set) - loss(set | 1 << i))
            });
            SolutionValue {
                solution: s.name.clone(),
                shapley_cny_per_year: crate::math::sum(gain),
                alone_cny_per_year: loss(0) - loss(1 << i),
                last_cny_per_year: loss(all & !(1 << i)) - loss(all),
            }
        })
        .collect()
}

/// `s!(n − 1 − s)!/n!`.
fn weight(s: usize, n: usize) -> f64 {
    let choose = (0..s).fold(1.0, |c, j| c * (n - 1 - j) as f64 / (j + 1) as f64);
    1.0 / (n as f64 * choose)
}
