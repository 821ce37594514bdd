//! The dialing window against the reading signal: what the owner needs and the attacker feels.

use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::Result;
use crate::design::Design;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "window_signal",
    about: "depth of the fence over the offset from the number: dialing window and signature",
    draw: Draw::One(draw),
};

fn draw(_: &Design, study: &Study) -> Result<Option<Svg>> {
    let Some(window) = &study.window else {
        return Ok(None);
    };
    let depth: Vec<(f64, f64)> = window
        .points
        .iter()
        .map(|p| (p.offset_marks, p.depth_mm))
        .collect();
    let half = window.window_half_marks;
    let felt = window.signature_half_marks;
    let chart = Chart::new("window_signal", format!("{}: dialing window against signature of the gate", study.name))
        .alt(format!(
            "The lock opens within ±{half:.2} marks of the number; the gate can be felt within ±{felt:.2} marks."
        ))
        .x(Axis::linear("Offset of a wheel from its number (marks)").range(-3.0, 3.0))
        .y(Axis::linear("Fence below the plain rim (mm)").from(0.0))
        .series(Series::line("depth of the fence", depth).colour(0))
        .mark(Mark::between_x(-half, half, format!("opens: ±{half:.2}")))
        .mark(Mark::at_y(window.open_depth_mm, format!("opening depth {:.2} mm", window.open_depth_mm)))
        .size(860.0, 400.0);
    chart.draw().map(Some)
}
