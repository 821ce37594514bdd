//! The one error of the library: what cannot go on at all.
//!
//! Faults *in a design* are [`crate::finding::Finding`]s, collected all at once; an `Error` says
//! that there is nothing to collect (a file that cannot be read, a folder that cannot be written).

use std::path::PathBuf;

/// `Result` with the crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call could not go on. Every variant carries the facts and the cure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The path names a folder where a design file is needed.
    #[error("{} is a folder: name a design file in it, for example {}/lock.json", path.display(), path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The path names a pipe, a device or a socket.
    #[error("{} is not a regular file: copy it into one, or pipe it in and name it `-`", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file is not UTF-8 text.
    #[error("{}, line {line}: not UTF-8 text: save the file as UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Line of the first byte that is not UTF-8, from 1.
        line: usize,
    },
    /// The file is larger than any design can be.
    #[error("{} has {bytes} bytes: a design file has at most {limit}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
        /// The largest size accepted.
        limit: u64,
    },
    /// The output folder holds something that is not a report of this tool.
    #[error("{} exists and is not a wheelpack report (no {marker} of wheelpack in it): choose another --out, or remove it", path.display())]
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// The file that marks a report.
        marker: &'static str,
    },
    /// The output folder holds results of another command.
    #[error("{} holds results of `wheelpack {is}`, which `{wanted}` would replace: choose another --out, or remove it", path.display())]
    OfCommand {
        /// The folder.
        path: PathBuf,
        /// The command that made them.
        is: String,
        /// The command that would write there.
        wanted: &'static str,
    },
    /// A name that is in none of the registries.
    #[error("unknown {kind} `{name}`{}{}; there are: {}", of_whom(of), near_miss(near), known.join(", "))]
    Unknown {
        /// What was looked for (family, attack, reader, …).
        kind: &'static str,
        /// The name given.
        name: String,
        /// The design that knows none of this name, where it depends on the design.
        of: Option<String>,
        /// The nearest known name, if one is near.
        near: Option<String>,
        /// All known names.
        known: Vec<String>,
    },
    /// The analysis does not apply to this lock.
    #[error("{what} is not applicable to {to}: {why}")]
    NotApplicable {
        /// The analysis.
        what: &'static str,
        /// The lock or family.
        to: String,
        /// The reason.
        why: String,
    },
    /// A parameter outside the range in which the computation is defined.
    #[error("{name} is {got}: it must be {allowed}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// The value given.
        got: String,
        /// What would pass.
        allowed: String,
    },
    /// The user asked to stop; what was done so far is kept by the caller.
    #[error("stopped by the user after {done} of {total} trials")]
    Stopped {
        /// Trials finished.
        done: u64,
        /// Trials asked for.
        total: u64,
    },
    /// Trials kept by another run.
    #[error(
        "{name} holds trials of another run: {what} {is}, now {wanted}: repeat the command that made it, or choose another --out"
    )]
    OtherRun {
        /// The name they are kept under.
        name: String,
        /// In what the runs differ.
        what: &'static str,
        /// What it is there.
        is: String,
        /// What it is now.
        wanted: String,
    },
    /// Trials kept by a version of the tool that writes them otherwise.
    #[error(
        "{name} holds trials in format {is}, this version reads and writes {wanted}: go on with the version that made it, or choose another --out"
    )]
    TrialsFormat {
        /// The name they are kept under.
        name: String,
        /// Their format.
        is: u32,
        /// That of this version.
        wanted: u32,
    },
    /// Trials that are not what was kept.
    #[error("{name}, line {line}: damaged: {why}; remove the file to start again")]
    DamagedTrials {
        /// The name they are kept under.
        name: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// A text that is no dial program.
    #[error("no dial program, character {}: {why}\n  {text}\n  {:at$}^", at + 1, "")]
    Program {
        /// The text.
        text: String,
        /// Character position of the fault, from 0.
        at: usize,
        /// What was expected there.
        why: String,
    },
    /// A figure could not be drawn.
    #[error("figure {figure} could not be drawn: {why}")]
    Figure {
        /// Name of the figure.
        figure: &'static str,
        /// What the drawing library said.
        why: String,
    },
}

impl Error {
    /// [`Error::Unknown`], with the nearest of the known names.
    pub fn unknown(kind: &'static str, name: &str, known: &[&str]) -> Self {
        Self::Unknown {
            kind,
            name: name.to_owned(),
            of: None,
            near: nearest(name, known).map(str::to_owned),
            known: known.iter().map(|&k| k.to_owned()).collect(),
        }
    }

    /// The same, where a name is unknown, with the design that does not know it.
    #[must_use]
    pub fn of_design(mut self, design: &str) -> Self {
        if let Self::Unknown { of, .. } = &mut self {
            *of = Some(design.to_owned());
        }
        self
    }
}

/// The known name that `name` is most likely a misspelling of: at most a third of its letters
/// wrong, missing, added or swapped with a neighbour (one in short names); `None` if none is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase();
    let letters = name.chars().take(100).count();
    if letters == 100 {
        return None;
    }
    known
        .iter()
        .map(|k| (strsim::osa_distance(&name, &k.to_lowercase()), *k))
        .filter(|(distance, _)| *distance <= (letters / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}

fn of_whom(of: &Option<String>) -> String {
    of.as_ref()
        .map_or_else(String::new, |design| format!(" of `{design}`"))
}

fn near_miss(near: &Option<String>) -> String {
    near.as_ref()
        .map_or_else(String::new, |n| format!(" (did you mean `{n}`?)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_found_and_a_far_one_is_not() {
        let known = ["gate_width_mm", "gate_depth_mm", "law"];
        assert_eq!(nearest("gate_widht_mm", &known), Some("gate_width_mm"));
        assert_eq!(nearest("Gate_Depth_mm", &known), Some("gate_depth_mm"));
        assert_eq!(nearest("lawn", &known), Some("law"));
        assert_eq!(nearest("radius", &known), None);
        assert_eq!(nearest(&"x".repeat(1 << 20), &known), None);
    }

    #[test]
    fn an_unknown_name_says_what_there_is() {
        let error = Error::unknown("attack", "manipulaton", &["manipulation", "exhaustive"]);
        assert_eq!(
            error.to_string(),
            "unknown attack `manipulaton` (did you mean `manipulation`?); \
             there are: manipulation, exhaustive"
        );
    }
}
