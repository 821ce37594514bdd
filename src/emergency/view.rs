//! The views of a comparison as plain tables: for the terminal, for CSV and for the report.

use super::cause::Cause;
use super::claims::Claim;
use super::exposure::Route;
use super::report::{Comparison, EmergencyReport};
use serde::Serialize;

/// A table with units in its heads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Heads of the columns, with units.
    pub columns: Vec<String>,
    /// Rows, each as long as the heads.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// A number.
    Number(f64),
    /// Nothing to show.
    Empty,
}

impl From<f64> for Cell {
    fn from(x: f64) -> Self {
        Self::Number(x)
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Self::Count(n as u64)
    }
}

impl From<Option<f64>> for Cell {
    fn from(x: Option<f64>) -> Self {
        x.map_or(Self::Empty, Self::Number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Names of the views that are tables; `mef` is a file, see [`super::mef`].
pub const VIEWS: [&str; 6] = [
    "rank",
    "plan",
    "matrix",
    "exposure",
    "sensitivity",
    "claims",
];

fn table<const N: usize>(title: String, columns: [&str; N], rows: Vec<[Cell; N]>) -> Table {
    Table {
        title,
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(Vec::from).collect(),
    }
}

/// The designs by rank.
#[must_use]
pub fn rank(c: &Comparison) -> Table {
    let mut designs: Vec<(usize, &EmergencyReport)> = c.designs.iter().enumerate().collect();
    designs.sort_by_key(|(_, d)| d.rank);
    let row = |(i, d): &(usize, &EmergencyReport)| -> [Cell; 12] {
        let (l, exposed) = (&d.annual_loss, d.exposure_per_year.values());
        [
            d.rank.into(),
            d.design.as_str().into(),
            l.total.value.into(),
            l.total.low.into(),
            l.total.high.into(),
            d.p_best.into(),
            l.parts.access_cny_per_year.into(),
            l.parts.exposure_cny_per_year.into(),
            d.lockouts_per_year.value.into(),
            crate::math::sum(exposed.map(|e| e.value)).into(),
            d.price_cny.into(),
            c.topsis[*i].into(),
        ]
    };
    table(
        format!("Designs in {}, {} samples", c.scenario, c.samples),
        [
            "rank",
            "design",
            "annual loss (CNY)",
            "5 %",
            "95 %",
            "p best",
            "of it lock-outs",
            "of it exposure",
            "lock-outs per year",
            "exposure per year",
            "price (CNY)",
            "TOPSIS",
        ],
        designs.iter().map(row).collect(),
    )
}

/// The plan of one design against one cause; none where the cause does not happen to it.
#[must_use]
pub fn plan(d: &EmergencyReport, cause: Cause) -> Option<Table> {
    let p = d.plan.get(&cause)?;
    let row = |s: &super::report::Step| -> [Cell; 7] {
        [
            s.solution.as_str().into(),
            s.p_opens.into(),
            s.p_cumulative.into(),
            s.cost_cny.into(),
            s.surcharge_cny.into(),
            s.time_h.into(),
            s.from.name().into(),
        ]
    };
    Some(table(
        format!(
            "{} in {}, {cause}: expected cost {:.0} CNY, in after {:.2} h on average",
            d.design, d.scenario, p.expected_cost, p.expected_time_h
        ),
        [
            "try",
            "p opens now",
            "p in by then",
            "money (CNY)",
            "of it damage and fees",
            "time (h)",
            "source",
        ],
        p.steps.iter().map(row).collect(),
    ))
}

/// Success by cause and solution with reasons.
#[must_use]
pub fn matrix(d: &EmergencyReport) -> Table {
    let rows = d.success.iter().flat_map(|(cause, row)| {
        row.iter().map(|(solution, s)| -> [Cell; 4] {
            [
                cause.name().into(),
                solution.as_str().into(),
                s.p.into(),
                s.reason.as_str().into(),
            ]
        })
    });
    table(
        format!("{} in {}: what opens for which cause", d.design, d.scenario),
        ["cause", "solution", "p opens", "why not more"],
        rows.collect(),
    )
}

/// Unauthorised openings per year by route, design by design.
#[must_use]
pub fn exposure(c: &Comparison) -> Table {
    let rows = c.designs.iter().flat_map(|d| {
        Route::ALL.into_iter().map(move |route| -> [Cell; 5] {
            let e = &d.exposure_per_year[&route];
            [
                d.design.as_str().into(),
                route.name().into(),
                e.value.into(),
                e.low.into(),
                e.high.into(),
            ]
        })
    });
    table(
        format!("Unauthorised openings in {}", c.scenario),
        ["design", "route", "per year", "5 %", "95 %"],
        rows.collect(),
    )
}

/// What to find out first: worth of knowing each number, and how it moves each design's loss.
#[must_use]
pub fn sensitivity(c: &Comparison) -> Table {
    let worth = |key: &str| c.evppi.iter().find(|w| w.key == key).map(|w| w.evppi);
    let mut rows: Vec<(f64, [Cell; 6])> = c
        .designs
        .iter()
        .flat_map(|d| {
            d.sensitivity.iter().map(move |s| {
                let echoed = d.assumptions.iter().find(|a| a.key == s.key);
                let cells: [Cell; 6] = [
                    s.key.as_str().into(),
                    worth(&s.key).into(),
                    d.design.as_str().into(),
                    s.at_low.into(),
                    s.at_high.into(),
                    echoed.map_or("", |a| a.source.as_str()).into(),
                ];
                (worth(&s.key).unwrap_or(0.0), cells)
            })
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    table(
        format!(
            "What to find out first in {}: all of it is worth {:.0} CNY a year",
            c.scenario, c.evpi
        ),
        [
            "number",
            "worth knowing (CNY per year)",
            "design",
            "loss at 5 % (CNY)",
            "loss at 95 % (CNY)",
            "source",
        ],
        rows.into_iter().map(|(_, cells)| cells).collect(),
    )
}

/// The statements of the source text with their verdicts.
#[must_use]
pub fn claims(scenario: &str, list: &[Claim]) -> Table {
    let row = |c: &Claim| -> [Cell; 6] {
        let verdict = match c.verdict {
            super::claims::Verdict::Holds => "holds",
            super::claims::Verdict::Fails => "fails",
            super::claims::Verdict::Depends => "depends",
            super::claims::Verdict::NoData => "no data",
        };
        [
            usize::from(c.number).into(),
            c.quote.into(),
            verdict.into(),
            c.value.into(),
            c.unit.into(),
            c.because.as_str().into(),
        ]
    };
    table(
        format!("What the source text says, in {scenario}"),
        ["#", "statement", "verdict", "number", "unit", "because"],
        list.iter().map(row).collect(),
    )
}
