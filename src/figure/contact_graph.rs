//! The contact-point graph: the contact width over the dial, all wheels together.

use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::stats::robust;
use crate::study::{ContactReport, SHOWS_SDS, Study};

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
    // The series is shown about the middle of this lock.
    let widths: Vec<f64> = contact
        .points
        .iter()
        .filter_map(|p| p.width_marks)
        .collect();
    let middle = robust::median(&widths).unwrap_or(0.0);
    let made = &contact.production.points;
    // The dial's end is its beginning.
    let around = || {
        let end = made.first().map(|p| (marks, p));
        made.iter().map(|p| (p.at_marks, p)).chain(end)
    };
    let series = around()
        .map(|(x, p)| (x, middle + p.middle_marks))
        .collect();
    let series_band = around()
        .map(|(x, p)| (x, middle + p.low_marks, middle + p.high_marks))
        .collect();
    let which = match contact.lock.as_str() {
        "nominal" => "the nominal lock",
        _ => "one as-built lock",
    };
    let title = format!(
        "{}: contact width of {which}, all wheels together",
        study.name
    );
    let mut chart = Chart::new("contact_graph", title)
        .alt(described(contact))
        .x(Axis::linear("Number at which all wheels stand (marks)").range(0.0, marks))
        .y(Axis::linear("Contact width, right − left (marks)"))
        .series(Series::line("width without reading error", line).colour(0))
        .series(Series::band(band).colour(0))
        .series(Series::line("middle of a series, one reading each", series).colour(1))
        .series(Series::band(series_band).colour(1))
        .size(860.0, 400.0);
    for (wheel, number) in contact.codes[0].iter().enumerate() {
        chart = chart.mark(Mark::at_x(*number, format!("gate {}", wheel + 1)));
    }
    chart.draw().map(Some)
}

fn described(contact: &ContactReport) -> String {
    format!(
        "Line: contact width, a dip where a gate of the tallest wheel is under the fence. Its band: two standard deviations ({:.3} marks each) of one reading by the reader {}. Second line and band: the middle and nine of ten of {} as-built locks, one reading each, as far from this lock's median as from their own. Share of them in which the gate of each wheel shows ({SHOWS_SDS:.0} standard deviations) in one sweep: {}. Signal-to-noise by wheel: {}.",
        contact.reading_sd_marks,
        contact.reader,
        contact.production.locks,
        listed(contact.production.p_gate_shows.iter().map(|p| {
            p.value
                .map_or_else(|| "unknown".to_owned(), |p| format!("{:.0} %", 100.0 * p))
        })),
        listed(contact.signal_to_noise.iter().map(|r| format!("{r:.1}"))),
    )
}

fn listed(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(", ")
}
