//! The table of a sweep.

use super::{duration, percent, short};
use crate::report::{Cell, Column, Table};
use crate::study::sweep::SweepReport;

/// One line for each value; values without a sound design say why.
#[must_use]
pub fn sweep(name: &str, report: &SweepReport) -> Table {
    let mut table = Table::new(
        format!(
            "{name}: {} from {} to {}, {} by {}, {} trials each (model; same luck everywhere; the owner's lever without friction, with it see `wheelpack tolerance --view trade-off`)",
            report.input.quantity(),
            short(report.input.low),
            short(report.input.high),
            report.attack,
            report.reader,
            report.trials
        ),
        vec![
            Column::number("value", report.input.quantity()),
            Column::number("t50_min", "Half open after"),
            Column::number("p_open_2h", "Open within 2 h"),
            Column::number("window_half_marks", "Window ±").unit("marks"),
            Column::number("owner_reliability", "Owner opens at once"),
            Column::text("refused", "Not possible"),
        ],
    );
    for p in &report.points {
        table.push(vec![
            Cell::number(p.value, short),
            Cell::estimate(&p.t50_min, duration),
            Cell::estimate(&p.p_open_2h, percent),
            Cell::number(p.window_half_marks, |v| format!("{v:.3}")),
            Cell::estimate(&p.owner_reliability, |v| format!("{:.3} %", 100.0 * v)),
            Cell::text(""),
        ]);
    }
    for r in &report.refused {
        let mut row = vec![Cell::missing(); 6];
        row[0] = Cell::number(r.value, short);
        row[5] = Cell::text(r.why.clone());
        table.push(row);
    }
    table
}
