//! Sobol' indices with their intervals: which input moves resistance, alone and with the others.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::error::Result;
use crate::stats::Estimate;
use crate::study::sensitivity::{InputIndex, SensitivityReport};

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "sensitivity_indices",
    about: "which tolerance moves the time to open, alone and together with the others (Sobol' indices)",
    draw: Draw::Sensitivity(draw),
};

/// Most inputs shown.
const INPUTS: usize = 12;

/// The indices of the first result, widest first.
fn draw(name: &str, report: &SensitivityReport) -> Result<Option<Svg>> {
    let Some(result) = report.results.first() else {
        return Ok(None);
    };
    let mut rows: Vec<(String, &InputIndex)> = report
        .inputs
        .iter()
        .map(|i| i.name())
        .zip(&result.indices)
        .filter(|(_, index)| index.total.value.is_some())
        .collect();
    rows.sort_by(|a, b| {
        b.1.total
            .value
            .partial_cmp(&a.1.total.value)
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    rows.truncate(INPUTS);
    if rows.is_empty() {
        return Ok(None);
    }
    let bars = |what: &str, of: fn(&InputIndex) -> &Estimate| {
        let all = rows.iter().map(|(_, index)| of(index));
        let value = |e: &Estimate| e.value.unwrap_or(0.0).max(0.0);
        let span = |e: &Estimate| {
            let end = |limit: Option<f64>| limit.unwrap_or(value(e)).max(0.0);
            (end(e.low), end(e.high))
        };
        Series::bars(what, all.clone().map(value).collect()).spans(all.map(span).collect())
    };
    let names: Vec<String> = rows.iter().map(|(name, _)| name.clone()).collect();
    let told: Vec<String> = rows
        .iter()
        .take(3)
        .map(|(name, i)| format!("{name} {}", format::percent(i.total.value.unwrap_or(0.0))))
        .collect();
    Chart::new(FIGURE.name, format!("{name}: what moves the time to open"))
        .alt(format!(
            "Model result, {} by {}. Share of the variance of the mean log time with which each input has to do, widest: {}.",
            report.attack,
            report.reader,
            told.join(", ")
        ))
        .x(Axis::linear("Share of variance").format(format::percent).from(0.0))
        .y(Axis::categories("", names))
        .series(bars("alone (first order)", |i| &i.first))
        .series(bars("with others (total)", |i| &i.total))
        .size(860.0, 150.0 + 48.0 * rows.len() as f64)
        .draw()
        .map(Some)
}
