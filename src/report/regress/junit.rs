//! The comparison as JUnit XML: a suite a design, a case a metric.

use super::table::sentence;
use super::{Comparison, Verdict};
use crate::figure::canvas::escape;

/// The document. Times are left out: there is none of a single metric.
#[must_use]
pub fn render(all: &[Comparison]) -> String {
    let count = |c: &Comparison| c.metrics.iter().filter(|m| c.fails(m)).count();
    let tests: usize = all.iter().map(|c| c.metrics.len()).sum();
    let failures: usize = all.iter().map(count).sum();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wheelpack regress\" tests=\"{tests}\" failures=\"{failures}\">\n"
    );
    for one in all {
        let (name, file) = (escape(&one.design), escape(&one.file));
        out += &format!(
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n",
            one.metrics.len(),
            count(one),
        );
        for change in &one.metrics {
            let head = format!(
                "    <testcase classname=\"{name}\" name=\"{}\" file=\"{file}\"",
                escape(&change.metric)
            );
            let said = escape(&sentence(change));
            out += &match change.verdict {
                Verdict::Same => format!("{head}/>\n"),
                v if one.fails(change) => format!(
                    "{head}>\n      <failure type=\"{}\" message=\"{said}\"/>\n    </testcase>\n",
                    escape(v.words())
                ),
                _ => {
                    format!("{head}>\n      <system-out>{said}</system-out>\n    </testcase>\n")
                }
            };
        }
        out += "  </testsuite>\n";
    }
    out + "</testsuites>\n"
}
