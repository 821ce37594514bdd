//! Every figure, of every shipped design, alone and together: drawn, readable, the same each time.

use crate::support::{design, shipped, shipped_json, source, with};
use serde_json::json;
use wheelpack::design::{Design, SHIPPED, Variation};
use wheelpack::emergency::scenario::shipped_scenario;
use wheelpack::figure::check::layout_faults;
use wheelpack::figure::{Draw, FIGURES, Svg};
use wheelpack::report::bundle::{Recipe, Studied, Whole, draw_all};
use wheelpack::report::html::report_page;
use wheelpack::study::emergency::{EmergencyStudy, emergency, links_of_study, models};
use wheelpack::study::sensitivity::{Input, InputKind, Plan, SensitivityReport, sensitivity};
use wheelpack::study::sweep::{SweepPlan, SweepReport, sweep};
use wheelpack::study::{Options, Study, attack_named, reader_named, study};

/// Few trials: the pictures are tested, not the numbers.
fn studied(design: &Design) -> Study {
    let options = Options {
        trials: Some(12),
        ..Options::with_seed(3)
    };
    study(design, &options).expect("a shipped design can be studied")
}

fn all_shipped() -> Vec<(Design, Study)> {
    let both = |name| {
        let design = shipped(name);
        let study = studied(&design);
        (design, study)
    };
    SHIPPED.iter().map(|s| both(s.name)).collect()
}

/// The emergency comparison of those designs that have its section.
fn comparison(designs: &[(Design, Study)]) -> Option<EmergencyStudy> {
    let with_section: Vec<&(Design, Study)> = designs
        .iter()
        .filter(|(d, _)| d.emergency.is_some())
        .collect();
    if with_section.is_empty() {
        return None;
    }
    let scenario = shipped_scenario("outdoor_cabinet").expect("a shipped scenario");
    let options = Options::with_seed(3);
    let links: Vec<_> = with_section
        .iter()
        .map(|(d, s)| links_of_study(d, s, &options).expect("links"))
        .collect();
    let named: Vec<&Design> = with_section.iter().map(|(d, _)| d).collect();
    let Ok(models) = models(&named, &links, &scenario) else {
        panic!("shipped designs fit the shipped scenarios");
    };
    Some(emergency(models, links, 50, &options).expect("a comparison"))
}

/// Draws everything and returns what is wrong with it.
fn faults(designs: &[(Design, Study)], what: &str) -> Vec<String> {
    faults_and_page(designs, what).0
}

/// What is wrong, and the size of the page with all of it, bytes.
fn faults_and_page(designs: &[(Design, Study)], what: &str) -> (Vec<String>, usize) {
    let all: Vec<Studied<'_>> = designs
        .iter()
        .map(|(design, study)| Studied { design, study })
        .collect();
    let emergency = comparison(designs);
    let whole = Whole {
        all: &all,
        emergency: emergency.as_ref(),
    };
    let mut faults = Vec::new();
    let all_drawn = draw_all(&whole).expect("every figure can be drawn");
    for drawn in &all_drawn {
        let found = layout_faults(&drawn.svg).expect("a picture");
        faults.extend(found.iter().map(|f| format!("{what}: {}: {f}", drawn.path)));
    }
    let recipe = Recipe {
        command: "wheelpack report".to_owned(),
        seed: 3,
    };
    let page = report_page(&whole, &all_drawn, &recipe, "");
    (faults, page.len())
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_figure_of_every_shipped_design_is_readable() {
    let designs = all_shipped();
    let mut found = faults(&designs, "all together");
    for one in designs {
        let name = one.0.name.clone();
        found.extend(faults(&[one], &name));
    }
    assert_none(&found);
}

#[test]
fn ten_designs_together_are_readable_on_a_page_below_3_mb() {
    let original = studied(&shipped("group2-dial"));
    let copies: Vec<(Design, Study)> = (0..10)
        .map(|k| {
            let name = format!("a-design-with-a-long-name-{k}");
            let json = with(shipped_json("group2-dial"), &[("/name", json!(name))]);
            let study = Study {
                name: name.clone(),
                ..original.clone()
            };
            (design(&json), study)
        })
        .collect();
    let (found, page_bytes) = faults_and_page(&copies, "ten");
    assert_none(&found);
    assert!(page_bytes < 3_000_000, "{page_bytes} bytes");
}

#[test]
fn a_study_without_a_resistance_result_is_drawn_too() {
    let design = shipped("dial-spare-shared-wheels");
    let mut bare = studied(&design);
    bare.resist.clear();
    bare.contact = None;
    bare.window = None;
    bare.tolerance = None;
    assert_none(&faults(&[(design, bare)], "bare"));
}

#[test]
fn tolerances_without_points_and_with_one_are_drawn_too() {
    let design = shipped("group2-dial");
    let mut bare = studied(&design);
    let t = bare.tolerance.as_mut().expect("a dial lock has tolerances");
    t.owner_curve.truncate(1);
    t.wear.truncate(1);
    t.window_edges_marks.truncate(1);
    t.spring.report.travel.truncate(1);
    t.spring.report.feel = None;
    for over in &mut t.trade_offs {
        over.points.truncate(1);
    }
    for f in &mut t.report.contributions {
        f.result.dimensions.truncate(1);
    }
    assert_none(&faults(
        &[(shipped("group2-dial"), bare.clone())],
        "one point",
    ));
    let t = bare.tolerance.as_mut().expect("still there");
    t.owner_curve.clear();
    t.wear.clear();
    t.window_edges_marks.clear();
    t.spring.report.travel.clear();
    t.report.contributions.clear();
    for over in &mut t.trade_offs {
        over.points.clear();
    }
    assert_none(&faults(&[(design, bare)], "no point"));
}

/// A sweep of three points.
fn swept() -> SweepReport {
    let variation = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let plan = SweepPlan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("instrumented").expect("shipped"),
        input: &Input {
            at: "/mechanism/wheel/rim_radius_mm".to_owned(),
            kind: InputKind::Tolerance,
            low: 1.0,
            high: 2.0,
        },
        points: 3,
        trials: 20,
    };
    sweep(&variation, &plan, &Options::with_seed(3)).expect("a dial lock")
}

