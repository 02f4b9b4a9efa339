//! A day under one root.

use super::{AuditRecord, Figures, Hash, Tree};
use crate::digest::{Digest, NotCanonical};
use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// How long after its end a day is sealed. A record carries the time at which its function began, and no function
/// runs for longer than 15 minutes; the index is behind the table by a second.
pub const MARGIN: Duration = Duration::minutes(30);

/// One day's records under one root. Each seal carries the hash of the one before, so a day cannot be taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seal {
    /// The day, in UTC: it covers every record that was written on it.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// Number of records.
    pub count: u64,
    /// Root of the tree (RFC 6962, SHA-256) whose leaves are the records' hashes, in hexadecimal digits, ordered by time
    /// in microseconds, then by subject and number as text.
    pub root: Hash,
    /// Hash of the day before's seal; absent in the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Hash>,
    /// When it was sealed.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

impl Seal {
    /// The hash that the next day's seal carries.
    ///
    /// # Errors
    /// Never in practice: a seal has a canonical form.
    pub fn hash(&self) -> Result<Hash, NotCanonical> {
        Digest::of(self)
    }
}

/// A day on its way to its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealing {
    /// The day, in UTC.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// The records so far.
    pub tree: Tree,
    /// Place of the last of them in the day's order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<String>,
    /// What the records so far say in figures; absent of a day that was begun before figures were kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub figures: Option<Figures>,
    /// Hash of the day before's seal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Hash>,
    /// The seal, once all records are in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<Seal>,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Sealing {
    /// The day `date`, of which nothing was read yet.
    #[must_use]
    pub fn open(date: Date, previous: Option<Hash>, at: OffsetDateTime) -> Self {
        let figures = Some(Figures::default());
        Self { date, tree: Tree::default(), after: None, figures, previous, seal: None, updated: at }
    }

    /// Whether the day is long enough over to be sealed.
    #[must_use]
    pub fn is_due(&self, now: OffsetDateTime) -> bool {
        let end = self.date.next_day().unwrap_or(Date::MAX).midnight().assume_utc();
        now - end >= MARGIN
    }

    /// The same with all that was read of it so far under a seal, and the day after it, open.
    ///
    /// # Errors
    /// Never in practice: a seal has a canonical form.
    pub fn sealed(self, at: OffsetDateTime) -> Result<(Self, Option<Self>), NotCanonical> {
        let (count, root) = (self.tree.count(), self.tree.root());
        let seal = Seal { date: self.date, count, root, previous: self.previous.clone(), at };
        let hash = seal.hash()?;
        let next = self.date.next_day().map(|date| Self::open(date, Some(hash), at));
        Ok((Self { seal: Some(seal), updated: at, ..self }, next))
    }
}

/// The day that a record belongs to, in UTC.
#[must_use]
pub fn day_of(at: OffsetDateTime) -> Date {
    at.to_offset(UtcOffset::UTC).date()
}

impl AuditRecord {
    /// Its place in its day's order, comparable within a day.
    #[must_use]
    pub(super) fn place(&self) -> (i128, String) {
        (self.at.unix_timestamp_nanos().div_euclid(1_000), format!("{}#{}", self.subject, self.seq))
    }
}
