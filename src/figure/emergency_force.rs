//! When forcing the lock pays: the chance to seize that it may have, by its chance to open and what
//! one attempt costs with its damage.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Heat, Mark, Series, Svg};
use crate::emergency::order::break_even_seizure;
use crate::emergency::report::ForceReport;
use crate::emergency::{Cause, EmergencyReport};
use crate::error::Result;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_force",
    about: "largest chance to seize the lock at which forcing first still pays, by its chance to open and its cost with damage",
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

/// Cost of an attempt at which forcing first breaks even, CNY, with the stated chance to seize.
fn even_cost(f: &ForceReport, p_opens: f64) -> f64 {
    let after = (1.0 - f.p_seize) * f.without_force + f.p_seize * f.seized;
    f.without_force - (1.0 - p_opens) * after
}

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let Some((d, cause, f)) = case(study) else {
        return Ok(None);
    };
    let most = 1.2 * f.attempt.max(f.without_force);
    let share = |i: usize| (i as f64 + 0.5) / CELLS as f64;
    let opens: Vec<f64> = (0..CELLS).map(share).collect();
    let costs: Vec<f64> = (0..CELLS).map(|i| most * share(i)).collect();
    let even = |cost: f64, p: f64| {
        let star = break_even_seizure(f.without_force, f.seized, cost, p);
        star.unwrap_or(1.0).clamp(0.0, 1.0)
    };
    let z = costs
        .iter()
        .map(|cost| opens.iter().map(|p| even(*cost, *p)).collect())
        .collect();
    let line: Vec<(f64, f64)> = (0..=100)
        .map(|i| f64::from(i) / 100.0)
        .map(|p| (p, even_cost(&f, p)))
        .filter(|(_, cost)| *cost >= 0.0)
        .collect();
    let pays = f.attempt < even_cost(&f, f.p_opens);
    let heat = Heat {
        x: opens,
        y: costs,
        z,
        scale: Axis::linear("").format(format::percent).range(0.0, 1.0),
    };
    let verdict = if pays { "pays" } else { "does not pay" };
    Chart::new(
        FIGURE.name,
        format!("{}, {}: does forcing first pay?", d.design, cause.name().replace('_', " ")),
    )
    .alt(format!(
        "Model result. At the figures of the files one forced attempt costs {} CNY with its damage, opens with chance {} and seizes the lock with chance {}: it {verdict} against {} CNY without force. Below the line it would.",
        format::short(f.attempt),
        format::percent(f.p_opens),
        format::percent(f.p_seize),
        format::short(f.without_force),
    ))
    .x(Axis::linear("Chance that force opens").format(format::percent).range(0.0, 1.0))
    .y(Axis::linear("Cost of one attempt with its damage (CNY)").format(format::short).range(0.0, most))
    .series(Series::heat(format!("largest chance to seize at which it pays; line: break-even at the {} of the files", format::percent(f.p_seize)), heat))
    .series(Series::line("", line).colour(1))
    .mark(Mark::note(f.p_opens, f.attempt, format!("as in the files: {verdict}")))
    .size(860.0, 460.0)
    .draw()
    .map(Some)
}
