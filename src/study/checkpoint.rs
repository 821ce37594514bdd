//! Finished trials as a log, so that a run that was stopped or killed can go on.
//!
//! The first line, the head, says which run the trials are of. After it each trial is a line, in
//! order, and at the end of each batch, and after every [`SEAL_EVERY`]th trial, stands a seal: how
//! many trials there are above it, and the SHA-256 of everything from the head or seal before it,
//! that line included, down to here. A seal so holds the one before it and through it all above.
//!
//! The log grows by whole batches at its end. What stands after the last seal is what a killed run
//! left half written: it is not read, and the next write takes it away. Whatever else is not as it
//! was written is damage and refused. A trial depends on its number alone, so that a run that goes on
//! ends with the same bytes as one that was never stopped, on any number of threads.

use super::trials::Bench;
use crate::attack::{Outcome, Reader};
use crate::design::source::sha256_hex;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Version of the log.
const FORMAT: u32 = 2;
/// The tool: another version may compute other trials.
const TOOL: &str = concat!("wheelpack ", env!("CARGO_PKG_VERSION"));
/// Trials between two seals, at most: of whatever batch, the seals of a run stand in the same places.
pub(super) const SEAL_EVERY: u64 = 32;
/// How a seal begins, and no trial.
const SEAL: &[u8] = br#"{"sealed":"#;

/// Where the logs of runs are kept, each under a name of its own. The library knows no files: the
/// caller writes them.
pub trait TrialStore: Sync {
    /// What is kept under `name`, `None` where there is nothing.
    ///
    /// # Errors
    /// Where there is something and it cannot be read.
    fn load(&self, name: &str) -> Result<Option<Vec<u8>>>;

    /// Keeps `text` under `name` in the place of an older one, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn save(&self, name: &str, text: &[u8]) -> Result<()>;

    /// Adds `text` at the end of what is kept under `name`, which has `held` bytes, and returns when
    /// it is there to stay; if it is cut short by the end of the process, a beginning of it is there.
    ///
    /// # Errors
    /// Where it cannot be written, or where what is kept has not `held` bytes: another run has
    /// written it.
    fn append(&self, name: &str, held: u64, text: &[u8]) -> Result<()>;
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
}