#[test]
fn results_without_points_and_with_one_are_drawn_too() {
    let name = "dial-spare-shared-wheels";
    let whole = studied(&shipped(name));
    for points in [0, 1] {
        let mut few = whole.clone();
        for report in &mut few.resist {
            report.curve.truncate(points);
            report.signal_to_noise.truncate(points);
        }
        if let Some(contact) = &mut few.contact {
            contact.points.truncate(points);
        }
        if let Some(window) = &mut few.window {
            window.points.truncate(points);
        }
        if let Some(trace) = &mut few.trace {
            trace.steps.truncate(points);
            trace.chapters.truncate(points);
        }
        assert_none(&faults(
            &[(shipped(name), few)],
            &format!("{points} points"),
        ));
    }
}

/// A sensitivity study of two inputs.
fn sensitive() -> SensitivityReport {
    let variation = Variation::new(&source(&shipped_json("group2-dial"))).expect("JSON");
    let input = |at: &str| Input {
        at: at.to_owned(),
        kind: InputKind::Number,
        low: 40.0,
        high: 80.0,
    };
    let plan = Plan {
        attack: attack_named("graphing").expect("listed"),
        reader: reader_named("expert").expect("shipped"),
        inputs: &[
            input("/mechanism/spring/torque_nmm"),
            input("/mechanism/dial/dial_friction_nmm"),
        ],
        points: 8,
        trials: 10,
        local_trials: 0,
    };
    sensitivity(&variation, &plan, &Options::with_seed(3)).expect("a dial lock")
}

#[test]
fn the_pictures_of_a_sensitivity_study_and_a_sweep_are_readable() {
    let report = sensitive();
    for figure in FIGURES {
        if let Draw::Sensitivity(draw) = figure.draw {
            let svg = draw("group2-dial", &report)
                .expect("drawn")
                .expect("it varies");
            assert_none(&layout_faults(&svg).expect("a picture"));
        }
    }
}

#[test]
fn a_picture_has_the_same_bytes_each_time() {
    let (design, again) = (
        shipped("group2m-false-gates"),
        shipped("group2m-false-gates"),
    );
    let (study, study_again) = (studied(&design), studied(&again));
    let of_emergency = [(); 2].map(|()| {
        let design = shipped("dial-spare-shared-wheels");
        let study = studied(&design);
        comparison(&[(design, study)]).expect("it has the section")
    });
    let (sensitive, swept) = (sensitive(), swept());
    let mut drawn = 0;
    for figure in FIGURES {
        let pair: [Option<Svg>; 2] = match figure.draw {
            Draw::All(draw) => [draw(&[&study]).ok(), draw(&[&study_again]).ok()],
            Draw::One(draw) => [
                draw(&design, &study).expect("drawn"),
                draw(&again, &study_again).expect("drawn"),
            ],
            Draw::Tolerance(draw) => [&study, &study_again].map(|s| {
                let t = s.tolerance.as_ref().expect("a dial lock has tolerances");
                draw(&s.name, t).expect("drawn")
            }),
            Draw::Sweep(draw) => [&swept, &swept].map(|r| draw("group2-dial", r).expect("drawn")),
            Draw::Sensitivity(draw) => {
                [&sensitive, &sensitive].map(|r| draw("group2-dial", r).expect("drawn"))
            }
            Draw::EmergencyOne(draw) => of_emergency.each_ref().map(|e| draw(e, 0).ok()),
            Draw::EmergencyAll(draw) => of_emergency.each_ref().map(|e| draw(e).expect("drawn")),
        };
        let [Some(a), Some(b)] = pair else {
            let may_be_absent = ["openings_map", "emergency_frontier", "emergency_visits"];
            assert!(may_be_absent.contains(&figure.name), "{}", figure.name);
            continue;
        };
        assert_eq!(a.standalone(), b.standalone(), "{}", figure.name);
        let png = |svg: &Svg| svg.to_png(1.0).expect("a PNG");
        assert!(png(&a) == png(&b), "{}", figure.name);
        drawn += 1;
    }
    assert!(drawn >= FIGURES.len() - 3);
}
