//! `wheelpack completions SHELL`

use clap_complete::Shell;

use crate::failure::Outcome;
use crate::{help, out};

/// Print a completion script for a shell
///
/// Save it where the shell looks for completions, for example
/// ~/.local/share/bash-completion/completions/wheelpack.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(), "wheelpack", &mut script);
    out::to_stdout(|stdout| stdout.write_all(&script))?;
    Ok(Outcome::Fine)
}
