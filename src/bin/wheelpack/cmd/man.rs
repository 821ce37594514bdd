//! `wheelpack man`

use clap_mangen::Man;

use crate::failure::Outcome;
use crate::{help, out};

/// Print the manual page, or that of one command
///
/// From the same definition as the help. Save it where `man` looks, for example
/// ~/.local/share/man/man1/wheelpack.1.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The command [default: the program with a list of all]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the page.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut whole = help::plain();
    let page = match &args.command {
        None => Man::new(whole),
        Some(name) => {
            // Building gives every command its full name, wheelpack-NAME.
            whole.build();
            let names = whole.get_subcommands().map(clap::Command::get_name);
            let known: Vec<&str> = names.collect();
            let unknown = || wheelpack::Error::unknown("command", name, &known);
            Man::new(whole.find_subcommand(name).ok_or_else(unknown)?.clone())
        }
    };
    let mut text = Vec::new();
    page.render(&mut text)?;
    out::to_stdout(|stdout| stdout.write_all(&text))?;
    Ok(Outcome::Fine)
}
