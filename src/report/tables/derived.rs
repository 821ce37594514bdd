//! Tables of what a mechanism asks of whoever dials it.

use super::design;
use super::keyspace::said;
use crate::report::{Cell, Column, Table, Tone};
use crate::study::{DerivedReport, Dialed};

/// Reports with the names of their designs.
type Reports<'a> = [(&'a str, &'a DerivedReport)];

/// Turns, pick-ups and ways of every wheel.
#[must_use]
pub fn derived_wheels(all: &Reports<'_>) -> Table {
    let marks = |key: &str, name: &str| Column::number(key, name).unit("marks");
    let mut table = Table::new(
        "What follows from the drive train: how often each number must come by, after what travel its wheel is \
         picked up, and the largest way to the next number (for the last one, to the drawn bolt) that does not \
         carry it along",
        vec![
            Column::text("design", "Design"),
            Column::number("wheel", "Wheel"),
            Column::text("direction", "Dialed"),
            Column::number("turns_needed", "Passes"),
            marks("free_travel_marks", "Play"),
            marks("pick_up_travel_marks", "Picked up after"),
            marks("way_limit_marks", "Largest way"),
            marks("main_marks", "Main code"),
            marks("way_marks", "Its way"),
        ],
    );
    for (name, r) in all {
        let d = &r.derived;
        for i in 0..r.main.len() {
            let way = r.ways_marks[i].map_or_else(Cell::missing, |w| Cell::number(w, two));
            let is_over = r.ways_marks[i].is_some_and(|w| w > d.limits.way_limits_marks[i]);
            table.push(vec![
                design(name),
                Cell::count(i as u64 + 1),
                Cell::text(said(&r.directions[i])),
                Cell::count(d.turns_needed[i]),
                Cell::number(d.free_travel_marks[i], two),
                Cell::number(d.pick_up_travel_marks[i], two),
                Cell::number(d.limits.way_limits_marks[i], two),
                Cell::number(r.main[i], two),
                way.tone(if is_over { Tone::Bad } else { Tone::Plain }),
            ]);
        }
    }
    table
}

/// Forbidden zones, drop-in, and the main code dialed both ways.
#[must_use]
pub fn derived_limits(all: &Reports<'_>) -> Table {
    let mut table = Table::new(
        "What follows from drive train and cam for the last number, and the main code dialed both ways",
        vec![
            Column::text("design", "Design"),
            Column::text("what", "What"),
            Column::text("value", "On this lock"),
        ],
    );
    for (name, r) in all {
        let d = &r.derived;
        let mut say = |what: &str, value: String, tone| {
            let cells = vec![design(name), Cell::text(what), Cell::text(value).tone(tone)];
            table.push(cells);
        };
        for zone in &d.limits.forbidden_last {
            let zone_said = format!(
                "above {:.2} to below {:.2} marks: {}",
                zone.from_marks,
                zone.to_marks,
                said(&zone.reason)
            );
            say("forbidden last numbers", zone_said, Tone::Plain);
        }
        let drop_in = format!("at {:.2} marks", d.drop_in_marks);
        say("the lever falls in", drop_in, Tone::Plain);
        let retraction = format!("{:.2} marks of travel from there", d.retraction_marks);
        say("the bolt is drawn", retraction, Tone::Plain);
        for (what, dialed) in [
            ("the main code", &r.standard),
            ("the other way round", &r.reversed),
        ] {
            let tone = if dialed.opens { Tone::Good } else { Tone::Bad };
            say(what, end_of(dialed), tone);
        }
    }
    table
}

fn end_of(dialed: &Dialed) -> String {
    format!("{}: {}", dialed.program, said(&dialed.reason))
}

fn two(v: f64) -> String {
    format!("{v:.2}")
}
