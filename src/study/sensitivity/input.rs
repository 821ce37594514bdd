//! What is varied, and over which range.

use crate::design::{Change, Variation};
use serde::Serialize;

/// One input and the range it is drawn from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// JSON pointer of the dimension, or of the number.
    pub at: String,
    /// `tolerance`: the range is of a factor on its band; `number`: of the number itself.
    pub kind: InputKind,
    /// Lower end of the range.
    pub low: f64,
    /// Upper end of the range.
    pub high: f64,
}

/// What an input changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A factor on the deviations of a dimension.
    Tolerance,
    /// A number of the design.
    Number,
}

impl Input {
    pub(in crate::study) fn change(&self, value: f64) -> Change {
        match self.kind {
            InputKind::Tolerance => Change::Tolerance(self.at.clone(), value),
            InputKind::Number => Change::Number(self.at.clone(), value),
        }
    }

    /// The last parts of its place, in words.
    #[must_use]
    pub fn name(&self) -> String {
        readable(&self.at)
    }

    /// What its values are, in words.
    #[must_use]
    pub fn quantity(&self) -> String {
        match self.kind {
            InputKind::Tolerance => format!("factor on the tolerance of {}", self.name()),
            InputKind::Number => self.name(),
        }
    }
}

/// `/mechanism/wheel/gate/width_mm` as `gate width mm`, `…/width_mm/nominal` likewise; an item of a
/// list with the list and counted from one: `/study/readers/0/turn_s` as `reader 1 turn s`.
fn readable(at: &str) -> String {
    let at = at.strip_suffix("/nominal").unwrap_or(at);
    let parts: Vec<&str> = at.split('/').collect();
    let (above, last) = parts.split_at(parts.len().saturating_sub(1));
    let last = last.first().copied().unwrap_or_default();
    let name = match above {
        [.., list, item] => match item.parse::<usize>() {
            Ok(k) => {
                let one = list.strip_suffix('s').unwrap_or(list);
                format!("{one} {} {last}", k + 1)
            }
            Err(_) => format!("{item} {last}"),
        },
        _ => last.to_owned(),
    };
    name.replace('_', " ")
}

/// The inputs that are studied where none are named: every tolerance from half to one and a half.
#[must_use]
pub fn default_inputs(variation: &Variation) -> Vec<Input> {
    let tolerances = variation.tolerances().into_iter();
    tolerances
        .map(|t| Input {
            at: t.at,
            kind: InputKind::Tolerance,
            low: 0.5,
            high: 1.5,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_place_is_named_by_its_last_parts_and_an_item_by_its_list() {
        for (at, name) in [
            ("/mechanism/wheel/gate/width_mm", "gate width mm"),
            ("/mechanism/wheel/gate/width_mm/nominal", "gate width mm"),
            ("/study/readers/0/turn_s", "reader 1 turn s"),
            ("/study/trials", "study trials"),
            ("/name", "name"),
            ("", ""),
        ] {
            assert_eq!(readable(at), name);
        }
    }
}
