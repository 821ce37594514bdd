//! Tables of the spring and of wear.

use super::keyspace::said;
use super::tolerance::{Named, share};
use super::{design, short};
use crate::mechanism::dial_lock::Orientation;
use crate::mechanism::spring::CoilKind;
use crate::report::{Cell, Column, Table, Tone};
use crate::study::tolerance::SpringStudy;

/// Falling in, in every mounting, with the spring whole and broken.
#[must_use]
pub fn drop_in(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "The lever falls in by this margin of torque over friction; the main code dialed with the spring whole \
         and broken, on nominal parts",
        vec![
            Column::text("design", "Design"),
            Column::text("mounting", "Mounting"),
            Column::number("margin_nmm", "Margin").unit("N mm"),
            Column::text("whole", "Spring whole"),
            Column::number("broken_margin_nmm", "Margin broken").unit("N mm"),
            Column::text("broken", "Spring broken"),
            Column::text("locks_broken", "Still throws its bolt"),
        ],
    );
    for (name, t) in all {
        for (d, run) in t.spring.report.drop_in.iter().zip(&t.spring.runs) {
            let tone = |falls| if falls { Tone::Good } else { Tone::Bad };
            table.push(vec![
                design(name),
                Cell::text(mounted(d.mounting)),
                Cell::number(d.margin_nmm, short),
                Cell::text(said(&run.whole)).tone(tone(d.falls)),
                Cell::number(d.broken_margin_nmm, short),
                Cell::text(said(&run.broken)).tone(tone(d.opens_broken)),
                Cell::text(if d.locks_broken { "yes" } else { "no" }),
            ]);
        }
    }
    table
}

/// A mounting in words, with its short name.
fn mounted(mounting: Orientation) -> &'static str {
    match mounting {
        Orientation::Rh => "right hand (rh)",
        Orientation::Lh => "left hand (lh)",
        Orientation::Vu => "vertical up (vu)",
        Orientation::Vd => "vertical down (vd)",
    }
}

/// Feel, stress and life, one figure a line.
#[must_use]
pub fn spring(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "The spring",
        vec![
            Column::text("design", "Design"),
            Column::text("what", "Quantity"),
            Column::number("value", "Value"),
            Column::text("unit", "Unit"),
        ],
    );
    for (name, t) in all {
        for (what, value, unit) in quantities(&t.spring) {
            table.push(vec![
                design(name),
                Cell::text(what),
                Cell::number(value, small),
                Cell::text(unit),
            ]);
        }
    }
    table
}

/// A number; a chance that nobody will see is said to be below 10⁻⁹.
fn small(v: f64) -> String {
    if v > 0.0 && v < 1e-9 {
        "< 10⁻⁹".to_owned()
    } else {
        short(v)
    }
}

