//! The command line of wheelpack: parse, run, exit code. Everything else is in the library.

mod args;
mod bug;
mod cmd;
mod designs;
mod failure;
mod help;
mod out;
mod progress;
mod run;
mod scenarios;
mod stop;
mod store;
mod vary;
mod whole;

use std::process::ExitCode;

use clap::FromArgMatches;

fn main() -> ExitCode {
    bug::install_hook();
    let code = std::panic::catch_unwind(|| {
        let matches = help::command().try_get_matches();
        match matches.and_then(|m| args::Args::from_arg_matches(&m)) {
            Ok(args) => failure::exit_code(args.command.run()),
            Err(fault) => failure::usage(&fault),
        }
    });
    // after a bug: the hook has said what happened, unwinding has removed unfinished files
    ExitCode::from(code.unwrap_or(failure::COULD_NOT_RUN))
}
