//! The commands, one file each: its arguments, and `run`.
//!
//! A new command is a file like `completions.rs`, a variant and an arm here, and its name in
//! `GROUPS` of `help.rs`.

mod check;
mod compare;
mod completions;
mod contact;
mod dial;
mod emergency;
mod export;
mod keyspace;
mod list;
mod man;
mod new;
mod regress;
mod report;
mod resist;
mod schema;
mod sensitivity;
mod sweep;
mod tolerance;

use crate::failure::Outcome;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Report(report::Args),
    Check(check::Args),
    Keyspace(keyspace::Args),
    Dial(dial::Args),
    Contact(contact::Args),
    Tolerance(tolerance::Args),
    Resist(resist::Args),
    Sensitivity(sensitivity::Args),
    Sweep(sweep::Args),
    Emergency(emergency::Args),
    Compare(compare::Args),
    Regress(regress::Args),
    New(new::Args),
    Schema(schema::Args),
    List(list::Args),
    Completions(completions::Args),
    Man(man::Args),
    Export(export::Args),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever kept it from running.
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Report(args) => report::run(&args),
            Self::Check(args) => check::run(&args),
            Self::Keyspace(args) => keyspace::run(&args),
            Self::Dial(args) => dial::run(&args),
            Self::Contact(args) => contact::run(&args),
            Self::Tolerance(args) => tolerance::run(&args),
            Self::Resist(args) => resist::run(&args),
            Self::Sensitivity(args) => sensitivity::run(&args),
            Self::Sweep(args) => sweep::run(&args),
            Self::Emergency(args) => emergency::run(&args),
            Self::Compare(args) => compare::run(&args),
            Self::Regress(args) => regress::run(&args),
            Self::New(args) => new::run(&args),
            Self::Schema(args) => schema::run(&args),
            Self::List(args) => list::run(&args),
            Self::Completions(args) => completions::run(&args),
            Self::Man(args) => man::run(&args),
            Self::Export(args) => export::run(&args),
        }
    }
}
