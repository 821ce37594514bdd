//! Laws of the emergency model on everything that is shipped.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use wheelpack::emergency::claims::{Verdict, claims};
use wheelpack::emergency::importance::FORMULAS;
use wheelpack::emergency::order::members;
use wheelpack::emergency::scenario::{shipped_scenario, shipped_scenario_names};
use wheelpack::emergency::shipped::{shipped_section, shipped_section_names};
use wheelpack::emergency::solution::Reach;
use wheelpack::emergency::subset::{all_subsets, solution_values};
use wheelpack::emergency::{Cause, Contest, Model, SOLUTIONS, SolverLinks};

fn contest(scenario: &str) -> Contest {
    let scenario = shipped_scenario(scenario).unwrap();
    let models = shipped_section_names()
        .iter()
        .map(|name| {
            let section = shipped_section(name).unwrap();
            Model::new(&section, &scenario, &SolverLinks::default()).unwrap()
        })
        .collect();
    Contest::new(models).unwrap()
}

#[test]
fn joint_failure_falls_with_every_solution_and_the_cost_never_rises() {
    for scenario in shipped_scenario_names() {
        for design in contest(scenario).designs {
            let subsets = all_subsets(&design);
            for set in 0..subsets.len() {
                for i in members(!(set as u32) & (subsets.len() as u32 - 1)) {
                    let (less, more) = (&subsets[set].outcome, &subsets[set | 1 << i].outcome);
                    for (a, b) in less.causes.iter().zip(&more.causes) {
                        assert!(b.cost_cny <= a.cost_cny + 1e-9, "{scenario} {set} + {i}");
                    }
                }
            }
            let values = design.nominal();
            let p = design.model.chances(&design.model.given(&values));
            for (cause, prepared) in design.model.causes.iter().zip(&design.plans) {
                let sweep = prepared.joint.diagram.sweep(&p);
                let all = (1_u32 << cause.attempts.len()) - 1;
                for set in 0..=all {
                    for i in members(all & !set) {
                        let (f, g) = (
                            prepared.joint.root(set, 0),
                            prepared.joint.root(set | 1 << i, 0),
                        );
                        assert!(sweep.of(g) <= sweep.of(f) + 1e-15);
                    }
                }
            }
        }
    }
}

#[test]
fn the_shapley_values_sum_to_what_all_solutions_save() {
    for design in contest("home_door").designs {
        let subsets = all_subsets(&design);
        let saved = subsets[0].outcome.loss.total() - subsets.last().unwrap().outcome.loss.total();
        let values = solution_values(&design, &subsets);
        let sum: f64 = values.iter().map(|v| v.shapley_cny_per_year).sum();
        assert!((sum - saved).abs() < 1e-8 * saved.abs(), "{sum} {saved}");
    }
}

#[test]
fn remote_alone_does_not_open_a_flat_lock_and_power_makes_it_the_joint_event() {
    for scenario in shipped_scenario_names() {
        let c = contest(scenario).run(1, 0);
        let smart = &c.designs[0];
        let row = &smart.success[&Cause::Battery];
        assert!(row["remote"].p <= row["power"].p, "{scenario}");
    }
}

#[test]
fn every_ending_of_every_plan_is_counted_once() {
    for scenario in shipped_scenario_names() {
        for d in contest(scenario).run(1, 0).designs {
            for (cause, plan) in &d.plan {
                let total: f64 = plan.endings.iter().map(|e| e.p).sum();
                assert!(
                    (total - 1.0).abs() < 1e-12,
                    "{scenario} {} {cause}",
                    d.design
                );
                assert!(plan.expected_cost <= plan.stated_order_cost + 1e-9);
                // The last resort of a visitor is to be refused: he is never in.
                let in_the_end = if cause.is_emergency() {
                    1.0
                } else {
                    plan.p_open
                };
                let last = plan.access.last().map_or(0.0, |a| a.p);
                assert!((last - in_the_end).abs() < 1e-12, "{cause}: {last}");
                assert_eq!(plan.t90_h.is_some(), in_the_end >= 0.9, "{cause}");
            }
        }
    }
}

#[test]
fn a_port_destroyed_in_two_ways_is_paid_once() {
    use wheelpack::emergency::solution::Solution as _;
    use wheelpack::emergency::solution::external_power::ExternalPower;
    let number =
        |value: f64| serde_json::json!({"value": value, "mark": "assumption", "source": "test"});
    let port: ExternalPower = serde_json::from_value(serde_json::json!({
        "port": "micro_usb", "no_source": "none", "port_corroded": "rust",
        "supply_v": number(5.0), "limit_v": number(6.0), "wrong_supply_v": number(9.0),
        "p_wrong_supply": number(0.3), "p_reversed": number(0.8), "p_damage_if_reversed": number(0.5),
        "damage_cny": number(600.0), "another_credential": false
    }))
    .unwrap();
    let d = &contest("home_door").designs[0];
    let values = d.nominal();
    let paid = port.surcharge(Cause::Battery, &d.model.given(&values));
    assert!((paid.cost_cny - 600.0 * (1.0 - 0.7 * 0.6)).abs() < 1e-9);
}

