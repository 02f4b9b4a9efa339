//! The gate's inbox.

use crate::{
    Store, StoreError,
    error::told,
    item::{self, text},
    keys,
    page::Cut,
    tx::WAITING,
};
use time::OffsetDateTime;

impl Store {
    /// Proposals in the inbox, longest waiting first; one that cannot be read is among them.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn waiting(&self, cut: &Cut) -> Result<Vec<String>, StoreError> {
        let page = self.listed("PROPOSAL", WAITING, cut).await?;
        let id = |pk: &str| pk.split_once('#').map(|(_, id)| id.to_owned());
        Ok(page.items.iter().filter_map(|row| item::get_text(row, "pk").ok().and_then(id)).collect())
    }

    /// Has the stream tell of a waiting proposal once more; one that was decided meanwhile stays away.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn nudge(&self, id: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let request = self
            .client()
            .update_item()
            .table_name(self.table())
            .set_key(Some(item::key(&keys::pk("PROPOSAL", id), keys::STATE)))
            .update_expression("SET nudged = :at, gsi1sk = :sort")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":at", text(keys::instant(at)))
            .expression_attribute_values(":sort", text(format!("{}#{id}", keys::instant(at))));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|e| e.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(StoreError::Retry(told(&error))),
        }
    }
}
