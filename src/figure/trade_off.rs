//! What both figures of the trade-off between owner and attacker share.

use super::chart::format;
use super::{Axis, Chart, Mark, Series, Svg};
use crate::error::Result;
use crate::stats::Estimate;
use crate::study::ToleranceStudy;
use crate::study::trade_off::{TradeOffPoint, Varied};

/// One figure: what is varied, and how its axis reads.
pub(super) struct Over {
    /// Name of the figure.
    pub(super) name: &'static str,
    /// What is varied.
    pub(super) varied: Varied,
    /// What it is called, with its unit.
    pub(super) axis: &'static str,
}

/// Both sides over what is varied; `None` where it was not studied.
pub(super) fn chart(of: &Over, name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let Some(t) = study.trade_offs.iter().find(|t| t.over == of.varied) else {
        return Ok(None);
    };
    let owner: fn(&TradeOffPoint) -> Estimate = |p| p.p_open_first_dialing;
    let attacker: fn(&TradeOffPoint) -> Estimate = |p| p.p_open_by_attacker;
    let side = |of: fn(&TradeOffPoint) -> Estimate| -> Vec<(f64, f64, f64, f64)> {
        let known = t.points.iter().filter_map(|p| {
            let e = of(p);
            Some((p.value, e.value?, e.low?, e.high?))
        });
        known.collect()
    };
    let mut chart = Chart::new(of.name, format!("{name}: owner against attacker (model)"))
        .x(Axis::linear(of.axis).format(format::short))
        .y(Axis::linear("Share of locks that open")
            .format(format::percent)
            .range(0.0, 1.0))
        .mark(Mark::at_x(t.nominal, "as designed"))
        .size(860.0, 440.0);
    let attack = format!("{}, within {} h", t.reader, t.within_h);
    for (k, (label, of)) in [("owner, first dialing", owner), (&attack, attacker)]
        .into_iter()
        .enumerate()
    {
        let points = side(of);
        chart = chart
            .series(Series::line(label, points.iter().map(|p| (p.0, p.1)).collect()).colour(k))
            .series(Series::band(points.iter().map(|p| (p.0, p.2, p.3)).collect()).colour(k));
    }
    let each: Vec<String> = t
        .points
        .iter()
        .filter_map(|p| {
            Some(format!(
                "at {}: owner {}, attacker {}",
                format::short(p.value),
                format::percent(owner(p).value?),
                format::percent(attacker(p).value?)
            ))
        })
        .collect();
    chart
        .alt(format!(
            "Model result. {}. Bands are 95 % intervals. Assumed: {}.",
            each.join("; "),
            t.assumptions.join("; ")
        ))
        .draw()
        .map(Some)
}
