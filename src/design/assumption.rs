//! Which numbers of a design rest on a source and which are assumptions.
//!
//! The source of a number is the nearest `source` at or above it in the file. Where there is none,
//! or it begins with "assumption", the number is an assumption and is printed as one. In the
//! emergency section every number carries a `mark` of its own, which says whether it is one.

use serde::Serialize;
use serde_json::Value;

/// One group of numbers that share a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assumption {
    /// JSON pointer of the object that states the source, or of the number without one.
    pub at: String,
    /// The numbers it covers, by their names within that object.
    pub numbers: Vec<String>,
    /// The source as stated; empty where none is.
    pub source: String,
}

/// The sections whose numbers describe the lock, its owner and who reads it.
const SECTIONS: [&str; 3] = ["/mechanism", "/owner", "/study/readers"];
/// The section whose numbers carry marks, and the steps of a pointer below it that make a part.
const MARKED: (&str, usize) = ("emergency", 2);

/// All assumed numbers of a design file, in the order of the file.
#[must_use]
pub fn assumptions(file: &Value) -> Vec<Assumption> {
    let mut found = Vec::new();
    for section in SECTIONS {
        if let Some(value) = file.pointer(section) {
            walk(value, section, None, &mut found);
        }
    }
    found.retain(|a| is_assumption(&a.source));
    if let Some(value) = file.get(MARKED.0) {
        walk_marked(value, &format!("/{}", MARKED.0), &mut found);
    }
    found
}

/// Collects the numbers marked as assumptions, those of one part with the same source together.
fn walk_marked(value: &Value, at: &str, found: &mut Vec<Assumption>) {
    match value {
        Value::Object(fields) => match fields.get("mark").and_then(Value::as_str) {
            Some(mark) => {
                if mark == "assumption" {
                    let source = fields.get("source").and_then(Value::as_str);
                    note_marked(at, source.unwrap_or_default(), found);
                }
            }
            None => {
                for (name, field) in fields {
                    walk_marked(field, &format!("{at}/{name}"), found);
                }
            }
        },
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                walk_marked(item, &format!("{at}/{k}"), found);
            }
        }
        _ => {}
    }
}

fn note_marked(at: &str, source: &str, found: &mut Vec<Assumption>) {
    let end = at
        .match_indices('/')
        .nth(1 + MARKED.1)
        .map_or(at.len(), |(i, _)| i);
    let (part, number) = at.split_at(end);
    let (part, number) = match number.strip_prefix('/') {
        Some(number) => (part, number),
        None => part.rsplit_once('/').unwrap_or((part, part)),
    };
    match found
        .iter_mut()
        .find(|a| a.at == part && a.source == source)
    {
        Some(known) => known.numbers.push(number.to_owned()),
        None => found.push(Assumption {
            at: part.to_owned(),
            numbers: vec![number.to_owned()],
            source: source.to_owned(),
        }),
    }
}

fn is_assumption(source: &str) -> bool {
    source.is_empty() || source.trim_start().to_lowercase().starts_with("assum")
}

fn walk(value: &Value, at: &str, owner: Option<usize>, found: &mut Vec<Assumption>) {
    match value {
        Value::Object(fields) => {
            let owner = match fields.get("source").and_then(Value::as_str) {
                Some(source) => {
                    found.push(Assumption {
                        at: at.to_owned(),
                        numbers: Vec::new(),
                        source: source.to_owned(),
                    });
                    Some(found.len() - 1)
                }
                None => owner,
            };
            if fields.contains_key("nominal") {
                note(at, owner, found);
                return;
            }
            for (name, field) in fields {
                walk(field, &format!("{at}/{name}"), owner, found);
            }
        }
        Value::Array(items) if items.iter().all(Value::is_number) && !items.is_empty() => {
            note(at, owner, found)
        }
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                walk(item, &format!("{at}/{k}"), owner, found);
            }
        }
        Value::Number(_) => note(at, owner, found),
        _ => {}
    }
}

/// Notes the number at `at` under its owner, or on its own where it has none.
fn note(at: &str, owner: Option<usize>, found: &mut Vec<Assumption>) {
    match owner {
        Some(k) => {
            let name = at
                .strip_prefix(&found[k].at)
                .unwrap_or(at)
                .trim_start_matches('/')
                .to_owned();
            let name = if name.is_empty() {
                at.rsplit('/').next().unwrap_or(at).to_owned()
            } else {
                name
            };
            found[k].numbers.push(name);
        }
        None => {
            let name = at.rsplit('/').next().unwrap_or(at).to_owned();
            found.push(Assumption {
                at: at.to_owned(),
                numbers: vec![name],
                source: String::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_belongs_to_the_nearest_source_above_it() {
        let file = json!({ "mechanism": {
            "source": "drawing 17",
            "marks": 100,
            "gate": { "source": "assumption: guessed", "width_mm": 5, "at": [1, 2] },
            "rim_mm": { "nominal": 3, "source": "Assumed" }
        }, "owner": { "dialing_sd_marks": 0.2 } });
        let found = assumptions(&file);
        let at: Vec<&str> = found.iter().map(|a| a.at.as_str()).collect();
        assert_eq!(
            at,
            [
                "/mechanism/gate",
                "/mechanism/rim_mm",
                "/owner/dialing_sd_marks"
            ]
        );
        assert_eq!(found[0].numbers, ["width_mm", "at"]);
    }

    #[test]
    fn a_marked_number_is_an_assumption_if_its_mark_says_so() {
        let guess = json!({ "value": 1, "mark": "assumption", "source": "judgement" });
        let known = json!({ "value": 1, "mark": "vendor", "source": "a shop" });
        let file = json!({ "emergency": {
            "price_cny": guess, "upkeep_cny": known,
            "solutions": [{ "time_h": guess, "spares": 1, "slip": { "p": guess, "q": known } }]
        } });
        let found = assumptions(&file);
        let told: Vec<(&str, &[String])> =
            found.iter().map(|a| (&a.at[..], &a.numbers[..])).collect();
        let (price, rest) = (
            vec!["price_cny".to_owned()],
            vec!["time_h".to_owned(), "slip/p".to_owned()],
        );
        assert_eq!(
            told,
            [
                ("/emergency", &price[..]),
                ("/emergency/solutions/0", &rest[..])
            ]
        );
    }
}
