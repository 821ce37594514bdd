//! Text → JSON value, with the place of every part, and every fault of syntax as a finding.
//!
//! Comments and trailing commas are allowed; everything else is strict JSON, so that a file
//! without them loads in any other tool.

use std::collections::BTreeMap;
use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Number, Value};

use super::codes;
use super::pointer;
use super::source::SourceText;
use crate::finding::Finding;

/// The deepest nesting of lists and objects that is read.
pub const MAX_DEPTH: usize = 64;

/// Where a value stands in the text, as byte ranges, and where its parts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the value.
    pub value: Range<usize>,
    /// Bytes of the name of the field that holds it, quotes included; none for items and the root.
    pub name: Option<Range<usize>>,
    parts: BTreeMap<String, Place>,
}

impl Place {
    /// The place at `pointer` below this one.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Place> {
        pointer::segments(pointer).try_fold(self, |place, segment| place.parts.get(&segment))
    }
}

/// A parsed file: the value, and the place of each of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The value, with comments gone.
    pub value: Value,
    /// The place of the whole value; parts through [`Place::at`].
    pub place: Place,
}

/// Why nothing at all can be made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoTree {
    /// The bytes at which reading ended.
    pub bytes: Range<usize>,
    /// What is wrong there.
    pub finding: Finding,
}

/// Parses a file. Faults that leave the rest readable (a field given twice, a number out of range)
/// are added to `findings`.
///
/// # Errors
/// [`NoTree`] if the text is empty or is not JSON; the finding stands at the pointer `""`.
pub fn parse(source: &SourceText, findings: &mut Vec<Finding>) -> Result<Tree, NoTree> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed =
        parse_to_ast(source.text(), &CollectOptions::default(), &options).map_err(|fault| {
            let message = format!("not JSON: {}", lower_first(&fault.kind().to_string()));
            let hint = "write strict JSON; only comments and trailing commas may be added";
            NoTree {
                bytes: fault.range().start..fault.range().end,
                finding: Finding::error(codes::SYNTAX, "", message, hint),
            }
        })?;
    let root = parsed.value.ok_or_else(|| {
        let hint = "start from a template: `wheelpack new dial_lock > lock.json`";
        NoTree {
            bytes: 0..0,
            finding: Finding::error(codes::EMPTY, "", "the file is empty", hint),
        }
    })?;
    let (value, place) = Reader { source, findings }.value(&root, "", 0);
    Ok(Tree { value, place })
}

struct Reader<'a> {
    source: &'a SourceText,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn value(&mut self, node: &ast::Value<'_>, at: &str, depth: usize) -> (Value, Place) {
        let mut parts = BTreeMap::new();
        let value = match node {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::StringLit(literal) => {
                self.refuse_control_characters(literal, at);
                Value::String(literal.value.to_string())
            }
            ast::Value::NumberLit(literal) => self.number(literal, at),
            _ if depth >= MAX_DEPTH => {
                let message = format!("lists and objects are nested more than {MAX_DEPTH} deep");
                self.push(
                    codes::TOO_DEEP,
                    at,
                    message,
                    "no part of a design is so deep",
                );
                Value::Null
            }
            ast::Value::Array(list) => {
                let mut items = Vec::with_capacity(list.elements.len());
                for (index, element) in list.elements.iter().enumerate() {
                    let index = index.to_string();
                    let (item, place) = self.value(element, &pointer::child(at, &index), depth + 1);
                    items.push(item);
                    parts.insert(index, place);
                }
                Value::Array(items)
            }
            ast::Value::Object(object) => {
                let mut fields = Map::new();
                for property in &object.properties {
                    let name = property.name.as_str();
                    let below = pointer::child(at, name);
                    let (value, mut place) = self.value(&property.value, &below, depth + 1);
                    place.name = Some(property.name.start()..property.name.end());
                    if let Some(first) = parts.get(name) {
                        self.refuse_duplicate(property, first, &below);
                    }
                    fields.insert(name.to_owned(), value);
                    parts.insert(name.to_owned(), place);
                }
                Value::Object(fields)
            }
        };
        let place = Place {
            value: node.start()..node.end(),
            name: None,
            parts,
        };
        (value, place)
    }

    fn number(&mut self, literal: &ast::NumberLit<'_>, at: &str) -> Value {
        match literal.value.parse::<Number>() {
            Ok(number) => Value::Number(whole(number)),
            Err(_) => {
                let message = format!("the number {} is out of range", excerpt(literal.value));
                let hint = "give a finite number, of magnitude below 1e308";
                self.push(codes::NUMBER, at, message, hint);
                Value::Null
            }
        }
    }

    fn refuse_duplicate(&mut self, second: &ast::ObjectProp<'_>, first: &Place, at: &str) {
        let first_at = first.name.as_ref().map_or(0, |name| name.start);
        let (line, _) = self.source.position(first_at);
        let name = excerpt(second.name.as_str());
        let message = format!("the field `{name}` is given twice, first on line {line}");
        self.push(codes::DUPLICATE_FIELD, at, message, "keep one of the two");
    }

    /// The parser lets them pass inside texts; JSON does not.
    fn refuse_control_characters(&mut self, literal: &ast::StringLit<'_>, at: &str) {
        let raw = &self.source.text()[literal.start()..literal.end()];
        if let Some(c) = raw.chars().find(|c| u32::from(*c) < 0x20) {
            let message = format!("a text contains the raw control character {c:?}");
            let hint = format!("write it as \\u{:04x}, or leave it out", u32::from(c));
            self.push(codes::CONTROL_CHARACTER, at, message, &hint);
        }
    }

    fn push(&mut self, code: &'static str, at: &str, message: String, hint: &str) {
        self.findings.push(Finding::error(code, at, message, hint));
    }
}

