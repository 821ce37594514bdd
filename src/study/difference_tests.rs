use super::*;
use rand_distr::{Distribution as _, LogNormal};

/// Log-normal times of 200 trials, the second lock slower by `factor`.
fn sides(factor: f64) -> (TrialTimes, TrialTimes) {
    let mut rng = stream(3, 0, Purpose::Resample);
    let (shared, own) = (
        LogNormal::new(4.0, 1.0).unwrap(),
        LogNormal::new(0.0, 0.2).unwrap(),
    );
    let cut = |t: f64| if t > 1440.0 { f64::INFINITY } else { t };
    let (a, b): (Vec<f64>, Vec<f64>) = (0..200)
        .map(|_| {
            let luck: f64 = shared.sample(&mut rng);
            (cut(luck), cut(luck * factor * own.sample(&mut rng)))
        })
        .unzip();
    let times = |design: &str, opened_after_min| TrialTimes {
        design: design.to_owned(),
        attack: "graphing",
        reader: "expert".to_owned(),
        by_habit: false,
        seed: 1,
        budget_min: 1440.0,
        opened_after_min,
    };
    (times("a", a), times("b", b))
}

#[test]
fn a_lock_that_takes_half_as_long_again_is_shown_to_be_harder_by_every_figure() {
    let (a, b) = sides(1.5);
    for d in differences(&a, &b, &METRICS[..4]).unwrap() {
        assert_eq!(d.verdict, Verdict::Harder, "{d:?}");
    }
    for d in differences(&b, &a, &METRICS[..4]).unwrap() {
        assert_eq!(d.verdict, Verdict::Easier, "{d:?}");
    }
    let ratio = difference(&a, &b, Metric::LogMedianTime)
        .unwrap()
        .ratio
        .unwrap();
    assert!(
        ratio.low.unwrap() < 1.5 && 1.5 < ratio.high.unwrap(),
        "{ratio:?}"
    );
}

#[test]
fn the_ratio_is_that_of_the_medians_told_beside_it() {
    for factor in [1.0, 1.5, 4.0] {
        let (a, b) = sides(factor);
        let d = difference(&a, &b, Metric::LogMedianTime).unwrap();
        let told = exp(d.b.value.unwrap() - d.a.value.unwrap());
        let ratio = d.ratio.unwrap();
        let value = ratio.value.unwrap();
        assert!((value / told - 1.0).abs() < 1e-12, "{value} and {told}");
        assert!(
            ratio.low.unwrap() <= value && value <= ratio.high.unwrap(),
            "{ratio:?}"
        );
    }
}

#[test]
fn equal_locks_show_no_difference_and_neither_does_a_time_that_nobody_waited() {
    let (a, b) = sides(1.0);
    for d in differences(&a, &b, &METRICS).unwrap() {
        assert_eq!(d.verdict, Verdict::NoDifferenceShown, "{d:?}");
    }
    let late = Metric::POpen { within_min: 2000.0 };
    let d = difference(&a, &b, late).unwrap();
    assert_eq!(
        (d.difference.value, d.verdict),
        (None, Verdict::NoDifferenceShown)
    );
}

#[test]
fn a_median_beyond_the_budget_is_known_to_be_later_but_not_by_how_much() {
    let (a, b) = sides(60.0);
    let later = difference(&a, &b, Metric::LogMedianTime).unwrap();
    assert_eq!(later.verdict, Verdict::Harder, "{later:?}");
    assert!(later.difference.value.is_none() && later.difference.high.is_none());
    assert!(later.ratio.unwrap().low.unwrap() > 10.0, "{later:?}");
    let sooner = difference(&b, &a, Metric::LogMedianTime).unwrap();
    assert_eq!(sooner.verdict, Verdict::Easier, "{sooner:?}");
    let neither = difference(&b, &b, Metric::LogMedianTime).unwrap();
    assert_eq!(neither.verdict, Verdict::NoDifferenceShown, "{neither:?}");
}

#[test]
fn common_luck_makes_the_interval_narrower_than_that_of_each_side() {
    let (a, b) = sides(1.5);
    let d = difference(&a, &b, Metric::RestrictedMeanTime { until_min: 1200.0 }).unwrap();
    let width = |e: Estimate| e.half_width().unwrap();
    assert!(
        width(d.difference) < 0.7 * crate::math::hypot(width(d.a), width(d.b)),
        "{d:?}"
    );
}

#[test]
fn studies_of_different_seeds_are_not_paired() {
    let (a, mut b) = sides(1.5);
    b.seed = 2;
    let said = difference(&a, &b, Metric::LogMedianTime)
        .unwrap_err()
        .to_string();
    assert!(said.contains("only equal luck"), "{said}");
}
