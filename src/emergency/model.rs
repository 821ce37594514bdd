//! One design in one scenario, put together: numbers registered, trees built, ready to evaluate.

use super::cause::Cause;
use super::check::{check_design, check_pair, check_scenario};
use super::diagram::{Diagram, Root};
use super::given::{Given, SolverLinks};
use super::order::Subset;
use super::parameter::{Parameters, Values};
use super::scenario::ScenarioSpec;
use super::solution::{Reach, SolutionSpec};
use super::spec::EmergencySpec;
use super::tree::{Expr, Leaf, Tree};
use crate::finding::{Finding, Severity};
use std::sync::Arc;

/// A design in a scenario.
#[derive(Debug)]
pub struct Model {
    /// The design's emergency section.
    pub design: EmergencySpec,
    /// The scenario.
    pub scenario: ScenarioSpec,
    /// Results taken over from the other analyses.
    pub links: SolverLinks,
    /// Every number of the two files.
    pub parameters: Parameters,
    /// The basic events.
    pub leaves: Vec<Leaf>,
    /// The causes that happen, in the order of [`Cause::ALL`].
    pub causes: Vec<CauseModel>,
    /// Warnings found on the way.
    pub warnings: Vec<Finding>,
}

/// What can be tried against one cause.
#[derive(Debug)]
pub struct CauseModel {
    /// The cause.
    pub cause: Cause,
    /// What can be tried; solutions that cannot answer the cause are not here.
    pub attempts: Vec<AttemptModel>,
}

/// One solution against one cause.
#[derive(Debug)]
pub struct AttemptModel {
    /// Its place in the design's `solutions`.
    pub solution: usize,
    /// What makes it fail.
    pub fails: Expr,
    /// What makes it fail on a seized lock.
    pub fails_seized: Expr,
    /// Whether it needs one of the power sources of the design.
    pub needs_power: bool,
}

impl Model {
    /// Puts `design` into `scenario`.
    ///
    /// # Errors
    /// All findings where at least one is an error. Pointers start at `/emergency` for the design
    /// and at `/scenario` for the scenario.
    pub fn new(
        design: &EmergencySpec,
        scenario: &ScenarioSpec,
        links: &SolverLinks,
    ) -> Result<Self, Vec<Finding>> {
        let mut found: Vec<Finding> = check_design(design)
            .into_iter()
            .chain(check_pair(design, scenario, links))
            .map(|f| f.under("/emergency"))
            .collect();
        found.extend(
            check_scenario(scenario)
                .into_iter()
                .map(|f| f.under("/scenario")),
        );
        if found.iter().any(|f| f.severity == Severity::Error) {
            return Err(found);
        }
        let (mut design, mut scenario) = (design.clone(), scenario.clone());
        design.state_default_shares();
        let mut parameters = Parameters::default();
        parameters.register("scenario", &mut scenario);
        parameters.register("design", &mut design);
        let (leaves, causes) = build(&design, &scenario, links);
        Ok(Self {
            design,
            scenario,
            links: links.clone(),
            parameters,
            leaves,
            causes,
            warnings: found,
        })
    }

    /// What formulas are evaluated with.
    #[must_use]
    pub fn given<'a>(&'a self, values: &'a Values) -> Given<'a> {
        Given {
            scenario: &self.scenario,
            values,
            links: &self.links,
        }
    }

    /// The probability of every basic event.
    #[must_use]
    pub fn chances(&self, given: &Given) -> Vec<f64> {
        self.leaves
            .iter()
            .map(|leaf| (leaf.chance)(given))
            .collect()
    }

    /// The solution of an attempt.
    #[must_use]
    pub fn solution_of(&self, attempt: &AttemptModel) -> &SolutionSpec {
        &self.design.solutions[attempt.solution]
    }

    /// Place among the attempts of the forced one, and its chance to seize when it fails.
    #[must_use]
    pub fn force_of(&self, cause: &CauseModel, given: &Given) -> Option<(usize, f64)> {
        cause.attempts.iter().enumerate().find_map(|(i, a)| {
            let force = self.solution_of(a).kind.0.forced()?;
            Some((i, given.values.of(&force.p_seize)))
        })
    }

    /// The model of `cause`, if it happens here.
    #[must_use]
    pub fn cause(&self, cause: Cause) -> Option<&CauseModel> {
        self.causes.iter().find(|c| c.cause == cause)
    }
}

fn build(
    design: &EmergencySpec,
    scenario: &ScenarioSpec,
    links: &SolverLinks,
) -> (Vec<Leaf>, Vec<CauseModel>) {
    let values = Values::as_stated();
    let given = Given {
        scenario,
        values: &values,
        links,
    };
    let mut tree = Tree::new(&design.events, &scenario.events, &design.gates);
    let looked_at = |c: &Cause| !c.is_emergency() || scenario.causes.contains(c);
    let causes = Cause::ALL
        .into_iter()
        .filter(looked_at)
        .filter(|c| design.causes.rate_per_year(*c, &given).is_some())
        .map(|cause| CauseModel {
            cause,
            attempts: (0..design.solutions.len())
                .filter_map(|i| attempt(design, scenario, i, cause, &mut tree))
                .collect(),
        })
        .collect();
    (tree.into_leaves(), causes)
}

