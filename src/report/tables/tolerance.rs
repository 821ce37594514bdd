//! Tables of tolerances: the owner, the stacks of dimensions.

use super::{design, percent};
use crate::mechanism::dial_lock::{Contributions, OfFunction};
use crate::mechanism::stack_report::Contribution;
use crate::report::{Cell, Column, Table, Tone};
use crate::stats::Estimate;
use crate::study::ToleranceStudy;
use crate::study::tolerance::in_words;

/// Studies with the names of their designs.
pub(super) type Named<'a> = [(&'a str, &'a ToleranceStudy)];

/// The owner's side in one line a design.
#[must_use]
pub fn owner(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "The owner: chance of opening at the first dialing, of a code with one number a mark off, and the \
         largest dialing error that still opens (median lock; band of 95 % of locks)",
        vec![
            Column::text("design", "Design"),
            Column::number("trials", "As-built locks"),
            Column::number("dialing_sd_marks", "SD of dialing").unit("marks"),
            Column::number("p_open_first_dialing", "Opens at first dialing"),
            Column::number("p_open_one_mark_off", "Opens one mark off"),
            Column::number("largest_error_marks", "Largest error").unit("marks"),
        ],
    );
    for (name, t) in all {
        let r = &t.report;
        table.push(vec![
            design(name),
            Cell::count(r.trials),
            Cell::number(r.dialing_sd_marks, super::short),
            Cell::estimate(&r.p_open_first_dialing, fine_percent),
            Cell::estimate(&r.p_open_one_mark_off, fine_percent),
            Cell::estimate(&r.largest_error_marks, three),
        ]);
    }
    table
}

/// The opening window of every wheel.
#[must_use]
pub fn windows(all: &Named<'_>) -> Table {
    let marks = |key: &str, name: &str| Column::number(key, name).unit("marks");
    let mut table = Table::new(
        "Opening window of each wheel (median lock; band of 95 % of locks)",
        vec![
            Column::text("design", "Design"),
            Column::number("wheel", "Wheel"),
            marks("window_half_marks", "Half-width"),
            marks("window_low_marks", "From"),
            marks("window_high_marks", "To"),
        ],
    );
    for (name, t) in all {
        let wheels = t.report.window_half_marks.iter().zip(&t.window_edges_marks);
        for (i, (half, [low, high])) in wheels.enumerate() {
            table.push(vec![
                design(name),
                Cell::count(i as u64 + 1),
                Cell::estimate(half, three),
                Cell::estimate(low, three),
                Cell::estimate(high, three),
            ]);
        }
    }
    table
}

/// The owner's reliability over the dialing error.
#[must_use]
pub fn owner_curve(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "Chance that the right code opens at the first dialing, over the dialing error",
        vec![
            Column::text("design", "Design"),
            Column::number("dialing_sd_marks", "SD of dialing").unit("marks"),
            Column::number("p_open_first_dialing", "Opens at first dialing"),
        ],
    );
    for (name, t) in all {
        for p in &t.owner_curve {
            table.push(vec![
                design(name),
                Cell::number(p.dialing_sd_marks, three),
                Cell::estimate(&p.p_open_first_dialing, fine_percent),
            ]);
        }
    }
    table
}

/// Worst case, RSS and Monte Carlo side by side.
#[must_use]
pub fn stacks(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "Opening and fit: worst case over the tolerance bands, RSS (mean ± 3 SD) and Monte Carlo (0.135 % to \
         99.865 % of locks). Cp needs two limits, Cpk takes the nearer one",
        vec![
            Column::text("design", "Design"),
            Column::text("function", "Function"),
            Column::text("is_linear", "Linear"),
            Column::number("nominal", "Nominal"),
            Column::number("worst_low", "Worst low"),
            Column::number("worst_high", "Worst high"),
            Column::number("rss_low", "RSS low"),
            Column::number("rss_mean", "RSS mean"),
            Column::number("rss_high", "RSS high"),
            Column::number("mc_low", "MC low"),
            Column::number("mc_mean", "MC mean"),
            Column::number("mc_high", "MC high"),
            Column::text("limits", "Limits"),
            Column::number("p_outside", "Share outside"),
            Column::number("cp", "Cp"),
            Column::number("cpk", "Cpk"),
        ],
    );
    let opt = |v: Option<f64>| v.map_or_else(Cell::missing, |v| Cell::number(v, three));
    for (name, t) in all {
        let r = &t.report;
        for ((worst, rss), mc) in r.worst_case.iter().zip(&r.rss).zip(&r.monte_carlo) {
            let m = &mc.result;
            let linear = if worst.is_linear {
                Cell::text("yes")
            } else {
                Cell::text("no: trust MC").tone(Tone::Bad)
            };
            table.push(vec![
                design(name),
                Cell::text(in_words(worst.function)),
                linear,
                Cell::number(worst.nominal, three),
                Cell::number(worst.result.low, three),
                Cell::number(worst.result.high, three),
                Cell::number(rss.result.low, three),
                Cell::number(rss.result.mean, three),
                Cell::number(rss.result.high, three),
                opt(m.low),
                Cell::number(m.mean.value.unwrap_or(f64::NAN), three),
                opt(m.high),
                Cell::text(limits(m.limit_low, m.limit_high)),
                Cell::estimate(&m.p_outside, fine_percent),
                opt(m.cp),
                opt(m.cpk),
            ]);
        }
    }
    table
}

