//! A stored result, and what is wrong with it.

use std::fs;
use std::path::{Path, PathBuf};

use jsonc_parser::{JsonObject, JsonValue, ParseOptions, parse_to_value};

use super::leaf::{Leaf, leaves};
use crate::design::codes;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::report::json;

/// The largest baseline that is read, bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The stored result of one design.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Its file.
    pub path: PathBuf,
    /// The seed it was made with.
    pub seed: u64,
    /// Trials of its manipulation studies, if it has any.
    pub trials: Option<u64>,
    /// The scenario of its emergency openings, if it has any.
    pub scenario: Option<String>,
    /// Every place of the result.
    pub leaves: Vec<Leaf>,
}

/// A fault of a baseline with its line and column, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// Line and column, where the fault has a place.
    pub place: Option<(usize, usize)>,
    /// What is wrong and what would pass.
    pub finding: Finding,
}

impl Fault {
    /// `baselines/x/summary.json:3:7: error[WP601]: …`, and the cure below.
    #[must_use]
    pub fn as_text(&self) -> String {
        let place = self
            .place
            .map_or_else(String::new, |(line, column)| format!("{line}:{column}:"));
        let Finding {
            code,
            at,
            message,
            hint,
            ..
        } = &self.finding;
        let at = match at.as_str() {
            "" => String::new(),
            at => format!("  at {at}\n"),
        };
        let path = self.path.display();
        format!("{path}:{place} error[{code}]: {message}\n{at}  {hint}\n")
    }
}

/// Where the baseline of the design called `name` is in the folder `baselines`: as `report --out`
/// writes it.
#[must_use]
pub fn path_of(baselines: &Path, name: &str) -> PathBuf {
    baselines.join(listed_as(name))
}

/// The same below that folder, as a report lists its files.
#[must_use]
pub fn listed_as(name: &str) -> String {
    format!("{name}/summary.json")
}

/// Reads the baseline of the design called `name`.
///
/// # Errors
/// [`Error::Read`] where there is a file that cannot be read, [`Error::TooLarge`].
pub fn read(baselines: &Path, name: &str) -> Result<std::result::Result<Baseline, Vec<Fault>>> {
    let path = path_of(baselines, name);
    let size = match fs::metadata(&path) {
        Ok(about) => about.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let fault = Finding::error(
                codes::BASELINE_MISSING,
                "",
                format!("`{name}` has no baseline"),
                "make one with `--bless`, or name the folder of an earlier report",
            );
            let place = None;
            return Ok(Err(vec![Fault {
                path,
                place,
                finding: fault,
            }]));
        }
        Err(source) => return Err(Error::Read { path, source }),
    };
    if size > MAX_BYTES {
        return Err(Error::TooLarge {
            path,
            bytes: size,
            limit: MAX_BYTES,
        });
    }
    let bytes = fs::read(&path).map_err(|source| Error::Read {
        path: path.clone(),
        source,
    })?;
    Ok(parse(&path, name, &String::from_utf8_lossy(&bytes)))
}

/// The baseline of the design called `name` from the text of `path`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(path: &Path, name: &str, text: &str) -> std::result::Result<Baseline, Vec<Fault>> {
    let fault = |code, at: &str, message: String, hint: &str| Fault {
        path: path.to_owned(),
        place: None,
        finding: Finding::error(code, at, message, hint),
    };
    let broken = |message: String| {
        let hint = "take it from version control again, or make it anew with `--bless`";
        fault(codes::BASELINE_BROKEN, "", message, hint)
    };
    let root = match parse_to_value(text, &STRICT) {
        Ok(Some(JsonValue::Object(root))) => root,
        Ok(_) => {
            return Err(vec![broken(
                "not a result of wheelpack: no JSON object".to_owned(),
            )]);
        }
        Err(e) => {
            let place = Some((e.line_display(), e.column_display()));
            let fault = broken(format!("not JSON: {}", e.kind()));
            return Err(vec![Fault { place, ..fault }]);
        }
    };
    let is_ours = root
        .get_string("tool")
        .is_some_and(|t| t.starts_with("wheelpack"));
    if !is_ours || root.get_array("results").is_none() {
        return Err(vec![broken(
            "not a result of wheelpack: no `tool` and `results`".to_owned(),
        )]);
    }
    let number = |o: &JsonObject<'_>, key: &str| o.get_number(key).and_then(|n| n.parse().ok());
    let format: Option<u64> = number(&root, "format");
    if format != Some(json::FORMAT.into()) {
        let got = root.get_number("format").unwrap_or("nothing");
        let message = format!("got format {got}, expected {}", json::FORMAT);
        return Err(vec![fault(
            codes::BASELINE_FORMAT,
            "/format",
            message,
            "make it anew with `--bless`",
        )]);
    }
    let Some(seed) = number(&root, "seed") else {
        return Err(vec![broken("no `seed`".to_owned())]);
    };
    let results = root.get_array("results").into_iter().flat_map(|r| r.iter());
    let mut own = results.filter_map(|r| match r {
        JsonValue::Object(o) if o.get_string("name").is_some_and(|n| n == name) => Some(o),
        _ => None,
    });
    let Some(result) = own.next() else {
        return Err(vec![fault(
            codes::BASELINE_OTHER,
            "/results",
            format!("no result of `{name}` in it"),
            "the folder below the baselines has to be named after its design",
        )]);
    };
    let trials = result
        .get_array("resist")
        .and_then(|r| r.get(0))
        .and_then(|r| match r {
            JsonValue::Object(o) => number(o, "trials"),
            _ => None,
        });
    let scenario = result
        .get_object("emergency")
        .and_then(|e| e.get_string("scenario"))
        .map(ToString::to_string);
    let leaves = leaves(JsonValue::Object(result.clone()));
    let wrong: Vec<Fault> = leaves
        .iter()
        .filter(|l| l.reading.is_none())
        .map(|l| {
            fault(
                codes::BASELINE_VALUE,
                &format!("/results/{}", l.path),
                format!(
                    "`{}` is not what it has to be",
                    l.path.rsplit('/').next().unwrap_or(&l.path)
                ),
                "a count has digits only, an estimate value, low ≤ high and level; make it anew with `--bless`",
            )
        })
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Baseline {
        path: path.to_owned(),
        seed,
        trials,
        scenario,
        leaves,
    })
}

/// The places of the result of the design called `name` in `text`, a summary just made.
///
/// # Errors
/// As [`parse`].
pub fn fresh(name: &str, text: &str) -> std::result::Result<Vec<Leaf>, Vec<Fault>> {
    parse(Path::new("summary.json"), name, text).map(|b| b.leaves)
}

/// Nothing but JSON.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_trailing_commas: false,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};
