//! Lock-outs per year, stacked by cause, design by design.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::Result;
use crate::emergency::Cause;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_causes",
    about: "lock-outs per year by cause, design by design (means over the uncertain figures)",
    draw: Draw::EmergencyAll(draw),
};

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let designs = &study.comparison.designs;
    let names: Vec<&str> = designs.iter().map(|d| d.design.as_str()).collect();
    let title = format!(
        "Lock-outs by cause in {}",
        study.scenario.name.replace('_', " ")
    );
    let mut chart = Chart::new("emergency_causes", title)
        .alt(described(study))
        .x(Axis::linear("Lock-outs per year")
            .from(0.0)
            .format(format::short))
        .y(Axis::categories("", names))
        .size(860.0, 140.0 + 44.0 * designs.len() as f64);
    for (k, cause) in Cause::ALL
        .into_iter()
        .filter(|c| c.is_emergency())
        .enumerate()
    {
        let rate = |d: &crate::emergency::EmergencyReport| {
            d.rates_per_year.get(&cause).map_or(0.0, |r| r.value)
        };
        let values: Vec<f64> = designs.iter().map(rate).collect();
        if values.iter().any(|v| *v > 0.0) {
            chart = chart.series(Series::stacked(cause.name(), values).colour(k));
        }
    }
    chart.draw().map(Some)
}

fn described(study: &EmergencyStudy) -> String {
    let each: Vec<String> = study
        .comparison
        .designs
        .iter()
        .map(|d| format!("{}: {}", d.design, format::short(d.lockouts_per_year.value)))
        .collect();
    format!(
        "Model result. Lock-outs per year in all: {}.",
        each.join("; ")
    )
}
