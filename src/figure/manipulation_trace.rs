//! One trial from beginning to end: every contact width read, by the wheel that truly held the fence.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::study::{Study, TraceReport};

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "manipulation_trace",
    about: "one trial: every contact width read, by the wheel that held the fence, and what the attacker concluded",
    draw: Draw::One(draw),
};

/// Room above and below the widths, marks.
const ROOM_MARKS: (f64, f64) = (0.1, 0.3);

fn draw(_: &Design, study: &Study) -> Result<Option<Svg>> {
    match &study.trace {
        Some(report) => draw_trace(&study.name, report),
        None => Ok(None),
    }
}

/// The picture of a trial of the design `name`; `None` where nothing was read.
///
/// # Errors
/// [`crate::error::Error::Figure`] where it cannot be drawn.
pub fn draw_trace(name: &str, report: &TraceReport) -> Result<Option<Svg>> {
    let wheels = report.codes[0].len();
    let read = |wheel: usize| -> Vec<(f64, f64)> {
        let of_wheel = report.steps.iter().filter(|s| s.rests_on_wheel == wheel);
        of_wheel
            .filter_map(|s| Some((s.elapsed_min, s.width_marks?)))
            .collect()
    };
    if (1..=wheels).all(|wheel| read(wheel).is_empty()) {
        return Ok(None);
    }
    let widths = report.steps.iter().filter_map(|s| s.width_marks);
    let low = widths.clone().fold(f64::INFINITY, f64::min) - ROOM_MARKS.0;
    let high = widths.fold(f64::NEG_INFINITY, f64::max) + ROOM_MARKS.1;
    let end = if report.opened { "open" } else { "given up" };
    let title = format!(
        "{name}: trial {} from the first reading to “{end}”",
        report.trial
    );
    let mut chart = Chart::new(FIGURE.name, title)
        .alt(described(report))
        .x(Axis::linear("Clock (min)").range(0.0, report.elapsed_min.max(1.0)))
        .y(Axis::linear("Contact width read (marks)").range(low, high))
        .size(860.0, 420.0);
    for wheel in 1..=wheels {
        let at = read(wheel);
        if !at.is_empty() {
            let name = format!("fence on wheel {wheel}");
            chart = chart.series(Series::points(name, at).colour(wheel - 1));
        }
    }
    for mark in marks(report) {
        chart = chart.mark(mark);
    }
    chart.draw().map(Some)
}

/// The parkings that stood at the end: minutes, wheel (as said) and number.
fn parked(report: &TraceReport) -> Vec<(f64, &str, &str)> {
    let mut standing: Vec<(f64, &str, &str)> = Vec::new();
    for chapter in &report.chapters {
        let words: Vec<&str> = chapter.belief.split(' ').collect();
        match words[..] {
            ["parks", "wheel", wheel, "at", number] => {
                standing.push((chapter.from_min, wheel, number));
            }
            ["backs", "up:", "wheel", wheel, ..] => standing.retain(|(_, w, _)| *w != wheel),
            _ => {}
        }
    }
    standing
}

/// Marks for what stood at the end; those that lie close together share one.
fn marks(report: &TraceReport) -> Vec<Mark> {
    let close_min = 0.05 * report.elapsed_min;
    let mut groups: Vec<(f64, Vec<&str>)> = Vec::new();
    for (at, wheel, _) in parked(report) {
        match groups.last_mut() {
            Some((last, wheels)) if at - *last < close_min => wheels.push(wheel),
            _ => groups.push((at, vec![wheel])),
        }
    }
    let label = |wheels: &[&str]| match wheels {
        [one] => format!("wheel {one} parked"),
        more => format!("wheels {} parked", more.join(", ")),
    };
    let mark = |(at, wheels): (f64, Vec<&str>)| Mark::at_x(at, label(&wheels));
    groups.into_iter().map(mark).collect()
}

fn described(report: &TraceReport) -> String {
    let story: Vec<String> = parked(report)
        .into_iter()
        .map(|(at, wheel, number)| {
            format!(
                "wheel {wheel} parked at {number} after {}",
                format::minutes(at)
            )
        })
        .collect();
    format!(
        "Model result, one simulated lock. {} by {}: {}. {} after {}.",
        report.attack,
        report.reader,
        if story.is_empty() {
            let last = report.chapters.last().map_or("", |c| c.belief.as_str());
            format!("no wheel stood parked at the end; last: {last}")
        } else {
            story.join("; ")
        },
        if report.opened { "Open" } else { "Given up" },
        format::minutes(report.elapsed_min),
    )
}
