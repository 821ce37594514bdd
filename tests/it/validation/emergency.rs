//! Emergency opening against the hand-computed cases E1–E12, to the digits shown.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use wheelpack::emergency::battery::{Warning, draw_mah_per_day, life_days};
use wheelpack::emergency::diagram::Diagram;
use wheelpack::emergency::holders::{openings, p_at_least};
use wheelpack::emergency::order::{Problem, break_even_seizure};
use wheelpack::emergency::scenario::{shipped_scenario, shipped_scenario_names};
use wheelpack::emergency::shipped::shipped_section;
use wheelpack::emergency::tree::Expr;
use wheelpack::emergency::{Cause, Contest, Model, SolverLinks, forgetting, spring_life, wear};

/// `got` agrees with a printed figure to all its digits: half a unit of the last one, and no finer
/// than the two last bits of a double.
fn shows(got: f64, printed: &str) {
    let expected: f64 = printed.parse().unwrap();
    let decimals = printed
        .split('e')
        .next()
        .unwrap()
        .split('.')
        .nth(1)
        .map_or(0, str::len);
    let exponent = printed
        .split('e')
        .nth(1)
        .map_or(0, |e| e.parse::<i32>().unwrap());
    let half = 0.5000001 * 10_f64.powi(exponent - decimals as i32) + 2.0 * f64::EPSILON * expected;
    assert!((got - expected).abs() <= half, "{got} is not {printed}");
}

fn leaf(i: usize) -> Expr {
    Expr::Leaf(i)
}

fn probability(expr: &Expr, p: &[f64]) -> f64 {
    let mut d = Diagram::new();
    let root = d.build(expr).unwrap();
    d.sweep(p).of(root)
}

#[test]
fn val_hand_battery_life_and_flat_rate() {
    let e1 = life_days(1716.0, 1.0, 18.7);
    shows(e1, "91.765");
    shows(0.15 * e1, "13.765");
    let e2 = life_days(2500.0, 1.0, draw_mah_per_day(50.0, 10.0, 0.3, 0.0));
    shows(e2, "595.238");
    let warning = Warning {
        lead_days: 14.0,
        visits_per_day: 1.0 / 30.0,
        p_ignored: 0.3,
        p_no_warning: 0.02,
    };
    shows(warning.p_missed(), ".721324");
    shows(warning.p_flat(), ".726898");
    shows(warning.rate_per_year(e2), ".430276");
}

#[test]
fn val_hand_forgetting_rate() {
    shows(forgetting::rate_per_year(4.0, 2.0), ".444444");
}

#[test]
fn val_hand_wear_from_a_durability_grade() {
    let reliability = wear::demonstrated_reliability(2.0, 0.5);
    shows(reliability, ".707107");
    let scale = wear::weibull_scale(100_000.0, reliability, 2.0);
    shows(scale, "169864.36");
    shows(wear::p_fails_in_year(0.0, 7305.0, scale, 2.0), ".00184771");
}

#[test]
fn val_hand_spring_life() {
    let median = spring_life::median_cycles(1e6, 300.0, 8.0, 330.0);
    shows(median, "466507");
    shows(spring_life::p_broken(73_050.0, median, 0.5), "1.0434e-4");
}

#[test]
fn val_hand_power_and_key_share_one_bag() {
    let (bag, bank, rust, absent, seized) = (leaf(0), leaf(1), leaf(2), leaf(3), leaf(4));
    let power = Expr::Any(vec![bank, rust, bag.clone()]);
    let key = Expr::Any(vec![absent, seized, bag]);
    let p = [0.05, 0.3, 0.1, 0.4, 0.02];
    let by_power = 1.0 - probability(&power, &p);
    let none = probability(&Expr::All(vec![power.clone(), key.clone()]), &p);
    shows(by_power, ".5985");
    shows(1.0 - by_power - none, ".206682");
    shows(none, ".194818");
    shows(probability(&power, &p) * probability(&key, &p), ".177222");
}

