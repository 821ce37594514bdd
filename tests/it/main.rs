//! The only integration-test binary.

mod bad_input;
mod browser;
mod cli;
mod cli_bless;
mod cli_compare;
mod cli_emergency;
mod cli_keyspace;
mod cli_out;
mod cli_regress;
mod cli_resist;
mod cli_terminal;
mod cli_tolerance;
mod export;
mod golden;
mod laws;
mod schema;
mod support;
mod tidy;
mod validation;