/// Solution `i` against `cause`, or none where it cannot answer it.
fn attempt(
    design: &EmergencySpec,
    scenario: &ScenarioSpec,
    i: usize,
    cause: Cause,
    tree: &mut Tree,
) -> Option<AttemptModel> {
    let s = &design.solutions[i];
    let mut any = match s.reach(cause).into_owned() {
        Reach::Cannot => return None,
        Reach::Can => Vec::new(),
        Reach::PartlyShare(share) => {
            let name = format!("{}.not_this_{cause}", s.name);
            vec![tree.leaf(&name, Arc::new(move |g| 1.0 - g.values.of(&share)))]
        }
        Reach::WithPower => {
            let sources: Vec<usize> = design.power_sources().filter(|p| *p != i).collect();
            let dark = sources
                .into_iter()
                .map(|p| own_failure(design, scenario, p, cause, tree));
            vec![Expr::All(dark.collect())]
        }
    };
    let needs_power = matches!(*s.reach(cause), Reach::WithPower);
    if needs_power && any == [Expr::All(Vec::new())] {
        return None;
    }
    any.push(own_failure(design, scenario, i, cause, tree));
    let fails = Expr::Any(any);
    let forced = design.solutions.iter().find_map(|s| s.kind.0.forced());
    let fails_seized = match forced.and_then(|f| f.after_seizure.get(&s.name)) {
        None => fails.clone(),
        Some(after) => {
            let p = after.p_still_opens.clone();
            let name = format!("{}.blocked_by_seizure", s.name);
            let blocked = tree.leaf(&name, Arc::new(move |g| 1.0 - g.values.of(&p)));
            Expr::Any(vec![fails.clone(), blocked])
        }
    };
    Some(AttemptModel {
        solution: i,
        fails,
        fails_seized,
        needs_power,
    })
}

/// What makes solution `i` itself fail: its kind's causes, `fails_if` and a slip.
fn own_failure(
    design: &EmergencySpec,
    scenario: &ScenarioSpec,
    i: usize,
    cause: Cause,
    tree: &mut Tree,
) -> Expr {
    let s = &design.solutions[i];
    let mut any = vec![s.kind.0.failure(&s.name, cause, tree)];
    any.extend(s.fails_if.iter().map(|name| tree.named(name)));
    let slip = if scenario.rehearsed {
        &s.slip.p_practised
    } else {
        &s.slip.p_unpractised
    }
    .clone();
    any.push(tree.leaf(
        &format!("{}.slip", s.name),
        Arc::new(move |g| g.values.of(&slip)),
    ));
    Expr::Any(any)
}

/// The joint failure of every set of attempts of one cause, as functions of one diagram.
#[derive(Debug)]
pub struct Joint {
    /// The diagram.
    pub diagram: Diagram,
    plain: Vec<Root>,
    /// Place `before << n | after` for disjoint sets of `n` attempts; empty without a forced one.
    seized: Vec<Root>,
    attempts: usize,
}

impl Joint {
    /// All sets of the attempts of `cause`; with a forced one also all pairs (before, after).
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] where the diagram grows beyond its bound.
    pub fn new(cause: &CauseModel, force: Option<usize>) -> crate::error::Result<Self> {
        let mut d = Diagram::new();
        let n = cause.attempts.len();
        let own = |d: &mut Diagram, e: &Expr| d.build(e);
        let mut fails = Vec::new();
        let mut fails_seized = Vec::new();
        for a in &cause.attempts {
            fails.push(own(&mut d, &a.fails)?);
            fails_seized.push(own(&mut d, &a.fails_seized)?);
        }
        let mut plain = vec![super::diagram::TRUE; 1 << n];
        for set in 1..1_usize << n {
            let lowest = set.trailing_zeros() as usize;
            plain[set] = d.and(fails[lowest], plain[set & (set - 1)])?;
        }
        let mut seized = Vec::new();
        if let Some(f) = force {
            seized.resize(1 << (2 * n), super::diagram::FALSE);
            let all = (1_usize << n) - 1;
            for before in (0..=all).filter(|b| b >> f & 1 == 1) {
                seized[before << n] = plain[before];
                for after in (1..=all).filter(|a| a & before == 0) {
                    let lowest = after.trailing_zeros() as usize;
                    let rest = seized[before << n | (after & (after - 1))];
                    seized[before << n | after] = d.and(fails_seized[lowest], rest)?;
                }
            }
        }
        Ok(Self {
            diagram: d,
            plain,
            seized,
            attempts: n,
        })
    }

    /// The function that all of `before` and, on the seized lock, all of `after` fail.
    #[must_use]
    pub fn root(&self, before: Subset, after: Subset) -> Root {
        if after == 0 {
            self.plain[before as usize]
        } else {
            self.seized[(before as usize) << self.attempts | after as usize]
        }
    }
}
