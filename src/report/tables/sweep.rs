//! The table of a sweep.

use super::{duration, percent, short};
use crate::report::{Cell, Column, Table};
use crate::study::sweep::SweepReport;

/// One line for each value, in rising order; values without a sound design say why.
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
    let mut rows = Vec::new();
    for p in &report.points {
        let row = vec![
            Cell::number(p.value, short),
            Cell::estimate(&p.t50_min, duration),
            Cell::estimate(&p.p_open_2h, percent),
            Cell::number(p.window_half_marks, |v| format!("{v:.3}")),
            Cell::estimate(&p.owner_reliability, |v| format!("{:.3} %", 100.0 * v)),
            Cell::text(""),
        ];
        rows.push((p.value, row));
    }
    for r in &report.refused {
        let mut row = vec![Cell::missing(); 6];
        row[0] = Cell::number(r.value, short);
        row[5] = Cell::text(r.why.clone());
        rows.push((r.value, row));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, row) in rows {
        table.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;
    use crate::study::sensitivity::{Input, InputKind};
    use crate::study::sweep::{Refused, SweepPoint};

    #[test]
    fn a_value_that_makes_no_lock_stands_in_its_place_in_the_order() {
        let report = SweepReport {
            attack: "graphing",
            reader: "expert".to_owned(),
            note: "",
            input: Input {
                at: "/mechanism/wheels".to_owned(),
                kind: InputKind::Number,
                low: 2.0,
                high: 3.0,
            },
            trials: 10,
            points: vec![SweepPoint {
                value: 3.0,
                t50_min: Estimate::unknown(0.95),
                p_open_2h: Estimate::unknown(0.95),
                window_half_marks: 0.7,
                owner_reliability: Estimate::unknown(0.95),
            }],
            refused: vec![Refused {
                value: 2.0,
                why: "too few wheels".to_owned(),
            }],
        };
        let csv = crate::report::csv::render(&sweep("lock", &report));
        let first: Vec<&str> = csv.lines().skip(1).map(|l| &l[..1]).collect();
        assert_eq!(first, ["2", "3"], "{csv}");
    }
}