impl Head {
    fn new(bench: &Bench<'_>) -> Self {
        Self {
            format: FORMAT,
            tool: TOOL.to_owned(),
            design: bench.design.name.clone(),
            sha256: bench.design.sha256.clone(),
            seed: bench.seed,
            attack: bench.attack.name.to_owned(),
            reader: bench.reader.clone(),
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

/// The log of one run.
pub(super) struct Log {
    name: String,
    /// The last head or seal, as a line: the next seal holds it.
    last: Vec<u8>,
    /// Trials above the last seal.
    sealed: u64,
    /// Bytes in the store.
    held: u64,
    /// What the store is to hold instead before anything is added, where it does not hold just that.
    instead: Option<Vec<u8>>,
}

impl Log {
    /// The log of the run of `bench` in `store`, and the trials that are sealed in it.
    ///
    /// # Errors
    /// [`Error::OtherRun`] where they are of another tool, design, seed, attack or reader;
    /// [`Error::TrialsFormat`] where another version has written them; [`Error::DamagedTrials`]
    /// where they are not what was kept; what the store says.
    pub(super) fn open(bench: &Bench<'_>, store: &dyn TrialStore) -> Result<(Self, Vec<Outcome>)> {
        let new = Self::new(bench);
        match store.load(&new.name)? {
            Some(text) => new.read(bench, &text),
            None => Ok((new, Vec::new())),
        }
    }

    /// A log without trials.
    fn new(bench: &Bench<'_>) -> Self {
        let (attack, reader) = (bench.attack.name, &bench.reader.name);
        let head = line(&Head::new(bench));
        Self {
            name: format!("{}.{attack}.{reader}.trials.jsonl", bench.design.name),
            last: head.clone(),
            sealed: 0,
            held: 0,
            instead: Some(head),
        }
    }

    /// Keeps the next `outcomes` in `store`, in time proportional to their number.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn add(&mut self, store: &dyn TrialStore, outcomes: &[Outcome]) -> Result<()> {
        let (mut text, mut block) = (Vec::new(), self.last.clone());
        for (k, outcome) in outcomes.iter().enumerate() {
            block.extend(line(outcome));
            self.sealed += 1;
            if self.sealed.is_multiple_of(SEAL_EVERY) || k + 1 == outcomes.len() {
                let seal = seal(&block, self.sealed);
                text.extend_from_slice(&block[self.last.len()..]);
                text.extend_from_slice(&seal);
                block.clone_from(&seal);
                self.last = seal;
            }
        }
        if let Some(mut whole) = self.instead.take() {
            whole.append(&mut text);
            store.save(&self.name, &whole)?;
            self.held = whole.len() as u64;
        } else {
            store.append(&self.name, self.held, &text)?;
            self.held += text.len() as u64;
        }
        Ok(())
    }

    /// The log as `text` has it, and the trials sealed in it.
    fn read(mut self, bench: &Bench<'_>, text: &[u8]) -> Result<(Self, Vec<Outcome>)> {
        let is_cut_in_the_head = text.len() < self.last.len() && self.last.starts_with(text);
        if is_cut_in_the_head {
            return Ok((self, Vec::new()));
        }
        let damaged = |(line, why)| Error::DamagedTrials {
            name: self.name.clone(),
            line,
            why,
        };
        let is_of = self.read_head(text)?;
        let found = Found::in_log(text).map_err(damaged)?;
        if let Some((what, is, wanted)) = is_of.other_than(&Head::new(bench)) {
            return Err(Error::OtherRun {
                name: self.name,
                what,
                is,
                wanted,
            });
        }
        let read = |(line, number): &(&[u8], usize)| {
            serde_json::from_slice(line).map_err(|e| damaged((*number, e.to_string())))
        };
        let mut outcomes = found.trials.iter().map(read).collect::<Result<Vec<_>>>()?;
        outcomes.truncate(found.sealed);
        self.last = text[found.last..found.end].to_vec();
        self.sealed = found.sealed as u64;
        self.held = text.len() as u64;
        self.instead = (found.end < text.len()).then(|| text[..found.end].to_vec());
        Ok((self, outcomes))
    }

    fn read_head(&self, text: &[u8]) -> Result<Head> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let first = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
        let damaged = |e: serde_json::Error| Error::DamagedTrials {
            name: self.name.clone(),
            line: 1,
            why: e.to_string(),
        };
        let Version { format } = serde_json::from_slice(first).map_err(damaged)?;
        if format != FORMAT {
            return Err(Error::TrialsFormat {
                name: self.name.clone(),
                is: format,
                wanted: FORMAT,
            });
        }
        serde_json::from_slice(first).map_err(damaged)
    }
}

/// What stands in the text of a log.
struct Found<'t> {
    /// Whole lines that are no seals, with their numbers from 1: sealed ones, then others.
    trials: Vec<(&'t [u8], usize)>,
    /// How many of them are sealed.
    sealed: usize,
    /// Where the last seal begins; the head where there is none.
    last: usize,
    /// Where what is sealed ends.
    end: usize,
}

impl<'t> Found<'t> {
    /// Checks every seal in `text`, which has a head; otherwise the line of the damage and what it is.
    fn in_log(text: &'t [u8]) -> std::result::Result<Self, (usize, String)> {
        let mut lines = text.split_inclusive(|&byte| byte == b'\n').zip(1..);
        let head = lines.next().map_or(0, |(line, _)| line.len());
        let mut found = Self {
            trials: Vec::new(),
            sealed: 0,
            last: 0,
            end: head,
        };
        let (mut at, mut sound) = (head, 1);
        for (line, number) in lines.take_while(|(line, _)| line.ends_with(b"\n")) {
            if line.starts_with(SEAL) {
                if line != seal(&text[found.last..at], found.trials.len() as u64) {
                    return Err((sound + 1, not_as_sealed(number, sound, found.sealed)));
                }
                found.sealed = found.trials.len();
                (found.last, found.end, sound) = (at, at + line.len(), number);
            } else {
                found.trials.push((line, number));
            }
            at += line.len();
        }
        Ok(found)
    }
}

/// What is wrong down to line `number`, and what can be saved: the first `sound` lines.
fn not_as_sealed(number: usize, sound: usize, sealed: usize) -> String {
    let from = sound + 1;
    let why = format!("lines {from} to {number} are not what was kept");
    if sealed == 0 {
        return why;
    }
    format!("{why}; remove all but the first {sound} lines to go on from trial {sealed}")
}

/// A head or a trial as a line.
fn line(data: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(data).expect("heads and outcomes are plain data");
    line.push(b'\n');
    line
}

/// The line that seals `block`, which begins with the head or seal before it, where `count` trials
/// stand above.
fn seal(block: &[u8], count: u64) -> Vec<u8> {
    let mut line = SEAL.to_vec();
    line.extend(format!("{count},\"sha256\":\"{}\"}}\n", sha256_hex(block)).bytes());
    line
}

#[cfg(test)]
#[path = "checkpoint_tests.rs"]
mod tests;
