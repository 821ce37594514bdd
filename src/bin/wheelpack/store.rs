//! Trials kept in a folder, so that a run that was stopped or killed can go on.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use wheelpack::report::output::write_file_atomically;
use wheelpack::study::TrialStore;
use wheelpack::{Error, error};

/// The end of the name of every file in which trials are kept.
const ENDING: &str = ".trials.jsonl";

/// Beginning and end of the names of files that are being written.
const UNFINISHED: (&str, &str) = (".wheelpack-", ".tmp");

/// A folder in which trials are kept.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    goes_on: bool,
}

impl Folder {
    /// The folder at `path`, made where it does not exist. Trials that an earlier run left there are
    /// gone on with if `goes_on`, and otherwise a reason not to run.
    pub(crate) fn open(path: &Path, goes_on: bool) -> anyhow::Result<Self> {
        let fail = |source| Error::Write {
            path: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(fail)?;
        let folder = Self {
            path: path.to_owned(),
            goes_on,
        };
        if goes_on {
            folder.sweep_up().map_err(fail)?;
        } else if let Some(kept) = folder.files(ENDING).map_err(fail)?.first() {
            anyhow::bail!(
                "{} holds trials of an earlier run ({kept}): add --resume to go on with them, or choose another --out",
                path.display()
            );
        }
        Ok(folder)
    }

    /// The folder beside `out`, its name with `.trials`, in which the trials for a result there are kept
    /// until it is written.
    pub(crate) fn beside(out: &Path) -> anyhow::Result<Self> {
        let mut path = out.to_owned().into_os_string();
        path.push(".trials");
        Self::open(Path::new(&path), true)
    }

    /// The names of the files that end so, sorted.
    fn files(&self, ending: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(ending) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Removes what a run that was killed while writing has left.
    fn sweep_up(&self) -> io::Result<()> {
        for name in self.files(UNFINISHED.1)? {
            if name.starts_with(UNFINISHED.0) {
                fs::remove_file(self.path.join(name))?;
            }
        }
        Ok(())
    }

    /// Writes a result beside the trials, whole or not at all.
    pub(crate) fn write(&self, name: &str, text: &str) -> error::Result<()> {
        write_file_atomically(self.path.join(name), text.as_bytes())
    }

    /// Removes the trials, and the folder if nothing else is in it.
    pub(crate) fn clear(self) -> io::Result<()> {
        for name in self.files(ENDING)? {
            fs::remove_file(self.path.join(name))?;
        }
        // something else in it is not ours to remove
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }
}

impl TrialStore for Folder {
    fn load(&self, name: &str) -> error::Result<Option<Vec<u8>>> {
        let path = self.path.join(name);
        if !self.goes_on {
            return Ok(None);
        }
        match fs::read(&path) {
            Ok(text) => Ok(Some(text)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    fn save(&self, name: &str, text: &[u8]) -> error::Result<()> {
        write_file_atomically(self.path.join(name), text)
    }

    fn append(&self, name: &str, held: u64, text: &[u8]) -> error::Result<()> {
        let path = self.path.join(name);
        add(&path, held, text).map_err(|source| Error::Write { path, source })
    }
}

/// Adds `text` at the end of the file at `path`, which has `held` bytes, and waits for the disk.
fn add(path: &Path, held: u64, text: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().append(true).open(path)?;
    let length = file.metadata()?.len();
    if length != held {
        return Err(io::Error::other(format!(
            "it has {length} bytes where this run has written {held}: give each run an --out of its own"
        )));
    }
    file.write_all(text)?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_by_who_goes_on_and_stops_who_does_not() {
        let home = tempfile::tempdir().unwrap();
        let at = home.path().join("run");
        let first = Folder::open(&at, false).unwrap();
        assert_eq!(first.load("a.trials.jsonl").unwrap(), None);
        first.save("a.trials.jsonl", b"one\n").unwrap();
        fs::write(at.join(".wheelpack-x.tmp"), "half").unwrap();
        let again = Folder::open(&at, true).unwrap();
        assert!(!at.join(".wheelpack-x.tmp").exists());
        assert_eq!(
            again.load("a.trials.jsonl").unwrap().as_deref(),
            Some(b"one\n".as_slice())
        );
        let said = Folder::open(&at, false).unwrap_err().to_string();
        again.clear().unwrap();
        assert!(!at.exists());
        assert!(
            said.contains("a.trials.jsonl") && said.contains("--resume"),
            "{said}"
        );
    }

    #[test]
    fn a_log_grows_at_its_end_and_not_where_somebody_else_has_written() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(&home.path().join("run"), true).unwrap();
        let name = "a.trials.jsonl";
        assert!(folder.append(name, 0, b"x").is_err(), "there is none yet");
        folder.save(name, b"one\n").unwrap();
        folder.append(name, 4, b"two\n").unwrap();
        let said = folder.append(name, 4, b"three\n").unwrap_err().to_string();
        assert!(
            said.contains(name) && said.contains("8 bytes") && said.contains("--out of its own"),
            "{said}"
        );
        let held = folder.load(name).unwrap();
        assert_eq!(held.as_deref(), Some(b"one\ntwo\n".as_slice()));
    }
}
