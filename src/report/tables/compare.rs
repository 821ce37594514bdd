//! Tables of designs against the first of them.

use super::percent;
use super::tolerance::share;
use crate::figure::chart::format::{minutes, short};
use crate::math::exp;
use crate::report::compare::{Against, OwnerDifference};
use crate::report::metric::Good;
use crate::report::regress::{Change, Reading, Verdict as Exact};
use crate::report::{Cell, Column, Table, Tone};
use crate::stats::Estimate;
use crate::study::difference::METRICS;
use crate::study::{Difference, Metric, Verdict};

/// One design against the first, for people.
#[must_use]
pub fn against_first(one: &Against) -> Table {
    let who = match (&one.attack, &one.reader) {
        (Some(attack), Some(reader)) => {
            format!(
                "; opening times of attack {attack}, reader {reader}, and the owner: model results, the same luck for both, 95 % intervals"
            )
        }
        _ => String::new(),
    };
    let mut table = Table::new(
        format!("{} against {}{who}", one.design, one.against),
        vec![
            Column::text("metric", "Metric"),
            Column::text("verdict", "Verdict"),
            Column::number("difference", "Difference"),
            Column::number("a", first_words(&one.against)),
            Column::number("b", first_words(&one.design)),
        ],
    );
    for row in rows(one) {
        let cells = [row.a, row.b].map(|mut cell| {
            // The interval that counts is that of the difference.
            if let Some((value, _)) = cell.text.split_once(" (") {
                cell.text = value.to_owned();
            }
            cell
        });
        let [a, b] = cells;
        table.push(vec![
            Cell::text(row.metric),
            Cell::text(row.verdict).tone(row.tone),
            row.difference,
            a,
            b,
        ]);
    }
    table
}

/// All designs against the first, as one table for machines.
#[must_use]
pub fn compared(all: &[Against]) -> Table {
    let mut table = Table::new(
        "Designs against the first",
        vec![
            Column::text("design", "Design"),
            Column::text("against", "Against"),
            Column::text("metric", "Metric"),
            Column::number("a", "First"),
            Column::number("b", "Design's"),
            Column::number("difference", "Difference"),
            Column::text("verdict", "Verdict"),
            Column::text("unit", "Unit"),
            Column::text("difference_unit", "Unit of the difference"),
        ],
    );
    for one in all {
        for row in rows(one) {
            table.push(vec![
                Cell::text(one.design.clone()),
                Cell::text(one.against.clone()),
                Cell::text(row.metric),
                row.a,
                row.b,
                row.difference,
                Cell::text(row.verdict).tone(row.tone),
                Cell::text(row.unit),
                Cell::text(row.difference_unit),
            ]);
        }
    }
    table
}

/// A name that leaves room for numbers.
fn first_words(name: &str) -> String {
    match name.chars().count() {
        0..=16 => name.to_owned(),
        _ => name.replace('-', "- ").replace("/", "/ "),
    }
}

struct Row {
    metric: String,
    a: Cell,
    b: Cell,
    difference: Cell,
    /// Units of the values and of the difference; empty where the metric's name ends in its own, or has none.
    unit: &'static str,
    difference_unit: &'static str,
    verdict: &'static str,
    tone: Tone,
}

fn rows(one: &Against) -> Vec<Row> {
    let estimated = METRICS
        .iter()
        .zip(&one.resist)
        .map(|(m, d)| estimated(*m, d));
    let owner = one.owner.iter().map(owner);
    let exact = one.exact.iter().map(computed);
    estimated.chain(owner).chain(exact).collect()
}

fn owner(d: &OwnerDifference) -> Row {
    let (verdict, tone) = match d.verdict {
        Exact::Better => ("better", Tone::Good),
        Exact::Worse => ("worse", Tone::Bad),
        _ => ("no difference shown", Tone::Plain),
    };
    Row {
        metric: "owner's first dialing opens".to_owned(),
        a: share(&d.a),
        b: share(&d.b),
        difference: stepped(&d.difference, 100.0, "pp"),
        unit: "share",
        difference_unit: "share",
        verdict,
        tone,
    }
}

