//! One thing's chain: does each record follow from the one before, and the last one lead to what is there now?

use super::{AuditRecord, Hash};
use crate::digest::{Digest, NotCanonical};
use serde_json::Value;

/// A record as it was found, with the hash of exactly what was found: a field that was added to it counts too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub record: AuditRecord,
    /// Hash of its whole JSON.
    pub hash: Hash,
}

impl Link {
    /// Reads a record from the JSON that is kept of it.
    ///
    /// # Errors
    /// When it is no record.
    pub fn read(json: &Value) -> Result<Self, NotCanonical> {
        let record = serde::Deserialize::deserialize(json)?;
        Ok(Self { record, hash: Digest::of(json)? })
    }
}

/// The end of a chain as far as it was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tail {
    /// Number of the last record.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Tail {
    /// The end of the chain once `link` follows on `tail`; a chain without one begins with its first record.
    ///
    /// # Errors
    /// When it does not follow.
    pub fn followed(tail: Option<&Self>, link: &Link) -> Result<Self, Broken> {
        let wanted = tail.map_or(0, |tail| tail.seq).saturating_add(1);
        step(&link.record, wanted, tail.map(|tail| &tail.hash))?;
        Ok(Self { seq: wanted, hash: link.hash.clone() })
    }
}

/// What is kept of a thing as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Number of its changes.
    pub seq: u64,
    /// Hash of its last record.
    pub head: Hash,
    /// Digest of its state.
    pub state: Digest,
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
    /// A record of another thing stands in the chain.
    #[error("{subject}: record {seq} is one of `{found}`")]
    Stranger {
        /// Which chain.
        subject: String,
        /// Number of the record.
        seq: u64,
        /// Whose record it is.
        found: String,
    },
    /// The chain does not end where the thing says that it ends.
    #[error("{subject}: the record ends with number {found}, but the thing was changed {wanted} times")]
    End {
        /// Which chain.
        subject: String,
        /// Number of changes that the thing knows of.
        wanted: u64,
        /// Number of the last record.
        found: u64,
    },
    /// The last record is not the one that the thing names.
    #[error("{subject}: record {seq} is not the one that the thing names as its last")]
    Head {
        /// Which chain.
        subject: String,
        /// Number of the last record.
        seq: u64,
    },
    /// The thing is not as its last record says.
    #[error("{subject}: it is not as record {seq}, its last, says")]
    State {
        /// Which chain.
        subject: String,
        /// Number of the last record.
        seq: u64,
    },
    /// There are records of it, but the thing itself is gone.
    #[error("{subject}: there is a record of it, but the thing itself is gone")]
    Gone {
        /// Which chain.
        subject: String,
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
        step(record, wanted, head.as_ref())?;
        head = Some(record.hash()?);
    }
    Ok(head)
}

/// Checks the chain of `subject` as it was found, first record first, down to what the thing is now.
///
/// # Errors
/// With the first thing that does not fit.
pub fn verify_whole(subject: &str, chain: &[Link], present: Option<&Present>) -> Result<(), Broken> {
    let named = || subject.to_owned();
    let mut tail = None;
    for link in chain {
        if link.record.subject != subject {
            let found = link.record.subject.clone();
            return Err(Broken::Stranger { subject: named(), seq: link.record.seq, found });
        }
        tail = Some(Tail::followed(tail.as_ref(), link)?);
    }
    let found = tail.as_ref().map_or(0, |tail| tail.seq);
    let present = present.ok_or_else(|| Broken::Gone { subject: named() })?;
    if present.seq != found {
        return Err(Broken::End { subject: named(), wanted: present.seq, found });
    }
    if tail.as_ref().map(|tail| &tail.hash) != Some(&present.head) {
        return Err(Broken::Head { subject: named(), seq: found });
    }
    if chain.last().map(|link| &link.record.state) != Some(&present.state) {
        return Err(Broken::State { subject: named(), seq: found });
    }
    Ok(())
}

impl Broken {
    /// Number of the record at which it shows, where there is one.
    #[must_use]
    pub const fn seq(&self) -> Option<u64> {
        match self {
            Self::Order { found, .. } => Some(*found),
            Self::Link { seq, .. } | Self::Stranger { seq, .. } | Self::Head { seq, .. } | Self::State { seq, .. } => {
                Some(*seq)
            }
            Self::End { wanted, .. } => Some(*wanted),
            Self::Gone { .. } | Self::NotCanonical(_) => None,
        }
    }
}

fn step(record: &AuditRecord, wanted: u64, head: Option<&Hash>) -> Result<(), Broken> {
    let subject = || record.subject.clone();
    if record.seq != wanted {
        return Err(Broken::Order { subject: subject(), wanted, found: record.seq });
    }
    if record.previous.as_ref() != head {
        return Err(Broken::Link { subject: subject(), seq: record.seq });
    }
    Ok(())
}
