//! Tables of manipulation resistance.

use super::{design, duration, percent, short};
use crate::report::{Cell, Column, Table};
use crate::study::{ResistReport, Study};

/// Times, chances and effort by reader, of all `studies`.
#[must_use]
pub fn resistance(studies: &[&Study]) -> Table {
    resistance_of(&by_design(studies))
}

fn by_design<'a>(studies: &[&'a Study]) -> Vec<(&'a str, &'a [ResistReport])> {
    let named = |s: &&'a Study| (s.name.as_str(), &s.resist[..]);
    studies.iter().map(named).collect()
}

/// Times, chances and effort by reader, of the reports of named designs.
#[must_use]
pub fn resistance_of(reports: &[(&str, &[ResistReport])]) -> Table {
    let mut table = Table::new(
        "Manipulation resistance (model result; 95 % intervals)",
        columns(reports),
    );
    for (name, reports) in reports {
        for report in *reports {
            table.push(row(name, report));
        }
    }
    table
}

fn columns(reports: &[(&str, &[ResistReport])]) -> Vec<Column> {
    let mut columns = vec![
        Column::text("design", "Design"),
        Column::text("attack", "Attack"),
        Column::text("reader", "Reader"),
        Column::number("trials", "Trials"),
        Column::number("opened", "Opened"),
        Column::number("censored", "Not opened"),
        Column::number("budget_h", "Budget").unit("h"),
        Column::text("difficulty", "Nine in ten hold"),
        Column::number("t10_min", "T10"),
        Column::number("t50_min", "T50"),
        Column::number("t90_min", "T90"),
    ];
    let first = reports.iter().find_map(|(_, r)| r.first());
    for p in first.map_or(&[][..], |r| &r.p_open) {
        let key = format!("p_open_{}", p.within.replace(' ', "_"));
        columns.push(Column::number(key, format!("Open in {}", p.within)));
    }
    columns.extend([
        Column::number("readings", "Readings"),
        Column::number("tries", "Tries"),
        Column::number("turns", "Turns"),
        Column::number("inconclusive_share", "Tests inconclusive"),
        Column::number("bits_learned", "Bits learned"),
        Column::number("bits_per_reading", "Bits a reading"),
        Column::text("signal_to_noise", "Signal to noise by wheel"),
    ]);
    columns
}

fn row(name: &str, r: &ResistReport) -> Vec<Cell> {
    let mut row = vec![
        design(name),
        Cell::text(r.attack),
        Cell::text(r.reader.clone()),
        Cell::count(r.trials),
        Cell::count(r.opened),
        Cell::count(r.censored),
        Cell::number(r.budget_h, short),
        Cell::text(r.difficulty.text()),
        Cell::estimate(&r.t10_min, duration),
        Cell::estimate(&r.t50_min, duration),
        Cell::estimate(&r.t90_min, duration),
    ];
    row.extend(r.p_open.iter().map(|p| Cell::estimate(&p.p, percent)));
    let ratio = |e: &crate::stats::Estimate| {
        e.value
            .map_or_else(|| "–".to_owned(), |v| format!("{v:.2}"))
    };
    row.extend([
        Cell::estimate(&r.readings, short),
        Cell::estimate(&r.tries, short),
        Cell::estimate(&r.turns, short),
        Cell::estimate(&r.inconclusive_share, percent),
        Cell::estimate(&r.bits_learned, short),
        Cell::estimate(&r.bits_per_reading, short),
        Cell::text(
            r.signal_to_noise
                .iter()
                .map(ratio)
                .collect::<Vec<_>>()
                .join(", "),
        ),
    ]);
    row
}

/// The success curves, point by point, of all `studies`.
#[must_use]
pub fn success_curve(studies: &[&Study]) -> Table {
    success_curve_of(&by_design(studies))
}

/// The success curves, point by point, of the reports of named designs.
#[must_use]
pub fn success_curve_of(reports: &[(&str, &[ResistReport])]) -> Table {
    let mut table = Table::new(
        "Success curves",
        vec![
            Column::text("design", "Design"),
            Column::text("attack", "Attack"),
            Column::text("reader", "Reader"),
            Column::number("time_min", "Time").unit("min"),
            Column::number("p", "Opened"),
            Column::number("low", "Low"),
            Column::number("high", "High"),
        ],
    );
    for (name, reports) in reports {
        for r in *reports {
            for c in &r.curve {
                let share = |v: f64| Cell::number(v, percent);
                table.push(vec![
                    design(name),
                    Cell::text(r.attack),
                    Cell::text(r.reader.clone()),
                    Cell::number(c.time_min, short),
                    share(c.p),
                    share(c.low),
                    share(c.high),
                ]);
            }
        }
    }
    table
}
