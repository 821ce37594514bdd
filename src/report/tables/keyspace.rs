//! Tables of the key space.

use super::verdict::count;
use super::{design, percent, short};
use crate::keyspace::guess::{BETAS, random_order_success};
use crate::keyspace::standard::Check;
use crate::keyspace::{ButtonReport, KeyspaceReport, ProposedSpare};
use crate::report::{Cell, Column, Table, Tone};

/// Most ghost codes that one table lists.
const GHOSTS_SHOWN: usize = 200;

/// The counts that are not the same.
#[must_use]
pub fn key_space(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut table = Table::new(
        "Codes",
        vec![
            Column::text("design", "Design"),
            Column::text("convention", "Convention"),
            Column::number("window_half_marks", "Window").unit("± marks"),
            Column::text("window_from", "From"),
            Column::number("dialable", "Dialable"),
            Column::number("allowed", "Allowed"),
            Column::number("effective", "Effective"),
            Column::number("effective_allowed", "Effective, allowed"),
            Column::number("cover_tries", "Tries that cover all"),
        ],
    );
    for &(name, k) in reports {
        let window = k.window_half_marks.first();
        table.push(vec![
            design(name),
            Cell::text(said(&k.convention)),
            windows(k),
            window.map_or_else(Cell::missing, |w| Cell::text(said(&w.from))),
            count(&k.counts.dialable),
            count(&k.counts.allowed),
            count(&k.counts.effective),
            count(&k.counts.effective_allowed),
            count(&k.counts.cover_tries),
        ]);
    }
    table
}

/// The counts of push-button locks, as further rows of [`key_space`].
pub fn push_buttons(table: &mut Table, reports: &[(&str, &ButtonReport)]) {
    for &(name, b) in reports {
        table.push(vec![
            design(name),
            Cell::text(if b.ordered {
                "button groups in order"
            } else {
                "sets of buttons"
            }),
            Cell::missing(),
            Cell::missing(),
            count(&b.dialable),
            count(&b.allowed),
            count(&b.effective),
            count(&b.effective_allowed),
            count(&b.cover_tries),
        ]);
    }
}

/// Codes of push-button locks by the number of buttons pressed.
#[must_use]
pub fn button_lengths(reports: &[(&str, &ButtonReport)]) -> Table {
    let mut table = Table::new(
        "Codes by buttons pressed",
        vec![
            Column::text("design", "Design"),
            Column::number("pressed", "Buttons pressed"),
            Column::number("codes", "Codes"),
        ],
    );
    for &(name, b) in reports {
        for length in &b.by_length {
            let pressed = Cell::count(u128::from(length.pressed));
            table.push(vec![design(name), pressed, count(&length.codes)]);
        }
    }
    table
}

/// The half-window; where wheels differ, that of each.
fn windows(k: &KeyspaceReport) -> Cell {
    let halves = k.window_half_marks.iter().map(|w| w.value.marks());
    let said: Vec<String> = halves.clone().map(|v| format!("{v:.3}")).collect();
    match said.first() {
        Some(first) if said.iter().all(|s| s == first) => {
            Cell::number(halves.fold(0.0, f64::max), |v| format!("{v:.3}"))
        }
        _ => Cell::text(said.join(", ")),
    }
}

/// A unit variant by its name in JSON, in words.
pub(super) fn said(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(|s| s.replace('_', " ")))
        .unwrap_or_default()
}

/// What each rule removes.
#[must_use]
pub fn rule_shares(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut table = Table::new(
        "What each rule removes",
        vec![
            Column::text("design", "Design"),
            Column::text("rule", "Rule"),
            Column::text("derived", "Imposed by the mechanism"),
            Column::number("share_alone", "Removes alone"),
            Column::number("share_after_others", "Removes after the others"),
            Column::number("removes_after_others", "Codes back without it"),
        ],
    );
    for &(name, k) in reports {
        for rule in &k.rules {
            table.push(vec![
                design(name),
                Cell::text(spoken(&rule.rule)),
                Cell::text(rule.derived.clone().unwrap_or_default()),
                Cell::number(rule.share_alone, percent),
                Cell::number(rule.share_after_others, percent),
                count(&rule.removes_after_others),
            ]);
        }
    }
    table
}

