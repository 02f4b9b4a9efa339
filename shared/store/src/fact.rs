//! Facts about the world that a decision can rest on and an executor reads again.

use crate::{CommitError, chain::parse, item, item::Item, keys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// What is known about one thing, field by field, as text; a field that is not known is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is about, such as `product:acme/sku-1`.
    pub source: String,
    /// The values.
    pub fields: BTreeMap<String, String>,
    /// When they were read.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

impl Fact {
    pub(crate) fn to_item(&self) -> Result<Item, CommitError> {
        let mut row = item::key(&keys::pk("FACT", &self.source), keys::STATE);
        row.insert("body".to_owned(), item::text(serde_json::to_string(self)?));
        Ok(row)
    }
}

impl crate::Store {
    /// What is known about `source`, read consistently.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn fact(&self, source: &str) -> Result<Option<Fact>, crate::StoreError> {
        let row = self.item(&keys::pk("FACT", source), keys::STATE).await?;
        row.as_ref().map(parse).transpose()
    }
}
