//! Lock-outs against the time between visits: a battery warning must be seen in time.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_visits",
    about: "lock-outs per year against the time between visits, at the figures of the files",
    draw: Draw::EmergencyAll(draw),
};

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let own_d = 365.25 / study.scenario.visits_per_year.value;
    let at_ends: Vec<String> = study
        .comparison
        .designs
        .iter()
        .zip(&study.beside)
        .filter_map(|(d, b)| {
            let (first, last) = (b.visits.first()?, b.visits.last()?);
            let short = format::short;
            Some(format!(
                "{}: {} at a visit a day, {} at one a year",
                d.design,
                short(first.lockouts_per_year),
                short(last.lockouts_per_year)
            ))
        })
        .collect();
    let title = format!(
        "Lock-outs against the visit interval, {}",
        study.scenario.name.replace('_', " ")
    );
    let mut chart = Chart::new(FIGURE.name, title)
        .alt(format!(
            "Model result. Lock-outs per year. {}.",
            at_ends.join("; ")
        ))
        .x(Axis::log("Days between visits (log)").format(format::short))
        .y(
            Axis::linear("Lock-outs per year, at the figures of the files")
                .format(format::short)
                .from(0.0),
        )
        .size(860.0, 420.0);
    for (k, (d, b)) in study
        .comparison
        .designs
        .iter()
        .zip(&study.beside)
        .enumerate()
    {
        let line = b
            .visits
            .iter()
            .map(|v| (v.interval_d, v.lockouts_per_year))
            .collect();
        chart = chart.series(Series::line(d.design.clone(), line).colour(k));
    }
    if own_d.is_finite() {
        chart = chart.mark(Mark::at_x(own_d, "this scenario"));
    }
    chart.draw().map(Some)
}
