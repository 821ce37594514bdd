//! The table of the owner against the attacker.

use super::tolerance::{Named, share};
use super::{design, short};
use crate::report::{Cell, Column, Table};
use crate::study::trade_off::Varied;

/// Both sides over what is varied.
#[must_use]
pub fn trade_offs(all: &Named<'_>) -> Table {
    let within = all
        .iter()
        .find_map(|(_, t)| t.trade_offs.first())
        .map_or_else(String::new, |t| {
            format!(
                "; attacker: {} by the reader {} within {} h",
                t.attack, t.reader, t.within_h
            )
        });
    let mut table = Table::new(
        format!("Owner against attacker (model; 95 % intervals){within}"),
        vec![
            Column::text("design", "Design"),
            Column::text("over", "Varied"),
            Column::number("value", "Value"),
            Column::text("is_nominal", "As designed"),
            Column::number("p_open_first_dialing", "Owner, first dialing"),
            Column::number("p_open_by_attacker", "Attacker"),
            Column::number("p_open_one_mark_off", "One mark off opens"),
            Column::number("window_half_marks", "Window half").unit("marks"),
        ],
    );
    for (name, t) in all {
        for over in &t.trade_offs {
            let what = match over.over {
                Varied::GateClearanceMm => "gate clearance (mm)",
                Varied::SpringTorqueNmm => "spring torque (N mm)",
            };
            for p in &over.points {
                let is_nominal = (p.value - over.nominal).abs() < 1e-9 * over.nominal;
                table.push(vec![
                    design(name),
                    Cell::text(what),
                    Cell::number(p.value, short),
                    Cell::text(if is_nominal { "yes" } else { "no" }),
                    share(&p.p_open_first_dialing),
                    share(&p.p_open_by_attacker),
                    share(&p.p_open_one_mark_off),
                    Cell::number(p.window_half_marks, |v| format!("{v:.3}")),
                ]);
            }
        }
    }
    table
}
