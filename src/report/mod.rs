//! Study → text, JSON, CSV and HTML; and the writing of it.

pub mod findings;
pub mod output;
mod takeover;
