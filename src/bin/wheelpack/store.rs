//! Trials kept in a folder, so that a run that was stopped or killed can go on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use wheelpack::report::output::write_file_atomically;
use wheelpack::study::TrialStore;
use wheelpack::{Error, error};

/// The end of the name of every file in which trials are kept.
const ENDING: &str = ".trials.jsonl";

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
        if let Some(kept) = folder.kept().map_err(fail)?.first()
            && !goes_on
        {
            anyhow::bail!(
                "{} holds trials of an earlier run ({kept}): add --resume to go on with them, or choose another --out",
                path.display()
            );
        }
        Ok(folder)
    }

    /// The names of the files with trials, sorted.
    fn kept(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(ENDING) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Writes a result beside the trials, whole or not at all.
    pub(crate) fn write(&self, name: &str, text: &str) -> error::Result<()> {
        write_file_atomically(self.path.join(name), text.as_bytes())
    }

    /// Removes the trials, and the folder if nothing else is in it.
    pub(crate) fn clear(self) -> io::Result<()> {
        for name in self.kept()? {
            fs::remove_file(self.path.join(name))?;
        }
        // something else in it is not ours to remove
        let _ = fs::remove_dir(&self.path);
        Ok(())
    }
}

impl TrialStore for Folder {
    fn load(&self, name: &str) -> error::Result<Option<String>> {
        let path = self.path.join(name);
        if !self.goes_on {
            return Ok(None);
        }
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    fn save(&self, name: &str, text: &str) -> error::Result<()> {
        self.write(name, text)
    }
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
        first.save("a.trials.jsonl", "one\n").unwrap();
        let again = Folder::open(&at, true).unwrap();
        assert_eq!(
            again.load("a.trials.jsonl").unwrap().as_deref(),
            Some("one\n")
        );
        let said = Folder::open(&at, false).unwrap_err().to_string();
        again.clear().unwrap();
        assert!(!at.exists());
        assert!(
            said.contains("a.trials.jsonl") && said.contains("--resume"),
            "{said}"
        );
    }
}