/// At most 60 characters of a user's text, with control characters escaped.
pub(super) fn excerpt(text: &str) -> String {
    let shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown + "…"
    } else {
        shown
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// `1000.0` is the whole number 1000, in JSON Schema as in arithmetic.
fn whole(number: Number) -> Number {
    /// Up to here every whole number has a float of its own: 2⁵³.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let is_whole =
        |x: f64| x.fract() == 0.0 && x.abs() < MOST && x.to_bits() != (-0.0_f64).to_bits();
    match number.as_f64() {
        Some(x) if number.is_f64() && is_whole(x) => {
            #[allow(clippy::cast_possible_truncation, reason = "whole and below 2⁵³")]
            let n = x as i64;
            n.into()
        }
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn read(text: &str) -> (Result<Tree, NoTree>, Vec<Finding>) {
        let source = SourceText::from_bytes("lock.json", text.as_bytes()).unwrap();
        let mut findings = Vec::new();
        let tree = parse(&source, &mut findings);
        (tree, findings)
    }

    fn codes_of(text: &str) -> Vec<(&'static str, String)> {
        let (_, findings) = read(text);
        findings.into_iter().map(|f| (f.code, f.at)).collect()
    }

    #[test]
    fn comments_and_trailing_commas_are_allowed_and_places_are_kept() {
        let text = "{ // wheels\n \"a/b\": [1, {\"r\": 38.1,},], /* end */ }";
        let (tree, findings) = read(text);
        let tree = tree.unwrap();
        assert_eq!(findings, []);
        assert_eq!(tree.value, json!({"a/b": [1, {"r": 38.1}]}));
        let radius = tree.place.at("/a~1b/1/r").unwrap();
        assert_eq!(&text[radius.value.clone()], "38.1");
        assert_eq!(&text[radius.name.clone().unwrap()], "\"r\"");
        assert_eq!(tree.place.at("").unwrap().value, 0..text.len());
        assert_eq!(tree.place.at("/a~1b/2"), None);
    }

    #[test]
    fn everything_else_is_strict() {
        for text in [
            "{'a': 1}",
            "{a: 1}",
            "[1 2]",
            "[0x10]",
            "[+1]",
            "[.5]",
            "[5.]",
            "[NaN]",
            "[Infinity]",
            "[-Infinity]",
            "{\"a\": 1} 2",
            "[1",
            "{\"a\"",
            "[\"\\x41\"]",
            "[\"\\ud800\"]",
            "\"",
            "[007]",
            "[,]",
            "[1,,2]",
            "[1e]",
            "]",
            "hello",
            "[tru]",
            "/*",
        ] {
            let (tree, _) = read(text);
            let fault = tree.expect_err(text);
            assert_eq!(fault.finding.code, codes::SYNTAX, "{text}");
            assert!(fault.bytes.start <= text.len(), "{text}");
        }
    }

    #[test]
    fn nothing_but_comments_is_an_empty_file() {
        for text in ["", " \n", "// nothing\n"] {
            assert_eq!(read(text).0.unwrap_err().finding.code, codes::EMPTY);
        }
    }

    #[test]
    fn faults_that_leave_the_rest_readable_are_findings() {
        assert_eq!(
            codes_of("{\"a\": {\"b\": 1, \"b\": 2}}"),
            [(codes::DUPLICATE_FIELD, "/a/b".to_owned())]
        );
        assert_eq!(
            codes_of("[1e400, -1e400]"),
            [
                (codes::NUMBER, "/0".to_owned()),
                (codes::NUMBER, "/1".to_owned()),
            ]
        );
        assert_eq!(
            codes_of("[\"a\tb\"]"),
            [(codes::CONTROL_CHARACTER, "/0".to_owned())]
        );
    }

    #[test]
    fn any_depth_is_survived() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(codes_of(&nested(MAX_DEPTH)), []);
        assert_eq!(codes_of(&nested(MAX_DEPTH + 1))[0].0, codes::TOO_DEEP);
        assert!(read(&nested(100_000)).0.is_err());
        assert!(read(&"{\"a\":".repeat(100_000)).0.is_err());
    }

    /// `value` with its whole numbers as such.
    fn with_whole(value: Value) -> Value {
        match value {
            Value::Number(number) => whole(number).into(),
            Value::Array(items) => items.into_iter().map(with_whole).collect(),
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(k, v)| (k, with_whole(v)));
                Value::Object(fields.collect())
            }
            other => other,
        }
    }

    #[test]
    fn whole_numbers_are_whole_however_they_are_written() {
        let text = "[1000.0, 1e3, -2.0, 0.0, -0.0, 1.5, 9007199254740993.0, 1e300]";
        let read = read(text).0.unwrap().value.to_string();
        assert_eq!(read, "[1000,1000,-2,0,-0.0,1.5,9007199254740992.0,1e+300]");
    }

    #[test]
    fn a_strict_file_is_read_as_serde_json_reads_it() {
        let text =
            r#"{"a":[-0,1.5e-3,18446744073709551616,9007199254740993],"b":"\u00e9\\\"","c":null}"#;
        let direct: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read(text).0.unwrap().value, direct);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[\\[\\]{}:,\"'\\\\/*a-e0-9.+\\-\u{0}\n\ré\u{2028}tru ]{0,40}") {
            let (tree, _) = read(&text);
            if let Ok(direct) = serde_json::from_str::<Value>(&text) {
                prop_assert_eq!(tree.map(|t| t.value), Ok(with_whole(direct)));
            }
        }
    }
}
