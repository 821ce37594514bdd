//! Which uncertain figures move the annual loss of the best design most.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::Result;
use crate::study::EmergencyStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "emergency_tornado",
    about: "annual loss of the first-ranked design with one figure at its 5 % and 95 % point, the others as in the files",
    draw: Draw::EmergencyAll(draw),
};

/// Most bars.
const BARS: usize = 12;

fn draw(study: &EmergencyStudy) -> Result<Option<Svg>> {
    let Some(best) = study.comparison.designs.iter().find(|d| d.rank == 1) else {
        return Ok(None);
    };
    let swings: Vec<_> = best.sensitivity.iter().take(BARS).collect();
    if swings.is_empty() {
        return Ok(None);
    }
    let names: Vec<String> = swings.iter().map(|s| readable(&s.key)).collect();
    let ends: Vec<(f64, f64)> = swings.iter().map(|s| (s.at_low, s.at_high)).collect();
    let base = best.annual_loss.total.nominal;
    Chart::new(
        FIGURE.name,
        format!("{}: which figures move its annual loss", best.design),
    )
    .alt(format!(
        "Model result. From {} CNY a year, widest: {} from {} to {} CNY.",
        format::short(base),
        names[0],
        format::short(ends[0].0),
        format::short(ends[0].1)
    ))
    .x(Axis::linear("Expected loss (CNY per year)").format(format::short))
    .y(Axis::categories("", names))
    .series(Series::tornado(
        base,
        ends,
        ["figure at 5 %", "figure at 95 %"],
    ))
    .size(860.0, 130.0 + 34.0 * swings.len() as f64)
    .draw()
    .map(Some)
}

/// The last parts of a key in words: `scenario/events/bag_left/p` is `scenario: bag left p`.
fn readable(key: &str) -> String {
    let parts: Vec<&str> = key.split('/').collect();
    let last = &parts[parts.len().saturating_sub(2).max(1)..];
    format!("{}: {}", parts[0], last.join(" ").replace('_', " "))
}
