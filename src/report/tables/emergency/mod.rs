//! Tables of emergency opening.

mod access;
mod answer;
mod worth;

pub use access::{attempts, exposure, matrix, plans};
pub use answer::answer;
pub use worth::{choices, claims, importance, linked, rank, sensitivity, values};

use super::Named;
use crate::emergency::report::Estimate;
use crate::report::Cell;
use crate::study::EmergencyStudy;

/// All tables of the section, in the order of the page.
#[must_use]
pub fn all(study: &EmergencyStudy) -> Vec<Named> {
    let named = |name, table| Named { name, table };
    vec![
        named("emergency_answer", answer(study)),
        named("emergency_rank", rank(study)),
        named("emergency_choices", choices(study)),
        named("emergency_plans", plans(study, None)),
        named("emergency_attempts", attempts(study, None)),
        named("emergency_matrix", matrix(study)),
        named("emergency_exposure", exposure(study)),
        named("emergency_sensitivity", sensitivity(study)),
        named("emergency_values", values(study)),
        named("emergency_importance", importance(study)),
        named("emergency_linked", linked(study)),
        named("emergency_claims", claims(study)),
    ]
}

/// A mean with its range over the uncertain parameters.
fn estimate(e: &Estimate, format: impl Fn(f64) -> String) -> Cell {
    ranged(e.value, e.low, e.high, e.level, format)
}

fn ranged(value: f64, low: f64, high: f64, level: f64, format: impl Fn(f64) -> String) -> Cell {
    let e = crate::stats::Estimate::from_options(Some(value), Some(low), Some(high), level);
    Cell::estimate(&e, format)
}

/// Money in whole CNY from 10 on.
fn money(v: f64) -> String {
    if v.abs() < 10.0 {
        format!("{v:.1}")
    } else {
        format!("{v:.0}")
    }
}

/// A yearly rate with three significant digits; below one in a thousand million years they say nothing.
fn rate(v: f64) -> String {
    if v > 0.0 && v < 1e-9 {
        "< 10⁻⁹".to_owned()
    } else {
        super::short(v)
    }
}

/// A name of the model in words.
fn said(name: &str) -> String {
    name.replace('_', " ")
}

/// Names in their order, or what stands for none.
fn listed(names: &[String], separator: &str, none: &str) -> String {
    if names.is_empty() {
        none.to_owned()
    } else {
        names.join(separator)
    }
}
