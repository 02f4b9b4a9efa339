//! What is wrong with a row, or with a whole feed, and how to mend it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How much of a file a problem costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// This row and the product it belongs to; the rest was read.
    Row,
    /// This row and everything after it in this file.
    RestOfFile,
    /// The whole file; other files of the folder were read.
    File,
}

/// A row that was rejected, while the rest went on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowProblem {
    /// Path or address, without credentials and query.
    pub file: Box<str>,
    /// Line of a table or of JSON Lines, number of the record otherwise; the first is 1.
    pub row: u64,
    /// The field as the file names it, when one field is to blame.
    pub field: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub fix: Box<str>,
    /// Key of the product that is left out because of this row, when the row names one.
    pub product: Option<String>,
    /// How much is lost.
    pub extent: Extent,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} of `{}`", self.row, self.file)?;
        if let Some(field) = &self.field {
            write!(f, ", field `{field}`")?;
        }
        write!(f, ": {}; {}", self.reason, self.fix)?;
        if let Some(product) = &self.product {
            write!(f, "; product `{product}` is left out")?;
        }
        match self.extent {
            Extent::Row => Ok(()),
            Extent::RestOfFile => f.write_str("; the rest of the file is not read"),
            Extent::File => f.write_str("; the file is not read"),
        }
    }
}

impl std::error::Error for RowProblem {}

/// Why a feed cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The file or folder cannot be read: try again when that is mended.
    #[error("cannot read `{file}`: {cause}")]
    Unreadable {
        /// Path.
        file: String,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// The content is no product feed, or not one that can be read.
    #[error("`{file}` is not a product feed: {reason}; {fix}")]
    NotAFeed {
        /// Path or address.
        file: String,
        /// What was found.
        reason: String,
        /// What to do about it.
        fix: String,
    },
    /// A column is missing without which no row can be read.
    #[error("`{file}` has no column `{column}`: {fix}")]
    MissingColumn {
        /// Path or address.
        file: String,
        /// The column's usual name.
        column: &'static str,
        /// What to do about it.
        fix: String,
    },
    /// A folder without a single feed in it.
    #[error("the folder `{folder}` holds no product feed: {fix}")]
    Empty {
        /// Path.
        folder: String,
        /// What to do about it.
        fix: String,
    },
    /// The server answered with another status than success.
    #[error("`{url}` answered with status {status}: check the address and the access to it")]
    Status {
        /// Address, without credentials and query.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The server could not be reached, or the connection broke.
    #[error("cannot download `{url}`: {cause}")]
    Unreachable {
        /// Address, without credentials and query.
        url: String,
        /// The client's reason.
        cause: reqwest::Error,
    },
    /// The download takes longer than the options allow.
    #[error("downloading `{url}` took longer than {seconds} s: allow more time, or put the file on this machine")]
    TooSlow {
        /// Address, without credentials and query.
        url: String,
        /// Seconds allowed.
        seconds: u64,
    },
    /// The download is larger than the options allow.
    #[error("`{url}` is larger than {bytes} bytes: allow more, or split the feed")]
    TooLarge {
        /// Address, without credentials and query.
        url: String,
        /// Bytes allowed.
        bytes: u64,
    },
}

impl FeedError {
    /// Whether trying again later may help, with no change to the feed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TooSlow { .. } => true,
            Self::Status { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }

    /// The same, as a problem of one file among others.
    pub(crate) fn into_problem(self, file: &str) -> RowProblem {
        let (field, reason, fix) = match self {
            Self::MissingColumn { column, fix, .. } => (Some(column.to_owned()), "the column is missing".into(), fix),
            Self::NotAFeed { reason, fix, .. } => (None, reason, fix),
            other => (None, other.to_string(), "check the file".into()),
        };
        let (file, fix) = (file.into(), fix.into());
        RowProblem { file, row: 1, field, reason, fix, product: None, extent: Extent::File }
    }
}

/// What is wrong with one field, before file and row are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) field: Option<String>,
    pub(crate) reason: String,
    pub(crate) fix: String,
}

impl Fault {
    /// A fault of a named field.
    pub(crate) fn of(field: &str, reason: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { field: Some(shown(field)), reason: reason.into(), fix: fix.into() }
    }

    /// A fault of the row as a whole.
    pub(crate) fn row(reason: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { field: None, reason: reason.into(), fix: fix.into() }
    }

    /// The fault at its place.
    pub(crate) fn at(self, file: &str, row: u64, product: Option<String>, extent: Extent) -> RowProblem {
        let Self { field, reason, fix } = self;
        let (file, fix) = (file.into(), fix.into());
        RowProblem { file, row, field, reason, fix, product, extent }
    }
}

/// The start of a text from outside, fit for a message: short, on one line, no control characters.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
