//! The state, in SQLite: orders, what is due when, and what is still to be told.

use crate::{DepotError, Kept, Step};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};
use time::OffsetDateTime;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS orders (
        api TEXT NOT NULL, number TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (api, number)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS orders_id ON orders (id);
    CREATE TABLE IF NOT EXISTS due (
        at INTEGER NOT NULL, api TEXT NOT NULL, number TEXT NOT NULL, step TEXT NOT NULL,
        PRIMARY KEY (at, api, number, step)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS calls (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, sender TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS calls_at ON calls (at);
    CREATE TABLE IF NOT EXISTS doc (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
";
/// Supplier's ids begin here.
const FIRST: u64 = 210_711_100_000_000_001;

type Result<T> = std::result::Result<T, DepotError>;

/// The state of all suppliers.
pub(crate) struct Ledger(Mutex<Connection>);

/// What one request reads and writes, at once or not at all.
pub(crate) struct Books<'a>(&'a Connection);

/// A callback that is to be sent.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) n: i64,
    pub(crate) sender: String,
    pub(crate) body: String,
    pub(crate) tries: u32,
}

impl Ledger {
    /// The state in a file, or in memory without one.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let connection = path.map_or_else(Connection::open_in_memory, Connection::open)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Runs `act` in a transaction, one at a time: requests are applied one after another.
    pub(crate) fn run<T>(&self, act: impl FnOnce(&Books<'_>) -> Result<T>) -> Result<T> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.unchecked_transaction()?;
        let done = act(&Books(&transaction))?;
        transaction.commit()?;
        Ok(done)
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<String> {
    row.get(0)
}

impl Books<'_> {
    pub(crate) fn by_number(&self, api: &str, number: &str) -> Result<Option<Kept>> {
        let mut statement = self.0.prepare_cached("SELECT body FROM orders WHERE api = ?1 AND number = ?2")?;
        let body = statement.query_row(params![api, number], kept).optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    pub(crate) fn by_id(&self, api: &str, id: u64) -> Result<Option<Kept>> {
        let mut statement = self.0.prepare_cached("SELECT body FROM orders WHERE api = ?1 AND id = ?2")?;
        let body = statement.query_row(params![api, id], kept).optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    pub(crate) fn all(&self) -> Result<Vec<Kept>> {
        let mut statement = self.0.prepare_cached("SELECT body FROM orders ORDER BY id")?;
        let bodies = statement.query_map([], kept)?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    pub(crate) fn keep(&self, order: &Kept) -> Result<()> {
        let mut statement = self.0.prepare_cached("INSERT OR REPLACE INTO orders VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![order.api, order.number, order.id, serde_json::to_string(order)?])?;
        Ok(())
    }

    /// A number never given out before.
    pub(crate) fn next_id(&self) -> Result<u64> {
        let id = self.doc("counter", "id")?.unwrap_or(FIRST);
        self.put("counter", "id", &id.saturating_add(1))?;
        Ok(id)
    }

    pub(crate) fn plan(&self, at: OffsetDateTime, (api, number): (&str, &str), step: Step) -> Result<()> {
        let mut statement = self.0.prepare_cached("INSERT OR IGNORE INTO due VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![at.unix_timestamp(), api, number, serde_json::to_string(&step)?])?;
        Ok(())
    }

    /// What is due by now, taken off the plan.
    pub(crate) fn due(&self, now: OffsetDateTime) -> Result<Vec<(String, String, Step)>> {
        let now = now.unix_timestamp();
        let mut statement = self.0.prepare_cached("SELECT api, number, step FROM due WHERE at <= ?1 ORDER BY at")?;
        let rows = statement.query_map(params![now], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        let rows = rows.collect::<rusqlite::Result<Vec<(String, String, String)>>>()?;
        if !rows.is_empty() {
            self.0.prepare_cached("DELETE FROM due WHERE at <= ?1")?.execute(params![now])?;
        }
        rows.into_iter().map(|(api, number, step)| Ok((api, number, serde_json::from_str(&step)?))).collect()
    }

    pub(crate) fn call(&self, at: OffsetDateTime, sender: &str, body: &Value) -> Result<()> {
        let mut statement =
            self.0.prepare_cached("INSERT INTO calls (at, sender, body, tries) VALUES (?1, ?2, ?3, 0)")?;
        statement.execute(params![at.unix_timestamp(), sender, body.to_string()])?;
        Ok(())
    }

    /// Callbacks that are due, oldest first.
    pub(crate) fn calls(&self, now: OffsetDateTime, most: u32) -> Result<Vec<Waiting>> {
        let sql = "SELECT n, sender, body, tries FROM calls WHERE at <= ?1 ORDER BY n LIMIT ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params![now.unix_timestamp(), most], |row| {
            Ok(Waiting { n: row.get(0)?, sender: row.get(1)?, body: row.get(2)?, tries: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(crate) fn told(&self, n: i64) -> Result<()> {
        self.0.prepare_cached("DELETE FROM calls WHERE n = ?1")?.execute(params![n])?;
        Ok(())
    }

    pub(crate) fn later(&self, n: i64, at: OffsetDateTime) -> Result<()> {
        let mut statement = self.0.prepare_cached("UPDATE calls SET at = ?2, tries = tries + 1 WHERE n = ?1")?;
        statement.execute(params![n, at.unix_timestamp()])?;
        Ok(())
    }

    pub(crate) fn doc<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Result<Option<T>> {
        let mut statement = self.0.prepare_cached("SELECT body FROM doc WHERE kind = ?1 AND key = ?2")?;
        let body = statement.query_row(params![kind, key], kept).optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    /// All documents of a kind, by key.
    pub(crate) fn docs<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached("SELECT body FROM doc WHERE kind = ?1 ORDER BY key")?;
        let bodies = statement.query_map(params![kind], kept)?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    pub(crate) fn put<T: Serialize>(&self, kind: &str, key: &str, value: &T) -> Result<()> {
        let mut statement = self.0.prepare_cached("INSERT OR REPLACE INTO doc VALUES (?1, ?2, ?3)")?;
        statement.execute(params![kind, key, serde_json::to_string(value)?])?;
        Ok(())
    }
}
