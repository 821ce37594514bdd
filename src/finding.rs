//! A fault in a design, as data: where it is, what was got, what would pass.

use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The design can be analysed; the reader should know.
    Warning,
    /// The design cannot be analysed as it stands.
    Error,
}

/// One fault of a design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code, `WPnnn`; the list is in the documentation of `check`.
    pub code: &'static str,
    /// Warning or error.
    pub severity: Severity,
    /// JSON pointer to the place in the design file, `""` for the whole file.
    pub at: String,
    /// What is wrong, with the value that was got.
    pub message: String,
    /// What would pass.
    pub hint: String,
}

impl Finding {
    /// An error at JSON pointer `at`.
    pub fn error(
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            at: at.into(),
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// A warning at JSON pointer `at`.
    pub fn warning(
        code: &'static str,
        at: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, at, message, hint)
        }
    }

    /// An error where `value`, which is `what`, is not from `low` to `high`; `None` too where these leave no room:
    /// that comes from another value, which has a finding of its own.
    #[must_use]
    pub fn out_of_range(
        code: &'static str,
        at: &str,
        what: &str,
        value: f64,
        (low, high): (f64, f64),
    ) -> Option<Self> {
        let is_out = low <= high && !(low..=high).contains(&value);
        is_out.then(|| {
            let message = format!("{what} is {}", number(value));
            Self::error(
                code,
                at,
                message,
                format!("give a value from {low} to {high}"),
            )
        })
    }

    /// The same finding, seen from a document in which this part stands at `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.at = format!("{prefix}{}", self.at);
        self
    }
}

/// A number as people write it: with its power of ten where it would fill the line with zeros.
#[must_use]
pub fn number(value: f64) -> String {
    if value.abs() >= 1e12 || (value.abs() > 0.0 && value.abs() < 1e-6) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_out_of_range_is_told_shortly_and_only_where_there_is_a_range() {
        let told = |value, range| Finding::out_of_range("WP201", "/wire_mm", "it", value, range);
        let found = told(-1e308, (0.05, 20.0)).expect("out of range");
        assert_eq!(found.message, "it is -1e308");
        assert_eq!(found.hint, "give a value from 0.05 to 20");
        assert_eq!(
            told(f64::NAN, (0.05, 20.0)).map(|f| f.at),
            Some("/wire_mm".to_owned())
        );
        for (value, range) in [
            (0.05, (0.05, 20.0)),
            (20.0, (0.05, 20.0)),
            (1.0, (3.0, 2.0)),
        ] {
            assert_eq!(told(value, range), None, "{value}");
        }
    }
}
