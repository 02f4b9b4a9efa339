//! The products of a source, one after the other.

use crate::{
    detect, download,
    group::{Products, Seen},
    item::Item,
    limits,
    problem::{FeedError, RowProblem},
    source::{Options, Source},
};
use reqwest::Client;
use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Opens a feed; `client` brings it when it lies on the web, with the caller's time-outs.
///
/// # Errors
/// When the source cannot be reached or read, or holds no feed; see [`FeedError`].
pub async fn open(source: &Source, options: &Options, client: &Client) -> Result<Reader, FeedError> {
    match source {
        Source::Path(path) => Reader::from_path(path, options),
        Source::Url(url) => {
            let name = source.to_string();
            let file = download::fetch(client, url, &name, options).await?;
            Reader::from_read(&name, file, options)
        }
    }
}

/// Yields each product of a feed, or what is wrong with a row.
///
/// It reads from the disk as it goes, and holds one product at a time.
pub struct Reader {
    options: Options,
    waiting: VecDeque<PathBuf>,
    current: Option<Products>,
    problems: VecDeque<RowProblem>,
    seen: Seen,
    skipped: Vec<Skipped>,
    unknown: Vec<UnknownField>,
    peak: Peak,
}

/// A file of a folder that is no feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Path.
    pub file: String,
    /// Why it was not read.
    pub reason: String,
}

/// A column, element or field that no reader knows: reported once per file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// Path or address.
    pub file: String,
    /// Its name in the file.
    pub name: String,
}

/// The most that the reader held at once.
///
/// Not counted: about nine bytes for each product read, by which one that comes twice is noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// Variants of one product.
    pub variants: usize,
    /// Bytes of one record and of the product it belongs to.
    pub bytes: usize,
}

impl Reader {
    /// Reads a file, or every feed of a folder in name order.
    ///
    /// # Errors
    /// As [`open`].
    pub fn from_path(path: &Path, options: &Options) -> Result<Self, FeedError> {
        let name = path.display().to_string();
        let unreadable = |cause| FeedError::Unreadable { file: name.clone(), cause };
        let kind = fs::metadata(path).map_err(unreadable)?;
        if kind.is_dir() {
            let files = feeds_in(path).map_err(unreadable)?;
            return Self::of_folder(&name, files, options);
        }
        if !kind.is_file() {
            return Err(unreadable(io::Error::other("it is neither a file nor a folder")));
        }
        Self::from_read(&name, File::open(path).map_err(unreadable)?, options)
    }

    /// Reads bytes from anywhere; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`open`].
    pub fn from_read(name: &str, read: impl Read + Send + 'static, options: &Options) -> Result<Self, FeedError> {
        let rows = detect::rows(name, Box::new(read), options)?;
        let mut reader = Self::new(options, VecDeque::new());
        reader.current = Some(Products::new(name, options.supplier.clone(), rows));
        Ok(reader)
    }

    fn new(options: &Options, waiting: VecDeque<PathBuf>) -> Self {
        Self {
            options: options.clone(),
            waiting,
            current: None,
            problems: VecDeque::new(),
            seen: Seen::new(limits::PRODUCTS),
            skipped: Vec::new(),
            unknown: Vec::new(),
            peak: Peak::default(),
        }
    }

    /// Looks at the files up to the first feed, so that a folder without one is an error.
    fn of_folder(folder: &str, files: VecDeque<PathBuf>, options: &Options) -> Result<Self, FeedError> {
        let mut reader = Self::new(options, files);
        while reader.current.is_none() && reader.advance() {}
        if reader.current.is_some() || !reader.problems.is_empty() {
            return Ok(reader);
        }
        let reasons = reader.skipped.iter().map(|skipped| format!("`{}`: {}", skipped.file, skipped.reason));
        let reasons: Vec<String> = reasons.collect();
        let fix = "put one in it, such as a Shopify product CSV";
        let fix = if reasons.is_empty() { fix.to_owned() } else { format!("{fix} ({})", reasons.join(", ")) };
        Err(FeedError::Empty { folder: folder.to_owned(), fix })
    }

    /// Turns to the next file; false when there is none.
    fn advance(&mut self) -> bool {
        let Some(path) = self.waiting.pop_front() else { return false };
        let file = path.display().to_string();
        match self.start(&path, &file) {
            Ok(()) => {}
            Err(FeedError::NotAFeed { reason, .. }) => self.skipped.push(Skipped { file, reason }),
            Err(error) => self.problems.push_back(error.into_problem(&file)),
        }
        true
    }

    fn start(&mut self, path: &Path, file: &str) -> Result<(), FeedError> {
        let opened = File::open(path).map_err(|cause| FeedError::Unreadable { file: file.to_owned(), cause })?;
        let rows = detect::rows(file, Box::new(opened), &self.options)?;
        self.current = Some(Products::new(file, self.options.supplier.clone(), rows));
        Ok(())
    }

    /// The next product of the file in hand; at its end the file is put away.
    fn read(&mut self) -> Option<Result<Item, RowProblem>> {
        let current = self.current.as_mut()?;
        let read = current.next(&mut self.seen);
        let (variants, bytes) = current.peak();
        self.peak = Peak { variants: self.peak.variants.max(variants), bytes: self.peak.bytes.max(bytes) };
        if read.is_none() {
            let (file, names) = (current.file(), current.unknown());
            let unknown = names.iter().map(|name| UnknownField { file: file.to_owned(), name: name.clone() });
            self.unknown.extend(unknown);
            self.current = None;
        }
        read
    }

    /// Files of the folder that are no feeds, as far as it was read.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Fields that no reader knows, each once per file; complete when the reader is at its end.
    #[must_use]
    pub fn unknown_fields(&self) -> &[UnknownField] {
        &self.unknown
    }

    /// The most that was held at once, for the proof that memory is bounded.
    #[must_use]
    pub const fn peak(&self) -> Peak {
        self.peak
    }
}

impl Iterator for Reader {
    type Item = Result<Item, RowProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let read = self.problems.pop_front().map(Err).or_else(|| self.read());
            if read.is_some() || !(self.current.is_some() || self.advance()) {
                return read;
            }
        }
    }
}

/// Files of a folder that may be feeds, in name order.
fn feeds_in(folder: &Path) -> io::Result<VecDeque<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && detect::may_be_feed(&name) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files.into())
}

#[cfg(test)]
mod tests;
