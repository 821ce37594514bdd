//! When forcing the lock first pays: its chance to open against its chance to seize the lock.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Heat, Mark, Series, Svg};
use crate::Result;
use crate::emergency::order::break_even_seizure;
use crate::emergency::report::ForceReport;
use crate::emergency::{Cause, EmergencyReport};
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_force",
    about: "what forcing first saves (below zero: costs) by its chance to open and its chance to seize the lock; the line is break-even",
    draw: Draw::EmergencyAll(draw),
};

/// Cells along each axis.
const CELLS: usize = 25;

/// The best-ranked design that can be forced, with the cause that happens most among those.
fn case(study: &EmergencyStudy) -> Option<(&EmergencyReport, Cause, ForceReport)> {
    let mut designs: Vec<&EmergencyReport> = study.comparison.designs.iter().collect();
    designs.sort_by_key(|d| d.rank);
    designs.into_iter().find_map(|d| {
        let rate = |c: &Cause| d.rates_per_year.get(c).map_or(0.0, |r| r.nominal);
        let forced = d.plan.iter().filter_map(|(c, p)| Some((*c, p.force?)));
        let (cause, force) = forced.max_by(|a, b| rate(&a.0).total_cmp(&rate(&b.0)))?;
        Some((d, cause, force))
    })
}

/// Saved by forcing first, CNY, against going on without force.
fn saved(f: &ForceReport, p_opens: f64, p_seize: f64) -> f64 {
    let after = (1.0 - p_seize) * f.without_force + p_seize * f.seized;
    f.without_force - f.attempt - (1.0 - p_opens) * after
}

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let Some((d, cause, f)) = case(study) else {
        return Ok(None);
    };
    let middles: Vec<f64> = (0..CELLS)
        .map(|i| (i as f64 + 0.5) / CELLS as f64)
        .collect();
    let z = middles
        .iter()
        .map(|seize| {
            middles
                .iter()
                .map(|opens| saved(&f, *opens, *seize))
                .collect()
        })
        .collect();
    let even: Vec<(f64, f64)> = (0..200)
        .map(|i| f64::from(i) / 200.0)
        .filter_map(|p| {
            Some((
                p,
                break_even_seizure(f.without_force, f.seized, f.attempt, p)?,
            ))
        })
        .filter(|(_, seize)| (0.0..=1.0).contains(seize))
        .collect();
    let heat = Heat {
        x: middles.clone(),
        y: middles,
        z,
        scale: Axis::linear("").format(format::short),
    };
    let here = saved(&f, f.p_opens, f.p_seize);
    let verdict = if here > 0.0 { "saves" } else { "costs" };
    let mut chart = Chart::new(
        FIGURE.name,
        format!("{}, {}: does forcing first pay?", d.design, cause.name().replace('_', " ")),
    )
    .alt(format!(
        "Model result. One forced attempt costs {} CNY with its damage; opening with chance {} and seizing with chance {} it {verdict} {} CNY against {} CNY without force.{}",
        format::short(f.attempt),
        format::percent(f.p_opens),
        format::percent(f.p_seize),
        format::short(here.abs()),
        format::short(f.without_force),
        if even.is_empty() { " It pays nowhere on this map." } else { "" }
    ))
    .x(Axis::linear("Chance that force opens").format(format::percent).range(0.0, 1.0))
    .y(Axis::linear("Chance that a failed attempt seizes the lock").format(format::percent).range(0.0, 1.0))
    .series(Series::heat("saved by forcing first (CNY)", heat))
    .mark(Mark::note(f.p_opens, f.p_seize, format!("the files: {verdict} {} CNY", format::short(here.abs()))))
    .size(860.0, 460.0);
    if !even.is_empty() {
        chart = chart.series(Series::line("break-even", even).colour(1));
    }
    chart.draw().map(Some)
}
