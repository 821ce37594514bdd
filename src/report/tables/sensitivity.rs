//! Tables of a sensitivity study.

use super::{percent, short};
use crate::report::{Cell, Column, Table, Tone};
use crate::study::Verdict;
use crate::study::sensitivity::{InputKind, SensitivityReport};

/// Sobol' indices: one line for each result and input, the widest total first.
#[must_use]
pub fn sobol_indices(name: &str, report: &SensitivityReport) -> Table {
    let mut table = Table::new(
        format!(
            "{name}: what moves the result, {} by {} (Sobol' indices, {} points of {} trials; model)",
            report.attack, report.reader, report.points, report.trials
        ),
        vec![
            Column::text("result", "Result"),
            Column::number("as_designed", "As designed"),
            Column::number("sd", "SD over the ranges"),
            Column::text("input", "Input"),
            Column::text("at", "Place in the design"),
            Column::number("low", "From"),
            Column::number("high", "To"),
            Column::number("first", "Alone"),
            Column::number("total", "With others"),
        ],
    );
    for result in &report.results {
        let mut rows: Vec<_> = report.inputs.iter().zip(&result.indices).collect();
        let total = |i: &crate::study::sensitivity::InputIndex| i.total.value.unwrap_or(0.0);
        rows.sort_by(|a, b| total(b.1).total_cmp(&total(a.1)));
        for (input, index) in rows {
            let range = |v: f64| {
                Cell::number(v, |v| match input.kind {
                    InputKind::Tolerance => format!("× {}", short(v)),
                    InputKind::Number => short(v),
                })
            };
            table.push(vec![
                Cell::text(result.name),
                Cell::number(result.as_designed, short),
                Cell::number(result.sd, short),
                Cell::text(input.name()),
                Cell::text(input.at.clone()),
                range(input.low),
                range(input.high),
                Cell::estimate(&index.first, percent),
                Cell::estimate(&index.total, percent),
            ]);
        }
    }
    table
}

/// What a step closer of each tolerance buys.
#[must_use]
pub fn local_steps(name: &str, report: &SensitivityReport) -> Table {
    let mut table = Table::new(
        format!(
            "{name}: what a closer tolerance buys, alone and near the design ({} trials, same luck)",
            report.local_trials
        ),
        vec![
            Column::text("at", "Place in the design"),
            Column::number("plus_minus", "Now ±"),
            Column::number("step", "Step"),
            Column::number("minutes", "Mean time a step").unit("min"),
            Column::number("owner", "Owner opens at once, a step"),
            Column::text("verdict", "A quarter closer against wider"),
        ],
    );
    for line in &report.local {
        let tone = match line.difference.verdict {
            Verdict::Harder => Tone::Good,
            Verdict::Easier => Tone::Bad,
            Verdict::NoDifferenceShown => Tone::Plain,
        };
        table.push(vec![
            Cell::text(line.at.clone()),
            Cell::number(line.plus_minus, short),
            Cell::number(line.step, short),
            Cell::estimate(&line.minutes, short),
            Cell::estimate(&line.owner, |v| format!("{:+.3} %", 100.0 * v)),
            Cell::text(line.difference.verdict.text()).tone(tone),
        ]);
    }
    table
}
