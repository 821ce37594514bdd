//! The guessing curve: the share of main codes found within a number of guesses.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::error::Result;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "guessing",
    about: "share of main codes guessed within a number of guesses, codes chosen by people",
    draw: Draw::All(draw),
};

fn draw(studies: &[&Study]) -> Result<Svg> {
    let mut chart = Chart::new("guessing", "The main code guessed, likeliest codes first (spares and ghosts left out)")
        .alt("Share of main codes found within a number of guesses if people choose the codes (assumed habits).")
        .x(Axis::log("Guesses (log)").format(format::short))
        .y(Axis::linear("Main codes found").format(format::percent).range(0.0, 1.0))
        .size(860.0, 400.0);
    for (k, study) in studies.iter().enumerate() {
        let Some(keyspace) = &study.keyspace else {
            continue;
        };
        let chosen = keyspace
            .guess
            .chosen
            .curve
            .iter()
            .map(|p| (p.tries, p.p_open))
            .collect();
        chart = chart.series(Series::line(study.name.clone(), chosen).colour(k));
    }
    chart.draw()
}
