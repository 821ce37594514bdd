//! The only integration-test binary.

mod cli;
mod cli_keyspace;
mod laws;
mod tidy;
mod validation;
