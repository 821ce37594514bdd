//! What to choose and what to find out first.

use super::{estimate, listed, money, rate, said};
use crate::emergency::claims::Verdict;
use crate::emergency::importance::FORMULAS;
use crate::math::sum;
use crate::report::tables::{design, percent, short};
use crate::report::{Cell, Column, Table, Tone};
use crate::study::EmergencyStudy;

/// Events of one cause shown in the table of importance.
const EVENTS: usize = 3;

/// The designs by expected annual loss.
#[must_use]
pub fn rank(study: &EmergencyStudy) -> Table {
    let c = &study.comparison;
    let mut table = Table::new(
        format!(
            "Designs in {} by expected annual loss, all solutions kept ({} samples; mean, 5 % to 95 %). TOPSIS and PROMETHEE are second opinions: they weigh access, exposure and price alike",
            c.scenario, c.samples
        ),
        vec![
            Column::text("design", "Design"),
            Column::number("rank", "Rank"),
            Column::number("annual_loss_cny", "Annual loss").unit("CNY"),
            Column::number("p_best", "Best in"),
            Column::number("access_cny", "Of it lock-outs").unit("CNY"),
            Column::number("exposure_cny", "Of it intrusion").unit("CNY"),
            Column::number("ownership_cny", "Of it ownership").unit("CNY"),
            Column::number("lockouts_per_year", "Lock-outs").unit("per year"),
            Column::number("exposure_per_year", "Intrusions").unit("per year"),
            Column::number("price_cny", "Price").unit("CNY"),
            Column::number("topsis", "TOPSIS"),
            Column::number("promethee", "PROMETHEE"),
        ],
    );
    let mut order: Vec<usize> = (0..c.designs.len()).collect();
    order.sort_by_key(|&i| c.designs[i].rank);
    for i in order {
        let d = &c.designs[i];
        let parts = &d.annual_loss.parts;
        table.push(vec![
            design(&d.design),
            Cell::count(d.rank as u64),
            estimate(&d.annual_loss.total, money),
            Cell::number(d.p_best, percent),
            Cell::number(parts.access_cny_per_year, money),
            Cell::number(parts.exposure_cny_per_year, money),
            Cell::number(parts.ownership_cny_per_year, money),
            estimate(&d.lockouts_per_year, rate),
            Cell::number(sum(d.exposure_per_year.values().map(|e| e.value)), rate),
            Cell::number(d.price_cny, money),
            Cell::number(c.topsis[i], |v| format!("{v:.2}")),
            Cell::number(c.promethee[i], |v| format!("{v:.2}")),
        ]);
    }
    table
}

/// Which of its solutions each design should keep.
#[must_use]
pub fn choices(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        "Which solutions: the set of least expected annual loss, against all of them (at the figures of the files)",
        vec![
            Column::text("design", "Design"),
            Column::text("keep", "Keep"),
            Column::text("leave_out", "Leave out"),
            Column::number("annual_loss_cny", "Annual loss").unit("CNY"),
            Column::number("annual_loss_all_cny", "With all").unit("CNY"),
            Column::number("price_cny", "Price").unit("CNY"),
            Column::number("intrusions_per_year", "Intrusions").unit("per year"),
        ],
    );
    for b in &study.beside {
        let out: Vec<String> = b.left_out().map(str::to_owned).collect();
        table.push(vec![
            design(&b.best.design),
            Cell::text(listed(&b.best.solutions, ", ", "none")),
            Cell::text(listed(&out, ", ", "nothing")),
            Cell::number(b.best.annual_loss_cny_per_year, money),
            Cell::number(b.whole.annual_loss_cny_per_year, money),
            Cell::number(b.best.price_cny, money),
            Cell::number(b.best.exposure_per_year, rate),
        ]);
    }
    table
}

