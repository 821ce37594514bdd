//! The owner's reliability against his dialing error.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::study::ToleranceStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "owner_reliability",
    about: "chance that the right code opens at the first dialing over the owner's dialing error, with 95 % band",
    draw: Draw::Tolerance(draw),
};

fn draw(name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let points: Vec<(f64, f64, f64, f64)> = study
        .owner_curve
        .iter()
        .filter_map(|p| {
            let e = p.p_open_first_dialing;
            Some((p.dialing_sd_marks, e.value?, e.low?, e.high?))
        })
        .collect();
    let own = study.report.dialing_sd_marks;
    let mut chart = Chart::new(
        FIGURE.name,
        format!("{name}: does the right code open at the first dialing?"),
    )
    .alt(described(study))
    .x(Axis::linear("Standard deviation of where the dial is stopped (marks)").from(0.0))
    .y(Axis::linear("Opens at the first dialing")
        .format(format::percent)
        .range(0.0, 1.0))
    .series(Series::line("", points.iter().map(|p| (p.0, p.1)).collect()).colour(0))
    .series(Series::band(points.iter().map(|p| (p.0, p.2, p.3)).collect()).colour(0))
    .size(760.0, 420.0);
    if let Some(p) = study.report.p_open_first_dialing.value {
        let said = format!("this owner: {}", format::percent(p));
        chart = chart.mark(Mark::note(own, p, said));
    }
    if let Some(p) = study
        .report
        .p_open_one_mark_off
        .value
        .filter(|p| *p > 0.005)
    {
        let said = format!("one mark off opens: {}", format::percent(p));
        chart = chart.mark(Mark::at_y(p, said));
    }
    chart.draw().map(Some)
}

fn described(study: &ToleranceStudy) -> String {
    let r = &study.report;
    let share = |v: Option<f64>| v.map_or_else(|| "unknown".to_owned(), format::percent);
    format!(
        "Over {} as-built locks. With a dialing error of {:.2} marks (standard deviation) the right code opens at \
         the first dialing with chance {}; a code with one number exactly one mark off opens with chance {}.",
        r.trials,
        r.dialing_sd_marks,
        share(r.p_open_first_dialing.value),
        share(r.p_open_one_mark_off.value),
    )
}
