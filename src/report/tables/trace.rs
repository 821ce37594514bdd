//! Tables of one traced trial.

use super::{duration, short};
use crate::report::{Cell, Column, Table};
use crate::study::{TraceReport, TraceStep};

/// What the attacker believed, one after the other, and the work between.
#[must_use]
pub fn trace_chapters(name: &str, report: &TraceReport) -> Table {
    let end = if report.opened { "open" } else { "not opened" };
    let code: Vec<String> = report.codes[0].iter().map(|n| format!("{n:.0}")).collect();
    let mut table = Table::new(
        format!(
            "{name}, trial {}, {} by {}: {end} after {} (code {}; model)",
            report.trial,
            report.attack,
            report.reader,
            duration(report.elapsed_min),
            code.join("-"),
        ),
        vec![
            Column::number("from_min", "At"),
            Column::text("belief", "Belief or decision"),
            Column::number("duration_min", "Then for"),
            Column::number("stops", "Stops"),
            Column::number("readings", "Readings"),
            Column::number("tries", "Tries"),
        ],
    );
    for chapter in &report.chapters {
        table.push(vec![
            Cell::number(chapter.from_min, duration),
            Cell::text(chapter.belief.clone()),
            Cell::number(chapter.duration_min, duration),
            Cell::count(chapter.stops),
            Cell::count(chapter.readings),
            Cell::count(chapter.tries),
        ]);
    }
    table
}

/// Every action; the first `most` of them where that is given.
#[must_use]
pub fn trace_steps(report: &TraceReport, most: Option<usize>) -> Table {
    let shown = most.unwrap_or(usize::MAX).min(report.steps.len());
    let caption = if shown < report.steps.len() {
        format!(
            "The first {shown} of {} actions (--format csv: all)",
            report.steps.len()
        )
    } else {
        "Every action".to_owned()
    };
    let marks = |key: &str, name: &str| Column::number(key, name).unit("marks");
    let mut table = Table::new(
        caption,
        vec![
            Column::number("elapsed_min", "Clock").unit("min"),
            Column::text("action", "Action"),
            Column::text("what", "What"),
            marks("left_marks", "Left"),
            marks("right_marks", "Right"),
            marks("width_marks", "Width"),
            Column::text("wheels_marks", "Wheels at"),
            Column::number("rests_on_wheel", "Rests on wheel"),
            marks("true_width_marks", "True width"),
        ],
    );
    for step in report.steps.iter().take(shown) {
        table.push(row(step));
    }
    table
}

fn row(step: &TraceStep) -> Vec<Cell> {
    let three =
        |v: Option<f64>| v.map_or_else(Cell::missing, |v| Cell::number(v, |v| format!("{v:.3}")));
    let wheels: Vec<String> = step
        .wheels_marks
        .iter()
        .map(|w| format!("{w:.1}"))
        .collect();
    vec![
        Cell::number(step.elapsed_min, short),
        Cell::text(step.action.word()),
        Cell::text(step.what.clone()),
        three(step.left_marks),
        three(step.right_marks),
        three(step.width_marks),
        Cell::text(wheels.join(" ")),
        Cell::count(step.rests_on_wheel as u64),
        three(step.true_width_marks),
    ]
}
