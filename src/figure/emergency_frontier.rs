//! Loss by lock-outs against intrusion, with the choices that no other beats.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_frontier",
    about: "loss by lock-outs against intrusion: each design with all its solutions, with its best ones, and the frontier over all choices of solutions",
    draw: Draw::EmergencyAll(draw),
};

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let at =
        |c: &crate::emergency::frontier::Choice| (c.exposure_per_year, c.access_loss_cny_per_year);
    let points = || {
        study
            .beside
            .iter()
            .flat_map(|b| [at(&b.whole), at(&b.best)])
    };
    let most = |of: fn((f64, f64)) -> f64| points().map(of).fold(f64::MIN_POSITIVE, f64::max);
    let mut chart = Chart::new(
        FIGURE.name,
        format!(
            "Locked out or broken into, {}",
            study.scenario.name.replace('_', " ")
        ),
    )
    .alt(described(study))
    .x(
        Axis::linear("Intrusions by way of the solutions (per year)")
            .format(format::short)
            .range(0.0, 1.08 * most(|p| p.0)),
    )
    .y(Axis::linear("Loss by lock-outs (CNY per year)")
        .format(format::short)
        .range(0.0, 1.08 * most(|p| p.1)))
    .size(860.0, 480.0)
    .series(Series::line("no choice beats", frontier(study)).colour(6));
    for (k, b) in study.beside.iter().enumerate() {
        let whole = vec![at(&b.whole)];
        chart = chart.series(Series::points(b.whole.design.clone(), whole).colour(k));
        let left: Vec<&str> = b.left_out().collect();
        if !left.is_empty() {
            let (x, y) = at(&b.best);
            let design = &b.whole.design;
            chart = chart.mark(Mark::note(
                x,
                y,
                format!("{design} without {}", left.join(", ")),
            ));
        }
    }
    chart.draw().map(Some)
}

/// Corners of the frontier of intrusion against loss, price left aside.
fn frontier(study: &EmergencyStudy) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = study
        .comparison
        .frontier
        .iter()
        .map(|c| (c.exposure_per_year, c.access_loss_cny_per_year))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for (x, y) in all {
        if let Some(&(_, least)) = corners.last() {
            if y >= least {
                continue;
            }
            corners.push((x, least));
        }
        corners.push((x, y));
    }
    corners
}

fn described(study: &EmergencyStudy) -> String {
    let each: Vec<String> = study
        .beside
        .iter()
        .map(|b| {
            format!(
                "{}: {} intrusions a year, {} CNY a year by lock-outs",
                b.whole.design,
                format::short(b.whole.exposure_per_year),
                format::short(b.whole.access_loss_cny_per_year)
            )
        })
        .collect();
    format!(
        "Model result at the figures of the files. {}. A ring is a design with only the solutions that earn their cost.",
        each.join("; ")
    )
}
