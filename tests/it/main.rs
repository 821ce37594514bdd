//! The only integration-test binary.

mod cli;
mod laws;
mod support;
mod tidy;
mod validation;
