//! Which tables a study has.

mod assumptions;
mod compare;
mod contact;
mod derived;
mod dial;
mod difference;
pub mod emergency;
mod keyspace;
mod resist;
mod sensitivity;
mod spring;
mod sweep;
mod tolerance;
mod trace;
mod trade_off;
mod verdict;

pub use assumptions::assumptions;
pub use compare::{against_first, compared};
pub use contact::{contact_points, contact_points_of, contact_summary};
pub use derived::{derived_limits, derived_wheels};
pub use dial::{dial_end, dial_moves};
pub use difference::{Against, differences};
pub use keyspace::{
    button_lengths, ghosts, guessing, key_space, proposed_spares, push_buttons, rule_shares,
    spares, standards,
};
pub use resist::{resistance, resistance_of, success_curve, success_curve_of};
pub use sensitivity::{local_steps, sobol_indices};
pub use spring::{drop_in, spring, travel, wear};
pub use sweep::sweep;
pub use tolerance::{
    contributions, contributions_by_function, owner, owner_curve, stacks, windows,
};
pub use trace::{trace_chapters, trace_steps};
pub use trade_off::trade_offs;
pub use verdict::verdict;

use super::{Cell, Table};
use crate::keyspace::{ButtonReport, KeyspaceReport};
use crate::study::{DerivedReport, EmergencyStudy, Study, ToleranceStudy};

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
    let mut all = vec![named("verdict", verdict(studies))];
    all.extend(of_key_spaces(&key_spaces(studies), &buttons(studies)));
    all.extend([
        named("resistance", resistance(studies)),
        named("success_curve", success_curve(studies)),
        named("contact_points", contact_points(studies)),
        named("assumptions", assumptions(studies)),
    ]);
    let derived = derived(studies);
    all.push(named("derived_wheels", derived_wheels(&derived)));
    all.push(named("derived_limits", derived_limits(&derived)));
    all.extend(of_tolerances(&tolerances(studies)));
    all.extend(emergency.iter().flat_map(|e| emergency::all(e)));
    all
}

/// All tables of the tolerances of named designs.
#[must_use]
pub fn of_tolerances(all: &[(&str, &ToleranceStudy)]) -> Vec<Named> {
    let named = |name, table| Named { name, table };
    vec![
        named("tolerance_owner", owner(all)),
        named("tolerance_windows", windows(all)),
        named("tolerance_owner_curve", owner_curve(all)),
        named("tolerance_fit", stacks(all)),
        named("tolerance_contributions", contributions(all)),
        named("spring_drop_in", drop_in(all)),
        named("spring", spring(all)),
        named("spring_travel", travel(all)),
        named("wear", wear(all)),
        named("trade_off", trade_offs(all)),
    ]
}

/// What the mechanisms of those of `studies` that have a dial ask, with their designs' names.
#[must_use]
pub fn derived<'a>(studies: &[&'a Study]) -> Vec<(&'a str, &'a DerivedReport)> {
    studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.derived.as_ref()?)))
        .collect()
}

/// The tolerances of those of `studies` that have them, with their designs' names.
#[must_use]
pub fn tolerances<'a>(studies: &[&'a Study]) -> Vec<(&'a str, &'a ToleranceStudy)> {
    studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.tolerance.as_ref()?)))
        .collect()
}

/// All tables of named key spaces of wheels and of buttons.
#[must_use]
pub fn of_key_spaces(
    wheels: &[(&str, &KeyspaceReport)],
    buttons: &[(&str, &ButtonReport)],
) -> Vec<Named> {
    let named = |name, table| Named { name, table };
    vec![
        named("keyspace", counts(wheels, buttons)),
        named("rules", rule_shares(wheels)),
        named("ghosts", ghosts(wheels)),
        named("spares", spares(wheels)),
        named("guessing", guessing(wheels)),
        named("standards", standards(wheels)),
    ]
}

/// The counts of named key spaces, of wheels and of buttons.
#[must_use]
pub fn counts(wheels: &[(&str, &KeyspaceReport)], buttons: &[(&str, &ButtonReport)]) -> Table {
    let mut table = key_space(wheels);
    push_buttons(&mut table, buttons);
    table
}

/// The buttons of those of `studies` that have some, with their designs' names.
#[must_use]
pub fn buttons<'a>(studies: &[&'a Study]) -> Vec<(&'a str, &'a ButtonReport)> {
    studies
        .iter()
        .filter_map(|s| Some((s.name.as_str(), s.buttons.as_ref()?)))
        .collect()
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
    let text = format!("{:.1} %", 100.0 * v.abs());
    if v < 0.0 && !text.starts_with("0.0 ") {
        format!("−{text}")
    } else {
        text
    }
}
