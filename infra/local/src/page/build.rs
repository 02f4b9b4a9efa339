//! Builds the page with Node.js, once whatever the number of systems that start, and shows what Node.js says.
//!
//! The build goes to a folder of its own and takes its place by a rename, so a killed build leaves nothing that could
//! be served. It carries the time of its newest source, so an edit made meanwhile makes it old.

use super::dist;
use flate2::{Compression, write::GzEncoder};
use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

/// What the page is made from.
const SOURCES: [&str; 7] =
    ["src", "public", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];
/// The oldest Node.js that builds it.
const NODE: u32 = 20;
/// What is worth a second, smaller copy.
const TEXTS: [&str; 4] = ["js", "css", "html", "svg"];
const WORTH: u64 = 1024;

/// Why there is no new page, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub(super) enum BuildError {
    /// There is no Node.js, or no npm.
    #[error("Node.js {NODE} or later builds it, and `{0}` was not found: install Node.js, and start the system again")]
    NoNode(&'static str),
    /// There is one, which is too old.
    #[error("Node.js {NODE} or later builds it, and here is {0}: install a later one, and start the system again")]
    OldNode(String),
    /// A step of it failed; the console says how.
    #[error("`{0}` failed in functions/dashboard: the console of the system shows why")]
    Failed(String),
    /// Its files cannot be read or written.
    #[error("`{}` cannot be used: {cause}", folder.display())]
    Files {
        /// The folder.
        folder: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// Builds the page in `folder` unless what is there is as young as its sources.
pub(super) fn bring_up_to_date(folder: &Path, say: fn(&str)) -> Result<(), BuildError> {
    let unusable = |cause| BuildError::Files { folder: folder.to_owned(), cause };
    if is_fresh(folder).map_err(unusable)? {
        return Ok(());
    }
    let turn = File::create(folder.join("dist.lock")).map_err(unusable)?;
    turn.lock().map_err(unusable)?;
    if is_fresh(folder).map_err(unusable)? {
        return Ok(());
    }
    let newest = newest(folder).map_err(unusable)?;
    node(folder)?;
    if !is_installed(folder) {
        run(folder, &["npm", "ci", "--no-audit", "--no-fund"], say)?;
    }
    let fresh = folder.join(format!("dist.{}", std::process::id()));
    clear(folder).map_err(unusable)?;
    run(folder, &["npm", "run", "build", "--", "--outDir", &name(&fresh), "--emptyOutDir"], say)?;
    finish(&fresh, newest).and_then(|()| take(folder, &fresh)).map_err(unusable)?;
    say("page       built");
    Ok(())
}

/// Whether there is a build, and no source is younger.
fn is_fresh(folder: &Path) -> io::Result<bool> {
    match fs::metadata(dist(folder).join("index.html")) {
        Ok(built) => Ok(newest(folder)? <= built.modified()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// When the sources were changed last.
fn newest(folder: &Path) -> io::Result<SystemTime> {
    let there = SOURCES.iter().map(|name| folder.join(name)).filter(|path| path.exists());
    there.map(|path| changed(&path)).try_fold(SystemTime::UNIX_EPOCH, |newest, at| Ok(newest.max(at?)))
}

/// When a file changed, or a folder or anything in it.
fn changed(path: &Path) -> io::Result<SystemTime> {
    let own = fs::metadata(path)?.modified()?;
    if !path.is_dir() {
        return Ok(own);
    }
    fs::read_dir(path)?.try_fold(own, |newest, entry| Ok(newest.max(changed(&entry?.path())?)))
}

/// npm writes this list last, so it is there only after a whole installation.
fn is_installed(folder: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    let done = modified(&folder.join("node_modules/.package-lock.json"));
    done.is_some_and(|done| modified(&folder.join("package-lock.json")).is_some_and(|wanted| wanted <= done))
}

fn node(folder: &Path) -> Result<(), BuildError> {
    let asked = Command::new("node").arg("--version").current_dir(folder).stdin(Stdio::null()).output();
    let asked = asked.map_err(|error| missing("node", folder, error))?;
    let version = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE) { Ok(()) } else { Err(BuildError::OldNode(version)) }
}

fn missing(program: &'static str, folder: &Path, cause: io::Error) -> BuildError {
    match cause.kind() {
        io::ErrorKind::NotFound => BuildError::NoNode(program),
        _ => BuildError::Files { folder: folder.to_owned(), cause },
    }
}

/// Runs one step of it, and shows every line that it prints.
fn run(folder: &Path, words: &[&str], say: fn(&str)) -> Result<(), BuildError> {
    let broken = |cause| BuildError::Files { folder: folder.to_owned(), cause };
    let (program, arguments) = words.split_first().unwrap_or((&"npm", &[]));
    let (lines, end) = io::pipe().map_err(broken)?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("FORCE_COLOR", "0").stdin(Stdio::null());
    command.stdout(end.try_clone().map_err(broken)?).stderr(end);
    let mut child = command.spawn().map_err(|error| missing("npm", folder, error))?;
    // Its ends of the pipe are closed with it, so that reading comes to an end.
    drop(command);
    let lines = BufReader::new(lines).lines().map_while(Result::ok).map(|line| plain(&line));
    lines.filter(|line| !line.trim().is_empty()).for_each(|line| say(&format!("page       {line}")));
    let done = child.wait().map_err(broken)?;
    if done.success() { Ok(()) } else { Err(BuildError::Failed(words.join(" "))) }
}

/// A line without the colours of a terminal, which some tools print whatever they are told.
fn plain(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// Adds the smaller copies, and gives the whole the time of its sources.
fn finish(fresh: &Path, newest: SystemTime) -> io::Result<()> {
    compress(fresh)?;
    File::options().write(true).open(fresh.join("index.html"))?.set_modified(newest)
}

fn compress(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if path.is_dir() {
            compress(&path)?;
        } else if TEXTS.contains(&kind) && fs::metadata(&path)?.len() > WORTH {
            let copy = File::create(path.with_extension(format!("{kind}.gz")))?;
            let mut encoder = GzEncoder::new(copy, Compression::best());
            encoder.write_all(&fs::read(&path)?)?;
            encoder.finish()?;
        }
    }
    Ok(())
}

/// Puts the build in the place of the one before.
fn take(folder: &Path, fresh: &Path) -> io::Result<()> {
    let (place, old) = (dist(folder), folder.join("dist.old"));
    if place.exists() {
        fs::rename(&place, &old)?;
    }
    fs::rename(fresh, &place)?;
    clear(folder)
}

/// Removes what builds left that were killed.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && name(&path).starts_with("dist.") {
            fs::remove_dir_all(&path)?;
        }
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
