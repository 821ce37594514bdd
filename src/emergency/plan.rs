//! The plan of every cause and the success of every solution, for the report.

use super::access::{Access, quantile_h, time_to_access};
use super::cause::Cause;
use super::cut_set::CutSets;
use super::given::{Given, Origin};
use super::importance::importance;
use super::model::CauseModel;
use super::order::{Problem, break_even_seizure, members};
use super::prepare::{Costs, Prepared, PreparedCause, all_of};
use super::report::{Ending, ForceReport, PlanReport, Step, Success};
use super::solution::{Reach, SOLUTIONS};
use crate::math::sum;
use std::collections::BTreeMap;

/// By cause and solution.
pub type SuccessTable = BTreeMap<Cause, BTreeMap<String, Success>>;

/// Success tables and plans of all causes, at the figures of the files.
#[must_use]
pub fn plans(design: &Prepared) -> (SuccessTable, BTreeMap<Cause, PlanReport>) {
    let values = design.nominal();
    let given = design.model.given(&values);
    let p = design.model.chances(&given);
    let (mut success, mut plans) = (BTreeMap::new(), BTreeMap::new());
    for (cause, prepared) in design.model.causes.iter().zip(&design.plans) {
        let case = Case {
            design,
            cause,
            prepared,
            given: &given,
            p: &p,
        };
        success.insert(cause.cause, case.success());
        plans.insert(cause.cause, case.plan());
    }
    (success, plans)
}

/// One cause of one design at the figures of the files.
struct Case<'a> {
    design: &'a Prepared,
    cause: &'a CauseModel,
    prepared: &'a PreparedCause,
    given: &'a Given<'a>,
    p: &'a [f64],
}

