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

/// Columns of the terminal, 80 where that is not known.
pub(crate) fn width() -> u16 {
    let given = std::env::var_os("COLUMNS").and_then(|c| c.to_str()?.parse().ok());
    given
        .or_else(|| terminal_size::terminal_size().map(|(w, _)| w.0))
        .unwrap_or(80)
        .clamp(40, 400)
}

/// Prints tables, each with its caption.
///
/// # Errors
/// As [`to_stdout`].
pub(crate) fn print_tables(tables: &[&wheelpack::report::Table]) -> io::Result<()> {
    use wheelpack::report::text;
    let style = text::Style {
        width: width(),
        is_coloured: false,
    };
    let shown: Vec<String> = tables
        .iter()
        .filter(|t| !t.rows.is_empty())
        .map(|t| text::render(t, style))
        .collect();
    print(&shown.join("\n"))
}

/// `text` as lines within the terminal's width, each ended by `\n`, all but the first indented.
pub(crate) fn wrapped(text: &str) -> String {
    let room = usize::from(width());
    let (mut lines, mut length) = (String::new(), 0);
    for word in text.split_whitespace() {
        let wide = word.chars().count();
        if length > 0 && length + 1 + wide > room {
            lines += "\n  ";
            length = 2;
        } else if length > 0 {
            lines.push(' ');
            length += 1;
        }
        lines += word;
        length += wide;
    }
    lines.push('\n');
    lines
}

/// How findings are written to `stream`: within the terminal's width, in colour only if it is one.
pub(crate) fn findings_style(
    stream: &impl io::IsTerminal,
) -> wheelpack::report::findings::FindingsStyle {
    let colour = stream.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    wheelpack::report::findings::FindingsStyle {
        width: width().into(),
        colour,
    }
}
