//! The commands, one file each: its arguments, and `run`.
//!
//! A new command is a file like `completions.rs`, a variant and an arm here, and its name in
//! `GROUPS` of `help.rs`.

mod completions;
mod list;

use crate::failure::Outcome;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    List(list::Args),
    Completions(completions::Args),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever kept it from running.
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => list::run(&args),
            Self::Completions(args) => completions::run(&args),
        }
    }
}
