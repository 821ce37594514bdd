//! A collector of findings that knows where in the file it stands.

use crate::finding::Finding;

/// Findings so far and the JSON pointer of the part being checked.
#[derive(Debug, Default)]
pub struct Findings {
    at: String,
    /// The findings, in the order of the checks.
    pub list: Vec<Finding>,
}

impl Findings {
    /// Runs `check` further down the file; `step` may hold several steps joined by `/`.
    pub fn within(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let length = self.at.len();
        self.at.push('/');
        self.at.push_str(step);
        check(self);
        self.at.truncate(length);
    }

    /// An error here.
    pub fn error(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.list
            .push(Finding::error(code, self.at.clone(), message, hint));
    }

    /// A warning here.
    pub fn warning(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.list
            .push(Finding::warning(code, self.at.clone(), message, hint));
    }
}
