//! The verdict table: each design in one line.

use super::{design, duration, percent};
use crate::keyspace::Count;
use crate::report::{Cell, Column, Table, Tone};
use crate::study::{ResistReport, Study};

/// The ablest reader's result that a design has.
fn ablest(study: &Study) -> Option<&ResistReport> {
    study
        .resist
        .iter()
        .find(|r| r.reader == "expert")
        .or_else(|| study.resist.last())
}

/// One line a design: codes that really exist, ghosts, time of an opening.
#[must_use]
pub fn verdict(studies: &[&Study]) -> Table {
    let mut table = Table::new(
        "Verdict (times are model results by the ablest reader studied; nothing here is a certificate)",
        vec![
            Column::text("design", "Design"),
            Column::number("effective_allowed", "Codes that exist"),
            Column::number("ghosts", "Ghost codes"),
            Column::text("independent", "Spares independent"),
            Column::number("t50_min", "Half open after"),
            Column::number("p_open_2h", "Open within 2 h"),
            Column::text("difficulty", "Nine in ten hold"),
        ],
    );
    for study in studies {
        let keyspace = study.keyspace.as_ref();
        let codes = keyspace.and_then(|k| k.codes.as_ref());
        let independent = codes.is_none_or(|c| c.openings.independent);
        let has_spares = codes.is_some_and(|c| c.openings.intended_openings > Count::from(1_u64));
        let ghosts = codes.map_or_else(Cell::missing, |c| count(&c.openings.ghosts));
        let report = ablest(study);
        table.push(vec![
            design(&study.name),
            match (keyspace, &study.buttons) {
                (Some(k), _) => count(&k.counts.effective_allowed),
                (None, Some(buttons)) => count(&buttons.effective_allowed),
                (None, None) => Cell::missing(),
            },
            ghosts,
            match (has_spares, independent) {
                _ if keyspace.is_none() => Cell::text("no wheels"),
                (false, _) => Cell::text("no spare"),
                (true, true) => Cell::text("yes").tone(Tone::Good),
                (true, false) => Cell::text("no").tone(Tone::Bad),
            },
            report.map_or_else(Cell::missing, |r| Cell::estimate(&r.t50_min, duration)),
            report
                .and_then(|r| r.p_open.iter().find(|p| p.within == "2 h"))
                .map_or_else(Cell::missing, |p| Cell::estimate(&p.p, percent)),
            report.map_or_else(Cell::missing, |r| Cell::text(r.difficulty.text())),
        ]);
    }
    table
}

/// An exact count.
pub(super) fn count(n: &Count) -> Cell {
    n.to_u128()
        .map_or_else(|| Cell::text(n.grouped()), Cell::count)
}
