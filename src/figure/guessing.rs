//! The guessing curve: the share of main codes found within a number of guesses.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::error::Result;
use crate::keyspace::guess::random_order_success;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "guessing",
    about: "share of main codes guessed within a number of guesses, codes chosen by people; and any of several openings",
    draw: Draw::All(draw),
};

/// Guesses at which the chance of any opening is computed, in each decade.
const STEPS: [u64; 3] = [1, 2, 5];

fn draw(studies: &[&Study]) -> Result<Svg> {
    let mut chart = Chart::new("guessing", "The main code guessed, likeliest codes first; and any opening at random")
        .alt("Share of main codes found within a number of guesses if people choose the codes (assumed habits), and of locks opened by any of several openings in random order.")
        .x(Axis::log("Guesses (log)").format(format::short))
        .y(Axis::linear("Found").format(format::percent).range(0.0, 1.0))
        .size(860.0, 400.0);
    for (k, (name, curve)) in curves(studies).into_iter().enumerate() {
        chart = chart.series(Series::line(name, curve).colour(k));
    }
    chart.draw()
}

/// Tries and the chance of having found it.
type Curve = Vec<(f64, f64)>;

/// The curves by name; designs with one and the same share it.
fn curves(studies: &[&Study]) -> Vec<(String, Curve)> {
    let mut all: Vec<(String, u32, Curve)> = Vec::new();
    for study in studies {
        let Some(keyspace) = &study.keyspace else {
            continue;
        };
        let points = keyspace.guess.chosen.curve.iter();
        let chosen: Curve = points.map(|p| (p.tries, p.p_open)).collect();
        match all.iter_mut().find(|(_, _, known)| *known == chosen) {
            Some((_, more, _)) => *more += 1,
            None => all.push((study.name.clone(), 0, chosen)),
        }
    }
    let named = |(name, more, curve): (String, u32, _)| match more {
        0 => (name, curve),
        more => (format!("{name} and {more} alike"), curve),
    };
    let mut all: Vec<_> = all.into_iter().map(named).collect();
    all.extend(studies.iter().filter_map(|study| any_opening(study)));
    all
}

/// How soon any of several openings is found in random order.
fn any_opening(study: &Study) -> Option<(String, Curve)> {
    let codes = study.keyspace.as_ref()?.codes.as_ref()?;
    let (settings, openings) = (&codes.search_settings, &codes.openings.openings);
    if openings.to_f64() < 2.0 {
        return None;
    }
    let mut points = Vec::new();
    for decade in 0..7 {
        for tries in STEPS.map(|step| step * 10_u64.pow(decade)) {
            let p = random_order_success(settings, openings, tries);
            if points.last().is_none_or(|(_, before)| *before < 1.0) {
                points.push((tries as f64, p));
            }
        }
    }
    let name = format!("{}, any of {}", study.name, openings.grouped());
    Some((name, points))
}
