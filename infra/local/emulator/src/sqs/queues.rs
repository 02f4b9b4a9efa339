//! Creating, listing and changing queues.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes::Attributes;
use super::errors;
use super::queue::Queue;
use crate::db::Tx;
use crate::http::ApiError;
use crate::signals::Topic;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Create {
    queue_name: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ByName {
    queue_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ByUrl {
    queue_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetAttributes {
    queue_url: String,
    #[serde(default)]
    attribute_names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SetAttributes {
    queue_url: String,
    attributes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct List {
    queue_name_prefix: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

pub(super) fn create(tx: &Tx<'_>, request: Create) -> Result<Value, ApiError> {
    let name = request.queue_name;
    let mut attributes = Attributes::default();
    attributes.set(request.attributes)?;
    check_name(&name, attributes.is_fifo())?;
    let answer = json!({"QueueUrl": tx.env.names.queue_url(&name)});
    if let Some(existing) = Queue::by_name(tx, &name)? {
        return match existing.attributes.difference(&attributes) {
            Some(attribute) => Err(errors::queue_exists(attribute)),
            None => Ok(answer),
        };
    }
    check_redrive(tx, &attributes)?;
    tx.conn.execute(
        "INSERT INTO queues (name, attributes, created_ms, modified_ms) VALUES (?1, ?2, ?3, ?3)",
        params![name, json!(attributes).to_string(), tx.now_ms],
    )?;
    Ok(answer)
}

/// A FIFO queue's name says so, and no other's does.
fn check_name(name: &str, fifo: bool) -> Result<(), ApiError> {
    let stem = name.strip_suffix(".fifo");
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let valid = (1..=80).contains(&name.len()) && stem.unwrap_or(name).chars().all(allowed) && stem.is_some() == fifo;
    let message = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length. \
                   The name of a FIFO queue, and of no other, ends with `.fifo`.";
    valid.then_some(()).ok_or_else(|| errors::bad_parameter(message))
}

fn check_redrive(tx: &Tx<'_>, attributes: &Attributes) -> Result<(), ApiError> {
    let Some(redrive) = attributes.redrive() else {
        return Ok(());
    };
    let target = Queue::by_arn(tx, &redrive.target_arn)?;
    let fits = target.is_some_and(|queue| queue.is_fifo() == attributes.is_fifo());
    let message = format!(
        "Value {} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist or is of another type.",
        redrive.target_arn
    );
    fits.then_some(()).ok_or_else(|| errors::bad_parameter(message))
}

pub(super) fn url(tx: &Tx<'_>, request: ByName) -> Result<Value, ApiError> {
    let queue = Queue::by_name(tx, &request.queue_name)?.ok_or_else(errors::no_queue)?;
    Ok(json!({"QueueUrl": tx.env.names.queue_url(&queue.name)}))
}

pub(super) fn delete(tx: &Tx<'_>, request: ByUrl) -> Result<Value, ApiError> {
    let queue = Queue::at(tx, &request.queue_url)?;
    tx.conn.execute("DELETE FROM queues WHERE id = ?1", [queue.id])?;
    Ok(json!({}))
}

pub(super) fn purge(tx: &Tx<'_>, request: ByUrl) -> Result<Value, ApiError> {
    let queue = Queue::at(tx, &request.queue_url)?;
    tx.conn.execute("DELETE FROM messages WHERE queue = ?1", [queue.id])?;
    Ok(json!({}))
}

pub(super) fn list(tx: &Tx<'_>, request: List) -> Result<Value, ApiError> {
    let prefix = request.queue_name_prefix.unwrap_or_default();
    let limit = request.max_results.unwrap_or(1000).clamp(1, 1000);
    let sql = "SELECT name FROM queues WHERE substr(name, 1, length(?1)) = ?1 AND name > ?2
        ORDER BY name LIMIT ?3";
    let mut query = tx.conn.prepare_cached(sql)?;
    let after = request.next_token.unwrap_or_default();
    let names = query.query_map(params![prefix, after, limit + 1], |row| row.get::<_, String>(0))?;
    let mut names = names.collect::<rusqlite::Result<Vec<_>>>()?;
    let more = i64::try_from(names.len()).unwrap_or(i64::MAX) > limit;
    if more {
        names.pop();
    }
    let urls: Vec<String> = names.iter().map(|name| tx.env.names.queue_url(name)).collect();
    let mut answer = json!({"QueueUrls": urls});
    // AWS pages only when the caller asked for pages.
    if let (true, Some(_), Some(last)) = (more, request.max_results, names.last())
        && let Some(fields) = answer.as_object_mut()
    {
        fields.insert("NextToken".to_owned(), json!(last));
    }
    Ok(answer)
}

pub(super) fn set_attributes(tx: &Tx<'_>, request: SetAttributes) -> Result<Value, ApiError> {
    let mut queue = Queue::at(tx, &request.queue_url)?;
    let fifo = queue.is_fifo();
    queue.attributes.set(request.attributes)?;
    if queue.is_fifo() != fifo {
        return Err(errors::bad_attribute("FifoQueue", "changed"));
    }
    check_redrive(tx, &queue.attributes)?;
    tx.conn.execute(
        "UPDATE queues SET attributes = ?2, modified_ms = ?3 WHERE id = ?1",
        params![queue.id, json!(queue.attributes).to_string(), tx.now_ms],
    )?;
    tx.wake(Topic::Queue(queue.id));
    Ok(json!({}))
}

pub(super) fn attributes(tx: &Tx<'_>, request: GetAttributes) -> Result<Value, ApiError> {
    let queue = Queue::at(tx, &request.queue_url)?;
    let mut all = queue.attributes.all();
    all.insert("QueueArn".to_owned(), tx.env.names.queue_arn(&queue.name));
    all.insert("CreatedTimestamp".to_owned(), (queue.created_ms / 1000).to_string());
    all.insert("LastModifiedTimestamp".to_owned(), (queue.modified_ms / 1000).to_string());
    let counts = [
        ("ApproximateNumberOfMessages", "visible_ms <= ?2"),
        ("ApproximateNumberOfMessagesNotVisible", "visible_ms > ?2 AND tries > 0"),
        ("ApproximateNumberOfMessagesDelayed", "visible_ms > ?2 AND tries = 0"),
    ];
    for (name, condition) in counts {
        let sql = format!("SELECT count(*) FROM messages WHERE queue = ?1 AND {condition}");
        let mut query = tx.conn.prepare_cached(&sql)?;
        let count: i64 = query.query_row([queue.id, tx.now_ms], |row| row.get(0))?;
        all.insert(name.to_owned(), count.to_string());
    }
    let wanted = request.attribute_names;
    if !wanted.iter().any(|name| name == "All") {
        all.retain(|name, _| wanted.contains(name));
    }
    Ok(json!({"Attributes": all}))
}
