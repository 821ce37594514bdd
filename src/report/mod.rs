//! Results for people and programs: one table type in four forms, the report page, and the writing
//! of both.
//!
//! | file | makes |
//! |---|---|
//! | [`table`] | the table all forms are made from |
//! | [`text`] | text for a terminal of a given width |
//! | [`csv`] | CSV with machine names and full precision |
//! | [`html`] | one self-contained page with tables, figures and sections |
//! | [`json`] | the envelope of every JSON result |
//! | [`tables`] | which tables a study has |
//! | [`compare`] | designs against the first one, with the same luck |
//! | [`bundle`] | a whole report: page, figures, tables, `summary.json` |
//! | [`parts`] | what a command of one question writes: its figures and tables |
//! | [`findings`] | findings with their places |
//! | [`metric`] | the numbers worth a verdict, and which way is good |
//! | [`regress`] | results against stored ones |
//! | [`cutting`] | outlines of parts as DXF and as SVG in millimetres |
//! | [`output`] | files, written whole or not at all |

pub mod bundle;
pub mod compare;
pub mod csv;
pub mod cutting;
pub mod emergency;
pub mod findings;
pub mod html;
pub mod json;
pub mod metric;
pub mod output;
pub mod parts;
pub mod regress;
pub mod table;
pub mod tables;
mod takeover;
pub mod text;
mod work_folder;

pub use table::{Align, Cell, Column, Table, Tone};