/// What to find out first: worth of knowing each number, and how it moves each design's loss.
#[must_use]
pub fn sensitivity(study: &EmergencyStudy) -> Table {
    let c = &study.comparison;
    let worth = |key: &str| {
        c.evppi
            .iter()
            .find(|w| w.key == key)
            .map_or(0.0, |w| w.evppi)
    };
    let mut table = Table::new(
        format!(
            "What to find out first in {}: knowing everything before choosing is worth {} CNY a year",
            c.scenario,
            money(c.evpi)
        ),
        vec![
            Column::text("number", "Number"),
            Column::number("worth_cny_per_year", "Worth knowing").unit("CNY per year"),
            Column::text("design", "Design"),
            Column::number("loss_at_low_cny", "Loss at 5 %").unit("CNY"),
            Column::number("loss_at_high_cny", "Loss at 95 %").unit("CNY"),
            Column::text("mark", "Mark"),
            Column::text("source", "Source"),
        ],
    );
    let mut rows: Vec<(f64, f64, Vec<Cell>)> = Vec::new();
    for d in &c.designs {
        for s in &d.sensitivity {
            let echoed = d.assumptions.iter().find(|a| a.key == s.key);
            let mark = echoed.and_then(|a| serde_json::to_value(a.mark).ok());
            let mark = mark.as_ref().and_then(|m| m.as_str()).unwrap_or_default();
            rows.push((
                worth(&s.key),
                (s.at_high - s.at_low).abs(),
                vec![
                    Cell::text(s.key.clone()),
                    Cell::number(worth(&s.key), money),
                    design(&d.design),
                    Cell::number(s.at_low, money),
                    Cell::number(s.at_high, money),
                    Cell::text(mark),
                    Cell::text(echoed.map_or("", |a| a.source.as_str())),
                ],
            ));
        }
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    rows.into_iter().for_each(|(_, _, row)| table.push(row));
    table
}

/// What each solution is worth to its design.
#[must_use]
pub fn values(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        "What each solution saves: share of the whole by Shapley, as the only one, on top of all others",
        vec![
            Column::text("design", "Design"),
            Column::text("solution", "Solution"),
            Column::number("shapley_cny_per_year", "Saves").unit("CNY per year"),
            Column::number("alone_cny_per_year", "Alone").unit("CNY per year"),
            Column::number("last_cny_per_year", "On top of all others").unit("CNY per year"),
        ],
    );
    for d in &study.comparison.designs {
        for v in &d.solution_values {
            let saves = |v: f64| {
                let tone = if v < 0.0 { Tone::Bad } else { Tone::Plain };
                Cell::number(v, money).tone(tone)
            };
            table.push(vec![
                design(&d.design),
                Cell::text(said(&v.solution)),
                saves(v.shapley_cny_per_year),
                saves(v.alone_cny_per_year),
                saves(v.last_cny_per_year),
            ]);
        }
    }
    table
}

/// The events that matter most when every solution of a plan fails together.
#[must_use]
pub fn importance(study: &EmergencyStudy) -> Table {
    let formulas: Vec<String> = FORMULAS
        .iter()
        .map(|(name, formula)| format!("{}: {formula}", said(name)))
        .collect();
    let mut table = Table::new(
        format!(
            "Why all solutions of a plan fail together: the {EVENTS} events of most criticality by cause. Q: chance that all fail, q: of the event, Q1 and Q0: with the event certain and impossible. {}",
            formulas.join("; ")
        ),
        vec![
            Column::text("design", "Design"),
            Column::text("cause", "Cause"),
            Column::text("event", "Event"),
            Column::number("p", "q"),
            Column::number("criticality", "Criticality"),
            Column::number("birnbaum", "Birnbaum"),
            Column::number("fussell_vesely_cut_sets", "Fussell–Vesely"),
            Column::number("diagnostic", "Diagnostic"),
            Column::number("risk_achievement_worth", "Achievement worth"),
            Column::number("risk_reduction_worth", "Reduction worth"),
        ],
    );
    for d in &study.comparison.designs {
        for (cause, plan) in &d.plan {
            for i in plan.importance.iter().take(EVENTS) {
                let maybe = |v: Option<f64>, format: fn(f64) -> String| {
                    v.map_or_else(Cell::missing, |v| Cell::number(v, format))
                };
                table.push(vec![
                    design(&d.design),
                    Cell::text(said(cause.name())),
                    Cell::text(said(&i.event)),
                    Cell::number(i.p, percent),
                    Cell::number(i.criticality, percent),
                    Cell::number(i.birnbaum, short),
                    maybe(i.fussell_vesely_cut_sets, percent),
                    Cell::number(i.diagnostic, percent),
                    Cell::number(i.risk_achievement_worth, short),
                    maybe(i.risk_reduction_worth, short),
                ]);
            }
        }
    }
    table
}

/// Which other analysis each linked quantity comes from.
#[must_use]
pub fn linked(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        "Where the quantities come from that other analyses can give",
        vec![
            Column::text("design", "Design"),
            Column::text("quantity", "Quantity"),
            Column::text("from", "From"),
            Column::text("value", "Taken"),
        ],
    );
    for (d, b) in study.comparison.designs.iter().zip(&study.beside) {
        for l in &b.linked {
            table.push(vec![
                design(&d.design),
                Cell::text(l.what),
                Cell::text(l.from.name()),
                Cell::text(format!("{} ({})", l.value, l.because)),
            ]);
        }
    }
    table
}

/// The statements of the source text with their verdicts.
#[must_use]
pub fn claims(study: &EmergencyStudy) -> Table {
    let mut table = Table::new(
        format!(
            "What the source text says, judged in {} on the designs above",
            study.comparison.scenario
        ),
        vec![
            Column::number("number", "#"),
            Column::text("statement", "Statement"),
            Column::text("verdict", "Verdict"),
            Column::number("value", "Number"),
            Column::text("unit", "Unit"),
            Column::text("because", "Because"),
        ],
    );
    for c in &study.claims {
        let verdict = match c.verdict {
            Verdict::Holds => Cell::text("holds").tone(Tone::Good),
            Verdict::Fails => Cell::text("not supported").tone(Tone::Bad),
            Verdict::Depends => Cell::text("depends"),
            Verdict::NoData => Cell::text("no data"),
        };
        table.push(vec![
            Cell::count(c.number),
            Cell::text(c.quote),
            verdict,
            c.value
                .map_or_else(Cell::missing, |v| Cell::number(v, short)),
            Cell::text(c.unit),
            Cell::text(c.because.clone()),
        ]);
    }
    table
}
