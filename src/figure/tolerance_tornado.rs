//! Which dimensions move the largest dialing error that still opens.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::error::Result;
use crate::study::ToleranceStudy;
use crate::study::tolerance::in_words;
use crate::tolerance::Effect;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "tolerance_tornado",
    about: "largest dialing error that still opens, with one dimension at each end of its tolerance band, the others nominal",
    draw: Draw::Tolerance(draw),
};

/// The function shown where it was analysed; otherwise the first one.
const SHOWN: &str = "largest_error_marks";

/// Most bars.
const BARS: usize = 12;

fn draw(name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let all = &study.report.contributions;
    let shown = all.iter().find(|f| f.function == SHOWN).or(all.first());
    let Some(shown) = shown else {
        return Ok(None);
    };
    let base = shown.nominal;
    let swing = |c: &Effect| (c.at_high - base).abs().max((c.at_low - base).abs());
    let all = &shown.result.dimensions;
    let mut sorted: Vec<&Effect> = all.iter().map(|c| &c.effect).collect();
    sorted.sort_by(|a, b| swing(b).total_cmp(&swing(a)));
    sorted.truncate(BARS);
    let shape = if shown.is_linear {
        "linear"
    } else {
        "not linear: RSS is no bound"
    };
    let what = in_words(shown.function);
    let change = |of: fn(&Effect) -> f64| sorted.iter().map(|c| of(c) - base).collect();
    Chart::new(
        FIGURE.name,
        format!("{name}: which dimension moves the {what}"),
    )
    .alt(described(&sorted, base, &what, shape))
    .x(Axis::linear(format!(
        "Change of {what} from {base:.3} on nominal parts; {shape}"
    ))
    .format(format::short))
    .y(Axis::categories(
        "",
        sorted.iter().map(|c| c.dimension.clone()),
    ))
    .series(Series::bars("dimension at its low end", change(|c| c.at_low)).colour(0))
    .series(Series::bars("dimension at its high end", change(|c| c.at_high)).colour(1))
    .size(860.0, 150.0 + 34.0 * sorted.len() as f64)
    .draw()
    .map(Some)
}

fn described(sorted: &[&Effect], base: f64, what: &str, shape: &str) -> String {
    let widest = sorted.first().map_or_else(String::new, |c| {
        format!(
            " Widest: {}, {:.3} at its low and {:.3} at its high end.",
            c.dimension, c.at_low, c.at_high
        )
    });
    format!("{what}: {base:.3} on nominal parts; {shape}.{widest}")
}
