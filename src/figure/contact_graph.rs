//! The contact-point graph: the contact width over the dial, all wheels together.

use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::study::{ContactReport, Study};

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "contact_graph",
    about: "contact width of one as-built lock over the dial with the band of one reading",
    draw: Draw::One(draw),
};

/// Standard deviations of the band.
const BAND: f64 = 2.0;

fn draw(design: &Design, study: &Study) -> Result<Option<Svg>> {
    let (Some(contact), Some(lock)) = (&study.contact, design.lock.contact()) else {
        return Ok(None);
    };
    let marks = f64::from(lock.marks);
    let known = |f: &dyn Fn(f64, f64) -> (f64, f64)| {
        contact
            .points
            .iter()
            .filter_map(move |p| Some((p.at_marks, p.width_marks?, p.reading_sd_marks?)))
            .map({
                move |(x, w, sd)| {
                    let (low, high) = f(w, sd);
                    (x, low, high)
                }
            })
            .collect::<Vec<_>>()
    };
    let band = known(&|w, sd| (w - BAND * sd, w + BAND * sd));
    let line = known(&|w, _| (w, w))
        .into_iter()
        .map(|(x, w, _)| (x, w))
        .collect();
    let title = format!(
        "{}: contact width of one as-built lock, all wheels together",
        study.name
    );
    let mut chart = Chart::new("contact_graph", title)
        .alt(described(contact))
        .x(Axis::linear("Number at which all wheels stand (marks)").range(0.0, marks))
        .y(Axis::linear("Contact width, right − left (marks)"))
        .series(Series::line("width without reading error", line).colour(0))
        .series(Series::band(band).colour(0))
        .size(860.0, 400.0);
    for (wheel, number) in contact.codes[0].iter().enumerate() {
        chart = chart.mark(Mark::at_x(*number, format!("gate {}", wheel + 1)));
    }
    chart.draw().map(Some)
}

fn described(contact: &ContactReport) -> String {
    format!(
        "Line: contact width, a dip where a gate of the tallest wheel is under the fence. Band: two standard deviations ({:.3} marks each) of one reading by the reader {}. Signal-to-noise by wheel: {}.",
        contact.reading_sd_marks,
        contact.reader,
        contact
            .signal_to_noise
            .iter()
            .map(|r| format!("{r:.1}"))
            .collect::<Vec<_>>()
            .join(", "),
    )
}
