//! The nominal analysis of one design in one scenario: plans per cause, and the fast evaluation of
//! these plans under drawn values.
//!
//! The plan is found once, with the figures of the files, by the exact program of [`super::order`];
//! samples of uncertain parameters then follow that plan, as its owner would: he does not know the
//! true figures either.

use super::diagram::{Diagram, Root, Sweep};
use super::given::Given;
use super::model::{AttemptModel, CauseModel, Joint, Model};
use super::order::{Plan, Problem, Sequence, Subset};
use super::parameter::Values;
use crate::error::Result;
use std::collections::BTreeMap;

/// A model with its nominal plans.
#[derive(Debug)]
pub struct Prepared {
    /// The model.
    pub model: Model,
    /// The plan of every cause, in the order of [`Model::causes`].
    pub plans: Vec<PreparedCause>,
}

/// One cause with its plan and the functions the plan needs.
#[derive(Debug)]
pub struct PreparedCause {
    /// The joint failures of all sets of attempts.
    pub joint: Joint,
    /// The plan of least expected cost at the figures of the files.
    pub plan: Plan,
    diagram: Diagram,
    roots: BTreeMap<(Subset, Subset), Root>,
}

/// Money and time of the attempts of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// Money of each attempt, CNY.
    pub money_cny: Vec<f64>,
    /// Time of each attempt, hours.
    pub time_h: Vec<f64>,
    /// Money and worth of the time, CNY.
    pub total_cny: Vec<f64>,
    /// The same on a seized lock.
    pub seized_cny: Vec<f64>,
    /// The last resort, money and worth of its time, CNY.
    pub last_resort_cny: f64,
    /// Time of the last resort, hours.
    pub last_resort_h: f64,
}

impl Costs {
    /// The costs of the attempts of `cause`.
    #[must_use]
    pub fn new(model: &Model, cause: &CauseModel, given: &Given) -> Self {
        let v = given.values;
        let hour = v.of(&given.scenario.time_cny_per_h);
        let forced = model
            .design
            .solutions
            .iter()
            .find_map(|s| s.kind.0.forced());
        let (mut money_cny, mut time_h, mut seized_factor) = (Vec::new(), Vec::new(), Vec::new());
        for a in &cause.attempts {
            let s = model.solution_of(a);
            let more = s.kind.0.surcharge(cause.cause, given);
            money_cny.push(v.of(&s.cost_cny) + more.cost_cny);
            time_h.push(v.of(&s.time_h) + more.time_h);
            let after = forced.and_then(|f| f.after_seizure.get(&s.name));
            seized_factor.push(after.map_or(1.0, |a| v.of(&a.cost_factor)));
        }
        let total_cny: Vec<f64> = money_cny
            .iter()
            .zip(&time_h)
            .map(|(m, t)| m + t * hour)
            .collect();
        let seized_cny = total_cny
            .iter()
            .zip(seized_factor)
            .map(|(c, f)| c * f)
            .collect();
        let last = &given.scenario.last_resort;
        let (last_resort_cny, last_resort_h) = if cause.cause.is_emergency() {
            (
                v.of(&last.cost_cny) + v.of(&last.time_h) * hour,
                v.of(&last.time_h),
            )
        } else {
            (v.of(&last.refuse_other_cny), 0.0)
        };
        Self {
            money_cny,
            time_h,
            total_cny,
            seized_cny,
            last_resort_cny,
            last_resort_h,
        }
    }

    /// The order problem with these costs.
    #[must_use]
    pub fn problem<'a>(
        &'a self,
        force: Option<(usize, f64)>,
        fail_all: super::order::FailAll<'a>,
    ) -> Problem<'a> {
        Problem {
            cost: &self.total_cny,
            cost_seized: &self.seized_cny,
            force,
            last_resort: self.last_resort_cny,
            fail_all,
        }
    }
}

/// What following the plan of one cause comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// Every way it can end.
    pub sequences: Vec<Sequence>,
    /// Expected cost, CNY.
    pub cost_cny: f64,
    /// Expected attempts of every solution, by its place in the design.
    pub attempts: Vec<f64>,
}

impl Followed {
    /// Follows `plan`; `solutions` is their number in the design.
    #[must_use]
    pub fn new(problem: &Problem, plan: &Plan, cause: &CauseModel, solutions: usize) -> Self {
        let sequences = problem.sequences(&plan.order, &plan.after_seizure);
        let mut attempts = vec![0.0; solutions];
        for s in &sequences {
            for &a in &s.path {
                attempts[cause.attempts[a].solution] += s.p;
            }
        }
        Self {
            cost_cny: problem.cost_of_sequences(&sequences),
            sequences,
            attempts,
        }
    }
}

impl Prepared {
    /// Finds the plans.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] where a decision diagram grows beyond its bound.
    pub fn new(model: Model) -> Result<Self> {
        let values = model.parameters.nominal();
        let given = model.given(&values);
        let p = model.chances(&given);
        let mut plans = Vec::new();
        for cause in &model.causes {
            let force = model.force_of(cause, &given);
            let joint = Joint::new(cause, force.map(|(f, _)| f))?;
            let sweep = joint.diagram.sweep(&p);
            let fail_all = |b, a| sweep.of(joint.root(b, a));
            let costs = Costs::new(&model, cause, &given);
            let everything = all_of(&cause.attempts);
            let plan = costs.problem(force, &fail_all).best_plan(everything);
            plans.push(PreparedCause::new(joint, plan, force.map(|(f, _)| f)));
        }
        Ok(Self { model, plans })
    }

    /// Follows the plan of cause number `c` under drawn values; `p` are the chances of the leaves.
    #[must_use]
    pub fn follow(&self, c: usize, given: &Given, p: &[f64]) -> Followed {
        let (cause, prepared) = (&self.model.causes[c], &self.plans[c]);
        let sweep = prepared.diagram.sweep(p);
        let fail_all = |b, a| prepared.p(&sweep, b, a);
        let costs = Costs::new(&self.model, cause, given);
        let force = self.model.force_of(cause, given);
        let problem = costs.problem(force, &fail_all);
        Followed::new(
            &problem,
            &prepared.plan,
            cause,
            self.model.design.solutions.len(),
        )
    }

    /// Values of the files.
    #[must_use]
    pub fn nominal(&self) -> Values {
        self.model.parameters.nominal()
    }
}

impl PreparedCause {
    fn new(joint: Joint, plan: Plan, force: Option<usize>) -> Self {
        let mut states = vec![(0, 0)];
        let mut tried = 0;
        for &a in &plan.order {
            tried |= 1 << a;
            states.push((tried, 0));
            if force == Some(a) {
                let mut after = 0;
                for &b in &plan.after_seizure {
                    after |= 1 << b;
                    states.push((tried, after));
                }
            }
        }
        let wanted: Vec<Root> = states.iter().map(|&(b, a)| joint.root(b, a)).collect();
        let (diagram, roots) = joint.diagram.compact(&wanted);
        let roots = states.into_iter().zip(roots).collect();
        Self {
            joint,
            plan,
            diagram,
            roots,
        }
    }

    fn p(&self, sweep: &Sweep, before: Subset, after: Subset) -> f64 {
        sweep.of(self.roots[&(before, after)])
    }
}

/// All attempts.
#[must_use]
pub fn all_of(attempts: &[AttemptModel]) -> Subset {
    (1 << attempts.len()) - 1
}
