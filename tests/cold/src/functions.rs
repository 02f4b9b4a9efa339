//! The functions of the catalogue, each with its binary and a sample of what wakes it.

use anyhow::{Context as _, Result};
use catalog::Function;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A binary that can be started.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Name of the function.
    pub name: String,
    /// Where the binary is.
    pub path: PathBuf,
    /// An event as it really arrives.
    pub event: Value,
}

/// The folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every function of the catalogue whose binary is in `folder`, and the names of those whose is not.
///
/// # Errors
/// When the catalogue is wrong, or a function has no sample event.
pub fn all(folder: &Path) -> Result<(Vec<Binary>, Vec<String>)> {
    let catalog = catalog::catalog()?;
    let of = |function: &Function| -> Result<Binary> {
        let name = function.name().to_owned();
        Ok(Binary { event: sample(&name)?, path: folder.join(&name), name })
    };
    let all = catalog.functions.iter().map(of).collect::<Result<Vec<_>>>()?;
    let (there, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|binary| binary.path.is_file());
    Ok((there, missing.into_iter().map(|binary| binary.name).collect()))
}

/// The sample of what wakes a function: `events/<what>/<name>.json`, or the first file of `events/<name>`.
fn sample(name: &str) -> Result<Value> {
    let events = root().join("events");
    let path = among(&events, |folder| folder.join(format!("{name}.json")).is_file())?
        .map(|folder| folder.join(format!("{name}.json")));
    let path = match path {
        Some(path) => Some(path),
        None => among(&events.join(name), |file| file.extension().is_some_and(|end| end == "json"))?,
    };
    let path = path.with_context(|| format!("`{name}` has no sample event: put one into events/"))?;
    let text = fs::read_to_string(&path)?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// The first entry of `folder`, in the order of names, that `fits`.
fn among(folder: &Path, fits: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(None) };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths.into_iter().find(|path| fits(path)))
}
