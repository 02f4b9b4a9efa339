//! EventBridge: buses, rules with event patterns, and SQS targets.
//!
//! An event and the messages it fans out to are one transaction of the store: `PutEvents`
//! answers when all of them are on disk.

mod api;
mod buses;
mod cidr;
mod filter;
mod path;
mod pattern;
mod publish;
mod rules;
mod targets;
mod transform;
mod wildcard;

pub(crate) use api::call;
pub(crate) use filter::Filter;
pub(crate) use publish::{Event, publish};

pub(crate) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS buses (
        name TEXT PRIMARY KEY,
        created_ms INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO buses (name, created_ms) VALUES ('default', 0);
    CREATE TABLE IF NOT EXISTS rules (
        bus TEXT NOT NULL REFERENCES buses (name),
        name TEXT NOT NULL,
        pattern TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        description TEXT,
        PRIMARY KEY (bus, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS targets (
        bus TEXT NOT NULL,
        rule TEXT NOT NULL,
        id TEXT NOT NULL,
        spec TEXT NOT NULL,
        PRIMARY KEY (bus, rule, id),
        FOREIGN KEY (bus, rule) REFERENCES rules (bus, name)
    ) STRICT;
";
