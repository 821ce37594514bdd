//! The key space funnel: how many codes are left, step by step.

use super::{Axis, Chart, Draw, Figure, Series, Svg};
use crate::error::Result;
use crate::keyspace::{Count, KeyspaceReport};
use crate::math::log2;
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "keyspace_funnel",
    about: "codes left from dialable over allowed and effective to after the spares",
    draw: Draw::All(draw),
};

const STEPS: [&str; 5] = [
    "dialable",
    "allowed",
    "effective",
    "effective, allowed",
    "after spares",
];

/// Codes left at each step: the last one is what a search must cover for one opening.
fn left(report: &KeyspaceReport) -> [f64; 5] {
    let c = &report.counts;
    let bits = log2(10.0);
    let log = |n: &Count| n.log2() / bits;
    let lost = report.codes.as_ref().map_or(0.0, |c| c.bits_lost);
    let allowed = log(&c.effective_allowed);
    [
        log(&c.dialable),
        log(&c.allowed),
        log(&c.effective),
        allowed,
        allowed - lost / bits,
    ]
}

fn draw(studies: &[&Study]) -> Result<Svg> {
    let mut chart = Chart::new("keyspace_funnel", "Codes left, step by step")
        .alt("Bars: powers of ten of the number of codes that are dialable, allowed by the rules, mechanically distinct, both, and left to search once spares open as well.")
        .x(Axis::categories("", STEPS.to_vec()))
        .y(Axis::linear("Codes (power of ten)").from(0.0))
        .size(860.0, 400.0);
    for (k, study) in studies.iter().enumerate() {
        let Some(keyspace) = &study.keyspace else {
            continue;
        };
        let values = left(keyspace).to_vec();
        chart = chart.series(Series::bars(study.name.clone(), values).colour(k));
    }
    chart.draw()
}
