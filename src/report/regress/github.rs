//! The comparison as workflow commands of GitHub Actions, which become notes at the design's file.

use super::table::sentence;
use super::{Comparison, Verdict};

/// One command a line: errors for what fails, notices for whatever else moved, and a last notice a
/// design.
#[must_use]
pub fn render(all: &[Comparison]) -> String {
    let mut out = String::new();
    for one in all {
        let at = |kind: &str, title: &str, message: &str| {
            format!(
                "::{kind} file={},title={}::{}\n",
                property(&one.file),
                property(title),
                data(message)
            )
        };
        let told = one
            .metrics
            .iter()
            .filter(|c| !matches!(c.verdict, Verdict::Same | Verdict::Within) || one.fails(c));
        for change in told {
            let kind = if one.fails(change) { "error" } else { "notice" };
            let title = format!("{}: {}", one.design, change.verdict.words());
            out += &at(kind, &title, &sentence(change));
        }
        let (same, within) = (one.count(Verdict::Same), one.count(Verdict::Within));
        out += &at(
            "notice",
            &format!(
                "{}: {}",
                one.design,
                if one.passes { "passes" } else { "fails" }
            ),
            &format!(
                "{} metrics compared, {same} as before, {within} moved within their intervals",
                one.compared
            ),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
