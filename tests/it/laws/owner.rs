//! Laws of the owner's side: windows, reliability, stacks of opening and fit.

use crate::support::shipped;
use wheelpack::design::SHIPPED;
use wheelpack::mechanism::dial_lock::{
    AsBuilt, OwnerSetup, ToleranceReport, opens_with_error, owner_trial, run_owner,
};
use wheelpack::mechanism::stack_report::StackReport;
use wheelpack::rng::{Purpose, stream};

fn with_each(check: impl Fn(&OwnerSetup<'_>)) {
    for shipped_design in SHIPPED {
        let design = shipped(shipped_design.name);
        let Some(lock) = design.lock.contact() else {
            continue;
        };
        let codes = design.pack_codes();
        check(&OwnerSetup {
            lock,
            codes: &codes,
            dialing_sd_marks: design.owner_sd_marks,
            seed: 3,
        });
    }
}

#[test]
fn a_window_ends_where_the_lock_stops_opening() {
    with_each(|setup| {
        for trial in 0..20 {
            let mut parts = stream(3, trial, Purpose::Lock);
            let built = AsBuilt::sample(setup.lock, setup.codes, &mut parts);
            let windows: Vec<_> = (0..setup.lock.wheels)
                .map(|i| built.window_marks(i))
                .collect();
            let Some(windows) = windows.into_iter().collect::<Option<Vec<(f64, f64)>>>() else {
                continue; // a wheel so tall that its gate never lets the lever fall
            };
            let middle: Vec<f64> = windows
                .iter()
                .zip(&setup.codes[0])
                .map(|(w, c)| c + 0.5 * (w.0 + w.1))
                .collect();
            assert!(built.opens(&middle));
            for (i, window) in windows.iter().enumerate() {
                for (edge, out) in [(window.0, -1e-4), (window.1, 1e-4)] {
                    let mut numbers = middle.clone();
                    numbers[i] = setup.codes[0][i] + edge - out;
                    assert!(built.opens(&numbers));
                    numbers[i] = setup.codes[0][i] + edge + out;
                    assert!(!built.opens(&numbers));
                }
            }
        }
    });
}

#[test]
fn an_error_just_below_the_largest_opens_and_one_above_does_not() {
    with_each(|setup| {
        for trial in 0..20 {
            let result = owner_trial(setup, trial);
            let mut parts = stream(setup.seed, trial, Purpose::Lock);
            let built = AsBuilt::sample(setup.lock, setup.codes, &mut parts);
            let worse = |e: f64| -> bool {
                (0..1_u32 << setup.lock.wheels).all(|bits| {
                    let side = |i: usize| if bits >> i & 1 == 0 { e } else { -e };
                    let numbers = setup.codes[0].iter().enumerate().map(|(i, c)| c + side(i));
                    built.opens(&numbers.collect::<Vec<f64>>())
                })
            };
            let most = result.largest_error_marks;
            if most > 1e-3 {
                assert!(worse(most - 1e-4) && !worse(most + 1e-4), "{result:?}");
            } else {
                assert!(!worse(most.abs() + 1e-3));
            }
        }
    });
}

#[test]
fn more_error_opens_less_often_and_none_opens_where_the_exact_code_does() {
    with_each(|setup| {
        let trials = 60;
        let exact = (0..trials)
            .filter(|&t| opens_with_error(setup, t, 0.0))
            .count();
        let good = (0..trials)
            .filter(|&t| owner_trial(setup, t).largest_error_marks > 0.0)
            .count();
        assert_eq!(exact, good);
        let counts = [0.0, 0.3, 1.0, 5.0].map(|sd| {
            (0..trials)
                .filter(|&t| opens_with_error(setup, t, sd))
                .count()
        });
        assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
        assert!(counts[3] < 5, "dialing at random opens: {counts:?}");
    });
}

#[test]
fn the_first_dialing_agrees_with_an_independent_estimate_from_the_windows() {
    // P(open | lock) is the product of the normal probabilities of its windows.
    with_each(|setup| {
        let trials = run_owner(setup, 250);
        let phi = wheelpack::stats::special::normal_cdf;
        let sd = setup.dialing_sd_marks;
        let of_lock = |t: &wheelpack::mechanism::dial_lock::OwnerTrial| -> f64 {
            t.windows_marks
                .iter()
                .map(|w| w.map_or(0.0, |(l, h)| phi(h / sd) - phi(l / sd)))
                .product()
        };
        let expected = trials.iter().map(of_lock).sum::<f64>() / trials.len() as f64;
        let opened = trials.iter().filter(|t| t.opens).count() as f64 / trials.len() as f64;
        let sigma = (expected * (1.0 - expected) / trials.len() as f64).sqrt();
        assert!(
            (opened - expected).abs() < 4.0 * sigma + 0.01,
            "{opened}, expected {expected}"
        );
    });
}

#[test]
fn opening_stacks_agree_with_as_built_locks_and_tell_where_rss_is_no_bound() {
    with_each(|setup| {
        let stacks = setup.lock.opening_stacks(setup.codes);
        let reports: Vec<StackReport> =
            stacks.iter().map(|s| StackReport::run(s, 3, 150)).collect();
        for report in &reports {
            let (mc, worst) = (&report.monte_carlo, report.worst_case);
            assert!(
                worst.low <= report.nominal && report.nominal <= worst.high,
                "{report:?}"
            );
            assert!(mc.mean.value.unwrap() > worst.low && mc.mean.value.unwrap() < worst.high);
        }
        assert!(
            reports[0].is_linear,
            "clearance is a difference of two widths"
        );
        let (rss, mc) = (reports[0].rss, reports[0].monte_carlo);
        assert!((mc.sd / rss.sd - 1.0).abs() < 0.15);
        assert!(
            !reports[2].is_linear,
            "the largest error is the least of all wheels and sides"
        );
        // The same function from locks built the other way.
        let trials = run_owner(setup, 150);
        let mean = trials
            .iter()
            .map(|t| t.largest_error_marks.max(-3.0))
            .sum::<f64>()
            / 150.0;
        let mc = reports[2].monte_carlo;
        assert!(
            (mc.mean.value.unwrap() - mean).abs() < 6.0 * mc.sd / 150_f64.sqrt(),
            "{mean} {mc:?}"
        );
    });
}

#[test]
fn a_tolerance_report_has_the_fields_of_the_interface() {
    with_each(|setup| {
        let report = ToleranceReport::run(setup, 50);
        let value = serde_json::to_value(&report).unwrap();
        for field in [
            "window_half_marks",
            "p_open_first_dialing",
            "p_open_one_mark_off",
            "largest_error_marks",
            "worst_case",
            "rss",
            "monte_carlo",
            "contributions",
        ] {
            assert!(value.get(field).is_some(), "{field} is missing");
        }
        assert_eq!(report.window_half_marks.len(), setup.lock.wheels);
        let nominal = setup.lock.window.half_marks();
        let half = report.window_half_marks[0];
        assert!(
            half.low.unwrap() < nominal && nominal < half.high.unwrap(),
            "{half:?} {nominal}"
        );
    });
}
