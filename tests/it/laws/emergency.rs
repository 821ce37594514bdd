//! Laws of the emergency model.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use std::collections::BTreeSet;
use wheelpack::emergency::cut_set::CutSets;
use wheelpack::emergency::diagram::Diagram;
use wheelpack::emergency::importance::importance;
use wheelpack::emergency::information::{evpi, evppi};
use wheelpack::emergency::order::{Problem, members};
use wheelpack::emergency::ranking::{promethee, topsis};
use wheelpack::emergency::tree::Expr;

const LEAVES: usize = 7;

/// A monotone expression over few leaves, with everything a file can hold.
fn expression() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        8 => (0..LEAVES).prop_map(Expr::Leaf),
        1 => Just(Expr::Always),
        1 => Just(Expr::Never),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let several = prop::collection::vec(inner, 1..4);
        prop_oneof![
            several.clone().prop_map(Expr::Any),
            several.clone().prop_map(Expr::All),
            (several, 1..4_usize).prop_map(|(of, k)| Expr::AtLeast(k.min(of.len()), of)),
        ]
    })
}

fn chances() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..1.0_f64, LEAVES)
}

fn truth_table(expr: &Expr, p: &[f64]) -> f64 {
    (0..1_usize << LEAVES)
        .filter(|bits| expr.is_true(&|i| bits >> i & 1 == 1))
        .map(|bits| {
            let weight = |(i, p): (usize, &f64)| if bits >> i & 1 == 1 { *p } else { 1.0 - p };
            p.iter().enumerate().map(weight).product::<f64>()
        })
        .sum()
}

fn probability(expr: &Expr, p: &[f64]) -> f64 {
    let mut d = Diagram::new();
    let root = d.build(expr).unwrap();
    d.sweep(p).of(root)
}

/// All minimal sets of true leaves that make `expr` true, by enumeration.
fn minimal_sets(expr: &Expr) -> BTreeSet<usize> {
    let holds = |bits: usize| expr.is_true(&|i| bits >> i & 1 == 1);
    let smaller = |bits: usize| {
        (0..LEAVES)
            .filter(move |i| bits >> i & 1 == 1)
            .map(move |i| bits & !(1 << i))
    };
    (0..1_usize << LEAVES)
        .filter(|&bits| holds(bits) && !smaller(bits).any(holds))
        .collect()
}

