//! Which tables a study has.

mod assumptions;
mod compare;
mod contact;
mod dial;
pub mod emergency;
mod keyspace;
mod resist;
mod verdict;

pub use assumptions::assumptions;
pub use compare::{compared, differences};
pub use contact::{contact_points, contact_points_of, contact_summary};
pub use dial::{dial_end, dial_moves};
pub use keyspace::{
    button_lengths, ghosts, guessing, key_space, proposed_spares, push_buttons, rule_shares,
    spares, standards,
};
pub use resist::{resistance, resistance_of, success_curve};
pub use verdict::verdict;

use super::{Cell, Table};
use crate::keyspace::KeyspaceReport;
use crate::study::{EmergencyStudy, Study};

/// A table of the report with the name of its CSV file.
pub struct Named {
    /// Name of the file, without `.csv`.
    pub name: &'static str,
    /// The table.
    pub table: Table,
}

/// All tables of `studies` together and of their emergency opening, in the order of the page.
#[must_use]
pub fn all(studies: &[&Study], emergency: Option<&EmergencyStudy>) -> Vec<Named> {
    let named = |name, table| Named { name, table };
    let spaces = key_spaces(studies);
    let mut all = vec![
        named("verdict", verdict(studies)),
        named("keyspace", counts(studies)),
        named("rules", rule_shares(&spaces)),
        named("ghosts", ghosts(&spaces)),
        named("spares", spares(&spaces)),
        named("guessing", guessing(&spaces)),
        named("standards", standards(&spaces)),
        named("resistance", resistance(studies)),
        named("success_curve", success_curve(studies)),
        named("contact_points", contact_points(studies)),
        named("assumptions", assumptions(studies)),
    ];
    all.extend(emergency.iter().flat_map(|e| emergency::all(e)));
    all
}

/// The counts of every design that has a key space, of wheels or of buttons.
#[must_use]
pub fn counts(studies: &[&Study]) -> Table {
    let mut table = key_space(&key_spaces(studies));
    let buttons: Vec<_> = studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.buttons.as_ref()?)))
        .collect();
    push_buttons(&mut table, &buttons);
    table
}

/// The key spaces of those of `studies` that have one, with their designs' names.
#[must_use]
pub fn key_spaces<'a>(studies: &[&'a Study]) -> Vec<(&'a str, &'a KeyspaceReport)> {
    studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.keyspace.as_ref()?)))
        .collect()
}

fn design(name: &str) -> Cell {
    Cell::text(name)
}

/// A number with three significant digits.
fn short(v: f64) -> String {
    crate::figure::chart::format::short(v)
}

/// Minutes as people say them.
fn duration(v: f64) -> String {
    crate::figure::chart::format::minutes(v)
}

/// Percent.
fn percent(v: f64) -> String {
    format!("{:.1} %", 100.0 * v)
}
