//! How far something was exported, and how that goes: one row for each export, that only the export writes.

use crate::{CommitError, Store, StoreError, Tx, chain::parse, item, keys};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::OffsetDateTime;

const KIND: &str = "EXPORT";

/// How an export goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Going {
    /// Nothing is set up for it, or it never ran.
    #[default]
    Off,
    /// It goes.
    On,
    /// It should go, and does not.
    Failing,
}

/// How far an export is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// How it goes.
    pub going: Going,
    /// Why it does not go, such as the setting that is missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<String>,
    /// Where it goes on in the list of what is exported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<String>,
    /// What was taken so far.
    pub sent: usize,
    /// What was refused, by key, with the reason: the first of them.
    #[serde(default)]
    pub refused: BTreeMap<String, String>,
}

/// An export as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// How far it is.
    pub value: Exported,
    /// When that was written; absent where it never ran.
    pub at: Option<OffsetDateTime>,
    seq: u64,
}

/// A row as it stands in the table.
#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(flatten)]
    value: Exported,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

impl Store {
    /// How far the export `name` is.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn exported(&self, name: &str) -> Result<Mark, StoreError> {
        let Some(row) = self.item(&keys::pk(KIND, name), keys::STATE).await? else { return Ok(Mark::default()) };
        let Body { value, at } = parse(&row)?;
        Ok(Mark { value, at: Some(at), seq: item::get_number(&row, "seq")? })
    }
}

impl Tx<'_> {
    /// Writes how far the export `name` is, provided that it is still as far as it was read.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn exported(&mut self, name: &str, mark: &Mark, value: Exported) -> Result<(), CommitError> {
        let pk = keys::pk(KIND, name);
        let mut row = item::key(&pk, keys::STATE);
        row.insert("body".to_owned(), item::text(serde_json::to_string(&Body { value, at: self.at() })?));
        row.insert("seq".to_owned(), item::number(mark.seq + 1));
        let put = Put::builder().table_name(self.table()).set_item(Some(row));
        let put = match mark.seq {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            seq => put.condition_expression("seq = :seq").expression_attribute_values(":seq", item::number(seq)),
        };
        let put = put.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().put(put).build(), pk);
        Ok(())
    }
}