/// Ghost codes, the first of each design.
#[must_use]
pub fn ghosts(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut table = Table::new(
        "Openings and ghosts",
        vec![
            Column::text("design", "Design"),
            Column::number("openings", "Openings"),
            Column::number("intended_openings", "Intended"),
            Column::number("ghosts", "Ghosts"),
            Column::text("independent", "Independent"),
            Column::number("bits_lost", "Lost").unit("bits"),
            Column::text("ghost_codes", "Ghost codes"),
        ],
    );
    for &(name, k) in reports {
        let Some(codes) = &k.codes else { continue };
        let o = &codes.openings;
        let mut listed: Vec<String> = o
            .ghost_codes
            .iter()
            .take(GHOSTS_SHOWN)
            .map(ToString::to_string)
            .collect();
        if o.ghost_codes.len() > GHOSTS_SHOWN {
            listed.push("…".to_owned());
        }
        let verdict = if o.independent {
            ("yes", Tone::Good)
        } else {
            ("no", Tone::Bad)
        };
        table.push(vec![
            design(name),
            count(&o.openings),
            count(&o.intended_openings),
            count(&o.ghosts),
            Cell::text(verdict.0).tone(verdict.1),
            Cell::number(codes.bits_lost, |v| format!("{v:.2}")),
            Cell::text(listed.join(", ")),
        ]);
    }
    table
}

/// What the holder of each spare learns of the main code, and how many spares can be independent.
#[must_use]
pub fn spares(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut table = Table::new(
        "Spares",
        vec![
            Column::text("design", "Design"),
            Column::number("spare", "Spare"),
            Column::text("realisation", "Built as"),
            Column::number("tries_to_main_max", "Most tries from it to the main code"),
            Column::text("independent", "In the largest independent set"),
            Column::number("fitting", "Independent spares that fit"),
        ],
    );
    for &(name, k) in reports {
        let Some(codes) = &k.codes else { continue };
        for holder in &codes.spare_holders {
            let is_named = codes.independent_spares.named.contains(&holder.spare);
            let fitting = codes.independent_spares.fitting.codes.len();
            table.push(vec![
                design(name),
                Cell::count(holder.spare as u128 + 1),
                Cell::text(said(&holder.realisation)),
                count(&holder.tries_to_main_max),
                Cell::text(if is_named { "yes" } else { "no" }),
                Cell::count(fitting as u128),
            ]);
        }
    }
    table
}

/// Spares that would suit each design; nothing where none was found.
#[must_use]
pub fn proposed_spares(proposals: &[(&str, Option<&ProposedSpare>)]) -> Table {
    let mut table = Table::new(
        "Proposed spare",
        vec![
            Column::text("design", "Design"),
            Column::text("code", "Code"),
            Column::number("distance_marks", "Least distance from the main code").unit("marks"),
            Column::number("ghosts", "Ghosts with it"),
        ],
    );
    for &(name, spare) in proposals {
        table.push(match spare {
            None => vec![
                design(name),
                Cell::text("none that keeps the margin and the rules"),
                Cell::missing(),
                Cell::missing(),
            ],
            Some(spare) => vec![
                design(name),
                Cell::text(spare.code.to_string()),
                Cell::count(u128::from(spare.distance_marks)),
                count(&spare.ghosts),
            ],
        });
    }
    table
}

