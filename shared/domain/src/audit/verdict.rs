//! What a check of the record found.

use super::{Broken, Seal};
use serde::{Deserialize, Serialize};

/// The most faults that one check names: one that is found in every record needs no longer list.
pub(super) const MOST: usize = 50;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Line of the file, where a file was checked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// The thing whose record it is in, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// Number of the record, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seq: Option<u64>,
    /// What is wrong.
    pub why: String,
}

impl Fault {
    /// One that cannot be pinned to a record.
    #[must_use]
    pub fn of(why: impl Into<String>) -> Self {
        Self { line: None, subject: None, seq: None, why: why.into() }
    }

    /// One in the chain of `subject`.
    #[must_use]
    pub fn chain(subject: &str, broken: &Broken) -> Self {
        Self { line: None, subject: Some(subject.to_owned()), seq: broken.seq(), why: broken.to_string() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match &self.subject {
            Some(subject) if !self.why.starts_with(subject.as_str()) => write!(f, "{subject}: {}", self.why),
            _ => f.write_str(&self.why),
        }
    }
}

/// What was checked, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Records that were checked.
    pub records: u64,
    /// Chains that they belong to.
    pub chains: u64,
    /// Records that no seal covers yet.
    pub unsealed: u64,
    /// Seals that were checked, oldest first.
    pub seals: Vec<Seal>,
    /// What is wrong, in the order in which it was found; at most fifty are named.
    pub faults: Vec<Fault>,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// Adds a fault, unless there are more than enough.
    pub fn blame(&mut self, fault: Fault) {
        if self.faults.len() < MOST {
            self.faults.push(fault);
        }
    }
}
