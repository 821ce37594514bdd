//! The hidden folder in which a report is put together, and the removal of those that killed runs
//! left behind.
//!
//! A run that lives holds a lock on a file in its folder; the system releases it when the run ends,
//! however it ends. The file is locked before it gets the name by which others look for it, so that
//! a folder whose lock can be taken belongs to nobody any more. One without the file is left alone.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// Beginning and end of the name.
const NAME: (&str, &str) = (".wheelpack-", ".tmp");
/// The locked file in the folder.
const LOCK: &str = "lock";
/// Where a commit puts the old report: the only copy of it, if the run was killed just then.
pub(super) const OLD: &str = "old";

/// A folder of this run; removed when dropped.
#[derive(Debug)]
pub(super) struct WorkFolder {
    folder: TempDir,
    /// Held until the folder is gone: fields are dropped in order.
    _lock: Option<File>,
}

impl WorkFolder {
    /// A new folder in `parent`. What killed runs left there is removed, as far as that goes.
    pub(super) fn new_in(parent: &Path) -> io::Result<Self> {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(NAME.0) && name.ends_with(NAME.1) && is_left(&entry.path()) {
                // no harm to this run if it stays
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let mut builder = tempfile::Builder::new();
        let folder = builder.prefix(NAME.0).suffix(NAME.1).tempdir_in(parent)?;
        // a file system without locks: the folder is never taken for a leftover
        let lock = locked(folder.path()).ok();
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Lets the folder stay.
    pub(super) fn keep(self) -> std::path::PathBuf {
        self.folder.keep()
    }
}

fn locked(folder: &Path) -> io::Result<File> {
    let unnamed = folder.join("lock.new");
    let file = File::create_new(&unnamed)?;
    file.try_lock()?;
    fs::rename(unnamed, folder.join(LOCK))?;
    Ok(file)
}

/// Whether the run that made `folder` has ended and left nothing in it that is not made again.
fn is_left(folder: &Path) -> bool {
    let is = |path: &Path, what: fn(&fs::Metadata) -> bool| {
        fs::symlink_metadata(path).is_ok_and(|about| what(&about))
    };
    let lock = folder.join(LOCK);
    is(folder, fs::Metadata::is_dir)
        && is(&lock, fs::Metadata::is_file)
        && File::open(lock).is_ok_and(|lock| lock.try_lock().is_ok())
        && !is(&folder.join(OLD), |_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a run leaves that is killed now.
    fn killed(run: WorkFolder) -> std::path::PathBuf {
        fs::create_dir(run.path().join("new")).unwrap();
        fs::write(run.path().join("new/report.html"), "half").unwrap();
        run.keep()
    }

    #[test]
    fn what_a_dead_run_left_goes_and_what_a_live_one_has_stays() {
        let root = tempfile::tempdir().unwrap();
        let live = WorkFolder::new_in(root.path()).unwrap();
        let dead = killed(WorkFolder::new_in(root.path()).unwrap());
        assert!(dead.join("new/report.html").exists());
        let next = WorkFolder::new_in(root.path()).unwrap();
        assert!(!dead.exists());
        assert!(live.path().exists() && next.path().exists());
        drop((live, next));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_old_report_and_what_is_not_surely_ours_are_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let swapping = killed(WorkFolder::new_in(root.path()).unwrap());
        fs::create_dir(swapping.join(OLD)).unwrap();
        let without_lock = root.path().join(".wheelpack-x.tmp");
        fs::create_dir(&without_lock).unwrap();
        fs::write(without_lock.join("lock.new"), "").unwrap();
        let other_name = killed(WorkFolder::new_in(root.path()).unwrap());
        let renamed = root.path().join("wheelpack-x.tmp");
        fs::rename(other_name, &renamed).unwrap();
        let file = root.path().join(".wheelpack-y.tmp");
        fs::write(&file, "half").unwrap();
        drop(WorkFolder::new_in(root.path()).unwrap());
        for path in [swapping, without_lock, renamed, file] {
            assert!(path.exists(), "{}", path.display());
        }
    }
}
