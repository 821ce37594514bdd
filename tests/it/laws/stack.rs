//! Laws of tolerance stacks: linear functions, maxima, capability, contributions.

use wheelpack::mechanism::stack_report::{MonteCarlo, StackReport};
use wheelpack::tolerance::{Dimension, Law, Part, Stack};

fn toleranced(nominal: f64, plus: f64, minus: f64, law: Law) -> Dimension {
    Dimension {
        nominal,
        plus,
        minus,
        law,
        cp: 1.0,
    }
}

fn parts() -> Vec<Part> {
    vec![
        Part::straight("width", &toleranced(5.4, 0.05, 0.05, Law::Normal)),
        Part::straight("bar", &toleranced(3.2, 0.02, 0.06, Law::Uniform)),
        Part::round("runout", &toleranced(0.03, 0.01, 0.01, Law::Triangular)),
    ]
}

fn stack(function: impl Fn(&[f64]) -> f64 + Send + Sync + 'static) -> Stack<'static> {
    let limits = (2.1, 2.4);
    Stack {
        name: "clearance_mm",
        parts: parts(),
        function: Box::new(function),
        limits,
    }
}

#[test]
fn rss_and_monte_carlo_agree_where_the_function_is_linear() {
    let report = StackReport::run(&stack(|x| x[0] - x[1] + 2.0 * x[2]), 5, 4000);
    assert!(report.is_linear, "{report:?}");
    // By hand: band 0.1 over 6, 0.08 over √12, 2 · rms(0.03, 0.02/√24)/√2.
    let round = (0.03_f64.powi(2) + 0.02_f64.powi(2) / 24.0) / 2.0;
    let variance = (0.1_f64 / 6.0).powi(2) + 0.08_f64.powi(2) / 12.0 + 4.0 * round;
    assert!((report.rss.sd - variance.sqrt()).abs() < 1e-9);
    assert!((report.rss.mean - (5.4 - 3.18)).abs() < 1e-9);
    assert!((report.nominal - 2.2).abs() < 1e-12);
    let mc = report.monte_carlo;
    assert!(
        mc.mean.low.unwrap() < 2.22 && 2.22 < mc.mean.high.unwrap(),
        "{mc:?}"
    );
    assert!((mc.sd / report.rss.sd - 1.0).abs() < 0.05, "{mc:?}");
    // Corners: 5.45 − 3.14 + 0.08 and 5.35 − 3.22 − 0.08.
    assert!((report.worst_case.high - 2.39).abs() < 1e-9);
    assert!((report.worst_case.low - 2.05).abs() < 1e-9);
    let shares: f64 = report
        .contributions
        .iter()
        .map(|c| c.effect.rss_share)
        .sum();
    assert!((shares - 1.0).abs() < 1e-9);
    for c in &report.contributions {
        let (found, truth) = (c.monte_carlo_share, Some(c.effect.rss_share));
        assert!(found.low <= truth && truth <= found.high, "{c:?}");
        assert!(found.half_width() < Some(0.05), "{c:?}");
    }
}

#[test]
fn a_function_that_takes_the_largest_is_reported_as_not_linear() {
    let report = StackReport::run(&stack(|x| x[0].max(x[1] + 2.2) - 3.0), 5, 400);
    assert!(!report.is_linear);
    assert!(report.note.contains("RSS is no bound"), "{}", report.note);
    assert!(
        report.monte_carlo.mean.value > Some(report.rss.mean),
        "a max lies above its middle"
    );
}

#[test]
fn the_worst_case_of_many_dimensions_is_that_of_all_ends_and_nominals() {
    let many = |n: usize| -> Vec<Part> {
        let part = |i: usize| {
            let d = toleranced(0.1 * i as f64, 0.1, 0.05 * (1 + i % 3) as f64, Law::Normal);
            Part::straight(format!("{i}"), &d)
        };
        (0..n).map(part).collect()
    };
    let f = |x: &[f64]| {
        let pairs = x.chunks(2).map(|c| c[0] - 2.0 * c.get(1).unwrap_or(&0.0));
        pairs.fold(f64::INFINITY, f64::min) + 0.3 * x.iter().sum::<f64>()
    };
    let stack = Stack {
        name: "f",
        parts: many(9),
        function: Box::new(f),
        limits: (0.0, 1.0),
    };
    let found = stack.analyse().worst_case;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for code in 0..3_u32.pow(9) {
        let level = |(i, p): (u32, &Part)| {
            let d = &p.dimension;
            match code / 3_u32.pow(i) % 3 {
                0 => d.nominal - d.minus,
                1 => d.nominal,
                _ => d.nominal + d.plus,
            }
        };
        let corner: Vec<f64> = (0..).zip(&stack.parts).map(level).collect();
        low = low.min(f(&corner));
        high = high.max(f(&corner));
    }
    assert!((found.low - low).abs() < 1e-9, "{found:?}, lowest {low}");
    assert!(
        (found.high - high).abs() < 1e-9,
        "{found:?}, highest {high}"
    );
}

#[test]
fn capability_and_share_outside_follow_their_definitions() {
    let values: Vec<f64> = (0..1000).map(|k| f64::from(k) / 999.0).collect();
    let mc = MonteCarlo::new(&values, (-0.1, 0.7));
    let sd = (values.iter().map(|v| (v - 0.5).powi(2)).sum::<f64>() / 999.0).sqrt();
    assert!((mc.cp.unwrap() - 0.8 / (6.0 * sd)).abs() < 1e-9);
    assert!((mc.cpk.unwrap() - 0.2 / (3.0 * sd)).abs() < 1e-9);
    assert!((mc.p_outside.value.unwrap() - 0.3).abs() < 0.001);
    let one_sided = MonteCarlo::new(&values, (0.1, f64::INFINITY));
    assert_eq!(one_sided.cp, None);
    assert!((one_sided.cpk.unwrap() - 0.4 / (3.0 * sd)).abs() < 1e-9);
}

#[test]
fn a_trial_depends_on_seed_and_number_only() {
    let stack = stack(|x| x.iter().sum());
    let run = |order: &[u64]| -> Vec<f64> { order.iter().map(|&t| stack.trial(9, t)).collect() };
    let (up, down) = (run(&[0, 1, 2]), run(&[2, 1, 0]));
    assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>());
    assert_ne!(stack.draw(9, 0), stack.draw(10, 0));
}