/// Guessing by a person who knows how people choose.
#[must_use]
pub fn guessing(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut columns = vec![
        Column::text("design", "Design"),
        Column::text("prior", "Codes are"),
        Column::number("entropy_bits", "Entropy").unit("bits"),
        Column::number("min_entropy_bits", "Min-entropy").unit("bits"),
        Column::number("guesswork_tries", "Mean guesses"),
    ];
    let tries: Vec<f64> = reports.first().map_or_else(Vec::new, |(_, k)| {
        k.guess.uniform.success.iter().map(|p| p.tries).collect()
    });
    columns.extend(
        tries
            .iter()
            .map(|t| Column::number(format!("p_open_{t}"), format!("Open in {t}"))),
    );
    let caption = "Guessing the main code, code by code on whole marks; where other settings open too, the settings of \
                   the dialing tolerance in random order until any of them does";
    let mut table = Table::new(caption, columns);
    for &(name, k) in reports {
        let guess = &k.guess;
        for (prior, g) in [
            ("drawn at random", &guess.uniform),
            ("chosen by people (assumed)", &guess.chosen),
        ] {
            let mut row = vec![
                design(name),
                Cell::text(prior),
                Cell::number(g.entropy_bits, |v| format!("{v:.2}")),
                Cell::number(g.min_entropy_bits, |v| format!("{v:.2}")),
                Cell::number(g.guesswork_tries, short),
            ];
            row.extend(
                g.success
                    .iter()
                    .map(|p| Cell::number(p.p_open, |v| format!("{:.3} %", 100.0 * v))),
            );
            table.push(row);
        }
        table.rows.extend(any_opening(name, k));
    }
    table
}

/// The row of a guesser whom any opening serves, where there is more than one.
fn any_opening(name: &str, k: &KeyspaceReport) -> Option<Vec<Cell>> {
    let codes = k.codes.as_ref()?;
    let (settings, openings) = (&codes.search_settings, &codes.openings.openings);
    if openings.to_f64() < 2.0 {
        return None;
    }
    let mut row = vec![
        design(name),
        Cell::text(format!(
            "any of {} openings, in random order",
            openings.grouped()
        )),
        Cell::missing(),
        Cell::missing(),
        Cell::number(codes.random_order_mean_tries, short),
    ];
    row.extend(BETAS.iter().map(|&tries| {
        let p_open = random_order_success(settings, openings, tries);
        Cell::number(p_open, |v| format!("{:.3} %", 100.0 * v))
    }));
    Some(row)
}

/// Thresholds of standards.
#[must_use]
pub fn standards(reports: &[(&str, &KeyspaceReport)]) -> Table {
    let mut table = Table::new(
        "Thresholds of standards that can be computed (not a certificate)",
        vec![
            Column::text("design", "Design"),
            Column::text("standard", "Standard"),
            Column::text("class", "Class"),
            Column::text("quantity", "Quantity"),
            Column::number("got", "Got"),
            Column::text("threshold", "Threshold"),
            Column::text("passes", "Passes"),
            Column::text("source", "Source"),
        ],
    );
    for &(name, k) in reports {
        for check in &k.standards {
            table.push(standard_row(name, check));
        }
    }
    table
}

fn standard_row(name: &str, check: &Check) -> Vec<Cell> {
    let t = &check.threshold;
    let bound = match (t.at_least, t.at_most) {
        (Some(low), None) => format!("at least {}", short(low)),
        (None, Some(high)) => format!("at most {}", short(high)),
        (Some(low), Some(high)) => format!("{} to {}", short(low), short(high)),
        (None, None) => "not stated".to_owned(),
    };
    let passes = match check.passes {
        Some(true) => Cell::text("passes").tone(Tone::Good),
        Some(false) => Cell::text("fails").tone(Tone::Bad),
        None => Cell::text("open"),
    };
    vec![
        design(name),
        Cell::text(t.standard.clone()),
        Cell::text(t.class.clone()),
        Cell::text(said(&t.quantity)),
        check
            .value
            .map_or_else(Cell::missing, |v| Cell::number(v, short)),
        Cell::text(bound),
        passes,
        Cell::text(t.source.clone()),
    ]
}

/// A rule in words: its name, then its fields.
fn spoken(rule: &serde_json::Value) -> String {
    let Some(fields) = rule.as_object() else {
        return rule.to_string();
    };
    let plain = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let name = fields.get("rule").map(plain).unwrap_or_default();
    let others: Vec<String> = fields
        .iter()
        .filter(|(key, _)| *key != "rule")
        .map(|(key, v)| format!("{key} {}", plain(v)))
        .collect();
    if others.is_empty() {
        name
    } else {
        format!("{name}: {}", others.join(", "))
    }
}
