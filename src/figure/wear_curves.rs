//! Owner and reader after many openings.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::mechanism::dial_lock::WearPoint;
use crate::study::ToleranceStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "wear_curves",
    about: "owner's reliability (95 % band), reading signal and spring after many openings",
    draw: Draw::Tolerance(draw),
};

fn draw(name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let wear = &study.wear;
    let owner: Vec<_> = wear
        .iter()
        .filter_map(|w| {
            let e = w.p_open_first_dialing;
            Some((w.cycles, e.value?, e.low?, e.high?))
        })
        .collect();
    let against_first = |of: fn(&WearPoint) -> f64| -> Vec<(f64, f64)> {
        let first = wear.first().map_or(f64::NAN, of);
        wear.iter().map(|w| (w.cycles, of(w) / first)).collect()
    };
    let is_assumed = wear.iter().any(|w| w.is_assumed);
    let title = if is_assumed {
        format!("{name}: wear (model, assumed coefficients)")
    } else {
        format!("{name}: wear (model)")
    };
    let mut chart = Chart::new(FIGURE.name, title)
        .alt(described(study))
        .x(Axis::linear("Openings").format(format::short).from(0.0))
        .y(
            Axis::linear("Opens at first dialing; others as share of the first point")
                .format(format::percent),
        )
        .series(
            Series::line(
                "opens at first dialing",
                owner.iter().map(|p| (p.0, p.1)).collect(),
            )
            .colour(0),
        )
        .series(Series::band(owner.iter().map(|p| (p.0, p.2, p.3)).collect()).colour(0))
        .series(Series::line("reading signal", against_first(|w| w.signal_sd_marks)).colour(1))
        .series(
            Series::line("step at right contact", against_first(|w| w.right_step_nmm)).colour(2),
        )
        .size(860.0, 440.0);
    if wear.iter().any(|w| w.cycles >= 1e4) {
        chart = chart.mark(Mark::at_x(1e4, "EN 1300 endurance"));
    }
    chart.draw().map(Some)
}

fn described(study: &ToleranceStudy) -> String {
    let each: Vec<String> = study
        .wear
        .iter()
        .filter_map(|w| {
            let p = w.p_open_first_dialing.value?;
            Some(format!(
                "after {} openings the right code opens at the first dialing with chance {}, one wheel's spread \
                 moves the right contact point by {:.3} marks (SD)",
                format::short(w.cycles),
                format::percent(p),
                w.signal_sd_marks
            ))
        })
        .collect();
    format!("Model result: {}.", each.join("; "))
}
