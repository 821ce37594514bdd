//! Standard output: the result and nothing else.

use std::io::{self, BufWriter, IsTerminal as _, Write};

/// Runs `write` on standard output, buffered and locked. Colours go through only if it is a
/// terminal and the user has not set `NO_COLOR`. That nobody reads it any more is no error: files are written and a
/// verdict is given all the same.
///
/// # Errors
/// What the system says.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut stdout = BufWriter::with_capacity(1 << 16, anstream::stdout().lock());
    unless_closed(write(&mut stdout).and_then(|()| stdout.flush()))
}

/// The same on standard error.
///
/// # Errors
/// As [`to_stdout`].
pub(crate) fn to_stderr(text: &str) -> io::Result<()> {
    unless_closed(anstream::stderr().write_all(text.as_bytes()))
}

/// What came of writing; a closed pipe is fine.
fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
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

/// Writes a message to standard error. On a terminal its lines keep within the width; elsewhere they stay whole, for
/// programs that look for them.
///
/// # Errors
/// What the system says.
pub(crate) fn say(message: &str) -> io::Result<()> {
    let text = match io::stderr().is_terminal() {
        true => fitted(message, width().into()),
        false => format!("{message}\n"),
    };
    to_stderr(&text)
}

/// `text` as lines within the terminal's width, each ended by `\n`, all but the first indented.
pub(crate) fn wrapped(text: &str) -> String {
    broken(text, usize::from(width()))
}

/// The lines of `text`, each ended by `\n`, those wider than `room` broken. One over a caret stays as it is.
fn fitted(text: &str, room: usize) -> String {
    let mut lines = text.lines().peekable();
    let mut fitted = String::new();
    while let Some(line) = lines.next() {
        let has_caret = lines.peek().is_some_and(|next| next.trim() == "^");
        if has_caret || columns(line) <= room {
            fitted += line;
            fitted.push('\n');
        } else {
            fitted += &broken(line, room);
        }
    }
    fitted
}

/// A line broken between words, indented as it was and by two more from the second on.
fn broken(line: &str, room: usize) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let (mut lines, mut length) = (" ".repeat(indent), indent);
    for (k, word) in line.split_whitespace().enumerate() {
        let wide = columns(word);
        if k > 0 && length + 1 + wide > room {
            lines.push('\n');
            lines += &" ".repeat(indent + 2);
            length = indent + 2;
        } else if k > 0 {
            lines.push(' ');
            length += 1;
        }
        lines += word;
        length += wide;
    }
    lines.push('\n');
    lines
}

/// Columns that `text` takes, colours not counted.
fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text)
        .to_string()
        .chars()
        .count()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_error_but_a_full_disk_is() {
        let error = |kind: io::ErrorKind| Err(io::Error::from(kind));
        assert!(unless_closed(error(io::ErrorKind::BrokenPipe)).is_ok());
        assert!(unless_closed(error(io::ErrorKind::StorageFull)).is_err());
    }

    #[test]
    fn a_long_message_keeps_within_the_width_and_its_caret_below_the_place() {
        let colour = anstyle::AnsiColor::Red.on_default();
        let names = "gate_width_mm, ".repeat(20);
        let program = format!("  {}\n{:>30}", "L4 22 R3 67 ".repeat(12), "^");
        let text = format!(
            "{colour}error:{colour:#} unknown place; there are: {names}\n  hint: {names}\nno program\n{program}"
        );
        let fitted = fitted(&text, 80);
        assert!(fitted.contains(&program), "{fitted}");
        let rest = fitted.replace(&program, "");
        assert!(rest.lines().all(|l| columns(l) <= 80), "{rest}");
        assert!(rest.lines().any(|l| l.starts_with("    gate_")), "{rest}");
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        assert_eq!(words(&fitted), words(&text));
        // colours take no room
        let first = rest.lines().next().unwrap_or_default();
        assert!(columns(first) > 65, "{first}");
    }
}
