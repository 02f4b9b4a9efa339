//! Taking messages, and waiting for them without polling.

use std::time::Duration;

use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::errors;
use super::message::{COLUMNS, Received};
use super::queue::Queue;
use crate::db::Tx;
use crate::env::Core;
use crate::http::ApiError;
use crate::signals::Topic;

/// What can be received from a standard queue now, the longest visible first.
const STANDARD: &str = "FROM messages m WHERE m.queue = ?1 AND m.visible_ms <= ?2
    ORDER BY m.visible_ms, m.seq LIMIT ?3";

/// The same for a FIFO queue: in order, and nothing of a group that has an earlier message
/// hidden.
const FIFO: &str = "FROM messages m WHERE m.queue = ?1 AND m.visible_ms <= ?2 AND NOT EXISTS (
        SELECT 1 FROM messages p WHERE p.queue = m.queue AND p.group_id = m.group_id
            AND p.seq < m.seq AND p.visible_ms > ?2)
    ORDER BY m.seq LIMIT ?3";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Receive {
    queue_url: String,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
    #[serde(default)]
    message_attribute_names: Vec<String>,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
}

/// Takes up to `max` messages and hides them, for the queue's visibility time-out unless told
/// otherwise. Messages that were tried too often move to the dead-letter queue instead.
pub(crate) fn receive(
    tx: &Tx<'_>,
    queue_id: i64,
    max: usize,
    visibility_ms: Option<i64>,
) -> Result<Vec<Received>, ApiError> {
    let queue = Queue::by_id(tx, queue_id)?;
    forget_expired(tx, &queue)?;
    redrive(tx, &queue)?;
    let default_ms = queue.attributes.number("VisibilityTimeout").saturating_mul(1000);
    let until = tx.now_ms.saturating_add(visibility_ms.unwrap_or(default_ms));
    let found = candidates(tx, &queue, max)?;
    found.into_iter().map(|message| take(tx, message, until)).collect()
}

