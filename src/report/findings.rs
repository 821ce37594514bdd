//! Findings for people: one block each, with the line they are about.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use crate::design::place::Located;
use crate::design::source::SourceText;
use crate::finding::Severity;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingsStyle {
    /// Columns to keep within, at least 40. The first line of a finding is never broken, so that
    /// editors can jump to its place.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub colour: bool,
}

impl Default for FindingsStyle {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
        }
    }
}

/// All findings of one file, each as a block:
///
/// ```text
/// lock.json:3:18: error[WP103]: `radius_mm`: got the text "1.5 in", expected a number
///   |
/// 3 |     {"radius_mm": "1.5 in"},
///   |                   ^^^^^^^^
///   at /wheels/0/radius_mm
///   for example 38.1
/// ```
///
/// and one last line that counts them; the empty string if there are none.
#[must_use]
pub fn findings_as_text(source: &SourceText, findings: &[Located], style: FindingsStyle) -> String {
    let mut text = String::new();
    for located in findings {
        text += &block(source, located, style);
        text.push('\n');
    }
    if !findings.is_empty() {
        text += &format!("{}: {}\n", source.name(), count(findings));
    }
    text
}

fn count(findings: &[Located]) -> String {
    let of = |severity: Severity, name: &str| {
        let number = findings
            .iter()
            .filter(|f| f.finding.severity == severity)
            .count();
        (number > 0).then(|| format!("{number} {name}{}", if number == 1 { "" } else { "s" }))
    };
    [
        of(Severity::Error, "error"),
        of(Severity::Warning, "warning"),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

fn block(source: &SourceText, located: &Located, style: FindingsStyle) -> String {
    let finding = &located.finding;
    let (word, colour, level) = match finding.severity {
        Severity::Error => ("error", AnsiColor::Red, Level::ERROR),
        Severity::Warning => ("warning", AnsiColor::Yellow, Level::WARNING),
    };
    let (strong, plain) = if style.colour {
        (colour.on_default().bold(), Style::new().bold())
    } else {
        (Style::new(), Style::new())
    };
    let width = style.width.max(40);
    let mut text = format!(
        "{}:{}:{}: {strong}{word}[{}]{strong:#}: {plain}{}{plain:#}\n",
        located.file, located.line, located.column, finding.code, finding.message
    );
    text += &excerpt(source, located, level, width, style.colour);
    if !finding.at.is_empty() {
        text += &format!("  at {}\n", clipped(&finding.at, width.max(200)));
    }
    if !finding.hint.is_empty() {
        text += &wrapped(&finding.hint, width);
    }
    text
}

/// The line of the finding with carets under the place; nothing if the line is empty.
fn excerpt(
    source: &SourceText,
    located: &Located,
    level: Level<'_>,
    width: usize,
    colour: bool,
) -> String {
    let text = source.text();
    let start = located.bytes.start.min(text.len());
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let line = text[line_start..line_end].trim_end();
    if line.is_empty() {
        return String::new();
    }
    let from = (start - line_start).min(line.len());
    let to = (located.bytes.end.saturating_sub(line_start)).clamp(from, line.len());
    let (line, span) = window(line, from..to);
    let snippet = Snippet::source(line)
        .line_start(located.line)
        .annotation(AnnotationKind::Primary.span(span));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let rendered = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(width)
        .render(&[Group::with_level(level).element(snippet)]);
    rendered + "\n"
}

/// A part of a very long line, around `span`, and where the span stands in it.
fn window(line: &str, span: std::ops::Range<usize>) -> (&str, std::ops::Range<usize>) {
    const MARGIN: usize = 400;
    let boundary = |mut at: usize| {
        at = at.min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start.saturating_sub(MARGIN));
    let end = boundary(span.start + MARGIN);
    (
        &line[start..end],
        span.start - start..span.end.min(end) - start,
    )
}

fn clipped(text: &str, most: usize) -> String {
    let mut shown: String = text
        .chars()
        .take(most)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// `text` in lines of at most `width` columns, broken between words, indented by two.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::from(" ")];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.len() > 2 && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("  {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::codes;
    use crate::design::place::locate;
    use crate::design::tree::parse;
    use crate::finding::Finding;

    fn render(text: &str, findings: Vec<Finding>, style: FindingsStyle) -> String {
        let source = SourceText::from_bytes("lock.json", text.as_bytes()).unwrap();
        let tree = parse(&source, &mut Vec::new()).unwrap();
        findings_as_text(&source, &locate(&source, &tree, findings), style)
    }

    fn fault() -> Vec<Finding> {
        vec![Finding::error(
            codes::WRONG_TYPE,
            "/a/0",
            "`a[0]`: got the text \"1.5 in\", expected a number",
            "for example 38.1",
        )]
    }

    #[test]
    fn a_finding_is_a_block_with_the_line_it_is_about() {
        let text = render(
            "{\n  \"a\": [\"1.5 in\"]\n}",
            fault(),
            FindingsStyle::default(),
        );
        assert_eq!(
            text,
            "lock.json:2:9: error[WP103]: `a[0]`: got the text \"1.5 in\", expected a number\n  \
               |\n\
             2 |   \"a\": [\"1.5 in\"]\n  \
               |         ^^^^^^^^\n  \
               at /a/0\n  \
               for example 38.1\n\n\
             lock.json: 1 error\n"
        );
    }

    #[test]
    fn colours_are_written_only_if_asked_for() {
        let style = |colour| FindingsStyle { width: 80, colour };
        let text = "{\"a\": [\"1.5 in\"]}";
        assert!(!render(text, fault(), style(false)).contains('\x1b'));
        assert!(render(text, fault(), style(true)).contains('\x1b'));
    }

    #[test]
    fn long_lines_and_long_hints_keep_within_the_width() {
        let text = format!(
            "{{\"x\": \"{}\", \"a\": [\"1.5 in\"], \"y\": \"{0}\"}}",
            "é".repeat(5000)
        );
        let mut faults = fault();
        faults[0].hint = "the names here are: ".to_owned() + &"gate_width_mm, ".repeat(30);
        let rendered = render(&text, faults, FindingsStyle::default());
        for line in rendered.lines().skip(1) {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(rendered.contains("1.5 in\"]"), "{rendered}");
        assert!(rendered.contains("^^^^^^^^"), "{rendered}");
    }

    #[test]
    fn the_end_of_an_unfinished_file_is_shown_too() {
        for text in ["{\"a\": [1,", "{\n", "\"é", "[1]\n\n x", "\u{1}"] {
            let source = SourceText::from_bytes("lock.json", text.as_bytes()).unwrap();
            let fault = parse(&source, &mut Vec::new()).expect_err(text);
            let located = Located::unreadable(&source, fault);
            let rendered = findings_as_text(&source, &[located], FindingsStyle::default());
            assert!(rendered.contains("error[WP001]: not JSON"), "{rendered}");
        }
    }

    #[test]
    fn nothing_is_said_about_a_file_without_findings() {
        assert_eq!(render("{}", vec![], FindingsStyle::default()), "");
    }
}
