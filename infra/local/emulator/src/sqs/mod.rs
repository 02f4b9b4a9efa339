//! SQS: standard and FIFO queues, as the SDK speaks to them (AWS JSON 1.0).

mod api;
mod attributes;
mod batch;
mod digest;
mod errors;
mod message;
mod queue;
mod queues;
mod receipt;
mod receive;
mod remove;
mod send;

#[cfg(test)]
mod tests;

pub(crate) use api::call;
pub(crate) use message::Received;
pub(crate) use queue::Queue;
pub(crate) use receive::{receive, wait_for_visible};
pub(crate) use remove::{delete, hide_for};
pub(crate) use send::{Outgoing, enqueue, send_text};

/// `seq` orders messages and never comes back; `receives` counts over all queues that a message
/// was in, `tries` in this queue only (redrive counts those).
pub(crate) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS queues (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        attributes TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        modified_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS messages (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        queue INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        attributes TEXT,
        trace TEXT,
        group_id TEXT,
        dedup_id TEXT,
        source_arn TEXT,
        sent_ms INTEGER NOT NULL,
        visible_ms INTEGER NOT NULL,
        first_ms INTEGER,
        receives INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_by_time ON messages (queue, visible_ms, seq);
    CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue, sent_ms);
    CREATE INDEX IF NOT EXISTS messages_by_group ON messages (queue, group_id, seq);
    CREATE TABLE IF NOT EXISTS dedups (
        queue INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
        scope TEXT NOT NULL,
        dedup_id TEXT NOT NULL,
        message_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        PRIMARY KEY (queue, scope, dedup_id)
    ) STRICT;
";

/// Run once at start, see [`crate::db`].
pub(crate) const RELEASE_IN_FLIGHT: &str = "UPDATE messages SET visible_ms = 0 WHERE receives > 0 AND visible_ms > 0;";
