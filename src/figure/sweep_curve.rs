//! A sweep: the median time to open over one number of the design.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::study::sweep::SweepReport;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "sweep_curve",
    about: "median time to open over one number of the design, with its 95 % band",
    draw: Draw::Sweep(draw),
};

fn draw(name: &str, report: &SweepReport) -> Result<Option<Svg>> {
    let known = |p: &&crate::study::sweep::SweepPoint| p.t50_min.value.is_some();
    let (mut line, mut band) = (Vec::new(), Vec::new());
    for p in report.points.iter().filter(known) {
        let value = p.t50_min.value.unwrap_or(f64::NAN);
        let low = p.t50_min.low.unwrap_or(value);
        // A median whose upper limit lies beyond the budget has a band that ends at the line.
        band.push((p.value, low, p.t50_min.high.unwrap_or(value)));
        line.push((p.value, value));
    }
    let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else {
        return Ok(None);
    };
    let least = band.iter().map(|b| b.1).fold(f64::INFINITY, f64::min);
    let most = band.iter().map(|b| b.2).fold(0.0, f64::max);
    let mut chart = Chart::new(
        FIGURE.name,
        format!(
            "{name}: median time to open over {}",
            report.input.quantity()
        ),
    )
    .alt(format!(
        "Model result, {} by {}. {} at {}, {} at {}.",
        report.attack,
        report.reader,
        format::minutes(first.1),
        format::short(first.0),
        format::minutes(last.1),
        format::short(last.0),
    ))
    .x(Axis::linear(report.input.quantity()))
    .y(Axis::log_minutes("Half of the locks open after (log)").range(0.8 * least, 1.25 * most))
    .series(Series::line("median", line).colour(0))
    .series(Series::band(band).colour(0))
    .size(860.0, 400.0);
    for (name, at) in [("30 min", 30.0), ("2 h", 120.0), ("20 h", 1200.0)] {
        if at > least && at < most {
            chart = chart.mark(Mark::at_y(at, name));
        }
    }
    chart.draw().map(Some)
}