fn candidates(tx: &Tx<'_>, queue: &Queue, limit: usize) -> Result<Vec<Received>, ApiError> {
    let sql = format!("SELECT {COLUMNS} {}", selection(queue));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = tx.conn.prepare_cached(&sql)?;
    let found = query.query_map(params![queue.id, tx.now_ms, limit], Received::read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn selection(queue: &Queue) -> &'static str {
    if queue.is_fifo() { FIFO } else { STANDARD }
}

fn forget_expired(tx: &Tx<'_>, queue: &Queue) -> Result<(), ApiError> {
    let kept_ms = queue.attributes.number("MessageRetentionPeriod").saturating_mul(1000);
    let sql = "DELETE FROM messages WHERE queue = ?1 AND sent_ms < ?2";
    let oldest = tx.now_ms.saturating_sub(kept_ms);
    tx.conn.prepare_cached(sql)?.execute([queue.id, oldest])?;
    Ok(())
}

/// Moves the messages that were tried too often, if the queue has a dead-letter queue.
fn redrive(tx: &Tx<'_>, queue: &Queue) -> Result<(), ApiError> {
    let Some(redrive) = queue.attributes.redrive() else {
        return Ok(());
    };
    let Some(target) = Queue::by_arn(tx, &redrive.target_arn)? else {
        return Ok(());
    };
    let sql = "UPDATE messages SET queue = ?3, visible_ms = ?2, tries = 0, source_arn = ?4
        WHERE queue = ?1 AND visible_ms <= ?2 AND tries >= ?5";
    let source = tx.env.names.queue_arn(&queue.name);
    let row = params![queue.id, tx.now_ms, target.id, source, redrive.max_receives];
    if tx.conn.prepare_cached(sql)?.execute(row)? > 0 {
        tx.wake(Topic::Queue(target.id));
    }
    Ok(())
}

fn take(tx: &Tx<'_>, message: Received, until_ms: i64) -> Result<Received, ApiError> {
    let message = message.taken(tx.now_ms);
    // A duplicate: delivered, and still there for the next receiver.
    let duplicate = tx.env.faults.duplicates(message.seq, message.receives);
    let until_ms = if duplicate { tx.now_ms.saturating_add(1) } else { until_ms };
    let sql = "UPDATE messages
        SET visible_ms = ?2, receives = ?3, first_ms = ?4, tries = tries + 1 WHERE seq = ?1";
    let row = params![message.seq, until_ms, message.receives, message.first_ms];
    tx.conn.prepare_cached(sql)?.execute(row)?;
    Ok(message)
}

/// Resolves once `wanted` messages can be received or the clock shows `until_ms`.
pub(crate) async fn wait_for_visible(
    core: &Core,
    queue_id: i64,
    wanted: usize,
    until_ms: Option<i64>,
) -> Result<(), ApiError> {
    let mut changed = core.env.signals.subscribe(Topic::Queue(queue_id));
    loop {
        changed.borrow_and_update();
        let look = move |tx: &Tx<'_>| outlook(tx, queue_id, wanted);
        let (ready, next_ms) = core.db.run_repeatable(look).await?;
        let late = until_ms.is_some_and(|until| core.env.clock.now_ms() >= until);
        if ready >= wanted || late {
            return Ok(());
        }
        let wake_ms = next_ms.into_iter().chain(until_ms).min();
        tokio::select! {
            _ = changed.changed() => {}
            () = clock_shows(core, wake_ms) => {}
        }
    }
}

/// How many messages can be received now (up to `wanted`), and when the next becomes visible.
fn outlook(tx: &Tx<'_>, queue_id: i64, wanted: usize) -> Result<(usize, Option<i64>), ApiError> {
    let queue = Queue::by_id(tx, queue_id)?;
    let sql = format!("SELECT count(*) FROM (SELECT 1 {})", selection(&queue));
    let limit = i64::try_from(wanted).unwrap_or(i64::MAX);
    let mut query = tx.conn.prepare_cached(&sql)?;
    let ready: i64 = query.query_row(params![queue_id, tx.now_ms, limit], |row| row.get(0))?;
    let sql = "SELECT min(visible_ms) FROM messages WHERE queue = ?1 AND visible_ms > ?2";
    let mut query = tx.conn.prepare_cached(sql)?;
    let next_ms = query.query_row([queue_id, tx.now_ms], |row| row.get(0))?;
    Ok((usize::try_from(ready).unwrap_or(0), next_ms))
}

async fn clock_shows(core: &Core, at_ms: Option<i64>) {
    match at_ms {
        Some(at_ms) => core.env.clock.sleep_until(at_ms).await,
        None => std::future::pending().await,
    }
}

/// `ReceiveMessage`, with a long poll if asked for.
pub(super) async fn call(core: &Core, request: Receive) -> Result<Value, ApiError> {
    let max = request.max_number_of_messages.unwrap_or(1);
    let Some(max) = usize::try_from(max).ok().filter(|max| (1..=10).contains(max)) else {
        return Err(errors::bad_parameter(format!(
            "Value {max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10."
        )));
    };
    let url = request.queue_url.clone();
    let queue = core.db.run_repeatable(move |tx| Queue::at(tx, &url)).await?;
    let wait = request.wait_time_seconds;
    let wait = wait.unwrap_or_else(|| queue.attributes.number("ReceiveMessageWaitTimeSeconds"));
    let visibility_ms = request.visibility_timeout.map(|s| s.saturating_mul(1000));
    let messages = poll(core, queue.id, max, visibility_ms, wait.clamp(0, 20)).await?;
    if messages.is_empty() {
        return Ok(json!({}));
    }
    let mut system = request.attribute_names;
    system.extend(request.message_system_attribute_names);
    let shown = messages.iter().map(|m| m.render(&system, &request.message_attribute_names));
    Ok(json!({"Messages": shown.collect::<Vec<_>>()}))
}

/// A long poll waits in real time, as its caller's connection does.
async fn poll(
    core: &Core,
    queue_id: i64,
    max: usize,
    visibility_ms: Option<i64>,
    wait_s: i64,
) -> Result<Vec<Received>, ApiError> {
    let wait = Duration::from_secs(u64::try_from(wait_s).unwrap_or(0));
    let deadline = Instant::now() + wait;
    loop {
        let work = move |tx: &Tx<'_>| receive(tx, queue_id, max, visibility_ms);
        let messages = core.db.run_repeatable(work).await?;
        if !messages.is_empty() || Instant::now() >= deadline {
            return Ok(messages);
        }
        tokio::select! {
            visible = wait_for_visible(core, queue_id, 1, None) => visible?,
            () = tokio::time::sleep_until(deadline) => {}
            () = core.stop.requested() => return Ok(Vec::new()),
        }
    }
}
