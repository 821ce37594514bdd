//! The chance to be in against time, given a lock-out by any cause.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::Result;
use crate::emergency::EmergencyReport;
use crate::math::sum;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_access",
    about: "chance to be in within a time after a lock-out, causes weighted by their rates",
    draw: Draw::EmergencyAll(draw),
};

/// Shortest time drawn, minutes.
const FROM_MIN: f64 = 2.0;

/// Steps (minutes, chance) over all causes of lock-outs by their rates, at the figures of the files.
fn mixed(d: &EmergencyReport) -> Vec<(f64, f64)> {
    let causes = || d.plan.iter().filter(|(c, _)| c.is_emergency());
    let rate = |c| d.rates_per_year.get(c).map_or(0.0, |r| r.nominal);
    let all = sum(causes().map(|(c, _)| rate(c)));
    if all <= 0.0 {
        return Vec::new();
    }
    let mut jumps: Vec<(f64, f64)> = causes()
        .flat_map(|(cause, plan)| {
            let weight = rate(cause) / all;
            let before = std::iter::once(0.0).chain(plan.access.iter().map(|a| a.p));
            plan.access
                .iter()
                .zip(before)
                .map(move |(a, p)| (60.0 * a.time_h, weight * (a.p - p)))
        })
        .collect();
    jumps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut p = 0.0;
    let steps = jumps.into_iter().map(|(t, q)| {
        p += q;
        (t.max(FROM_MIN), p)
    });
    std::iter::once((FROM_MIN, 0.0)).chain(steps).collect()
}

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let designs = &study.comparison.designs;
    let curves: Vec<Vec<(f64, f64)>> = designs.iter().map(mixed).collect();
    let last = curves
        .iter()
        .filter_map(|c| c.last())
        .map(|s| s.0)
        .fold(60.0, f64::max);
    let within = |t_min: f64| {
        let told = designs.iter().zip(&curves).map(|(d, c)| {
            let p = c.iter().rev().find(|s| s.0 <= t_min).map_or(0.0, |s| s.1);
            format!("{}: {}", d.design, format::percent(p))
        });
        told.collect::<Vec<_>>().join("; ")
    };
    let title = format!(
        "In within a time after a lock-out, {}",
        study.scenario.name.replace('_', " ")
    );
    let mut chart = Chart::new(FIGURE.name, title)
        .alt(format!(
            "Model result, plans of least cost. In within 2 h: {}.",
            within(120.0)
        ))
        .x(Axis::log_minutes("Time since the lock-out (log)").range(FROM_MIN, 1.1 * last))
        .y(Axis::linear("Chance to be in")
            .format(format::percent)
            .range(0.0, 1.0))
        .size(860.0, 460.0);
    for (k, (d, mut curve)) in designs.iter().zip(curves).enumerate() {
        curve.push((1.1 * last, 1.0));
        chart = chart.series(Series::step(d.design.clone(), curve).colour(k));
    }
    for (name, at) in [("2 h", 120.0), ("1 d", 1440.0)] {
        if at < last {
            chart = chart.mark(Mark::at_x(at, name));
        }
    }
    chart.draw().map(Some)
}
