//! Writing results whole or not at all.
//!
//! An [`OutputFolder`] is opened before the long run, so that a bad path fails at once. Its files
//! are collected in a hidden folder beside the target; [`OutputFolder::commit`] swaps the two.
//! Whatever happens before leaves the old report untouched. What a killed run left hidden is removed
//! by the next one beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::takeover;
use super::work_folder::{OLD, WorkFolder};
use crate::design::source::sha256_hex;
use crate::error::{Error, Result};
use serde::Deserialize;

/// The file that marks a folder as a report of this tool: JSON whose `tool` begins with the name.
pub const MARKER: &str = "summary.json";

/// The list of the files the tool wrote, in the format of `sha256sum --check`.
pub const MANIFEST: &str = "SHA256SUMS";

/// The page of a report.
pub const PAGE: &str = "report.html";

/// A report folder being written.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    /// Holds `new`, and during the swap `old`; stands beside the target, on the same disk.
    work: WorkFolder,
    /// SHA-256 by name of each file written.
    files: BTreeMap<String, String>,
}

impl OutputFolder {
    /// Makes sure that a report by `command` can be written at `target`, which need not exist; its parent must.
    ///
    /// # Errors
    /// [`Error::OfCommand`] where there are results of another command.
    /// [`Error::Write`] if the parent is missing or not writable, or `target` is a file, a mount
    /// point or the current folder; [`Error::NotOurs`] if `target` is a folder with something in
    /// it but no report.
    pub fn open(target: impl AsRef<Path>, command: &'static str) -> Result<Self> {
        let shown = target.as_ref();
        let target = match fs::canonicalize(shown) {
            Ok(existing) => {
                check_existing((shown, &existing), command)?;
                existing
            }
            Err(source) if source.kind() == io::ErrorKind::NotFound => shown.to_owned(),
            Err(source) => return Err(write_error(shown, source)),
        };
        let parent = parent_of(&target);
        if !parent.is_dir() {
            let why = format!("there is no folder {}: make it first", parent.display());
            return Err(write_error(
                shown,
                io::Error::new(io::ErrorKind::NotFound, why),
            ));
        }
        let work = WorkFolder::new_in(&parent).map_err(|source| write_error(shown, source))?;
        fs::create_dir(work.path().join("new")).map_err(|source| write_error(shown, source))?;
        Ok(Self {
            target,
            work,
            files: BTreeMap::new(),
        })
    }

    /// Where the report will stand.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Adds a file at the path `name` below the report, with `/` between folders; a file of that
    /// name written before is replaced.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk refuses, or if `name` leads out of the report.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let fail = |source| write_error(&self.target.join(name), source);
        let stays_inside = !name.is_empty()
            && !name.contains(['\n', '\\'])
            && Path::new(name)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
        if !stays_inside {
            return Err(fail(invalid("the name does not stay inside the report")));
        }
        let path = self.work.path().join("new").join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        fs::write(&path, bytes).map_err(fail)?;
        self.files.insert(name.to_owned(), sha256_hex(bytes));
        Ok(())
    }

    /// Puts the report in the place of the old one. What the tool had written there is gone
    /// afterwards; everything else in the folder (notes, a README) is moved over, and gets `.old`
    /// at its end if the new report has a file of that name.
    ///
    /// # Errors
    /// [`Error::Write`]; the old report is then back in its place.
    pub fn commit(self) -> Result<()> {
        let new = self.work.path().join("new");
        let old = self.work.path().join(OLD);
        let fail = |source| write_error(&self.target, source);
        let manifest: String = self
            .files
            .iter()
            .map(|(name, hash)| format!("{hash}  {name}\n"))
            .collect();
        fs::write(new.join(MANIFEST), manifest).map_err(fail)?;
        let Ok(about) = fs::metadata(&self.target) else {
            return fs::rename(&new, &self.target).map_err(fail);
        };
        fs::set_permissions(&new, about.permissions()).map_err(fail)?;
        fs::rename(&self.target, &old).map_err(fail)?;
        let mut moves = takeover::Moves::default();
        let swapped = moves
            .take_over(&old, &new, &written_by_us(&old))
            .and_then(|()| fs::rename(&new, &self.target));
        let Err(why) = swapped else {
            return Ok(());
        };
        moves.undo();
        if fs::rename(&old, &self.target).is_err() {
            // it must not be deleted with the work folder
            let kept = self.work.keep().join(OLD);
            return Err(write_error(
                &kept,
                io::Error::other(format!("{why}; the old report is here")),
            ));
        }
        Err(fail(why))
    }
}

