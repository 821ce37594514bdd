//! The options that commands share.

use clap::{Parser, ValueEnum};

use crate::cmd::Command;

/// Designs and analyses wheel-pack combination locks: mechanism, keyspace, manipulation
/// resistance and emergency opening, from a design file in JSON
#[derive(Debug, Parser)]
#[command(
    name = "wheelpack",
    version,
    subcommand_value_name = "COMMAND",
    max_term_width = 80
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How a result is written to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// Tables for people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// Comma-separated values, one header line
    Csv,
}

/// `--format`, for commands that print a result.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct FormatArg {
    /// How the result is written to standard output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

/// `--quiet`, for commands that are done at once.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct QuietArg {
    /// Write nothing to standard error but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options of every command that computes for long.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RunArgs {
    /// Seed of all random numbers: the same seed gives the same result
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Threads to use, at most 256 [default: all]; the result does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Write nothing to standard error but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Show no progress bar
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// Fails where `flag` names the same thing twice: studied twice it says nothing more.
pub(crate) fn each_once(flag: &str, names: &[String]) -> anyhow::Result<()> {
    for (k, name) in names.iter().enumerate() {
        anyhow::ensure!(
            !names[..k].contains(name),
            "{flag} names `{name}` twice: name it once"
        );
    }
    Ok(())
}
