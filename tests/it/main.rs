//! The only integration-test binary.

mod cli;
mod tidy;
