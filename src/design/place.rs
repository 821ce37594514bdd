//! Findings with their place in the file: line, column, bytes.

use std::ops::Range;

use serde::Serialize;

use super::codes;
use super::pointer;
use super::source::SourceText;
use super::tree::{NoTree, Place, Tree};
use crate::finding::Finding;

/// A finding and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// The bytes to underline, within one line unless a text spans more.
    #[serde(skip)]
    pub bytes: Range<usize>,
}

impl Located {
    /// `finding` at the given bytes of `source`.
    #[must_use]
    pub fn new(source: &SourceText, bytes: Range<usize>, finding: Finding) -> Self {
        let (line, column) = source.position(bytes.start);
        Self {
            file: source.name().to_owned(),
            line,
            column,
            finding,
            bytes,
        }
    }

    /// The fault that made the whole text unreadable.
    #[must_use]
    pub fn unreadable(source: &SourceText, fault: NoTree) -> Self {
        Self::new(source, fault.bytes, fault.finding)
    }
}

/// Gives each finding its place, in the order of the file. A finding about a part that is not in
/// the file (a missing field) stands at the nearest part around it that is.
#[must_use]
pub fn locate(
    source: &SourceText,
    tree: &Tree,
    findings: impl IntoIterator<Item = Finding>,
) -> Vec<Located> {
    let mut located: Vec<Located> = findings
        .into_iter()
        .map(|finding| Located::new(source, bytes_of(source, &tree.place, &finding), finding))
        .collect();
    located.sort_by(|a, b| {
        let key = |l: &Located| (l.bytes.start, l.finding.code);
        key(a).cmp(&key(b))
    });
    located
}

fn bytes_of(source: &SourceText, root: &Place, finding: &Finding) -> Range<usize> {
    let mut at = finding.at.as_str();
    let mut is_inside = false;
    let place = loop {
        match (root.at(at), pointer::split(at)) {
            (Some(place), _) => break place,
            (None, Some((parent, _))) => at = parent,
            (None, None) => break root,
        }
        is_inside = true;
    };
    let name = place.name.clone();
    if codes::points_at_name(finding.code) && !is_inside {
        return name.unwrap_or_else(|| place.value.clone());
    }
    let is_container = source.text()[place.value.clone()].starts_with(['{', '[']);
    let spans_lines = source.text()[place.value.clone()].contains('\n');
    if is_inside || (is_container && spans_lines) {
        let opening = place.value.start..place.value.start + 1;
        return name.unwrap_or(opening);
    }
    place.value.clone()
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    const TEXT: &str = "{\n  \"wheels\": [\n    {\"radius_mm\": 1e400, \"r\": 1},\n    \
                        {\"radius_mm\": 20,\n     \"r\": 2}\n  ]\n}";

    fn place_of(code: &'static str, at: &str) -> (usize, usize, &'static str) {
        let source = SourceText::from_bytes("lock.json", TEXT.as_bytes()).unwrap();
        let tree = parse(&source, &mut Vec::new()).unwrap();
        let found = locate(&source, &tree, [Finding::error(code, at, "", "")]).remove(0);
        (found.line, found.column, &TEXT[found.bytes])
    }

    #[test]
    fn a_finding_stands_at_the_value_or_the_name_it_is_about() {
        assert_eq!(
            place_of(codes::NUMBER, "/wheels/0/radius_mm"),
            (3, 19, "1e400")
        );
        assert_eq!(
            place_of(codes::UNKNOWN_FIELD, "/wheels/0/r"),
            (3, 26, "\"r\"")
        );
    }

    #[test]
    fn a_missing_field_stands_at_the_part_that_lacks_it() {
        assert_eq!(
            place_of(codes::MISSING_FIELD, "/wheels/1/gate_mm"),
            (4, 5, "{")
        );
        assert_eq!(place_of(codes::MISSING_FIELD, "/codes/main"), (1, 1, "{"));
        assert_eq!(
            place_of(codes::MISSING_FIELD, "/wheels/7/gate_mm"),
            (2, 3, "\"wheels\"")
        );
    }

    #[test]
    fn a_part_of_many_lines_is_underlined_at_its_start_only() {
        assert_eq!(place_of(codes::WRONG_TYPE, "/wheels"), (2, 3, "\"wheels\""));
        assert_eq!(place_of(codes::WRONG_TYPE, "/wheels/1"), (4, 5, "{"));
        assert_eq!(place_of(codes::WRONG_TYPE, ""), (1, 1, "{"));
    }

    #[test]
    fn findings_come_in_the_order_of_the_file() {
        let source = SourceText::from_bytes("lock.json", TEXT.as_bytes()).unwrap();
        let tree = parse(&source, &mut Vec::new()).unwrap();
        let findings = ["/wheels/1/r", "/wheels", "/wheels/0/r"]
            .map(|at| Finding::error(codes::WRONG_TYPE, at, "", ""));
        let order = locate(&source, &tree, findings)
            .into_iter()
            .map(|l| l.finding.at);
        assert_eq!(
            order.collect::<Vec<_>>(),
            ["/wheels", "/wheels/0/r", "/wheels/1/r"]
        );
    }

    #[test]
    fn the_json_form_is_flat() {
        let source = SourceText::from_bytes("a.json", b"[1 2]").unwrap();
        let fault = parse(&source, &mut Vec::new()).unwrap_err();
        let json = serde_json::to_value(Located::unreadable(&source, fault)).unwrap();
        assert_eq!(json["code"], codes::SYNTAX);
        assert_eq!(
            (json["line"].as_u64(), json["column"].as_u64()),
            (Some(1), Some(3))
        );
        assert_eq!(json["at"], "");
    }
}
