//! The state: one table of JSON documents and one of lookup marks, in SQLite.

use crate::error::ShopError;
use crate::gid;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Rises when documents written before cannot be read any more.
const VERSION: i64 = 1;
const SCHEMA: &str = "
    CREATE TABLE doc (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
    CREATE TABLE mark (word TEXT, product INTEGER, PRIMARY KEY (word, product)) WITHOUT ROWID;
    CREATE INDEX mark_product ON mark (product);
";

/// The documents of one store.
pub(crate) struct Store {
    conn: Connection,
}

type Result<T> = std::result::Result<T, crate::fail::Fail>;

impl Store {
    /// Opens the file, or memory when there is no path. A file is written durably: an answer is
    /// sent after its transaction reached the disk.
    pub(crate) fn open(path: Option<&Path>) -> std::result::Result<Self, ShopError> {
        let unusable = |e: rusqlite::Error| ShopError::Unusable {
            path: path.unwrap_or(Path::new(":memory:")).to_owned(),
            reason: e.to_string(),
        };
        let conn = match path {
            Some(path) => Connection::open(path),
            None => Connection::open_in_memory(),
        }
        .map_err(unusable)?;
        match prepare(&conn).map_err(unusable)? {
            VERSION => Ok(Self { conn }),
            found => Err(ShopError::OtherVersion {
                path: path.unwrap_or(Path::new(":memory:")).to_owned(),
                found,
                expected: VERSION,
            }),
        }
    }

    /// Starts a transaction; it is undone unless committed.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>> {
        Ok(self.conn.unchecked_transaction()?)
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, kind: &str, key: &str) -> Result<Option<T>> {
        let body: Option<String> = self
            .conn
            .prepare_cached("SELECT body FROM doc WHERE kind = ?1 AND key = ?2")?
            .query_row(params![kind, key], |row| row.get(0))
            .optional()?;
        Ok(body.map(|b| serde_json::from_str(&b)).transpose()?)
    }

    pub(crate) fn put<T: Serialize>(&self, kind: &str, key: &str, value: &T) -> Result<()> {
        let body = serde_json::to_string(value)?;
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO doc (kind, key, body) VALUES (?1, ?2, ?3)")?
            .execute(params![kind, key, body])?;
        Ok(())
    }

    pub(crate) fn remove(&self, kind: &str, key: &str) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM doc WHERE kind = ?1 AND key = ?2")?.execute(params![kind, key])?;
        Ok(())
    }

    /// The numeric keys of a kind, ascending.
    pub(crate) fn ids(&self, kind: &str) -> Result<Vec<i64>> {
        let mut statement =
            self.conn.prepare_cached("SELECT CAST(key AS INTEGER) FROM doc WHERE kind = ?1 ORDER BY 1")?;
        let ids = statement.query_map(params![kind], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// The first documents of a kind whose keys, compared as text, are not after `last`.
    pub(crate) fn until<T: DeserializeOwned>(&self, kind: &str, last: &str, most: usize) -> Result<Vec<T>> {
        let query = "SELECT body FROM doc WHERE kind = ?1 AND key <= ?2 ORDER BY key LIMIT ?3";
        let mut statement = self.conn.prepare_cached(query)?;
        let bodies = statement.query_map(params![kind, last, most], |row| row.get::<_, String>(0))?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// All documents of a kind, by numeric key.
    pub(crate) fn all<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<T>> {
        let mut statement =
            self.conn.prepare_cached("SELECT body FROM doc WHERE kind = ?1 ORDER BY CAST(key AS INTEGER)")?;
        let bodies = statement.query_map(params![kind], |row| row.get::<_, String>(0))?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// A number never given out before.
    pub(crate) fn next_id(&self) -> Result<i64> {
        let id = self.get("counter", "id")?.unwrap_or(gid::FIRST);
        self.put("counter", "id", &id.saturating_add(1))?;
        Ok(id)
    }

    /// Replaces the words under which a product is found.
    pub(crate) fn mark(&self, product: i64, words: &[String]) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM mark WHERE product = ?1")?.execute(params![product])?;
        let mut insert = self.conn.prepare_cached("INSERT OR IGNORE INTO mark (word, product) VALUES (?1, ?2)")?;
        for word in words {
            insert.execute(params![word, product])?;
        }
        Ok(())
    }

    /// The products found under a word, ascending.
    pub(crate) fn marked(&self, word: &str) -> Result<Vec<i64>> {
        let mut statement = self.conn.prepare_cached("SELECT product FROM mark WHERE word = ?1 ORDER BY product")?;
        let ids = statement.query_map(params![word], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }
}

/// Sets durability and creates the tables of a new state; answers the state's version.
fn prepare(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    let found: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found != 0 {
        return Ok(found);
    }
    let transaction = conn.unchecked_transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(VERSION)
}
