//! The record: one hash chain per thing, written in the transaction that changes the thing.

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

/// What is wrong with a chain.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A record is missing, doubled or out of order.
    #[error("{subject}: record {found} stands where {wanted} belongs")]
    Order {
        /// Which chain.
        subject: String,
        /// The number that belongs there.
        wanted: u64,
        /// The number found.
        found: u64,
    },
    /// A record does not carry its predecessor's hash: one of the two was changed.
    #[error("{subject}: record {seq} does not follow from the one before")]
    Link {
        /// Which chain.
        subject: String,
        /// Number of the record.
        seq: u64,
    },
    /// A record cannot be hashed.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

/// Checks a whole chain, first record first, and returns the hash of its last record.
///
/// # Errors
/// With the first record that does not follow from the one before.
pub fn verify<'a>(chain: impl IntoIterator<Item = &'a AuditRecord>) -> Result<Option<Hash>, Broken> {
    let mut head = None;
    for (wanted, record) in (1_u64..).zip(chain) {
        let subject = || record.subject.clone();
        if record.seq != wanted {
            return Err(Broken::Order { subject: subject(), wanted, found: record.seq });
        }
        if record.previous != head {
            return Err(Broken::Link { subject: subject(), seq: record.seq });
        }
        head = Some(record.hash()?);
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: u64) -> Vec<AuditRecord> {
        let mut previous = None;
        (1..=length)
            .map(|seq| {
                let entry = Entry::new(Actor::Function("gate".into()), "changed", "GRANTED");
                let record = AuditRecord {
                    subject: "ACTION#1".into(),
                    seq,
                    at: OffsetDateTime::UNIX_EPOCH,
                    entry,
                    state: Digest::of(&seq).unwrap(),
                    previous: previous.take(),
                };
                previous = Some(record.hash().unwrap());
                record
            })
            .collect()
    }

    #[test]
    fn a_whole_chain_verifies_and_any_single_damage_shows() {
        let whole = chain(5);
        let head = verify(&whole).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at].entry.reasons.push("forged".into());
            assert!(verify(&changed).is_err() || verify(&changed).unwrap() != head, "change at {at}");
            let mut removed = whole.clone();
            removed.remove(at);
            assert!(verify(&removed).is_err() || verify(&removed).unwrap() != head, "removal of {at}");
            let mut swapped = whole.clone();
            swapped.swap(at, (at + 1) % whole.len());
            assert!(verify(&swapped).is_err(), "swap at {at}");
        }
    }
}
