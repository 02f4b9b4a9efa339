//! Putting messages into queues.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::attributes::MAX_MESSAGE;
use super::queue::Queue;
use super::{digest, errors};
use crate::db::Tx;
use crate::env::Core;
use crate::http::ApiError;
use crate::signals::Topic;

/// How long a FIFO queue remembers what it was sent: five minutes.
const DEDUP_MS: i64 = 300_000;

/// A message on its way into a queue, as `SendMessage` and a batch entry describe it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Outgoing {
    pub(crate) message_body: String,
    #[serde(default)]
    pub(crate) message_attributes: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) message_system_attributes: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) delay_seconds: Option<i64>,
    #[serde(default)]
    pub(crate) message_group_id: Option<String>,
    #[serde(default)]
    pub(crate) message_deduplication_id: Option<String>,
}

/// What the sender is told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    id: String,
    body_md5: String,
    attributes_md5: Option<String>,
    sequence: Option<i64>,
}

impl Sent {
    pub(super) fn render(&self) -> Value {
        let mut answer = json!({"MessageId": self.id, "MD5OfMessageBody": self.body_md5});
        if let Some(fields) = answer.as_object_mut() {
            if let Some(md5) = &self.attributes_md5 {
                fields.insert("MD5OfMessageAttributes".to_owned(), json!(md5));
            }
            if let Some(seq) = self.sequence {
                fields.insert("SequenceNumber".to_owned(), json!(sequence_number(seq)));
            }
        }
        answer
    }
}

/// Twenty digits, so that text order is number order.
pub(super) fn sequence_number(seq: i64) -> String {
    format!("{seq:020}")
}

/// Sends plain text to a queue by its name.
pub(crate) async fn send_text(core: &Core, queue: String, text: String) -> Result<(), ApiError> {
    let work = move |tx: &Tx<'_>| {
        let queue = Queue::by_name(tx, &queue)?.ok_or_else(errors::no_queue)?;
        let message = Outgoing { message_body: text, ..Outgoing::default() };
        enqueue(tx, &queue, &message).map(drop)
    };
    core.db.run(work).await
}

/// Checks the message and puts it into the queue, or recognises it as a repetition.
pub(crate) fn enqueue(tx: &Tx<'_>, queue: &Queue, message: &Outgoing) -> Result<Sent, ApiError> {
    check(queue, message)?;
    let dedup = dedup_id(queue, message)?;
    let attributes = message.message_attributes.as_ref().filter(|a| !a.is_empty());
    let mut sent = Sent {
        id: tx.new_id(),
        body_md5: digest::of_body(&message.message_body),
        attributes_md5: attributes.and_then(digest::of_attributes),
        sequence: None,
    };
    if let Some(dedup) = &dedup
        && let Some((id, seq)) = repeated(tx, queue, message, dedup)?
    {
        sent.id = id;
        sent.sequence = Some(seq);
        return Ok(sent);
    }
    let seq = insert(tx, queue, message, &sent.id, dedup.as_deref())?;
    if let Some(dedup) = &dedup {
        remember(tx, queue, message, dedup, (&sent.id, seq))?;
        sent.sequence = Some(seq);
    }
    tx.wake(Topic::Queue(queue.id));
    Ok(sent)
}

fn check(queue: &Queue, message: &Outgoing) -> Result<(), ApiError> {
    if message.message_body.is_empty() {
        return Err(errors::missing("MessageBody"));
    }
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    if !message.message_body.chars().all(allowed) {
        return Err(errors::bad_contents());
    }
    check_attributes(message)?;
    let limit = queue.attributes.number("MaximumMessageSize");
    if size(message) > limit {
        return Err(errors::too_large(limit));
    }
    if queue.is_fifo() && message.delay_seconds.is_some_and(|delay| delay != 0) {
        return Err(errors::bad_parameter(
            "Value for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
        ));
    }
    match message.delay_seconds {
        Some(delay) if !(0..=900).contains(&delay) => Err(errors::bad_parameter(format!(
            "Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
        ))),
        _ => Ok(()),
    }
}

