//! The opening window of each wheel, with the band of as-built locks, against the dialing error.

use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::stats::Estimate;
use crate::study::ToleranceStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "opening_window",
    about: "edges of each wheel's opening window: median lock, bars hold 95 % of as-built locks",
    draw: Draw::Tolerance(draw),
};

fn draw(name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let wheels = study.window_edges_marks.len();
    let names = (1..=wheels).map(|i| format!("wheel {i}"));
    let [low, high] = study.nominal_window_marks;
    let error = 2.0 * study.report.dialing_sd_marks;
    let mut chart = Chart::new(FIGURE.name, format!("{name}: opening window of each wheel"))
        .alt(described(study))
        .x(Axis::categories("", names))
        .y(Axis::linear("Offset from the number (marks)"))
        .mark(Mark::between_y(low, high, "opens on nominal parts"))
        .size(760.0, 420.0);
    for (k, side) in [(1, "upper edge"), (0, "lower edge")] {
        chart = chart.series(edge(study, k, side).colour(k));
    }
    if error > 0.0 {
        chart = chart
            .mark(Mark::at_y(error, "+2 SD of dialing"))
            .mark(Mark::at_y(-error, "−2 SD of dialing"));
    }
    chart.draw().map(Some)
}

/// One edge of all wheels.
fn edge(study: &ToleranceStudy, side: usize, name: &str) -> Series {
    let edges = || study.window_edges_marks.iter().map(move |w| &w[side]);
    let value = |e: &Estimate| e.value.unwrap_or(f64::NAN);
    let span = |e: &Estimate| (e.low.unwrap_or(f64::NAN), e.high.unwrap_or(f64::NAN));
    let at = edges().enumerate().map(|(i, e)| (i as f64, value(e)));
    Series::points(name, at.collect()).spans(edges().map(span).collect())
}

fn described(study: &ToleranceStudy) -> String {
    let [low, high] = study.nominal_window_marks;
    let each: Vec<String> = study
        .window_edges_marks
        .iter()
        .enumerate()
        .filter_map(|(i, [a, b])| {
            Some(format!(
                "wheel {}: {:+.2} to {:+.2} marks",
                i + 1,
                a.value?,
                b.value?
            ))
        })
        .collect();
    format!(
        "On nominal parts each wheel lets the lock open from {low:+.2} to {high:+.2} marks of its number. Median \
         of as-built locks: {}. The owner stops the dial with a standard deviation of {:.2} marks.",
        each.join("; "),
        study.report.dialing_sd_marks
    )
}
