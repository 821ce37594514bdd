//! The only integration-test binary.

mod cli;
mod golden;
mod laws;
mod tidy;
mod validation;
