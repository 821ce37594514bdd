//! The only integration-test binary.

mod cli;
mod golden;
mod laws;
mod support;
mod tidy;
mod validation;