/// Cost of the cheapest policy by trying every order, giving up anywhere.
fn by_enumeration(problem: &Problem, before: u32, after: u32, seized: bool) -> f64 {
    let n = problem.cost.len();
    let here = (problem.fail_all)(before, after);
    let rest = members(!(before | after) & ((1 << n) - 1));
    rest.map(|a| {
        let (b, c) = if seized {
            (before, after | 1 << a)
        } else {
            (before | 1 << a, after)
        };
        let fails = (problem.fail_all)(b, c);
        let ratio = if here > 0.0 { fails / here } else { 0.0 };
        let next = match problem.force {
            Some((f, s)) if f == a && !seized => {
                (1.0 - s) * by_enumeration(problem, b, c, false)
                    + s * by_enumeration(problem, b, c, true)
            }
            _ => by_enumeration(problem, b, c, seized),
        };
        let cost = if seized {
            problem.cost_seized[a]
        } else {
            problem.cost[a]
        };
        cost + ratio * next
    })
    .fold(problem.last_resort, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_diagram_agrees_with_the_truth_table(expr in expression(), p in chances()) {
        prop_assert!((probability(&expr, &p) - truth_table(&expr, &p)).abs() < 1e-12);
    }

    #[test]
    fn birnbaum_is_the_finite_difference(expr in expression(), p in chances()) {
        let mut d = Diagram::new();
        let root = d.build(&expr).unwrap();
        let slope = d.gradient(root, &p);
        for (i, slope) in slope.iter().enumerate() {
            let at = |q: f64| {
                let mut p = p.clone();
                p[i] = q;
                d.sweep(&p).of(root)
            };
            prop_assert!((slope - (at(1.0) - at(0.0))).abs() < 1e-12);
        }
    }

    #[test]
    fn cut_sets_are_minimal_and_complete(expr in expression(), p in chances()) {
        let mut d = Diagram::new();
        let root = d.build(&expr).unwrap();
        let sets = CutSets::of(&d, root);
        let found = sets.likeliest(&p, 1 << LEAVES);
        let bits = |set: &Vec<usize>| set.iter().fold(0, |b, i| b | 1 << i);
        let found: BTreeSet<usize> = found.iter().map(|(set, _)| bits(set)).collect();
        prop_assert_eq!(sets.count(), found.len() as u128);
        prop_assert_eq!(found, minimal_sets(&expr));
    }

    #[test]
    fn importance_measures_meet_their_definitions(expr in expression(), p in chances()) {
        let mut d = Diagram::new();
        let root = d.build(&expr).unwrap();
        let top = d.sweep(&p).of(root);
        let names = ["0", "1", "2", "3", "4", "5", "6"];
        for m in importance(&d, root, &p, &names) {
            let i: usize = m.event.parse().unwrap();
            let at = |q: f64| {
                let mut p = p.clone();
                p[i] = q;
                d.sweep(&p).of(root)
            };
            let sets = minimal_sets(&expr);
            let with: Vec<Expr> = sets
                .iter()
                .filter(|s| *s >> i & 1 == 1)
                .map(|s| Expr::All(members(*s as u32).map(Expr::Leaf).collect()))
                .collect();
            let happened = truth_table(&Expr::Any(with), &p);
            prop_assert!((m.fussell_vesely_cut_sets.unwrap() - happened / top).abs() < 1e-9);
            prop_assert!((m.criticality - (top - at(0.0)) / top).abs() < 1e-9);
            prop_assert!((m.diagnostic - p[i] * at(1.0) / top).abs() < 1e-9);
            prop_assert!((m.risk_achievement_worth - at(1.0) / top).abs() < 1e-9);
            if let Some(worth) = m.risk_reduction_worth {
                prop_assert!((worth * at(0.0) / top - 1.0).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_program_is_the_best_of_all_permutations(
        solutions in prop::collection::vec((expression(), 0.0..50.0_f64), 1..=6),
        p in chances(),
        force in prop::option::of((0..6_usize, 0.0..1.0_f64)),
        blocked in 0.0..1.0_f64,
    ) {
        let n = solutions.len();
        // With a forced attempt every order has a second one after the seizure: keep it small.
        let n = if force.is_some() { n.min(4) } else { n };
        let force = force.map(|(f, s)| (f % n, s));
        let cost: Vec<f64> = solutions.iter().take(n).map(|s| s.1).collect();
        let cost_seized: Vec<f64> = cost.iter().map(|c| 1.5 * c).collect();
        let joint = |before: u32, after: u32| {
            let all = members(before | after).map(|i| solutions[i].0.clone()).collect();
            let opened = probability(&Expr::All(all), &p);
            let loose = members(after).map(|i| solutions[i].0.clone()).collect::<Vec<_>>();
            if loose.is_empty() {
                return opened;
            }
            // On the seized lock each attempt is blocked by a leaf of its own beyond the others.
            let mut more = p.clone();
            more.resize(LEAVES + n, blocked);
            let seized = members(after).map(|i| Expr::Any(vec![solutions[i].0.clone(), Expr::Leaf(LEAVES + i)]));
            let calm = members(before).map(|i| solutions[i].0.clone());
            probability(&Expr::All(calm.chain(seized).collect()), &more)
        };
        let table: Vec<Vec<f64>> = (0..1_u32 << n)
            .map(|b| (0..1_u32 << n).map(|a| if a & b == 0 { joint(b, a) } else { f64::NAN }).collect())
            .collect();
        let fail_all = |b: u32, a: u32| table[b as usize][a as usize];
        let problem = Problem {
            cost: &cost,
            cost_seized: &cost_seized,
            force,
            last_resort: 100.0,
            fail_all: &fail_all,
        };
        let plan = problem.best_plan((1 << n) - 1);
        let best = by_enumeration(&problem, 0, 0, false);
        prop_assert!((plan.cost - best).abs() < 1e-9, "{} {}", plan.cost, best);
        let followed = problem.cost_of(&plan.order, &plan.after_seizure);
        prop_assert!((followed - best).abs() < 1e-9, "{followed} {best}");
        let total: f64 = problem.sequences(&plan.order, &plan.after_seizure).iter().map(|s| s.p).sum();
        prop_assert!((total - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_duplicate_whose_events_are_all_shared_adds_nothing(expr in expression(), other in expression(), p in chances()) {
        let twice = Expr::All(vec![expr.clone(), other.clone(), expr.clone()]);
        let once = Expr::All(vec![expr, other]);
        prop_assert!((probability(&twice, &p) - probability(&once, &p)).abs() < 1e-14);
    }

    #[test]
    fn knowing_one_number_is_worth_no_more_than_knowing_all(seed in 0..1000_u64) {
        let luck = |i: u64, k: &str| wheelpack::emergency::parameter::luck(seed, i, k);
        let rows: Vec<Vec<f64>> = (0..400)
            .map(|i| vec![luck(i, "a") + luck(i, "b"), luck(i, "c"), 1.2 * luck(i, "a")])
            .collect();
        let column: Vec<f64> = (0..400).map(|i| luck(i, "a")).collect();
        let one = evppi(&rows, &column);
        prop_assert!(one >= 0.0 && one <= evpi(&rows));
    }
}

#[test]
fn the_value_of_information_meets_its_closed_form() {
    // Losses 0 and 2u - 1: knowing u saves E[max(0, 1 - 2u)] = 1/4; another number saves nothing.
    let luck = |i: u64, k: &str| wheelpack::emergency::parameter::luck(3, i, k);
    let rows: Vec<Vec<f64>> = (0..4000)
        .map(|i| vec![0.0, 2.0 * luck(i, "u") - 1.0])
        .collect();
    let column = |k: &str| (0..4000).map(|i| luck(i, k)).collect::<Vec<_>>();
    assert!((evpi(&rows) - 0.25).abs() < 0.015, "{}", evpi(&rows));
    assert!((evppi(&rows, &column("u")) - 0.25).abs() < 0.015);
    assert!(evppi(&rows, &column("v")) < 0.01);
}

#[test]
fn a_design_better_in_everything_leads_both_scores() {
    let rows = [
        vec![1.0, 2.0, 3.0],
        vec![2.0, 3.0, 4.0],
        vec![1.5, 2.5, 3.5],
    ];
    for score in [topsis(&rows, &[1.0; 3]), promethee(&rows, &[1.0; 3])] {
        assert!(score[0] > score[2] && score[2] > score[1], "{score:?}");
    }
    let flows: f64 = promethee(&rows, &[1.0, 2.0, 0.5]).iter().sum();
    assert!(flows.abs() < 1e-12);
}
