//! SQS batches: every message for itself, a poisonous one fails alone.

use crate::Failure;
use futures::{StreamExt as _, stream};
use serde::Deserialize;
use serde_json::{Value, json};

/// Messages of one batch that are handled at the same time.
const CONCURRENT: usize = 8;

/// One message.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id, the same at every delivery.
    pub message_id: String,
    /// What it says.
    pub body: String,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes {
    #[serde(default)]
    approximate_receive_count: String,
}

impl Message {
    /// How often it has been delivered, this time included.
    #[must_use]
    pub fn receives(&self) -> u32 {
        self.attributes.approximate_receive_count.parse().unwrap_or(1)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Batch {
    records: Vec<Message>,
}

/// Handles each message of an SQS event and answers which ones must be delivered again.
///
/// A rejected message is reported as failed too: the queue's redrive policy takes it to the dead-letter
/// queue, where a person can look at it.
///
/// # Errors
/// When the event is no SQS event.
pub async fn each<F, Fut>(event: Value, handle: F) -> Result<Value, Failure>
where
    F: Fn(Message) -> Fut,
    Fut: Future<Output = Result<(), Failure>>,
{
    let batch = Batch::deserialize(event).map_err(|error| Failure::Reject(format!("no SQS event: {error}")))?;
    let failed: Vec<Value> = stream::iter(batch.records)
        .map(|message| one(message, &handle))
        .buffer_unordered(CONCURRENT)
        .filter_map(|failed| async { failed })
        .collect()
        .await;
    Ok(json!({ "batchItemFailures": failed }))
}

async fn one<F, Fut>(message: Message, handle: &F) -> Option<Value>
where
    F: Fn(Message) -> Fut,
    Fut: Future<Output = Result<(), Failure>>,
{
    let id = message.message_id.clone();
    let failure = handle(message).await.err()?;
    match &failure {
        Failure::Retry(why) => {
            tracing::warn!(message.id = id, reason = %why, "message will be delivered again")
        }
        Failure::Reject(why) => {
            tracing::error!(message.id = id, reason = %why, "message cannot be handled")
        }
    }
    Some(json!({ "itemIdentifier": id }))
}
