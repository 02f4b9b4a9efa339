//! The folder that keeps everything between runs.
//!
//! One process at a time uses it (a lock that the system drops when the process ends, however it ends),
//! and it says which layout it has, so that an older one is named instead of misread.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Layout of the folder; raised whenever an older one can no longer be read.
const LAYOUT: &str = "1";

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be created or written.
    #[error(
        "state folder `{0}` cannot be written: {1}; free some space, mend its permissions, or choose another one with --state"
    )]
    Unwritable(PathBuf, io::Error),
    /// Another process uses it.
    #[error("state folder `{0}` is in use by another run: stop that one first, or choose another folder with --state")]
    InUse(PathBuf),
    /// It was written by another release.
    #[error(
        "state folder `{folder}` has layout `{found}`, this release reads layout `{LAYOUT}`: start anew with --fresh, or keep it and choose another one with --state"
    )]
    OtherLayout {
        /// The folder.
        folder: PathBuf,
        /// The layout that it names.
        found: String,
    },
    /// It holds something else.
    #[error("folder `{0}` is not empty and was not made by this program: choose another one with --state")]
    Foreign(PathBuf),
}

/// The folder, held by this process.
#[derive(Debug)]
pub(crate) struct State {
    folder: PathBuf,
    _lock: File,
}

impl State {
    /// Takes the folder into use; `fresh` empties it first.
    ///
    /// # Errors
    /// When it cannot be used; nothing in it was changed then.
    pub(crate) fn open(folder: &Path, fresh: bool) -> Result<Self, StateError> {
        let unwritable = |error| StateError::Unwritable(folder.to_owned(), error);
        is_ours(folder)?;
        fs::create_dir_all(folder).map_err(unwritable)?;
        let lock = File::create(folder.join("lock")).map_err(unwritable)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(StateError::InUse(folder.to_owned())),
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
            Ok(()) => {}
        }
        if fresh {
            empty(folder).map_err(unwritable)?;
        }
        layout(folder)?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// A folder inside it, created if it is missing.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn sub(&self, name: &str) -> Result<PathBuf, StateError> {
        let path = self.folder.join(name);
        fs::create_dir_all(&path).map_err(|error| StateError::Unwritable(path.clone(), error))?;
        Ok(path)
    }
}

/// Nothing that this program did not make is ever emptied or written into.
fn is_ours(folder: &Path) -> Result<(), StateError> {
    let empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    let ours = empty || folder.join("layout").exists() || folder.join("lock").exists();
    if ours { Ok(()) } else { Err(StateError::Foreign(folder.to_owned())) }
}

fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.file_name() {
            Some(name) if name == "lock" => {}
            _ if path.is_dir() => fs::remove_dir_all(&path)?,
            _ => fs::remove_file(&path)?,
        }
    }
    Ok(())
}

fn layout(folder: &Path) -> Result<(), StateError> {
    let path = folder.join("layout");
    match fs::read_to_string(&path) {
        Ok(found) if found.trim() == LAYOUT => Ok(()),
        Ok(found) => Err(StateError::OtherLayout { folder: folder.to_owned(), found: found.trim().to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::write(&path, LAYOUT).map_err(|error| StateError::Unwritable(path.clone(), error))
        }
        Err(error) => Err(StateError::Unwritable(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_used_by_one_process_at_a_time_and_kept_between_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let first = State::open(&path, false).unwrap();
        fs::write(first.sub("aws").unwrap().join("data"), "kept").unwrap();
        assert!(matches!(State::open(&path, false), Err(StateError::InUse(_))));
        assert!(matches!(State::open(&path, true), Err(StateError::InUse(_))), "not even to empty it");
        drop(first);
        let again = State::open(&path, false).unwrap();
        assert_eq!(fs::read_to_string(again.sub("aws").unwrap().join("data")).unwrap(), "kept");
        drop(again);
        State::open(&path, true).unwrap();
        assert!(!path.join("aws").exists());
    }

    #[test]
    fn another_layout_and_a_foreign_folder_are_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        assert!(matches!(State::open(folder.path(), true), Err(StateError::Foreign(_))));
        assert!(folder.path().join("thesis.txt").exists());
        let old = tempfile::tempdir().unwrap();
        fs::write(old.path().join("layout"), "0").unwrap();
        let error = State::open(old.path(), false).unwrap_err().to_string();
        assert!(error.contains("layout `0`") && error.contains("--fresh"), "{error}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_names_its_path() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = State::open(&file.path().join("below"), false).unwrap_err().to_string();
        assert!(error.contains("cannot be written") && error.contains("--state"), "{error}");
    }
}
