//! The yardstick: bare SQLite doing as many durable transactions with as many bytes.
//!
//! One connection, one transaction after the other, each synced before the next: what an embedded store
//! with one writer costs before anything else is done.

use crate::{disk::Bytes, usage::Usage};
use anyhow::Result;
use rusqlite::Connection;
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// What one gate writes.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    transactions: u64,
    rows: u64,
    bytes: usize,
}

impl Shape {
    /// As much as each of `gates` gates of the system wrote: transactions, rows, bytes of their items.
    #[must_use]
    pub fn of(gates: u64, usage: &Usage, bytes: &Bytes) -> Self {
        let writes = ["DynamoDB.TransactWriteItems", "DynamoDB.UpdateItem", "DynamoDB.PutItem", "DynamoDB.DeleteItem"];
        let calls = writes.iter().filter_map(|name| usage.calls.get(*name)).sum::<u64>();
        let rows = bytes.rows.values().map(|(rows, _)| rows).sum::<u64>();
        let total = bytes.rows.values().map(|(_, bytes)| bytes).sum::<u64>();
        let transactions = (calls / gates.max(1)).max(1);
        let each = |total: u64| (total / gates.max(1) / transactions).max(1);
        Self { transactions, rows: each(rows), bytes: usize::try_from(each(total)).unwrap_or(usize::MAX) }
    }
}

/// Writes `gates` gates of this shape and says how long it took.
///
/// # Errors
/// When the file cannot be written.
pub fn run(folder: &Path, gates: u64, shape: &Shape) -> Result<Duration> {
    let file = folder.join("floor.sqlite");
    let conn = Connection::open(&file)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS rows (pk TEXT, sk INTEGER, body TEXT, PRIMARY KEY (pk, sk));",
    )?;
    let body = "x".repeat(shape.bytes / usize::try_from(shape.rows)?);
    let began = Instant::now();
    for gate in 0..gates {
        for transaction in 0..shape.transactions {
            write(&conn, &format!("ACTION#{gate:036}"), transaction * shape.rows, (shape.rows, &body))?;
        }
    }
    let took = began.elapsed();
    drop(conn);
    std::fs::remove_file(file)?;
    Ok(took)
}

fn write(conn: &Connection, key: &str, first: u64, (rows, body): (u64, &str)) -> Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for row in first..first + rows {
        let number = i64::try_from(row)?;
        conn.prepare_cached("INSERT OR REPLACE INTO rows VALUES (?1, ?2, ?3)")?.execute((key, number, body))?;
    }
    conn.execute_batch("COMMIT")?;
    Ok(())
}
