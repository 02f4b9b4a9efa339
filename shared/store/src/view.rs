//! What is kept about agents: counted, not judged.

use crate::{Store, StoreError, error::told, item, item::Item, keys};
use serde::Serialize;
use time::OffsetDateTime;

/// An agent's heartbeat and its counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentView {
    /// Runs in all.
    pub runs: u64,
    /// Runs that ended well.
    pub succeeded: u64,
    /// Runs that failed.
    pub failed: u64,
    /// When it last ran; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_run: Option<String>,
    /// How its last run ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_outcome: Option<String>,
    /// When it last said that it is alive; absent if it never did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

impl Store {
    /// What is known of an agent; all zero for one that never ran.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn agent(&self, name: &str) -> Result<AgentView, StoreError> {
        let row = self.item(&keys::pk("AGENT", name), keys::STATE).await?.unwrap_or_default();
        Ok(view(&row))
    }

    /// Writes down that an agent is alive. No run is counted by it.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn beat_alive(&self, name: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        let request = self
            .client()
            .update_item()
            .table_name(self.table())
            .set_key(Some(item::key(&keys::pk("AGENT", name), keys::STATE)))
            .update_expression("SET last_seen = :at, #name = :name")
            .expression_attribute_names("#name", "name")
            .expression_attribute_values(":at", item::text(keys::instant(at)))
            .expression_attribute_values(":name", item::text(name));
        request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        Ok(())
    }
}

fn view(row: &Item) -> AgentView {
    let count = |name: &str| item::get_number(row, name).unwrap_or_default();
    let text = |name: &str| item::get_text(row, name).ok().map(str::to_owned);
    AgentView {
        runs: count("runs"),
        succeeded: count("succeeded"),
        failed: count("failed"),
        last_run: text("last_run"),
        last_outcome: text("last_outcome"),
        last_seen: text("last_seen"),
    }
}