#[test]
fn a_sample_does_not_depend_on_the_company_it_is_drawn_in() {
    let all = contest("safe");
    let scenario = shipped_scenario("safe").unwrap();
    let section = shipped_section("mechanical-one-spare").unwrap();
    let alone = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
    let alone = Contest::new(vec![alone]).unwrap();
    for i in 0..20 {
        assert_eq!(all.sample(7, i).designs[2], alone.sample(7, i).designs[0]);
    }
    assert_eq!(all.run(7, 30), all.finish(7, &all.samples(7, 30)));
}

#[test]
fn all_fifty_five_statements_get_a_verdict_and_a_reason() {
    for scenario in shipped_scenario_names() {
        let contest = contest(scenario);
        let list = claims(&contest, &contest.run(1, 200));
        let numbers: Vec<u8> = list.iter().map(|c| c.number).collect();
        assert_eq!(numbers, (1..=55).collect::<Vec<u8>>());
        for c in &list {
            assert!(!c.because.is_empty());
            assert!(c.value.is_none_or(f64::is_finite), "{}", c.number);
            assert!(
                c.value.is_some() || c.verdict == Verdict::NoData,
                "{}",
                c.number
            );
        }
        let no_power = &list[23];
        assert_eq!(
            (no_power.verdict, no_power.value),
            (Verdict::Fails, Some(0.0))
        );
    }
}

#[test]
fn statements_about_solutions_that_no_design_has_are_no_data() {
    let scenario = shipped_scenario("safe").unwrap();
    let section = shipped_section("mechanical-no-spare").unwrap();
    let model = Model::new(&section, &scenario, &SolverLinks::default()).unwrap();
    let contest = Contest::new(vec![model]).unwrap();
    let list = claims(&contest, &contest.run(1, 0));
    for number in (7..=34).chain(36..=41) {
        assert_eq!(list[number - 1].verdict, Verdict::NoData, "{number}");
    }
}

#[test]
fn default_applicability_is_the_table_of_the_model() {
    // Columns: battery, electronics, credential, jam, spring.
    let table = [
        ("external_power", "10000"),
        ("mechanical_key", "1110h"),
        ("remote", "P0100"),
        ("opening_hole", "111hh"),
        ("spare_combination", "00100"),
        ("professional", "11111"),
        ("force", "111hh"),
    ];
    let shipped =
        ["smart-outdoor-lock", "mechanical-one-spare"].map(|n| shipped_section(n).unwrap());
    let names: Vec<&str> = SOLUTIONS.iter().map(|k| k.name).collect();
    assert_eq!(names, table.map(|row| row.0));
    for (kind, row) in table {
        let mut all = shipped.iter().flat_map(|s| &s.solutions);
        let solution = all.find(|s| s.kind.0.kind().name == kind).unwrap();
        let found: String = Cause::ALL[..5]
            .iter()
            .map(|cause| match &*solution.reach(*cause) {
                Reach::Can => '1',
                Reach::Cannot => '0',
                Reach::WithPower => 'P',
                Reach::PartlyShare(_) => 'h',
            })
            .collect();
        assert_eq!(found, row, "{kind}");
    }
}

#[test]
fn every_importance_has_its_formula() {
    let c = contest("outdoor_cabinet").run(1, 0);
    let plan = &c.designs[0].plan[&Cause::Battery];
    let first = serde_json::to_value(&plan.importance[0]).unwrap();
    for (name, formula) in FORMULAS {
        assert!(first.get(name).is_some() && !formula.is_empty(), "{name}");
    }
}

#[test]
fn a_result_serialises_by_the_names_of_causes_and_routes() {
    let c = contest("home_door").run(1, 20);
    let json = serde_json::to_value(&c.designs[0]).unwrap();
    for pointer in [
        "/rates_per_year/battery/from",
        "/success/battery/power/p",
        "/plan/credential/order/0",
        "/plan/credential/p_open",
        "/plan/credential/expected_cost",
        "/plan/credential/expected_time_h",
        "/exposure_per_year/lost_key/value",
        "/annual_loss/value",
        "/annual_loss/level",
        "/annual_loss/parts/access_cny_per_year",
        "/rank",
        "/p_best",
    ] {
        assert!(json.pointer(pointer).is_some(), "{pointer}");
    }
    assert_eq!(json.pointer("/success/jam/key/p").unwrap(), 0.0);
}

#[test]
fn longer_visit_intervals_mean_more_flat_batteries() {
    let contest = contest("outdoor_cabinet");
    let rates: Vec<f64> = contest.designs[0]
        .sweep_number("scenario/visits_per_year", &[365.0, 52.0, 26.0, 12.0, 4.0])
        .unwrap()
        .iter()
        .map(|o| o.causes[0].rate.value)
        .collect();
    assert!(rates.windows(2).all(|w| w[0] < w[1]), "{rates:?}");
    assert!(
        contest.designs[0]
            .sweep_number("scenario/moons_per_year", &[1.0])
            .is_none()
    );
}
