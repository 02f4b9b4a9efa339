//! EventBridge Scheduler: `rate`, `cron` and `at` schedules that send to SQS queues and event
//! buses.
//!
//! A run and the schedule's next time are one transaction, so a killed process neither repeats
//! a run nor forgets one. What was missed, however often, is run once.

mod api;
mod expr;
mod groups;
mod pace;
mod run;
mod spec;
mod store;

#[cfg(test)]
mod tests;

pub(crate) use api::call;
pub(crate) use pace::Pace;
pub(crate) use run::run;
pub(crate) use store::resume;

pub(crate) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS schedule_groups (
        name TEXT PRIMARY KEY,
        created_ms INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO schedule_groups (name, created_ms) VALUES ('default', 0);
    CREATE TABLE IF NOT EXISTS schedules (
        group_name TEXT NOT NULL REFERENCES schedule_groups (name),
        name TEXT NOT NULL,
        spec TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        modified_ms INTEGER NOT NULL,
        anchor_ms INTEGER NOT NULL,
        next_ms INTEGER,
        PRIMARY KEY (group_name, name)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS schedules_by_time ON schedules (next_ms);
    CREATE TABLE IF NOT EXISTS schedule_clock (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        shown_ms INTEGER NOT NULL
    ) STRICT;
";
