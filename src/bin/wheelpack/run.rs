//! What commands that compute for long have in common.

use std::io::Write as _;

use crate::args::RunArgs;

/// Sets the number of threads; the result does not depend on it.
pub(crate) fn set_threads(args: &RunArgs) -> anyhow::Result<()> {
    if let Some(threads) = args.threads {
        wheelpack::study::use_threads(threads.get())?;
    }
    Ok(())
}

/// Says on standard error that the user stopped the run and what that means.
pub(crate) fn say_stopped(what: &str) -> std::io::Result<()> {
    writeln!(anstream::stderr(), "stopped: {what}")
}
