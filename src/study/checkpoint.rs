//! Finished trials as text, so that a run that was stopped or killed can go on.
//!
//! The first line says which run the trials are of; each further line is one trial, in order. A trial
//! depends on its number alone, so that a run that goes on ends with the same bytes as one that was
//! never stopped, whatever its batches were.

use super::trials::Bench;
use crate::attack::{Outcome, Reader};
use crate::design::source::sha256_hex;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Version of the text.
const FORMAT: u32 = 1;
/// The tool: another version may compute other trials.
const TOOL: &str = concat!("wheelpack ", env!("CARGO_PKG_VERSION"));

/// Where the trials of runs are kept, each under a name of its own. The library knows no files: the
/// caller writes them, whole or not at all.
pub trait TrialStore: Sync {
    /// The text kept under `name`, `None` where there is none.
    ///
    /// # Errors
    /// Where there is one and it cannot be read.
    fn load(&self, name: &str) -> Result<Option<String>>;

    /// Keeps `text` under `name` in the place of an older one.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn save(&self, name: &str, text: &str) -> Result<()>;
}

/// Which run trials are of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    tool: String,
    design: String,
    sha256: String,
    seed: u64,
    attack: String,
    reader: Reader,
    trials: u64,
    body_sha256: String,
}

impl Head {
    fn new(bench: &Bench<'_>, trials: u64, body: &str) -> Self {
        Self {
            format: FORMAT,
            tool: TOOL.to_owned(),
            design: bench.design.name.clone(),
            sha256: bench.design.sha256.clone(),
            seed: bench.seed,
            attack: bench.attack.name.to_owned(),
            reader: bench.reader.clone(),
            trials,
            body_sha256: sha256_hex(body.as_bytes()),
        }
    }

    /// The first thing in which the run of `self` is not that of `wanted`: what, its own, wanted.
    fn other_than(&self, wanted: &Self) -> Option<(&'static str, String, String)> {
        let text = |s: &str| s.to_owned();
        let pairs = [
            ("tool", text(&self.tool), text(&wanted.tool)),
            ("design", text(&self.design), text(&wanted.design)),
            ("design file", text(&self.sha256), text(&wanted.sha256)),
            ("seed", self.seed.to_string(), wanted.seed.to_string()),
            ("attack", text(&self.attack), text(&wanted.attack)),
        ];
        let other = pairs.into_iter().find(|(_, is, wanted)| is != wanted);
        other.or_else(|| {
            let json = |r: &Reader| serde_json::to_string(r).unwrap_or_default();
            let differs = self.reader != wanted.reader;
            differs.then(|| ("reader", json(&self.reader), json(&wanted.reader)))
        })
    }
}

/// The name under which the trials of a run are kept: a file name.
pub(super) fn name(bench: &Bench<'_>) -> String {
    let (attack, reader) = (bench.attack.name, &bench.reader.name);
    format!("{}.{attack}.{reader}.trials.jsonl", bench.design.name)
}

/// `outcomes` of the first trials of a run as text.
pub(super) fn write(bench: &Bench<'_>, outcomes: &[Outcome]) -> String {
    let mut body = String::new();
    for outcome in outcomes {
        body += &serde_json::to_string(outcome).expect("outcomes are plain data");
        body.push('\n');
    }
    let head = Head::new(bench, outcomes.len() as u64, &body);
    let head = serde_json::to_string(&head).expect("a head is plain data");
    format!("{head}\n{body}")
}

/// The outcomes in `text`, kept under the run's name.
///
/// # Errors
/// [`Error::OtherRun`] where they are of another tool, design, seed, attack or reader;
/// [`Error::DamagedTrials`] where the text is not what was kept.
pub(super) fn read(bench: &Bench<'_>, text: &str) -> Result<Vec<Outcome>> {
    let damaged = |line: usize, why: String| Error::DamagedTrials {
        name: name(bench),
        line,
        why,
    };
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    let head: Head = serde_json::from_str(first).map_err(|e| damaged(1, e.to_string()))?;
    if let Some((what, is, wanted)) = head.other_than(&Head::new(bench, 0, "")) {
        return Err(Error::OtherRun {
            name: name(bench),
            what,
            is,
            wanted,
        });
    }
    let mut outcomes = Vec::new();
    for (k, line) in body.lines().enumerate() {
        let outcome = serde_json::from_str(line).map_err(|e| damaged(k + 2, e.to_string()))?;
        outcomes.push(outcome);
    }
    if outcomes.len() as u64 != head.trials || sha256_hex(body.as_bytes()) != head.body_sha256 {
        let why = "the trials are not those that were kept".to_owned();
        return Err(damaged(outcomes.len() + 1, why));
    }
    Ok(outcomes)
}

#[cfg(test)]
#[path = "checkpoint_tests.rs"]
mod tests;