impl Case<'_> {
    fn name(&self, attempt: usize) -> String {
        let a = &self.cause.attempts[attempt];
        self.design.model.solution_of(a).name.clone()
    }

    fn names(&self, attempts: &[usize]) -> Vec<String> {
        attempts.iter().map(|&a| self.name(a)).collect()
    }

    fn success(&self) -> BTreeMap<String, Success> {
        let design = &self.design.model.design;
        let place = |i: usize| self.cause.attempts.iter().position(|a| a.solution == i);
        let rows = design.solutions.iter().enumerate().map(|(i, s)| {
            let row = match (place(i), &*s.reach(self.cause.cause)) {
                (Some(a), reach) => self.alone(a, reach),
                (None, Reach::WithPower) => Success {
                    p: 0.0,
                    reason: "the lock has no power and nothing here can supply it".to_owned(),
                },
                (None, _) => Success {
                    p: 0.0,
                    reason: format!("does not answer {}", self.cause.cause),
                },
            };
            (s.name.clone(), row)
        });
        rows.collect()
    }

    /// Attempt `a` tried first. One that needs power has none by itself: its chance is that of the
    /// joint event with the source.
    fn alone(&self, a: usize, reach: &Reach) -> Success {
        let d = &self.prepared.joint.diagram;
        let root = self.prepared.joint.root(1 << a, 0);
        let likeliest = CutSets::of(d, root).likeliest(self.p, 1);
        let events = likeliest.first().map_or_else(
            || "nothing stands in its way".to_owned(),
            |(set, q)| {
                let names: Vec<&str> = set.iter().map(|&l| self.leaf(l)).collect();
                format!(
                    "fails mostly by {} ({:.2} %)",
                    names.join(" and "),
                    100.0 * q
                )
            },
        );
        let with = if matches!(reach, Reach::WithPower) {
            "together with power; "
        } else {
            ""
        };
        Success {
            p: 1.0 - d.sweep(self.p).of(root),
            reason: format!("{with}{events}"),
        }
    }

    fn leaf(&self, leaf: usize) -> &str {
        &self.design.model.leaves[leaf].name
    }

    fn plan(&self) -> PlanReport {
        let model = &self.design.model;
        let costs = Costs::new(model, self.cause, self.given);
        let sweep = self.prepared.joint.diagram.sweep(self.p);
        let fail_all = |b, a| sweep.of(self.prepared.joint.root(b, a));
        let force = model.force_of(self.cause, self.given);
        let problem = costs.problem(force, &fail_all);
        let plan = &self.prepared.plan;
        let sequences = problem.sequences(&plan.order, &plan.after_seizure);
        let Access { steps, mean_h } = time_to_access(model, self.cause, self.given, &sequences);
        let stuck = sum(sequences
            .iter()
            .filter(|s| s.opened_by.is_none())
            .map(|s| s.p));
        let stated = self.stated_order();
        let tail: Vec<usize> = stated
            .iter()
            .copied()
            .skip_while(|a| force.is_some_and(|(f, _)| f != *a))
            .skip(1)
            .collect();
        PlanReport {
            order: self.names(&plan.order),
            after_seizure: self.names(&plan.after_seizure),
            steps: self.steps(&problem, &costs),
            p_open: 1.0 - stuck,
            expected_cost: plan.cost,
            expected_time_h: mean_h,
            t50_h: quantile_h(&steps, 0.5),
            t90_h: quantile_h(&steps, 0.9),
            stated_order_cost: problem.cost_of(&stated, &tail),
            stated_order: self.names(&stated),
            access: steps,
            endings: sequences
                .iter()
                .map(|s| Ending {
                    tried: self.names(&s.path),
                    seized: s.seized_at.is_some(),
                    opened_by: s.opened_by.map(|a| self.name(a)),
                    p: s.p,
                })
                .collect(),
            force: force.map(|f| self.force(&problem, f)),
            importance: self.importance(),
        }
    }

    fn steps(&self, problem: &Problem, costs: &Costs) -> Vec<Step> {
        let mut tried = 0;
        let order = self.prepared.plan.order.iter().map(|&a| {
            let before = (problem.fail_all)(tried, 0);
            tried |= 1 << a;
            let after = (problem.fail_all)(tried, 0);
            let solution = self.design.model.solution_of(&self.cause.attempts[a]);
            let surcharge = solution.kind.0.surcharge(self.cause.cause, self.given);
            let studied = solution
                .kind
                .0
                .times(self.cause.cause, self.given)
                .is_some();
            Step {
                solution: solution.name.clone(),
                p_opens: if before > 0.0 {
                    1.0 - after / before
                } else {
                    0.0
                },
                p_cumulative: 1.0 - after,
                cost_cny: costs.money_cny[a],
                surcharge_cny: surcharge.cost_cny,
                time_h: costs.time_h[a],
                from: if studied {
                    Origin::AttackStudy
                } else {
                    Origin::File
                },
            }
        });
        order.collect()
    }

    /// The attempts in the order in which the source text names their kinds.
    fn stated_order(&self) -> Vec<usize> {
        let rank = |a: &usize| {
            let kind = self
                .design
                .model
                .solution_of(&self.cause.attempts[*a])
                .kind
                .0
                .kind();
            SOLUTIONS.iter().position(|k| k.name == kind.name)
        };
        let mut order: Vec<usize> = (0..self.cause.attempts.len()).collect();
        order.sort_by_key(rank);
        order
    }

    fn force(&self, problem: &Problem, (place, p_seize): (usize, f64)) -> ForceReport {
        let others = all_of(&self.cause.attempts) & !(1 << place);
        let without_force = problem.best_plan(others).cost;
        let seized = problem.best_seized(1 << place, others).0;
        let attempt = problem.cost[place];
        let p_opens = 1.0 - (problem.fail_all)(1 << place, 0);
        ForceReport {
            without_force,
            seized,
            attempt,
            p_opens,
            p_seize,
            p_seize_break_even: break_even_seizure(without_force, seized, attempt, p_opens),
        }
    }

    /// Importance for the failure of everything in the plan before the last resort.
    fn importance(&self) -> Vec<super::importance::Importance> {
        let tried = self
            .prepared
            .plan
            .order
            .iter()
            .fold(0, |set, a| set | 1 << a);
        let names: Vec<&str> = (0..self.p.len()).map(|l| self.leaf(l)).collect();
        let wanted = [self.prepared.joint.root(tried, 0)];
        let (small, roots) = self.prepared.joint.diagram.compact(&wanted);
        importance(&small, roots[0], self.p, &names)
    }
}

/// Chance to open for `cause` by trying all solutions of these names, events named in `happened`
/// being certain; 0 where none of them answers the cause, none where the cause does not happen or
/// an event is not part of the design. For the claims.
#[must_use]
pub fn p_open_with(
    design: &Prepared,
    cause: Cause,
    solutions: &[&str],
    happened: &[&str],
) -> Option<f64> {
    let c = design.model.causes.iter().position(|m| m.cause == cause)?;
    let (model, prepared) = (&design.model.causes[c], &design.plans[c]);
    let named = |i: usize| solutions.contains(&design.model.design.solutions[i].name.as_str());
    let powered = design.model.design.power_sources().any(named);
    let set = model.attempts.iter().enumerate().fold(0, |set, (i, a)| {
        let usable = named(a.solution) && (powered || !a.needs_power);
        if usable { set | 1 << i } else { set }
    });
    if members(set).next().is_none() {
        return Some(0.0);
    }
    let values = design.nominal();
    let mut p = design.model.chances(&design.model.given(&values));
    for name in happened {
        let leaf = design.model.leaves.iter().position(|l| l.name == *name)?;
        p[leaf] = 1.0;
    }
    Some(
        1.0 - prepared
            .joint
            .diagram
            .sweep(&p)
            .of(prepared.joint.root(set, 0)),
    )
}
