//! Tables of differences between studies that met the same luck.

use super::{duration, percent, short};
use crate::report::{Cell, Column, Table, Tone};
use crate::stats::Estimate;
use crate::study::{Difference, Metric, Verdict};

/// Two studies and how they differ.
pub struct Against<'a> {
    /// What both are of.
    pub subject: String,
    /// Name of the first.
    pub a: &'a str,
    /// Name of the second.
    pub b: &'a str,
    /// The second less the first.
    pub differences: &'a [Difference],
}

/// One line for each figure of each pair.
#[must_use]
pub fn differences(caption: &str, all: &[Against<'_>]) -> Table {
    let mut table = Table::new(
        caption,
        vec![
            Column::text("subject", "Of"),
            Column::text("a", "A"),
            Column::text("b", "B"),
            Column::text("metric", "Figure"),
            Column::number("figure_a", "Of A"),
            Column::number("figure_b", "Of B"),
            Column::number("difference", "B less A"),
            Column::number("ratio", "B over A"),
            Column::text("verdict", "B against A"),
        ],
    );
    for pair in all {
        for d in pair.differences {
            table.push(row(pair, d));
        }
    }
    table
}

fn row(pair: &Against<'_>, d: &Difference) -> Vec<Cell> {
    let cell = |e: &Estimate| match d.metric {
        // The logarithm is for the machine; people read the time.
        Metric::LogMedianTime => Cell::estimate(e, |ln| duration(crate::math::exp(ln))),
        Metric::RestrictedMeanTime { .. } => Cell::estimate(e, duration),
        Metric::POpen { .. } => Cell::estimate(e, percent),
    };
    let difference = match d.metric {
        Metric::LogMedianTime => Cell::estimate(&d.difference, short),
        _ => cell(&d.difference),
    };
    let tone = match d.verdict {
        Verdict::Harder => Tone::Good,
        Verdict::Easier => Tone::Bad,
        Verdict::NoDifferenceShown => Tone::Plain,
    };
    vec![
        Cell::text(pair.subject.clone()),
        Cell::text(pair.a),
        Cell::text(pair.b),
        Cell::text(d.about.clone()),
        cell(&d.a),
        cell(&d.b),
        difference,
        d.ratio
            .as_ref()
            .map_or_else(Cell::missing, |r| Cell::estimate(r, short)),
        Cell::text(d.verdict.text()).tone(tone),
    ]
}