fn check_attributes(message: &Outgoing) -> Result<(), ApiError> {
    let Some(attributes) = &message.message_attributes else {
        return Ok(());
    };
    if attributes.len() > 10 {
        let message = "Number of message attributes exceeds the allowed maximum [10].";
        return Err(errors::bad_parameter(message));
    }
    for (name, attribute) in attributes {
        let text = |field: &str| attribute.get(field).and_then(Value::as_str).unwrap_or_default();
        let base = text("DataType").split('.').next().unwrap_or_default();
        let value = match base {
            "String" | "Number" => text("StringValue"),
            "Binary" => text("BinaryValue"),
            _ => "",
        };
        if value.is_empty() {
            return Err(errors::bad_parameter(format!(
                "The message attribute '{name}' has an invalid message attribute type or an empty value."
            )));
        }
    }
    Ok(())
}

/// Body and attributes in bytes, as the size limit counts them.
pub(super) fn size(message: &Outgoing) -> i64 {
    let attributes = message.message_attributes.iter().flatten();
    let of_attributes: usize = attributes
        .map(|(name, attribute)| {
            let fields = ["DataType", "StringValue", "BinaryValue"];
            let texts = fields.iter().filter_map(|field| attribute.get(field)?.as_str());
            texts.map(str::len).sum::<usize>().saturating_add(name.len())
        })
        .sum();
    let total = message.message_body.len().saturating_add(of_attributes);
    i64::try_from(total).unwrap_or(MAX_MESSAGE.saturating_add(1))
}

fn dedup_id(queue: &Queue, message: &Outgoing) -> Result<Option<String>, ApiError> {
    if !queue.is_fifo() {
        return Ok(None);
    }
    if message.message_group_id.as_deref().is_none_or(str::is_empty) {
        return Err(errors::missing("MessageGroupId"));
    }
    match &message.message_deduplication_id {
        Some(id) => Ok(Some(id.clone())),
        None if queue.attributes.flag("ContentBasedDeduplication") => {
            Ok(Some(digest::of_content(&message.message_body)))
        }
        None => Err(errors::bad_parameter(
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.",
        )),
    }
}

fn scope<'a>(queue: &Queue, message: &'a Outgoing) -> &'a str {
    let group = message.message_group_id.as_deref();
    group.filter(|_| queue.attributes.dedups_by_group()).unwrap_or_default()
}

/// The message that this one repeats, within five minutes.
fn repeated(tx: &Tx<'_>, queue: &Queue, message: &Outgoing, dedup: &str) -> Result<Option<(String, i64)>, ApiError> {
    let expired = "DELETE FROM dedups WHERE queue = ?1 AND until_ms <= ?2";
    tx.conn.prepare_cached(expired)?.execute([queue.id, tx.now_ms])?;
    let sql = "SELECT message_id, seq FROM dedups WHERE queue = ?1 AND scope = ?2 AND dedup_id = ?3";
    let mut query = tx.conn.prepare_cached(sql)?;
    let key = params![queue.id, scope(queue, message), dedup];
    let found = query.query_row(key, |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

fn remember(
    tx: &Tx<'_>,
    queue: &Queue,
    message: &Outgoing,
    dedup: &str,
    (id, seq): (&str, i64),
) -> Result<(), ApiError> {
    let sql = "INSERT INTO dedups (queue, scope, dedup_id, message_id, seq, until_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let until = tx.now_ms.saturating_add(DEDUP_MS);
    let row = params![queue.id, scope(queue, message), dedup, id, seq, until];
    tx.conn.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn insert(tx: &Tx<'_>, queue: &Queue, message: &Outgoing, id: &str, dedup: Option<&str>) -> Result<i64, ApiError> {
    let text = |map: &Option<Map<String, Value>>| {
        let map = map.clone().filter(|map| !map.is_empty());
        map.map(|map| Value::Object(map).to_string())
    };
    let delay = message.delay_seconds.unwrap_or_else(|| queue.attributes.number("DelaySeconds"));
    let visible = tx.now_ms.saturating_add(delay.saturating_mul(1000));
    let sql = "INSERT INTO messages
        (queue, id, body, attributes, trace, group_id, dedup_id, sent_ms, visible_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    tx.conn.prepare_cached(sql)?.execute(params![
        queue.id,
        id,
        message.message_body,
        text(&message.message_attributes),
        text(&message.message_system_attributes),
        message.message_group_id,
        dedup,
        tx.now_ms,
        visible,
    ])?;
    let seq = tx.conn.last_insert_rowid();
    let late = tx.env.faults.delay_ms(seq);
    if late > 0 {
        let sql = "UPDATE messages SET visible_ms = visible_ms + ?2 WHERE seq = ?1";
        tx.conn.prepare_cached(sql)?.execute([seq, late])?;
    }
    Ok(seq)
}
