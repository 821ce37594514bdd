//! Torque on the lever over its travel, and what of it the hand feels, against the dial's friction.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::error::Result;
use crate::mechanism::dial_lock::TravelPoint;
use crate::study::ToleranceStudy;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "spring_travel",
    about: "torque on the lever over its travel (band: all four mountings), and the step it makes at the dial, against the dial's friction",
    draw: Draw::Tolerance(draw),
};

fn draw(name: &str, study: &ToleranceStudy) -> Result<Option<Svg>> {
    let spring = &study.spring;
    let travel = &spring.report.travel;
    let over = |of: fn(&TravelPoint) -> Option<f64>| -> Vec<(f64, f64)> {
        let at = |p: &TravelPoint| (p.fence_drop_mm, of(p).unwrap_or(f64::NAN));
        travel.iter().map(at).collect()
    };
    let band = spring.mounting_band.iter().map(|b| (b[0], b[1], b[2]));
    let mut chart = Chart::new(
        FIGURE.name,
        format!("{name}: torque on the lever and feel at the dial"),
    )
    .alt(described(study))
    .x(Axis::linear("Fence below plain rims, along its arc (mm)"))
    .y(Axis::linear("Torque (N mm)")
        .format(format::short)
        .from(0.0))
    .series(Series::line("on the lever", over(|p| Some(p.torque_nmm))).colour(0))
    .series(Series::band(band.collect()).colour(0))
    .series(Series::line("step, left contact", over(|p| p.left_step_nmm)).colour(1))
    .series(Series::line("step, right contact", over(|p| p.right_step_nmm)).colour(2))
    .mark(Mark::at_x(0.0, "on plain rims"))
    .size(860.0, 440.0);
    if let Some(feel) = &spring.report.feel {
        chart = chart.mark(Mark::at_y(feel.dial_friction_nmm, "friction of the dial"));
    }
    chart.draw().map(Some)
}

fn described(study: &ToleranceStudy) -> String {
    let s = &study.spring.report;
    let ends = s.travel.first().zip(s.travel.last());
    let torque = ends.map_or_else(String::new, |(a, b)| {
        format!(
            "The lever is pressed down with {} N mm on the cam's rim and {} N mm fallen in. ",
            format::short(a.torque_nmm),
            format::short(b.torque_nmm)
        )
    });
    let feel = s.feel.as_ref().map_or_else(
        || "The nose meets no flank with the fence on plain rims.".to_owned(),
        |f| {
            format!(
                "On plain rims that is a step of {} N mm at the left and {} N mm at the right contact point, \
                 against {} N mm of friction at the dial.",
                format::short(f.left_step_nmm),
                format::short(f.right_step_nmm),
                format::short(f.dial_friction_nmm)
            )
        },
    );
    torque + &feel
}
