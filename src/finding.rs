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

    /// The same finding, seen from a document in which this part stands at `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.at = format!("{prefix}{}", self.at);
        self
    }
}
