//! The operations by name.

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::MAX_MESSAGE;
use super::queue::Queue;
use super::send::{Outgoing, enqueue};
use super::{batch, errors, queues, receive, remove};
use crate::db::Tx;
use crate::env::Core;
use crate::http::{ApiError, Call, parse};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Handle {
    receipt_handle: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Visibility {
    receipt_handle: String,
    visibility_timeout: i64,
}

/// Calls that a power cut may undo: the message then comes once more, as SQS allows.
const REPEATABLE: &[&str] =
    &["ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessage", "DeleteMessageBatch"];

/// Serves one SQS call.
pub(crate) async fn call(core: &Core, call: &Call) -> Result<Value, ApiError> {
    let body = call.json()?;
    if call.operation == "ReceiveMessage" {
        return receive::call(core, parse(body)?).await;
    }
    let operation = call.operation.clone();
    let repeatable = REPEATABLE.contains(&operation.as_str());
    let work = move |tx: &Tx<'_>| dispatch(tx, &operation, body);
    if repeatable { core.db.run_repeatable(work).await } else { core.db.run(work).await }
}

fn dispatch(tx: &Tx<'_>, operation: &str, body: Value) -> Result<Value, ApiError> {
    match operation {
        "CreateQueue" => queues::create(tx, parse(body)?),
        "GetQueueUrl" => queues::url(tx, parse(body)?),
        "ListQueues" => queues::list(tx, parse(body)?),
        "DeleteQueue" => queues::delete(tx, parse(body)?),
        "PurgeQueue" => queues::purge(tx, parse(body)?),
        "GetQueueAttributes" => queues::attributes(tx, parse(body)?),
        "SetQueueAttributes" => queues::set_attributes(tx, parse(body)?),
        "SendMessage" => {
            let queue = target(tx, &body)?;
            Ok(enqueue(tx, &queue, &parse(body)?)?.render())
        }
        "SendMessageBatch" => {
            let queue = target(tx, &body)?;
            batch::check_total(&body, MAX_MESSAGE)?;
            batch::each(body, |message: Outgoing| Ok(enqueue(tx, &queue, &message)?.render()))
        }
        "DeleteMessage" => {
            target(tx, &body)?;
            delete(tx, parse(body)?)
        }
        "DeleteMessageBatch" => {
            target(tx, &body)?;
            batch::each(body, |entry| delete(tx, entry))
        }
        "ChangeMessageVisibility" => {
            target(tx, &body)?;
            change_visibility(tx, parse(body)?)
        }
        "ChangeMessageVisibilityBatch" => {
            target(tx, &body)?;
            batch::each(body, |entry| change_visibility(tx, entry))
        }
        _ => Err(ApiError::unknown(operation)),
    }
}

fn target(tx: &Tx<'_>, body: &Value) -> Result<Queue, ApiError> {
    let url = body.get("QueueUrl").and_then(Value::as_str);
    Queue::at(tx, url.ok_or_else(|| errors::missing("QueueUrl"))?)
}

fn delete(tx: &Tx<'_>, entry: Handle) -> Result<Value, ApiError> {
    remove::delete(tx, &entry.receipt_handle)?;
    Ok(json!({}))
}

fn change_visibility(tx: &Tx<'_>, entry: Visibility) -> Result<Value, ApiError> {
    remove::change_visibility(tx, &entry.receipt_handle, entry.visibility_timeout)?;
    Ok(json!({}))
}
