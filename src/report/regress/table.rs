//! What moved, as tables.

use super::{Change, Comparison, Reading, Verdict};
use crate::figure::chart::format::short;
use crate::report::{Cell, Column, Table, Tone};

/// Everything that moved, the worst first; with `within` the estimates too that moved within their
/// intervals.
#[must_use]
pub fn moved(all: &[Comparison], within: bool) -> Table {
    let mut table = Table::new(
        "What moved against the baselines",
        vec![
            Column::text("design", "Design"),
            Column::text("metric", "Metric"),
            Column::text("verdict", "Verdict"),
            Column::number("from", "From"),
            Column::number("to", "To"),
            Column::text("direction", "Way"),
        ],
    );
    let is_shown = |c: &&Change| match c.verdict {
        Verdict::Same => false,
        Verdict::Within => within,
        _ => true,
    };
    for one in all {
        for change in one.metrics.iter().filter(is_shown) {
            let tone = match change.verdict {
                _ if one.fails(change) => Tone::Bad,
                Verdict::Better => Tone::Good,
                _ => Tone::Plain,
            };
            table.push(vec![
                Cell::text(one.design.clone()),
                Cell::text(change.metric.clone()),
                Cell::text(change.verdict.words()).tone(tone),
                change.from.as_ref().map_or_else(Cell::missing, cell),
                change.to.as_ref().map_or_else(Cell::missing, cell),
                Cell::text(change.direction.unwrap_or("")),
            ]);
        }
    }
    table
}

/// One line a design: how many numbers were compared and what became of them.
#[must_use]
pub fn summary(all: &[Comparison]) -> Table {
    let mut table = Table::new(
        "Designs against their baselines",
        vec![
            Column::text("design", "Design"),
            Column::text("passes", "Passes"),
            Column::number("compared", "Compared"),
        ],
    );
    let verdicts = [
        ("same", Verdict::Same),
        ("within", Verdict::Within),
        ("better", Verdict::Better),
        ("worse", Verdict::Worse),
        ("changed", Verdict::Changed),
        ("added", Verdict::Added),
        ("removed", Verdict::Removed),
    ];
    table.columns.extend(verdicts.map(|(key, v)| {
        let words = match v {
            Verdict::Within => "within",
            v => v.words(),
        };
        Column::number(key, words)
    }));
    for one in all {
        let passes = if one.passes {
            Cell::text("yes").tone(Tone::Good)
        } else {
            Cell::text("no").tone(Tone::Bad)
        };
        let mut row = vec![
            Cell::text(one.design.clone()),
            passes,
            Cell::count(one.compared as u64),
        ];
        row.extend(verdicts.map(|(_, v)| Cell::count(one.count(v) as u64)));
        table.push(row);
    }
    table
}

/// A reading as a cell.
pub(in crate::report) fn cell(reading: &Reading) -> Cell {
    match reading {
        Reading::Number(v) => Cell::number(*v, precise),
        Reading::Estimate(e) => Cell::estimate(e, short),
        Reading::Count(digits) => digits
            .parse::<u128>()
            .map_or_else(|_| Cell::text(digits.clone()), Cell::count),
        other => Cell::text(words(other)),
    }
}

/// With enough digits that a change by a thousandth shows.
fn precise(v: f64) -> String {
    if v.abs() < 1e-3 || v.abs() >= 1e6 {
        format!("{v:.4e}")
    } else {
        let digits = (5.0 - v.abs().max(1e-3).log10().floor()).clamp(0.0, 8.0) as usize;
        let text = format!("{v:.digits$}");
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }
}

/// A reading in words, on one line.
#[must_use]
pub fn words(reading: &Reading) -> String {
    match reading {
        Reading::Count(digits) => digits.clone(),
        Reading::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Reading::Number(v) => precise(*v),
        Reading::Estimate(e) => Cell::estimate(e, short).text,
        Reading::Text(text) | Reading::Prose(text) if text.chars().count() > 60 => {
            text.chars().take(59).chain(['…']).collect()
        }
        Reading::Text(text) | Reading::Prose(text) => text.clone(),
    }
}

/// `worse: resist/graphing expert/t50_min, 194 (165 to 230) became 72 (65 to 82)`.
#[must_use]
pub fn sentence(change: &Change) -> String {
    let (metric, verdict) = (&change.metric, change.verdict.words());
    match (&change.from, &change.to) {
        (Some(a), Some(b)) => format!("{verdict}: {metric}, {} became {}", words(a), words(b)),
        (Some(a), None) => format!("{verdict}: {metric}, was {}", words(a)),
        (None, Some(b)) => format!("{verdict}: {metric}, is {}", words(b)),
        (None, None) => format!("{verdict}: {metric}"),
    }
}
