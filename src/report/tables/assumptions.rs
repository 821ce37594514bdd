//! The table of assumed inputs.

use super::design;
use crate::report::{Cell, Column, Table};
use crate::study::Study;

/// Every number that no source backs, of designs and readers.
#[must_use]
pub fn assumptions(studies: &[&Study]) -> Table {
    let mut table = Table::new(
        "Assumed inputs",
        vec![
            Column::text("design", "Design"),
            Column::text("at", "Where"),
            Column::text("numbers", "Numbers"),
            Column::text("source", "Said of them"),
        ],
    );
    for study in studies {
        for a in &study.assumptions {
            let said = if a.source.is_empty() {
                "no source given"
            } else {
                &a.source
            };
            table.push(vec![
                design(&study.name),
                Cell::text(a.at.clone()),
                Cell::text(a.numbers.join(", ")),
                Cell::text(said),
            ]);
        }
        for r in &study.resist {
            table.push(vec![
                design(&study.name),
                Cell::text(format!("reader {}", r.reader)),
                Cell::text("its whole profile"),
                Cell::text(r.reader_source.clone()),
            ]);
        }
    }
    table
}
