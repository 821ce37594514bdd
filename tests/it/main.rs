//! The only integration-test binary.

mod laws;
mod validation;
