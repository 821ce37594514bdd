//! The comparison as workflow commands of GitHub Actions, which become notes at the design's file.

use super::baseline::Fault;
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

/// What keeps baselines from being compared with, one error each.
#[must_use]
pub fn faults(all: &[Fault]) -> String {
    let one = |fault: &Fault| {
        let (line, column) = fault.place.unwrap_or((1, 1));
        format!(
            "::error file={},line={line},col={column},title={}::{}\n",
            property(&fault.path.display().to_string()),
            property(&format!("{} baseline", fault.finding.code)),
            data(&format!(
                "{}; {}",
                fault.finding.message, fault.finding.hint
            ))
        )
    };
    all.iter().map(one).collect()
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
