//! Results for people and programs: one table type in four forms, and the report page.
//!
//! | file | makes |
//! |---|---|
//! | [`table`] | the table all forms are made from |
//! | [`text`] | text for a terminal of a given width |
//! | [`csv`] | CSV with machine names and full precision |
//! | [`html`] | one self-contained page with tables, figures and sections |

pub mod csv;
pub mod html;
pub mod table;
pub mod text;

pub use table::{Align, Cell, Column, Table, Tone};
