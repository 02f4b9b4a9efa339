//! What whoever keeps the ledger sums up.

use crate::Policy;
use serde::Deserialize;

/// Among whose actions of one type the sum of 24 hours is taken that limits on an amount are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SplitBy {
    /// Those on the same target: many small bills of one payee.
    Target,
    /// Those of the same agent: many small bills of many payees.
    Agent,
    /// Those of the same cluster.
    Cluster,
    /// All of them.
    Store,
}

impl Policy {
    /// What the similar actions of an action type are summed under: the fact is the largest of these sums.
    #[must_use]
    pub fn split_by(&self, kind: &str) -> Vec<SplitBy> {
        let said = self.row(kind).and_then(|row| Vec::deserialize(row.get("split_by")?).ok());
        said.unwrap_or_else(|| vec![SplitBy::Target])
    }
}