fn quantities(s: &SpringStudy) -> Vec<(String, f64, &'static str)> {
    let mut out: Vec<(String, f64, &'static str)> = Vec::new();
    let mut say = |what: &str, value: f64, unit| out.push((what.to_owned(), value, unit));
    let ends = s.report.travel.first().zip(s.report.travel.last());
    if let Some((top, bottom)) = ends {
        say(
            "torque on the lever, on the cam's rim",
            top.torque_nmm,
            "N mm",
        );
        say("torque on the lever, fallen in", bottom.torque_nmm, "N mm");
        say(
            "force of the fence, on the cam's rim",
            top.fence_force_n,
            "N",
        );
        say("force of the fence, fallen in", bottom.fence_force_n, "N");
        if let Some((most, least)) = top.spring_force_n.zip(bottom.spring_force_n) {
            say("force of the spring, on the cam's rim", most, "N");
            say("force of the spring, fallen in", least, "N");
        }
        let travel = bottom.fence_drop_mm - top.fence_drop_mm;
        say("travel of the fence", travel, "mm");
    }
    if let Some(f) = &s.report.feel {
        say(
            "step felt at the left contact point",
            f.left_step_nmm,
            "N mm",
        );
        say(
            "step felt at the right contact point",
            f.right_step_nmm,
            "N mm",
        );
        say("friction of the dial", f.dial_friction_nmm, "N mm");
        let least = f.left_step_nmm.min(f.right_step_nmm);
        say("weaker step over friction", least / f.dial_friction_nmm, "");
    }
    if let Some(c) = &s.report.coil {
        let rate = match c.kind {
            CoilKind::Torsion => "N mm/rad",
            CoilKind::Extension | CoilKind::Compression => "N/mm",
        };
        say("spring index (coil over wire)", c.index, "");
        say("stiffness of the spring", c.stiffness, rate);
        say("least stress of the wire", c.least_stress_mpa, "MPa");
        say("most stress of the wire", c.most_stress_mpa, "MPa");
        say("stress range of an opening", c.stress_range_mpa, "MPa");
        if let Some(cycles) = c.median_life_cycles {
            say("median life", cycles, "openings");
        }
        if let Some((solid, used)) = c.solid_length_mm.zip(c.shortest_length_mm) {
            say("length with all turns touching", solid, "mm");
            say("shortest length in use", used, "mm");
        }
    }
    for b in &s.broken {
        let what = format!(
            "chance of a broken spring within {} openings",
            short(b.cycles)
        );
        say(&what, b.p_broken, "");
    }
    out
}

/// Force on the lever and feel at the dial over the travel.
#[must_use]
pub fn travel(all: &Named<'_>) -> Table {
    let nmm = |key: &str, name: &str| Column::number(key, name).unit("N mm");
    let mut table = Table::new(
        "Torque on the lever and steps at the dial over the travel of the fence",
        vec![
            Column::text("design", "Design"),
            Column::number("fence_drop_mm", "Fence below plain rims").unit("mm"),
            nmm("torque_nmm", "Torque"),
            Column::number("fence_force_n", "Force of the fence").unit("N"),
            Column::number("spring_force_n", "Force of the spring").unit("N"),
            nmm("left_step_nmm", "Left step"),
            nmm("right_step_nmm", "Right step"),
            Column::number("stress_mpa", "Stress").unit("MPa"),
        ],
    );
    let opt = |v: Option<f64>| v.map_or_else(Cell::missing, |v| Cell::number(v, short));
    for (name, t) in all {
        for p in &t.spring.report.travel {
            table.push(vec![
                design(name),
                Cell::number(p.fence_drop_mm, short),
                Cell::number(p.torque_nmm, short),
                Cell::number(p.fence_force_n, short),
                opt(p.spring_force_n),
                opt(p.left_step_nmm),
                opt(p.right_step_nmm),
                opt(p.stress_mpa),
            ]);
        }
    }
    table
}

/// Owner and reader after many openings.
#[must_use]
pub fn wear(all: &Named<'_>) -> Table {
    let mut table = Table::new(
        "Wear (model): owner and reader after many openings; coefficients the design does not give are \
         assumptions",
        vec![
            Column::text("design", "Design"),
            Column::number("cycles", "Openings"),
            Column::number("p_open_first_dialing", "Opens at first dialing"),
            Column::number("window_half_marks", "Window half").unit("marks"),
            Column::number("signal_sd_marks", "Reading signal, SD").unit("marks"),
            Column::number("right_step_nmm", "Right step").unit("N mm"),
            Column::number("corner_radius_mm", "Gate corners").unit("mm"),
            Column::number("fence_corner_radius_mm", "Fence corners").unit("mm"),
            Column::number("cam_corner_radius_mm", "Cam corners").unit("mm"),
            Column::number("clearance_mm", "Hub play added").unit("mm"),
            Column::number("torque_nmm", "Spring").unit("N mm"),
            Column::text("is_assumed", "Coefficients"),
        ],
    );
    for (name, t) in all {
        for w in &t.wear {
            let said = if w.is_assumed { "assumed" } else { "given" };
            table.push(vec![
                design(name),
                Cell::number(w.cycles, short),
                share(&w.p_open_first_dialing),
                Cell::number(w.window_half_marks, |v| format!("{v:.3}")),
                Cell::number(w.signal_sd_marks, |v| format!("{v:.4}")),
                Cell::number(w.right_step_nmm, short),
                Cell::number(w.corner_radius_mm, short),
                Cell::number(w.fence_corner_radius_mm, short),
                Cell::number(w.cam_corner_radius_mm, short),
                Cell::number(w.clearance_mm, short),
                Cell::number(w.torque_nmm, short),
                Cell::text(said),
            ]);
        }
    }
    table
}
