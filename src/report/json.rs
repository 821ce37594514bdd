//! The envelope of every JSON result.

use crate::design::{Assumption, Design};
use serde::Serialize;

/// Version of the output format.
pub const FORMAT: u32 = 1;
/// This tool with its version.
pub const TOOL: &str = concat!("wheelpack ", env!("CARGO_PKG_VERSION"));

/// What every result says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct Envelope<T> {
    /// Version of the output format.
    pub format: u32,
    /// Tool and version.
    pub tool: &'static str,
    /// The command that made it.
    pub command: String,
    /// Seed of all random numbers.
    pub seed: u64,
    /// The designs, in the order given.
    pub designs: Vec<DesignId>,
    /// One result a design, in the same order.
    pub results: Vec<T>,
}

/// Which design a result is of.
#[derive(Debug, Clone, Serialize)]
pub struct DesignId {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Its numbers that rest on no source, where the result does not list them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<Vec<Assumption>>,
}

impl<T: Serialize> Envelope<T> {
    /// Results of `command` for `designs`.
    #[must_use]
    pub fn new(
        command: impl Into<String>,
        seed: u64,
        designs: &[&Design],
        results: Vec<T>,
    ) -> Self {
        let id = |d: &&Design| DesignId {
            name: d.name.clone(),
            file: d.file.clone(),
            sha256: d.sha256.clone(),
            assumptions: Some(d.assumptions.clone()),
        };
        Self {
            format: FORMAT,
            tool: TOOL,
            command: command.into(),
            seed,
            designs: designs.iter().map(id).collect(),
            results,
        }
    }

    /// The same for results that list the assumptions of their designs themselves.
    #[must_use]
    pub fn without_assumptions(mut self) -> Self {
        for design in &mut self.designs {
            design.assumptions = None;
        }
        self
    }

    /// The document, indented, with a newline at its end.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_text(self)
    }
}

/// A document, indented, with a newline at its end.
#[must_use]
pub fn to_text(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("results are plain data");
    text.push('\n');
    text
}
