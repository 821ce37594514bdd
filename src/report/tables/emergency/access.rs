//! Getting in and keeping others out: plans, attempts, success, exposure.

use super::{estimate, listed, money, ranged, rate, said};
use crate::emergency::Cause;
use crate::emergency::exposure::Route;
use crate::report::tables::{design, percent, short};
use crate::report::{Cell, Column, Table, Tone};
use crate::study::EmergencyStudy;

fn hours(v: f64) -> String {
    crate::figure::chart::format::hours(v)
}

/// By design and cause: how often, what to try in which order, what it comes to.
#[must_use]
pub fn plans(study: &EmergencyStudy, only: Option<Cause>) -> Table {
    let mut table = Table::new(
        "Plans: the order of least expected cost by cause; `by the text`: the order in which the source text names the solutions",
        vec![
            Column::text("design", "Design"),
            Column::text("cause", "Cause"),
            Column::number("rate_per_year", "Rate").unit("per year"),
            Column::text("rate_from", "Rate from"),
            Column::text("order", "Try in this order"),
            Column::number("p_open", "Open without the last resort"),
            Column::number("expected_cost_cny", "Expected cost").unit("CNY"),
            Column::number("stated_order_cost_cny", "By the text").unit("CNY"),
            Column::number("expected_time_h", "Expected time").unit("h"),
            Column::number("t50_h", "Half are in by"),
            Column::number("t90_h", "Nine in ten by"),
        ],
    );
    for d in &study.comparison.designs {
        for (cause, plan) in d.plan.iter().filter(|(c, _)| only.is_none_or(|o| o == **c)) {
            let r = &d.rates_per_year[cause];
            table.push(vec![
                design(&d.design),
                Cell::text(said(cause.name())),
                ranged(r.value, r.low, r.high, r.level, rate),
                Cell::text(r.from.name()),
                Cell::text(listed(&plan.order, " → ", "give up at once")),
                Cell::number(plan.p_open, percent),
                Cell::number(plan.expected_cost, money),
                Cell::number(plan.stated_order_cost, money),
                Cell::number(plan.expected_time_h, short),
                in_by(plan.t50_h),
                in_by(plan.t90_h),
            ]);
        }
    }
    table
}

/// A time by which a share is in; those refused never are.
fn in_by(time_h: Option<f64>) -> Cell {
    time_h.map_or_else(|| Cell::text("never"), |h| Cell::number(h, hours))
}

/// Every attempt of every plan.
#[must_use]
pub fn attempts(study: &EmergencyStudy, only: Option<Cause>) -> Table {
    let mut table = Table::new(
        "Attempts one by one, each given that those before it failed",
        vec![
            Column::text("design", "Design"),
            Column::text("cause", "Cause"),
            Column::number("attempt", "No."),
            Column::text("solution", "Try"),
            Column::number("p_opens", "Opens now"),
            Column::number("p_cumulative", "In by then"),
            Column::number("cost_cny", "Money").unit("CNY"),
            Column::number("surcharge_cny", "Of it damage and fees").unit("CNY"),
            Column::number("time_h", "Time").unit("h"),
            Column::text("from", "Chance and time from"),
        ],
    );
    for d in &study.comparison.designs {
        for (cause, plan) in d.plan.iter().filter(|(c, _)| only.is_none_or(|o| o == **c)) {
            for (k, step) in plan.steps.iter().enumerate() {
                table.push(vec![
                    design(&d.design),
                    Cell::text(said(cause.name())),
                    Cell::count(k as u64 + 1),
                    Cell::text(said(&step.solution)),
                    Cell::number(step.p_opens, percent),
                    Cell::number(step.p_cumulative, percent),
                    Cell::number(step.cost_cny, money),
                    Cell::number(step.surcharge_cny, money),
                    Cell::number(step.time_h, short),
                    Cell::text(step.from.name()),
                ]);
            }
        }
    }
    table
}

/// Success by cause and solution with reasons.
#[must_use]
pub fn matrix(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        "What opens for which cause, tried first",
        vec![
            Column::text("design", "Design"),
            Column::text("cause", "Cause"),
            Column::text("solution", "Solution"),
            Column::number("p_opens", "Opens"),
            Column::text("reason", "Why not more"),
        ],
    );
    for d in &study.comparison.designs {
        for (cause, row) in &d.success {
            for (solution, s) in row {
                let p = Cell::number(s.p, percent);
                let p = if s.p <= 0.0 { p.tone(Tone::Bad) } else { p };
                table.push(vec![
                    design(&d.design),
                    Cell::text(said(cause.name())),
                    Cell::text(said(solution)),
                    p,
                    Cell::text(s.reason.replace('_', " ")),
                ]);
            }
        }
    }
    table
}

/// Unauthorised openings by route; routes that no design has are left out.
#[must_use]
pub fn exposure(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        "Unauthorised openings per year by route (mean, 5 % to 95 % over the uncertain figures)",
        vec![
            Column::text("design", "Design"),
            Column::text("route", "Route"),
            Column::number("per_year", "Openings").unit("per year"),
        ],
    );
    for d in &study.comparison.designs {
        for route in Route::ALL {
            let e = &d.exposure_per_year[&route];
            if e.high > 0.0 {
                table.push(vec![
                    design(&d.design),
                    Cell::text(said(route.name())),
                    estimate(e, rate),
                ]);
            }
        }
    }
    table
}
