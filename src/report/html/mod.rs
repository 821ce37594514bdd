//! The report page: one file, nothing loaded from elsewhere.

mod figure;
mod page;
mod table;

pub use figure::{Link, figure, figures};
pub use page::{Page, Section};
pub use table::table;

pub use maud::{Markup, PreEscaped, html};