/// Writes one file whole or not at all: beside the target first, then renamed over it. A pipe or
/// device is written to directly.
///
/// # Errors
/// [`Error::Write`]; an old file is then unchanged.
pub fn write_file_atomically(path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let shown = path.as_ref();
    let fail = |source| write_error(shown, source);
    // a link stays a link: the file it names is replaced
    let path = fs::canonicalize(shown).unwrap_or_else(|_| shown.to_owned());
    let about = fs::metadata(&path).ok();
    if about.as_ref().is_some_and(|about| !about.is_file()) {
        return fs::write(&path, bytes).map_err(fail);
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wheelpack-").suffix(".tmp");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent_of(&path)).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    if let Some(about) = about {
        file.as_file()
            .set_permissions(about.permissions())
            .map_err(fail)?;
    }
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&path).map_err(|fault| fail(fault.error))?;
    Ok(())
}

/// Replaces the file at `name` below `folder`, and its line in the list of files of every report that holds it: that of
/// `folder` itself, or of a folder in between. A report whose results were stored anew so still fits its list.
///
/// # Errors
/// [`Error::Write`]; the file, or the list that could not be written, is then unchanged.
pub fn replace_listed(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    write_file_atomically(folder.join(name), bytes)?;
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
    for start in starts {
        let (above, listed) = name.split_at(start);
        let manifest = folder.join(above).join(MANIFEST);
        let Ok(old) = fs::read_to_string(&manifest) else {
            continue;
        };
        let line = |old: &str| match old.split_once("  ") {
            Some((_, file)) if file == listed => format!("{}  {listed}\n", sha256_hex(bytes)),
            _ => format!("{old}\n"),
        };
        let new: String = old.lines().map(line).collect();
        if new != old {
            write_file_atomically(&manifest, new.as_bytes())?;
        }
    }
    Ok(())
}

fn check_existing((shown, existing): (&Path, &Path), command: &'static str) -> Result<()> {
    let fail = |source| write_error(shown, source);
    let is_empty = fs::read_dir(existing).map_err(fail)?.next().is_none();
    let path = shown.to_owned();
    match marker(existing) {
        None if !is_empty => {
            return Err(Error::NotOurs {
                path,
                marker: MARKER,
            });
        }
        Some(Marker {
            command: Some(is), ..
        }) if is != command => {
            return Err(Error::OfCommand {
                path,
                is,
                wanted: command,
            });
        }
        _ => {}
    }
    if std::env::current_dir().is_ok_and(|here| here.starts_with(existing)) {
        return Err(fail(invalid(
            "it is the current folder: name a folder inside it",
        )));
    }
    if is_mount_point(existing).map_err(fail)? {
        return Err(fail(invalid(
            "it is a mount point: name a folder inside it",
        )));
    }
    Ok(())
}

#[cfg(unix)]
fn is_mount_point(folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(folder)?.dev() != fs::metadata(parent_of(folder))?.dev())
}

#[cfg(not(unix))]
fn is_mount_point(folder: &Path) -> io::Result<bool> {
    Ok(folder.parent().is_none())
}

/// The designs of the report at `folder`: `None` where there is none with a page and a list of files.
#[must_use]
pub fn report_at(folder: &Path) -> Option<Vec<Reported>> {
    let is_there = |name: &str| folder.join(name).is_file();
    let is_report = marker(folder)?.command.is_some_and(|c| c == "report");
    if !(is_report && is_there(PAGE) && is_there(MANIFEST)) {
        return None;
    }
    let bytes = fs::read(folder.join(MARKER)).ok()?;
    let on: On = serde_json::from_slice(&bytes).ok()?;
    Some(on.designs)
}

/// What the marker of a report says it is on.
#[derive(Deserialize)]
struct On {
    designs: Vec<Reported>,
}

/// A design that a report is on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reported {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub file: String,
}

/// What a marker says of its folder.
#[derive(Deserialize)]
struct Marker {
    tool: String,
    command: Option<String>,
}

/// The marker of a folder that this tool has written.
fn marker(folder: &Path) -> Option<Marker> {
    let bytes = fs::read(folder.join(MARKER)).ok()?;
    let marker: Marker = serde_json::from_slice(&bytes).ok()?;
    marker.tool.starts_with("wheelpack").then_some(marker)
}

/// The names of the files in a report that the tool wrote.
fn written_by_us(report: &Path) -> Vec<PathBuf> {
    let manifest = fs::read_to_string(report.join(MANIFEST)).unwrap_or_default();
    let listed = manifest.lines().filter_map(|line| line.split_once("  "));
    let mut names: Vec<PathBuf> = listed.map(|(_, name)| name.into()).collect();
    names.push(MANIFEST.into());
    names.push(MARKER.into());
    names
}

fn parent_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn write_error(path: &Path, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

#[cfg(test)]
#[path = "output_tests.rs"]
mod tests;
