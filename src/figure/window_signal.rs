//! The dialing window against the reading signal: what the owner needs and the attacker feels.

use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "window_signal",
    about: "what one wheel does to the contact width around its number, against window and noise",
    draw: Draw::One(draw),
};

/// Lower end of the axis, marks: far below what anyone can read.
const LEAST_MARKS: f64 = 0.01;

fn draw(_: &Design, study: &Study) -> Result<Option<Svg>> {
    let Some(window) = &study.window else {
        return Ok(None);
    };
    let signal: Vec<(f64, f64)> = window
        .points
        .iter()
        .map(|p| (p.offset_marks, p.narrower_marks.max(LEAST_MARKS)))
        .collect();
    let most = signal.iter().map(|s| s.1).fold(1.0, f64::max);
    let half = window.window_half_marks;
    let title = format!("{}: dialing window against reading signal", study.name);
    let mut chart = Chart::new("window_signal", title)
        .alt(described(study, half, window.signature_half_marks))
        .x(Axis::linear("Offset of a wheel from its number (marks)").range(-3.0, 3.0))
        .y(Axis::log("Contact width narrower by (marks, log)").range(LEAST_MARKS, 1.5 * most))
        .series(Series::line("signal of the gate", signal).colour(0))
        .mark(Mark::between_x(-half, half, format!("opens: ±{half:.2}")))
        .size(860.0, 420.0);
    if let Some(contact) = &study.contact {
        let noise = 2.0 * contact.reading_sd_marks;
        let label = format!("2 SD of a reading, {}: {noise:.2}", contact.reader);
        chart = chart.mark(Mark::at_y(noise, label));
    }
    chart.draw().map(Some)
}

fn described(study: &Study, half: f64, felt: f64) -> String {
    let depth = study.window.as_ref().map_or(0.0, |w| w.open_depth_mm);
    format!(
        "One wheel alone under the fence. The lock opens within ±{half:.2} marks of its number, at a depth of \
         {depth:.2} mm; its gate changes the contact width within ±{felt:.2} marks. Where the curve is above \
         the dashed line the change is larger than the noise of one reading."
    )
}
