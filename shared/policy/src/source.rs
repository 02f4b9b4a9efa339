//! The policy files on disk.

use crate::PolicyError;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Larger files are refused: the whole policy is a few dozen kilobytes.
const LARGEST_FILE: u64 = 1 << 20;

/// One policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// Path inside the policy folder, with `/`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

/// All rule files below `dir`, sorted by name. Tests of rules are not rules.
pub(crate) fn read(dir: &Path) -> Result<Vec<Source>, PolicyError> {
    files(dir)?.iter().map(|path| one(dir, path)).collect()
}

/// All files of tests below `dir`, sorted by name.
pub(crate) fn tests(dir: &Path) -> Result<Vec<Source>, PolicyError> {
    below(dir, is_tests)?.iter().map(|path| one(dir, path)).collect()
}

/// The paths of all rule files below `dir`, sorted.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>, PolicyError> {
    below(dir, is_rules)
}

fn below(dir: &Path, wanted: fn(&Path) -> bool) -> Result<Vec<PathBuf>, PolicyError> {
    let mut found = Vec::new();
    walk(dir, wanted, &mut found).map_err(|cause| unreadable(dir, cause))?;
    found.sort();
    Ok(found)
}

/// SHA-256 over names and texts, in order: the same files have the same revision anywhere.
pub(crate) fn revision(sources: &[Source]) -> String {
    let mut hash = Sha256::new();
    for Source { name, text } in sources {
        for part in [name, text] {
            hash.update(part.len().to_string());
            hash.update([0]);
            hash.update(part);
        }
    }
    hex::encode(hash.finalize())
}

fn walk(dir: &Path, wanted: fn(&Path) -> bool, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, wanted, found)?;
        } else if wanted(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_rules(path: &Path) -> bool {
    is_rego(path, false)
}

fn is_tests(path: &Path) -> bool {
    is_rego(path, true)
}

fn is_rego(path: &Path, of_tests: bool) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| {
        name.ends_with(".rego") && name.ends_with("_test.rego") == of_tests && !name.starts_with('.')
    })
}

fn one(dir: &Path, path: &Path) -> Result<Source, PolicyError> {
    let size = fs::metadata(path).map_err(|cause| unreadable(path, cause))?;
    if size.len() > LARGEST_FILE {
        let cause = io::Error::new(io::ErrorKind::FileTooLarge, "the file is above 1 MiB");
        return Err(unreadable(path, cause));
    }
    let text = fs::read_to_string(path).map_err(|cause| unreadable(path, cause))?;
    let inside = path.strip_prefix(dir).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    Ok(Source { name: parts.join("/"), text })
}

fn unreadable(path: &Path, cause: io::Error) -> PolicyError {
    PolicyError::Unreadable { path: path.to_owned(), cause }
}
