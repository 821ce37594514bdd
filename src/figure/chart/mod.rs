//! What a chart says, as data. Layout, labels and colours follow from it.
//!
//! ```
//! use wheelpack::figure::{Axis, Chart, Mark, Series};
//! use wheelpack::figure::chart::format;
//!
//! let chart = Chart::new("success", "Opened by feel within a time")
//!     .alt("The share of locks opened rises to one half after two hours.")
//!     .x(Axis::log("Time (min)").format(format::minutes))
//!     .y(Axis::linear("Locks opened").format(format::percent).range(0.0, 1.0))
//!     .series(Series::step("three wheels", vec![(10.0, 0.1), (60.0, 0.3), (240.0, 0.6)]))
//!     .series(Series::step_band(vec![(10.0, 0.0, 0.2), (60.0, 0.2, 0.4), (240.0, 0.5, 0.7)]))
//!     .mark(Mark::at_y(0.5, "half of all locks"));
//! let svg = chart.draw()?;
//! assert!(svg.standalone().contains("three wheels"));
//! # Ok::<(), wheelpack::Error>(())
//! ```

mod area;
mod axis;
mod bars;
mod decimate;
mod draw;
pub mod format;
mod heat;
mod hover;
mod key;
mod label;
mod layout;
mod lines;
mod mark;
mod pen;
mod series;

pub use axis::{Axis, Range, Scale};
pub use heat::Heat;
pub use mark::Mark;
pub use series::{Kind, Series};

use super::Svg;
use crate::error::Result;

/// A chart. Without data it is drawn all the same, with the words "no data".
#[derive(Debug, Clone)]
pub struct Chart {
    /// Short name, for messages and file names.
    pub name: &'static str,
    /// Title above the plot; wraps. Empty for none.
    pub title: String,
    /// What is to be seen, in words, for readers who cannot see it.
    pub alt: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// The data, drawn in this order within areas, bars, lines and points.
    pub series: Vec<Series>,
    /// Reference lines, bands and notes.
    pub marks: Vec<Mark>,
    /// Width and height in CSS pixels; the height grows where long texts leave no room to the plot.
    pub size_px: (f64, f64),
}

impl Chart {
    /// An empty chart of 760 × 440 px with linear axes.
    pub fn new(name: &'static str, title: impl Into<String>) -> Self {
        Self {
            name,
            title: title.into(),
            alt: String::new(),
            x: Axis::linear(""),
            y: Axis::linear(""),
            series: Vec::new(),
            marks: Vec::new(),
            size_px: (760.0, 440.0),
        }
    }

    /// With this description for readers who cannot see the picture.
    #[must_use]
    pub fn alt(mut self, alt: impl Into<String>) -> Self {
        self.alt = alt.into();
        self
    }

    /// With this horizontal axis.
    #[must_use]
    pub fn x(mut self, axis: Axis) -> Self {
        self.x = axis;
        self
    }

    /// With this vertical axis.
    #[must_use]
    pub fn y(mut self, axis: Axis) -> Self {
        self.y = axis;
        self
    }

    /// With one more series.
    #[must_use]
    pub fn series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    /// With one more reference mark.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// With this size in CSS pixels; at least 320 × 200 is drawn.
    #[must_use]
    pub fn size(mut self, width_px: f64, height_px: f64) -> Self {
        self.size_px = (width_px.max(320.0), height_px.max(200.0));
        self
    }

    /// The picture.
    ///
    /// # Errors
    /// [`crate::Error::Figure`] where the drawing library refuses.
    pub fn draw(&self) -> Result<Svg> {
        draw::draw(self)
    }

    /// The heat map of the chart: the first one, since a second would cover it.
    fn heat(&self) -> Option<(&Series, &Heat)> {
        self.series.iter().find_map(|s| match &s.kind {
            Kind::Heat(heat) => Some((s, heat)),
            _ => None,
        })
    }

    /// Whether categories run down the vertical axis, so that bars lie.
    fn is_lying(&self) -> bool {
        matches!(self.y.scale, Scale::Category(_))
    }
}

#[cfg(test)]
mod tests;
