//! `wheelpack schema`

use crate::failure::Outcome;
use crate::out;

/// Print the JSON Schema of design files, for editors
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Prints the schema.
pub(crate) fn run(_: &Args) -> anyhow::Result<Outcome> {
    out::print_json(&wheelpack::design::schema())?;
    Ok(Outcome::Fine)
}
