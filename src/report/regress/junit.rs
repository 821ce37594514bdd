//! The comparison as JUnit XML: a suite a design, a case a metric.

use super::baseline::Fault;
use super::table::sentence;
use super::{Comparison, Verdict};
use crate::figure::canvas::escape;

/// A document of what keeps baselines from being compared with: a case with an error each.
#[must_use]
pub fn faults(all: &[Fault]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wheelpack regress\" tests=\"{n}\" failures=\"0\" errors=\"{n}\">\n  <testsuite name=\"baselines\" tests=\"{n}\" failures=\"0\" errors=\"{n}\" skipped=\"0\">\n",
        n = all.len()
    );
    for fault in all {
        let file = escape(&fault.path.display().to_string());
        out += &format!(
            "    <testcase classname=\"baselines\" name=\"{file}\" file=\"{file}\">\n      <error type=\"{}\" message=\"{}\"/>\n    </testcase>\n",
            escape(fault.finding.code),
            escape(&format!(
                "{}; {}",
                fault.finding.message, fault.finding.hint
            ))
        );
    }
    out + "  </testsuite>\n</testsuites>\n"
}

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
