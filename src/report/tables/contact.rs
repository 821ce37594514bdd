//! Tables of contact points.

use super::design;
use crate::report::{Cell, Column, Table};
use crate::study::{ContactReport, Study};

/// The contact points over the dial of one as-built lock of each design.
#[must_use]
pub fn contact_points(studies: &[&Study]) -> Table {
    let all = studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.contact.as_ref()?)));
    points(&all.collect::<Vec<_>>())
}

/// The contact points over the dial of one lock of the design `name`.
#[must_use]
pub fn contact_points_of(name: &str, report: &ContactReport) -> Table {
    points(&[(name, report)])
}

/// What a reader makes of one lock, in one line.
#[must_use]
pub fn contact_summary(name: &str, report: &ContactReport) -> Table {
    let marks = |key: &str, title: &str| Column::number(key, title).unit("marks");
    let mut table = Table::new(
        "Contact points on plain rims, and the signal of each wheel (model; 95 % intervals)",
        vec![
            Column::text("design", "Design"),
            Column::text("lock", "Lock"),
            Column::text("reader", "Reader"),
            marks("left_marks", "Left"),
            marks("right_marks", "Right"),
            marks("reading_sd_marks", "SD of a width"),
            Column::text("signal_to_noise", "Signal to noise by wheel"),
            Column::text("p_gate_shows", "Gate shows in one sweep, by wheel"),
        ],
    );
    let [left, right] = report.plain_contact_marks;
    let ratios: Vec<String> = report
        .signal_to_noise
        .iter()
        .map(|r| format!("{r:.2}"))
        .collect();
    table.push(vec![
        design(name),
        Cell::text(report.lock.clone()),
        Cell::text(report.reader.clone()),
        Cell::number(left, three),
        Cell::number(right, three),
        Cell::number(report.reading_sd_marks, three),
        Cell::text(ratios.join(", ")),
        Cell::text(shows(report)),
    ]);
    table
}

/// In how many locks of a series the gate of each wheel shows in one sweep.
fn shows(report: &ContactReport) -> String {
    let of = |p: &crate::stats::Estimate| {
        let percent = |v: Option<f64>| 100.0 * v.unwrap_or(f64::NAN);
        let (value, low, high) = (percent(p.value), percent(p.low), percent(p.high));
        format!("{value:.0} % ({low:.0} to {high:.0})")
    };
    let all: Vec<String> = report.production.p_gate_shows.iter().map(of).collect();
    all.join(", ")
}

fn three(v: f64) -> String {
    format!("{v:.3}")
}

fn points(all: &[(&str, &ContactReport)]) -> Table {
    let marks = |key: &str, name: &str| Column::number(key, name).unit("marks");
    let mut table = Table::new(
        "Contact points of one as-built lock, all wheels together",
        vec![
            Column::text("design", "Design"),
            Column::text("lock", "Lock"),
            marks("at_marks", "Wheels at"),
            marks("left_marks", "Left"),
            marks("right_marks", "Right"),
            marks("width_marks", "Width"),
            marks("reading_sd_marks", "SD of a width"),
            Column::number("wheel", "Rests on wheel"),
        ],
    );
    for (name, contact) in all {
        for p in &contact.points {
            let opt = |v: Option<f64>| v.map_or_else(Cell::missing, |v| Cell::number(v, three));
            table.push(vec![
                design(name),
                Cell::text(contact.lock.clone()),
                Cell::number(p.at_marks, |v| format!("{v:.2}")),
                opt(p.left_marks),
                opt(p.right_marks),
                opt(p.width_marks),
                opt(p.reading_sd_marks),
                Cell::count(p.wheel as u64),
            ]);
        }
    }
    table
}
