//! What is known of one effect: whether it is under way, and how it ended last.

use crate::{CommitError, Store, StoreError, Tx, chain::parse, item, keys};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use domain::{ActionId, Digest, Earlier, Status};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// First part of the partition key.
const KIND: &str = "DIGEST";
/// How long it is known how an effect ended.
const KEPT: Duration = Duration::days(30);

/// What is known of the actions that share a digest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The one under way: until it settles, no other one is decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub open: Option<ActionId>,
    /// How the last one ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last: Option<Earlier>,
}

impl Effect {
    /// When the last one was rejected, where that is how it ended.
    #[must_use]
    pub fn rejected_at(&self) -> Option<OffsetDateTime> {
        self.last.as_ref().filter(|last| last.status == Status::Rejected).map(|last| last.at)
    }
}

pub(crate) fn pk(digest: &Digest) -> String {
    keys::pk(KIND, digest.as_str())
}

impl Store {
    /// What is known of the actions with this digest, read consistently.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn effect(&self, digest: &Digest) -> Result<Effect, StoreError> {
        let row = self.item(&pk(digest), keys::STATE).await?;
        row.as_ref().map(parse).transpose().map(Option::unwrap_or_default)
    }
}

impl Tx<'_> {
    /// Marks an action as under way, beside how the `last` one of its effect ended.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn open(&mut self, digest: &Digest, id: ActionId, last: Option<Earlier>) -> Result<(), CommitError> {
        self.mark(digest, &Effect { open: Some(id), last }, None, "attribute_not_exists(#open)", id)
    }

    /// Takes the mark of [`Tx::open`] back and keeps how the action ended.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn close(&mut self, digest: &Digest, ended: Earlier, at: OffsetDateTime) -> Result<(), CommitError> {
        let (id, gone) = (ended.id, at.checked_add(KEPT));
        let effect = Effect { open: None, last: Some(ended) };
        self.mark(digest, &effect, gone, "attribute_not_exists(#open) OR #open = :id", id)
    }

    fn mark(
        &mut self,
        digest: &Digest,
        effect: &Effect,
        gone: Option<OffsetDateTime>,
        condition: &str,
        id: ActionId,
    ) -> Result<(), CommitError> {
        let pk = pk(digest);
        let mut row = item::key(&pk, keys::STATE);
        row.insert("body".to_owned(), item::text(serde_json::to_string(effect)?));
        if let Some(open) = effect.open {
            row.insert("open".to_owned(), item::text(open.to_string()));
        }
        if let Some(gone) = gone {
            row.insert("ttl".to_owned(), item::number(gone.unix_timestamp()));
        }
        let mut put = Put::builder().table_name(self.table()).set_item(Some(row)).condition_expression(condition);
        put = put.expression_attribute_names("#open", "open");
        if condition.contains(":id") {
            put = put.expression_attribute_values(":id", item::text(id.to_string()));
        }
        let put = put.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().put(put).build(), pk);
        Ok(())
    }
}