/// What each dimension contributes, the largest first.
#[must_use]
pub fn contributions(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "What each dimension contributes. RSS shares hold where the function is linear; Monte Carlo shares are \
         what a dimension explains alone. Resistance has neither: see `wheelpack sensitivity`",
        vec![
            Column::text("design", "Design"),
            Column::text("function", "Function"),
            Column::text("dimension", "Dimension"),
            Column::number("monte_carlo_share", "MC share"),
            Column::number("rss_share", "RSS share"),
            Column::number("slope", "Slope"),
            Column::number("at_low", "Low end"),
            Column::number("at_high", "High end"),
        ],
    );
    for (name, t) in all {
        for f in &t.report.contributions {
            for c in by_size(&f.result.dimensions) {
                let one = &c.effect;
                let rss = Cell::number(one.rss_share, percent);
                table.push(vec![
                    design(name),
                    Cell::text(in_words(f.function)),
                    Cell::text(one.dimension.clone()),
                    Cell::estimate(&c.monte_carlo_share, percent),
                    if f.is_linear {
                        rss
                    } else {
                        rss.tone(Tone::Bad)
                    },
                    Cell::number(one.slope, super::short),
                    Cell::number(one.at_low, three),
                    Cell::number(one.at_high, three),
                ]);
            }
        }
    }
    table
}

/// What the dimensions of each function of one design contribute, those that matter first, with what
/// the function's shape means for the figures; a table a function, narrow enough for a terminal.
#[must_use]
pub fn contributions_by_function(t: &ToleranceStudy) -> Vec<Table> {
    let of = |f: &OfFunction<Contributions>| {
        let number = |key: &str, name: &str| Column::number(key, name);
        let mut table = Table::new(
            format!(
                "{}, nominal {:.3}: what each dimension contributes; {}",
                in_words(f.function),
                f.nominal,
                f.note
            ),
            vec![
                Column::text("dimension", "Dimension"),
                number("monte_carlo_share", "MC share"),
                number("rss_share", "RSS share"),
                number("slope", "Slope"),
                number("at_low", "Low end"),
                number("at_high", "High end"),
            ],
        );
        for c in by_size(&f.result.dimensions) {
            let one = &c.effect;
            let rss = Cell::number(one.rss_share, percent);
            table.push(vec![
                Cell::text(one.dimension.clone()),
                Cell::estimate(&c.monte_carlo_share, percent),
                if f.is_linear {
                    rss
                } else {
                    rss.tone(Tone::Bad)
                },
                Cell::number(one.slope, super::short),
                Cell::number(one.at_low, three),
                Cell::number(one.at_high, three),
            ]);
        }
        table
    };
    t.report.contributions.iter().map(of).collect()
}

/// The contributions with the largest first, by Monte Carlo where it is known, then by RSS.
fn by_size(all: &[Contribution]) -> Vec<&Contribution> {
    let size = |c: &Contribution| c.monte_carlo_share.value.unwrap_or(c.effect.rss_share);
    let mut sorted: Vec<&Contribution> = all.iter().collect();
    sorted.sort_by(|a, b| size(b).total_cmp(&size(a)));
    sorted
}

/// What works, in words.
fn limits(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("above {low}"),
        (None, Some(high)) => format!("below {high}"),
        (None, None) => "none".to_owned(),
    }
}

fn three(v: f64) -> String {
    format!("{v:.3}")
}

/// A share close to none or all keeps its digits.
pub(super) fn fine_percent(v: f64) -> String {
    let near = v.min(1.0 - v);
    if near > 0.0 && near < 0.005 {
        format!("{:.3} %", 100.0 * v)
    } else {
        percent(v)
    }
}

/// An estimate as a cell of percent.
pub(super) fn share(e: &Estimate) -> Cell {
    Cell::estimate(e, fine_percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_near_one_is_not_rounded_to_all() {
        assert_eq!(fine_percent(0.9996), "99.960 %");
        assert_eq!(fine_percent(1.0), "100.0 %");
        assert_eq!(fine_percent(0.5), "50.0 %");
    }
}
