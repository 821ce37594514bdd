//! Which solution opens for which cause: a heat map a design.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Heat, Series, Svg};
use crate::Result;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_matrix",
    about: "chance that a solution opens, by cause, tried first (0: it does not answer the cause)",
    draw: Draw::EmergencyOne(draw),
};

fn draw(study: &EmergencyStudy, design: usize) -> Result<Svg> {
    let d = &study.comparison.designs[design];
    let solutions: Vec<&str> = study.contest.designs[design]
        .model
        .design
        .solutions
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    let causes: Vec<String> = d
        .success
        .keys()
        .map(|c| c.name().replace('_', " "))
        .collect();
    let z: Vec<Vec<f64>> = solutions
        .iter()
        .map(|s| {
            let row = d.success.values();
            row.map(|by| by.get(*s).map_or(0.0, |s| s.p)).collect()
        })
        .collect();
    let places = |n: usize| (0..n).map(|i| i as f64).collect::<Vec<f64>>();
    let none = z.iter().flatten().filter(|p| **p <= 0.0).count();
    let heat = Heat {
        x: places(causes.len()),
        y: places(solutions.len()),
        scale: Axis::linear("").format(format::percent).range(0.0, 1.0),
        z,
    };
    Chart::new(FIGURE.name, format!("{}: what opens for which cause", d.design))
        .alt(format!(
            "Model result. {} causes by {} solutions; {none} pairs where the solution does not answer the cause. The numbers and reasons are in the table.",
            causes.len(),
            solutions.len()
        ))
        .x(Axis::categories("", causes))
        .y(Axis::categories("", solutions.iter().map(|s| s.replace('_', " "))))
        .series(Series::heat("chance to open", heat))
        .size(860.0, 150.0 + 40.0 * solutions.len() as f64)
        .draw()
}
