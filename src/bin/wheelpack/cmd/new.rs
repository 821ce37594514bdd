//! `wheelpack new FAMILY`

use wheelpack::Error;
use wheelpack::design::shipped::example;
use wheelpack::mechanism::FAMILIES;

use crate::failure::Outcome;
use crate::out;

/// Print a complete design of a family to start from
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The lock family; `wheelpack list families`
    #[arg(value_name = "FAMILY")]
    family: String,
}

/// Prints the design as JSON.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let known: Vec<&str> = FAMILIES.iter().map(|f| f.name).collect();
    let design =
        example(&args.family).ok_or_else(|| Error::unknown("family", &args.family, &known))?;
    out::print_json(&design)?;
    Ok(Outcome::Fine)
}
