//! Success curves: the share of locks opened by feel within a time, all designs together.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::study::{ResistReport, Study};

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "success_curves",
    about: "share of locks opened by manipulation within a time, with 95 % bands",
    draw: Draw::All(draw),
};

/// The reader whose curves are compared: the ablest that all designs have.
fn compared(study: &Study) -> Option<&ResistReport> {
    study
        .resist
        .iter()
        .find(|r| r.reader == "expert")
        .or_else(|| study.resist.last())
}

fn draw(studies: &[&Study]) -> Result<Svg> {
    let reader = studies
        .iter()
        .find_map(|s| compared(s))
        .map_or("expert", |r| r.reader.as_str());
    let budget_min = studies
        .iter()
        .filter_map(|s| compared(s))
        .map(|r| 60.0 * r.budget_h)
        .fold(60.0, f64::max);
    let mut chart = Chart::new(
        "success_curves",
        format!("Opened by manipulation, reader “{reader}” (model)"),
    )
    .alt(described(studies))
    .x(Axis::log_minutes("Time (log)").range(10.0, budget_min))
    .y(Axis::linear("Locks opened")
        .format(format::percent)
        .range(0.0, 1.0))
    .size(860.0, 460.0);
    for (k, study) in studies.iter().enumerate() {
        let Some(report) = compared(study) else {
            continue;
        };
        let mut line = vec![(1.0, 0.0)];
        line.extend(report.curve.iter().map(|c| (c.time_min, c.p)));
        line.push((
            60.0 * report.budget_h,
            report.curve.last().map_or(0.0, |c| c.p),
        ));
        let mut band = vec![(1.0, 0.0, 0.0)];
        band.extend(report.curve.iter().map(|c| (c.time_min, c.low, c.high)));
        if let Some(last) = report.curve.last() {
            band.push((60.0 * report.budget_h, last.low, last.high));
        }
        chart = chart
            .series(Series::step(study.name.clone(), line).colour(k))
            .series(Series::step_band(band).colour(k));
    }
    for (name, at) in [("30 min", 30.0), ("2 h", 120.0), ("20 h", 1200.0)] {
        if at < budget_min {
            chart = chart.mark(Mark::at_x(at, name));
        }
    }
    chart.draw()
}

fn described(studies: &[&Study]) -> String {
    let medians: Vec<String> = studies
        .iter()
        .filter_map(|s| compared(s).map(|r| (s, r)))
        .map(|(s, r)| match r.t50_min.value {
            Some(t) => format!(
                "{}: half of the locks open after {}",
                s.name,
                format::minutes(t)
            ),
            None => format!("{}: fewer than half open within {} h", s.name, r.budget_h),
        })
        .collect();
    format!("Model result. {}.", medians.join("; "))
}
