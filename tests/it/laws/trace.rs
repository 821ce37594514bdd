//! A traced trial is the trial of the study, action for action.

use crate::support::shipped;
use wheelpack::attack::trace::Action;
use wheelpack::study::{Options, attack_named, reader_named, resisted, trace};

const TRIALS: u64 = 24;

#[test]
fn a_traced_trial_is_the_trial_of_the_study() {
    let design = shipped("group2-dial");
    for (attack, reader) in [
        ("graphing", "expert"),
        ("graphing", "novice"),
        ("exhaustive", "expert"),
    ] {
        let (attack, reader) = (
            attack_named(attack).expect("listed"),
            reader_named(reader).expect("shipped"),
        );
        let options = Options {
            trials: Some(TRIALS),
            ..Options::with_seed(5)
        };
        let study = resisted(&design, attack, reader, &options).expect("a dial lock");
        let (mut readings, mut tries) = (0, 0);
        for (k, opened_after_min) in (0..TRIALS).zip(&study.times.opened_after_min) {
            let report = trace(&design, attack, reader, k, &options).expect("a dial lock");
            assert_eq!(report.opened, opened_after_min.is_finite(), "{k}");
            if report.opened {
                assert!((report.elapsed_min - opened_after_min).abs() < 1e-9, "{k}");
            }
            let count = |action| report.steps.iter().filter(|s| s.action == action).count() as u64;
            readings += report
                .steps
                .iter()
                .filter(|s| s.width_marks.is_some())
                .count() as u64;
            tries += count(Action::Try);
            let last = report.steps.last().expect("some action");
            let said = if report.opened { "open" } else { "time is up" };
            assert!(
                last.what.contains(said) || !report.opened,
                "{k}: {}",
                last.what
            );
            let minutes: f64 = report.chapters.iter().map(|c| c.duration_min).sum();
            assert!(
                (minutes - report.elapsed_min).abs() < 1e-6,
                "{k}: chapters leave time out"
            );
        }
        // a reading at which the lever falls or time ends shows no width
        let mean = |e: wheelpack::stats::Estimate| e.value.expect("a mean") * TRIALS as f64;
        assert!((mean(study.report.readings) - readings as f64).abs() <= TRIALS as f64 + 1e-6);
        assert!((mean(study.report.tries) - tries as f64).abs() < 1e-6);
    }
}

#[test]
fn the_truth_beside_a_reading_is_within_its_noise() {
    let design = shipped("group2-dial");
    let (attack, reader) = (
        attack_named("graphing").expect("listed"),
        reader_named("expert").expect("shipped"),
    );
    let report = trace(&design, attack, reader, 0, &Options::with_seed(1)).expect("a dial lock");
    let errors: Vec<f64> = report
        .steps
        .iter()
        .filter_map(|s| Some(s.width_marks? - s.true_width_marks?))
        .collect();
    assert!(errors.len() > 50);
    let mean = errors.iter().sum::<f64>() / errors.len() as f64;
    let sd = (errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64).sqrt();
    assert!(
        mean.abs() < 0.02 && (0.04..0.12).contains(&sd),
        "{mean} {sd}"
    );
}
