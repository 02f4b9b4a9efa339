//! Turns committed changes into messages: the only function that sends any.
//!
//! It reads the table's stream, so a message exists if and only if its change was committed. A batch that
//! fails half way is delivered again from the first change that was not sent; every consumer is
//! idempotent.

mod route;
mod send;
#[cfg(test)]
mod tests;

pub use route::{Message, routes};

use async_trait::async_trait;
use runtime::{Call, Env, Failure, Function, Problems};
use send::Sender;
use serde_json::{Value, json};
use std::sync::Arc;
use store::stream::Change;

/// Settings that the relay cannot do without.
pub const NEEDS: &[&str] = &["ROYAL_QUEUES"];

/// The relay as a function.
pub struct Relay {
    env: Env,
    sender: Sender,
}

/// Builds the relay.
///
/// # Errors
/// When `ROYAL_QUEUES` is not set.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    let sender = Sender::new(env)?;
    Ok(Arc::new(Relay { env: env.clone(), sender }))
}

#[async_trait]
impl Function for Relay {
    fn name(&self) -> &'static str {
        "relay"
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        let records = event.get("Records").and_then(Value::as_array);
        let records = records.ok_or_else(|| Failure::Reject("no stream event: `Records` is missing".to_owned()))?;
        let now = self.env.clock().now();
        let messages: Vec<(String, Vec<Message>)> =
            records.iter().map(|record| read(record, now)).collect::<Result<_, _>>()?;
        let failed = self.sender.send(messages).await;
        let failed: Vec<Value> = failed.into_iter().map(|id| json!({ "itemIdentifier": id })).collect();
        Ok(json!({ "batchItemFailures": failed }))
    }
}

/// The sequence number of a record, and what it gives rise to.
fn read(record: &Value, now: time::OffsetDateTime) -> Result<(String, Vec<Message>), Failure> {
    let change = Change::read(record).map_err(|error| Failure::Reject(format!("no stream record: {error}")))?;
    let messages = routes(&change, now).unwrap_or_else(|error| {
        tracing::error!(kind = change.kind, id = change.id, %error, "a row cannot be read and is not relayed");
        Vec::new()
    });
    let at = change.at.unwrap_or(now);
    let stamped = messages.into_iter().enumerate().map(|(n, message)| message.stamped(&change.number, n, at));
    let stamped = stamped.collect();
    Ok((change.number, stamped))
}
