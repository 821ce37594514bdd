//! The report page: one file, nothing loaded from elsewhere.

mod compare;
mod emergency;
mod figure;
mod page;
mod report;
mod table;

pub use compare::compare_page;
pub use figure::{Link, figure, figures};
pub use page::{Page, Section};
pub use report::report_page;
pub use table::table;

pub use maud::{Markup, PreEscaped, html};
