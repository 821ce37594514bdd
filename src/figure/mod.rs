//! Pictures: charts drawn from numbers, drawings of parts, one SVG for page, file and PNG.
//!
//! | file | holds |
//! |---|---|
//! | [`chart`] | what a chart says, as data: axes, series, marks; drawn with plotters |
//! | [`canvas`] | the finished picture: SVG for a file, for a page, PNG |
//! | [`theme`] | colours, their CSS variables, the ramp of heat maps |
//! | [`font`] | the font carried along, and the size of text in it |
//! | [`check`] | whether the text of a picture can be read |

pub mod canvas;
pub mod chart;
pub mod check;
pub mod font;
pub mod theme;

pub use canvas::{Head, Svg};
pub use chart::{Axis, Chart, Heat, Mark, Series};