fn shared_tree() -> (Expr, [f64; 6]) {
    let [batt, forgot, nobank, rust, nokey, cyl] = [0, 1, 2, 3, 4, 5].map(leaf);
    let top = Expr::All(vec![
        Expr::Any(vec![batt, forgot.clone()]),
        Expr::Any(vec![nobank, rust, forgot]),
        Expr::Any(vec![nokey, cyl]),
    ]);
    (top, [-(-0.2_f64).exp_m1(), 0.05, 0.3, 0.1, 0.4, 0.02])
}

#[test]
fn val_hand_probability_of_the_shared_tree() {
    let (top, p) = shared_tree();
    shows(probability(&top, &p), ".04685104980075284");
}

#[test]
fn val_hand_birnbaum_of_the_shared_tree() {
    let (top, p) = shared_tree();
    let mut d = Diagram::new();
    let root = d.build(&top).unwrap();
    let slope = d.gradient(root, &p);
    shows(slope[0], ".144818");
    shows(slope[1], ".3843673");
    shows(slope[2], ".0638539");
}

#[test]
fn val_hand_order_of_attempts() {
    let open = [0.63, 0.588, 0.95, 0.5];
    let fail_all = |before: u32, after: u32| {
        let part = |set: u32, p: [f64; 4]| {
            (0..4)
                .filter(|i| set >> i & 1 == 1)
                .map(|i| 1.0 - p[i])
                .product::<f64>()
        };
        part(before, open) * part(after, [0.63, 0.588, 0.6, 0.5])
    };
    let cost = [5.0, 8.0, 200.0, 100.0];
    let problem = |p_seize| Problem {
        cost: &cost,
        cost_seized: &cost,
        force: Some((3, p_seize)),
        last_resort: 1200.0,
        fail_all: &fail_all,
    };
    let plan = problem(1.0).best_plan(0b1111);
    assert_eq!(plan.order, [0, 1, 2, 3], "power, key, professional, force");
    shows(plan.cost, "43.7834");
    shows(
        problem(1.0).cost_of(&plan.order, &plan.after_seizure),
        "43.7834",
    );
    let p_star = break_even_seizure(260.0, 680.0, 100.0, 0.5).unwrap();
    shows(p_star, ".142857");
    let force_first = problem(p_star).cost_of(&[3, 2], &[2]);
    shows(force_first, "260.000000");
    shows(problem(p_star).cost_of(&[2], &[]), "260.000000");
}

#[test]
fn val_hand_m_of_n_spares() {
    shows(p_at_least(1, &[0.8, 0.8]), ".96");
    shows(p_at_least(1, &[0.02, 0.02]), ".0396");
    shows(p_at_least(2, &[0.8; 3]), ".896");
    shows(p_at_least(2, &[0.02; 3]), ".001184");
}

#[test]
fn val_hand_openings_of_spares() {
    let all = |independent| [0, 1, 2].map(|spares| openings(spares, 4, independent).unwrap());
    assert_eq!(all(true), [1, 2, 3]);
    assert_eq!(all(false), [1, 16, 81]);
}

#[test]
fn val_hand_remote_alone_opens_no_flat_lock() {
    for name in shipped_scenario_names() {
        let scenario = shipped_scenario(name).unwrap();
        let mut section = shipped_section("smart-outdoor-lock").unwrap();
        section
            .solutions
            .retain(|s| s.kind.0.kind().name == "remote");
        let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
        let report = Contest::new(vec![model])
            .unwrap()
            .run(1, 0)
            .designs
            .remove(0);
        assert_eq!(
            report.success[&Cause::Battery]["remote"].p.to_bits(),
            0.0_f64.to_bits()
        );
        let plan = &report.plan[&Cause::Battery];
        assert_eq!(plan.p_open.to_bits(), 0.0_f64.to_bits());
        assert!(plan.order.is_empty(), "nothing to try: {:?}", plan.order);
    }
}