fn estimated(kind: Metric, d: &Difference) -> Row {
    let (verdict, tone) = match d.verdict {
        Verdict::Harder => ("better", Tone::Good),
        Verdict::Easier => ("worse", Tone::Bad),
        Verdict::NoDifferenceShown => ("no difference shown", Tone::Plain),
    };
    let (metric, a, b, difference) = match kind {
        Metric::LogMedianTime => (
            "median time to open".to_owned(),
            Cell::estimate(&d.a.map_increasing(exp), minutes),
            Cell::estimate(&d.b.map_increasing(exp), minutes),
            d.ratio.map_or_else(Cell::missing, |e| {
                let mut cell = Cell::estimate(&e, short);
                cell.text = format!("× {}", cell.text);
                cell
            }),
        ),
        Metric::RestrictedMeanTime { until_min } => (
            format!("mean time, cut off at {}", minutes(until_min)),
            Cell::estimate(&d.a, minutes),
            Cell::estimate(&d.b, minutes),
            match d.difference.value {
                Some(v) if v.abs() >= 120.0 => stepped(&d.difference, 1.0 / 60.0, "h"),
                _ => stepped(&d.difference, 1.0, "min"),
            },
        ),
        Metric::POpen { within_min } => (
            format!("opened within {}", minutes(within_min)),
            Cell::estimate(&d.a, percent),
            Cell::estimate(&d.b, percent),
            stepped(&d.difference, 100.0, "pp"),
        ),
    };
    let (unit, difference_unit) = match kind {
        Metric::LogMedianTime => ("min", "ratio"),
        Metric::RestrictedMeanTime { .. } => ("min", "min"),
        Metric::POpen { .. } => ("share", "share"),
    };
    Row {
        metric,
        a,
        b,
        difference,
        unit,
        difference_unit,
        verdict,
        tone,
    }
}

/// A difference with its sign, times `scale` and then in `unit`, which is said once.
fn stepped(e: &Estimate, scale: f64, unit: &str) -> Cell {
    let mut cell = Cell::estimate(e, |v| signed(scale * v, |v| format!("{v:.1}")));
    let (value, interval) = match cell.text.split_once(" (") {
        Some((value, interval)) => (value, format!(" ({interval}")),
        None => (cell.text.as_str(), String::new()),
    };
    cell.text = format!("{value} {unit}{interval}");
    cell
}

fn signed(v: f64, format: impl Fn(f64) -> String) -> String {
    let sign = match v {
        v if v < 0.0 => "−",
        v if v > 0.0 => "+",
        _ => "",
    };
    format!("{sign}{}", format(v.abs()))
}

fn computed(c: &Change) -> Row {
    let (verdict, tone) = match c.verdict {
        Exact::Worse => ("worse", Tone::Bad),
        Exact::Better => ("better", Tone::Good),
        Exact::Same | Exact::Within => ("the same", Tone::Plain),
        Exact::Removed => ("only the first has it", Tone::Plain),
        Exact::Added => ("only this one has it", Tone::Plain),
        Exact::Changed => match c.known.map(|m| m.good) {
            Some(Good::Neither) => ("it depends", Tone::Plain),
            _ => ("differs", Tone::Plain),
        },
    };
    Row {
        metric: c.metric.clone(),
        a: reading(c.from.as_ref()),
        b: reading(c.to.as_ref()),
        difference: difference(c.from.as_ref(), c.to.as_ref()),
        unit: "",
        difference_unit: "",
        verdict,
        tone,
    }
}

fn reading(r: Option<&Reading>) -> Cell {
    r.map_or_else(Cell::missing, crate::report::regress::table::cell)
}

fn difference(a: Option<&Reading>, b: Option<&Reading>) -> Cell {
    match (a, b) {
        (Some(Reading::Number(a)), Some(Reading::Number(b))) => {
            Cell::number(b - a, |v| signed(v, short))
        }
        (Some(Reading::Count(a)), Some(Reading::Count(b))) => {
            match (a.parse::<i128>(), b.parse::<i128>()) {
                (Ok(a), Ok(b)) => {
                    let step = Cell::count(a.abs_diff(b));
                    let sign = match b.cmp(&a) {
                        std::cmp::Ordering::Less => "−",
                        std::cmp::Ordering::Equal => "",
                        std::cmp::Ordering::Greater => "+",
                    };
                    Cell {
                        text: format!("{sign}{}", step.text),
                        data: crate::report::table::Data::Number((b - a) as f64),
                        ..step
                    }
                }
                _ => Cell::missing(),
            }
        }
        _ => Cell::missing(),
    }
}
