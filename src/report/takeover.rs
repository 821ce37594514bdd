//! Moves what is not ours from an old report folder into the new one, and back if that fails.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The moves done so far.
#[derive(Debug, Default)]
pub(super) struct Moves {
    done: Vec<(PathBuf, PathBuf)>,
}

impl Moves {
    /// Moves every file below `old` that is not among `ours` (paths relative to `old`) to the same
    /// place below `new`. A name that `new` uses already gets `.old` at its end.
    pub(super) fn take_over(&mut self, old: &Path, new: &Path, ours: &[PathBuf]) -> io::Result<()> {
        self.folder(old, new, Path::new(""), ours)
    }

    fn folder(&mut self, old: &Path, new: &Path, at: &Path, ours: &[PathBuf]) -> io::Result<()> {
        let mut names = fs::read_dir(old.join(at))?
            .map(|entry| {
                let entry = entry?;
                Ok((entry.file_name(), entry.file_type()?))
            })
            .collect::<io::Result<Vec<_>>>()?;
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in names {
            let path = at.join(&name);
            if ours.contains(&path) {
                continue;
            }
            let is_shared =
                ours.iter().any(|our| our.starts_with(&path)) || new.join(&path).is_dir();
            if kind.is_dir() && is_shared {
                self.folder(old, new, &path, ours)?;
            } else {
                self.one(&old.join(&path), &free_name(new.join(&path)))?;
            }
        }
        Ok(())
    }

    fn one(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(from, to)?;
        self.done.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Moves everything back, last first.
    pub(super) fn undo(&mut self) {
        for (from, to) in self.done.drain(..).rev() {
            // best effort: the way was free a moment ago, and the first failure is what is reported
            let _ = fs::rename(to, from);
        }
    }
}

fn free_name(path: PathBuf) -> PathBuf {
    let mut free = path;
    while free.symlink_metadata().is_ok() {
        free.as_mut_os_string().push(".old");
    }
    free
}
