//! The record: one hash chain per thing, written in the transaction that changes the thing, and one seal a day.
//!
//! A chain shows that a record of a thing was changed, or that one before its last is gone. Whoever can write the
//! table could still cut a chain's end and its state, or a whole thing. So every day's records are sealed under a
//! Merkle root, and the seals follow from one another: what was there when the day was sealed cannot go unnoticed.

mod chain;
mod export;
mod figures;
mod merkle;
mod opa;
mod seal;
#[cfg(test)]
mod tests;
mod verdict;

pub use chain::{Broken, Link, Present, Tail, verify, verify_whole};
pub use export::{Check, FORMAT, Line, VERSION};
pub use figures::{Event, Figures, Tally};
pub use merkle::Tree;
pub use opa::{BundleInfoV1, EventV1, Judged};
pub use seal::{MARGIN, Seal, Sealing, day_of};
pub use verdict::{Fault, Verdict};

use crate::digest::{Digest, NotCanonical};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The hash of an audit record, over its canonical JSON.
pub type Hash = Digest;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "name")]
pub enum Actor {
    /// A function of ours, by name.
    Function(String),
    /// A person, by account.
    Person(String),
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Function(name) | Self::Person(name)) = self;
        f.write_str(name)
    }
}

/// What is put on record about one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// What, as a verb in the past: `granted`, `claimed`, `executed`.
    pub what: String,
    /// State afterwards.
    pub result: String,
    /// Policy revision, where policy was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revision: Option<String>,
    /// Digest of the input that was judged, or of the payload that was sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub input: Option<String>,
    /// Reason codes, or a sentence of a person.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reasons: Vec<String>,
}

impl Entry {
    /// A change without policy, input or reasons.
    #[must_use]
    pub fn new(actor: Actor, what: &str, result: &str) -> Self {
        Self {
            actor,
            what: what.to_owned(),
            result: result.to_owned(),
            revision: None,
            input: None,
            reasons: Vec::new(),
        }
    }

    /// The same with reasons.
    #[must_use]
    pub fn because<T: Into<String>>(mut self, reasons: impl IntoIterator<Item = T>) -> Self {
        self.reasons.extend(reasons.into_iter().map(Into::into));
        self
    }
}

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// The thing that changed, such as `ACTION#0199…`.
    pub subject: String,
    /// 1 for the first change.
    pub seq: u64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What.
    #[serde(flatten)]
    pub entry: Entry,
    /// Digest of the thing's state after the change.
    pub state: Digest,
    /// Hash of the record before; absent in the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Hash>,
}

impl AuditRecord {
    /// The hash that the next record carries.
    ///
    /// # Errors
    /// When the record has no canonical form.
    pub fn hash(&self) -> Result<Hash, NotCanonical> {
        Digest::of(self)
    }
}
