//! The map of openings: which pairs of numbers of the first two wheels open something.

use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "openings_map",
    about: "intended openings and ghosts of a lock with spare codes, wheel 1 against wheel 2",
    draw: Draw::One(draw),
};

fn draw(design: &Design, study: &Study) -> Result<Option<Svg>> {
    let (Some(keyspace), Some(input)) = (&study.keyspace, &design.keyspace) else {
        return Ok(None);
    };
    let (Some(report), Some(codes)) = (&keyspace.codes, &input.codes) else {
        return Ok(None);
    };
    if codes.spares.is_empty() || input.space.wheels() < 2 {
        return Ok(None);
    }
    let marks = f64::from(input.space.marks());
    let pair = |numbers: &[u32]| (f64::from(numbers[0]), f64::from(numbers[1]));
    let intended = std::iter::once(&codes.main).chain(codes.spares.iter().map(|s| &s.code));
    let intended: Vec<(f64, f64)> = intended.map(|c| pair(&c.0)).collect();
    let ghosts: Vec<(f64, f64)> = report
        .openings
        .ghost_codes
        .iter()
        .map(|c| pair(&c.0))
        .filter(|g| !intended.contains(g))
        .collect();
    let title = format!("{}: what opens, first against second number", study.name);
    Chart::new("openings_map", title)
        .alt(format!(
            "Circles: numbers of the main and spare codes. Other marks: numbers of ghost codes, {} in all over the remaining wheels.",
            report.openings.ghosts
        ))
        .x(Axis::linear("First number (marks)").range(0.0, marks))
        .y(Axis::linear("Second number (marks)").range(0.0, marks))
        .series(Series::points("main and spare codes", intended).colour(0))
        .series(Series::points("ghost codes only", ghosts).colour(1))
        .size(560.0, 460.0)
        .draw()
        .map(Some)
}
