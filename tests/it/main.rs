//! The only integration-test binary.

mod cli;
mod laws;
mod tidy;
mod validation;
