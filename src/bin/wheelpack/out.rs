//! Standard output: the result and nothing else.

use std::io::{self, BufWriter, Write};

/// Runs `write` on standard output, buffered and locked. Colours go through only if it is a
/// terminal and the user has not set `NO_COLOR`.
///
/// # Errors
/// What the system says; a closed pipe too, which [`crate::failure::exit_code`] takes as fine.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut stdout = BufWriter::with_capacity(1 << 16, anstream::stdout().lock());
    write(&mut stdout)?;
    stdout.flush()
}

/// Prints a text that ends in a newline.
///
/// # Errors
/// As [`to_stdout`].
pub(crate) fn print(text: &str) -> io::Result<()> {
    to_stdout(|stdout| stdout.write_all(text.as_bytes()))
}

/// Prints a value as indented JSON.
///
/// # Errors
/// As [`to_stdout`].
pub(crate) fn print_json(value: &impl serde::Serialize) -> io::Result<()> {
    to_stdout(|stdout| {
        serde_json::to_writer_pretty(&mut *stdout, value)?;
        stdout.write_all(b"\n")
    })
}
