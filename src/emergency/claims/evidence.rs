//! What the judges of the statements may look at, with the questions they ask most.

use crate::emergency::cause::Cause;
use crate::emergency::contest::Contest;
use crate::emergency::diagram::Diagram;
use crate::emergency::exposure::Route;
use crate::emergency::model::Model;
use crate::emergency::parameter::Values;
use crate::emergency::plan::p_open_with;
use crate::emergency::prepare::Prepared;
use crate::emergency::report::{Comparison, EmergencyReport, PlanReport, Step};
use crate::emergency::solution::SolutionSpec;
use crate::emergency::tree::{Expr, Tree};

/// Designs, their results, and the figures of the files.
pub(super) struct Evidence<'a> {
    contest: &'a Contest,
    pub(super) comparison: &'a Comparison,
    values: Vec<Values>,
}

/// A solution of a design.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    /// Place of the design.
    pub(super) design: usize,
    /// The solution.
    pub(super) spec: &'a SolutionSpec,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(contest: &'a Contest, comparison: &'a Comparison) -> Self {
        let values = contest.designs.iter().map(Prepared::nominal).collect();
        Self {
            contest,
            comparison,
            values,
        }
    }

    pub(super) fn prepared(&self, design: usize) -> &'a Prepared {
        &self.contest.designs[design]
    }

    pub(super) fn report(&self, design: usize) -> &'a EmergencyReport {
        &self.comparison.designs[design]
    }

    pub(super) fn designs(&self) -> std::ops::Range<usize> {
        0..self.contest.designs.len()
    }

    /// Every solution of that kind, in the order of the designs.
    pub(super) fn all(&self, kind: &'static str) -> impl Iterator<Item = Found<'a>> {
        let designs: &'a [Prepared] = &self.contest.designs;
        designs.iter().enumerate().flat_map(move |(design, d)| {
            let mine = d.model.design.solutions.iter();
            mine.filter(move |s| s.kind.0.kind().name == kind)
                .map(move |spec| Found { design, spec })
        })
    }

    /// The first solution of that kind.
    pub(super) fn first(&self, kind: &'static str) -> Option<Found<'a>> {
        self.all(kind).next()
    }

    /// The first design with electronics.
    pub(super) fn smart(&self) -> Option<usize> {
        self.designs()
            .find(|&d| self.section(d).causes.battery.is_some())
    }

    /// The first purely mechanical design.
    pub(super) fn mechanical(&self) -> Option<usize> {
        self.designs().find(|&d| {
            let causes = &self.section(d).causes;
            causes.battery.is_none() && causes.electronics.is_none()
        })
    }

    pub(super) fn section(&self, design: usize) -> &'a crate::emergency::EmergencySpec {
        &self.prepared(design).model.design
    }

    /// Chance that the solution alone opens for the cause; none where the cause does not happen.
    pub(super) fn alone(&self, found: Found, cause: Cause) -> Option<f64> {
        p_open_with(self.prepared(found.design), cause, &[&found.spec.name], &[])
    }

    /// The same when an event has happened; none for a gate.
    pub(super) fn alone_when(&self, found: Found, cause: Cause, event: &str) -> Option<f64> {
        let design = self.prepared(found.design);
        p_open_with(design, cause, &[&found.spec.name], &[event])
    }

    /// A number the solution knows about itself.
    pub(super) fn fact(&self, found: Found, name: &str) -> Option<f64> {
        let model = &self.prepared(found.design).model;
        let facts = found
            .spec
            .kind
            .0
            .facts(&model.given(&self.values[found.design]));
        facts.iter().find(|f| f.name == name).map(|f| f.value)
    }

    /// The chance of an event or gate by its name.
    pub(super) fn chance(&self, design: usize, name: &str) -> f64 {
        self.chance_of_all(design, &[name])
    }

    /// The chance that all of these events and gates happen together.
    pub(super) fn chance_of_all(&self, design: usize, names: &[&str]) -> f64 {
        let model = &self.prepared(design).model;
        let given = model.given(&self.values[design]);
        let mut tree = Tree::new(
            &model.design.events,
            &model.scenario.events,
            &model.design.gates,
        );
        let all = Expr::All(names.iter().map(|name| tree.named(name)).collect());
        let p: Vec<f64> = tree
            .into_leaves()
            .iter()
            .map(|l| (l.chance)(&given))
            .collect();
        let mut d = Diagram::new();
        let root = d
            .build(&all)
            .expect("part of a diagram that was built before");
        d.sweep(&p).of(root)
    }

    /// The name of reference number `k` of the solution's kind.
    pub(super) fn reference(found: Found<'a>, k: usize) -> Option<&'a str> {
        found.spec.kind.0.names().get(k).copied()
    }

    /// Annual loss at the figures of the files, CNY.
    pub(super) fn loss(&self, design: usize) -> f64 {
        self.report(design).annual_loss.total.nominal
    }

    /// Annual loss with the probability of an event replaced; none for events by age and gates.
    pub(super) fn loss_if(&self, design: usize, event: &str, p: f64) -> Option<f64> {
        ["scenario", "design"].iter().find_map(|part| {
            let key = format!("{part}/events/{event}/p");
            let outcome = self.prepared(design).sweep_number(&key, &[p])?;
            Some(outcome[0].loss.total())
        })
    }

    /// The same design with practice switched the other way; `(unpractised, practised)` loss.
    pub(super) fn practice(&self, design: usize) -> Option<(f64, f64)> {
        let model = &self.prepared(design).model;
        let loss = |rehearsed: bool| {
            let mut scenario = model.scenario.clone();
            scenario.rehearsed = rehearsed;
            let model = Model::new(&model.design, &scenario, &model.links).ok()?;
            let prepared = Prepared::new(model).ok()?;
            Some(prepared.evaluate(&prepared.nominal()).loss.total())
        };
        Some((loss(false)?, loss(true)?))
    }

    pub(super) fn plan(&self, design: usize, cause: Cause) -> Option<&'a PlanReport> {
        self.report(design).plan.get(&cause)
    }

    /// The step of the plan with that solution.
    pub(super) fn step(&self, found: Found, cause: Cause) -> Option<&'a Step> {
        let plan = self.plan(found.design, cause)?;
        plan.steps.iter().find(|s| s.solution == found.spec.name)
    }

    /// Unauthorised openings per year by a route, figures of the files.
    pub(super) fn exposure(&self, design: usize, route: Route) -> f64 {
        self.report(design).exposure_per_year[&route].nominal
    }

    /// Share of the lock-outs of a design that the causes make up.
    pub(super) fn share(&self, design: usize, causes: &[Cause]) -> f64 {
        let rates = &self.report(design).rates_per_year;
        let some: f64 = causes
            .iter()
            .filter_map(|c| rates.get(c))
            .map(|r| r.nominal)
            .sum();
        some / self.report(design).lockouts_per_year.nominal
    }

    /// Money of the solution's attempt beyond the stated figure, CNY.
    pub(super) fn surcharge_cny(&self, found: Found, cause: Cause) -> f64 {
        let model = &self.prepared(found.design).model;
        let given = model.given(&self.values[found.design]);
        found.spec.kind.0.surcharge(cause, &given).cost_cny
    }
}
