//! Pictures: charts drawn from numbers, drawings of parts, one SVG for page, file and PNG.
//!
//! | file | holds |
//! |---|---|
//! | [`chart`] | what a chart says, as data: axes, series, marks; drawn with plotters |
//! | [`canvas`] | the finished picture: SVG for a file, for a page, PNG |
//! | [`theme`] | colours, their CSS variables, the ramp of heat maps |
//! | [`font`] | the font carried along, and the size of text in it |
//! | [`check`] | whether the text of a picture can be read |
//!
//! To add a figure: one file here and one line in [`FIGURES`].

pub mod canvas;
pub mod chart;
pub mod check;
mod contact_graph;
mod dial_trace;
mod emergency_access;
mod emergency_causes;
mod emergency_force;
mod emergency_frontier;
mod emergency_matrix;
mod emergency_tornado;
mod emergency_visits;
pub mod font;
mod guessing;
mod keyspace_funnel;
mod manipulation_trace;
mod mechanism;
mod mechanism_states;
mod opening_window;
mod openings_map;
mod owner_reliability;
mod sensitivity_indices;
mod spring_travel;
mod success_curves;
mod sweep_curve;
pub mod theme;
mod tolerance_tornado;
mod trade_off;
mod trade_off_clearance;
mod trade_off_spring;
mod wear_curves;
mod window_signal;

pub use canvas::{Head, Svg};
pub use chart::{Axis, Chart, Heat, Mark, Series};
pub use dial_trace::dial_trace;
pub use manipulation_trace::draw_trace;

use crate::design::Design;
use crate::error::Result;
use crate::study::sensitivity::SensitivityReport;
use crate::study::sweep::SweepReport;
use crate::study::{EmergencyStudy, Study, ToleranceStudy};

/// A picture that the report draws from studies.
#[derive(Clone, Copy)]
pub struct Figure {
    /// Short name: the file's name and the anchor on the page.
    pub name: &'static str,
    /// What it shows, one line.
    pub about: &'static str,
    /// What it is drawn from.
    pub draw: Draw,
}

/// What a figure is drawn from.
#[derive(Clone, Copy)]
pub enum Draw {
    /// One design; `None` where the figure does not apply to its family.
    One(fn(&Design, &Study) -> Result<Option<Svg>>),
    /// The tolerances of one design, whose name comes first; `None` where a part was not studied.
    Tolerance(fn(&str, &ToleranceStudy) -> Result<Option<Svg>>),
    /// All designs of a report together.
    All(fn(&[&Study]) -> Result<Svg>),
    /// A sensitivity study of the named design; drawn by its own command.
    Sensitivity(fn(&str, &SensitivityReport) -> Result<Option<Svg>>),
    /// A sweep of the named design; drawn by its own command.
    Sweep(fn(&str, &SweepReport) -> Result<Option<Svg>>),
    /// One design (by its place) of a comparison of emergency openings.
    EmergencyOne(fn(&EmergencyStudy, usize) -> Result<Svg>),
    /// A comparison of emergency openings; `None` where it has nothing to show.
    EmergencyAll(fn(&EmergencyStudy) -> Result<Option<Svg>>),
}

/// All figures, in the order of the page.
pub const FIGURES: &[Figure] = &[
    success_curves::FIGURE,
    keyspace_funnel::FIGURE,
    guessing::FIGURE,
    mechanism::FIGURE,
    mechanism_states::FIGURE,
    openings_map::FIGURE,
    window_signal::FIGURE,
    contact_graph::FIGURE,
    dial_trace::FIGURE,
    opening_window::FIGURE,
    trade_off_clearance::FIGURE,
    trade_off_spring::FIGURE,
    owner_reliability::FIGURE,
    tolerance_tornado::FIGURE,
    spring_travel::FIGURE,
    wear_curves::FIGURE,
    manipulation_trace::FIGURE,
    sensitivity_indices::FIGURE,
    sweep_curve::FIGURE,
    emergency_causes::FIGURE,
    emergency_frontier::FIGURE,
    emergency_access::FIGURE,
    emergency_visits::FIGURE,
    emergency_tornado::FIGURE,
    emergency_force::FIGURE,
    emergency_matrix::FIGURE,
];

/// All figures of the tolerances of the design `name`, with their names.
///
/// # Errors
/// Where a figure cannot be drawn.
pub fn of_tolerances(name: &str, study: &ToleranceStudy) -> Result<Vec<(&'static str, Svg)>> {
    let drawn = FIGURES.iter().filter_map(|f| match f.draw {
        Draw::Tolerance(draw) => draw(name, study)
            .transpose()
            .map(|d| d.map(|svg| (f.name, svg))),
        _ => None,
    });
    drawn.collect()
}
