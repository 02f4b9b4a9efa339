//! Reading a table's stream, with a durable place to continue from.
//!
//! Records are read through the engine's own interface, not over HTTP: the reader is in this
//! process, is woken by the proxy as soon as a write was applied, and sleeps otherwise.

mod source;

use crate::db::Db;
use crate::http::ApiError;

pub use source::{Batch, StreamSource};

pub(crate) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS checkpoints (
        consumer TEXT NOT NULL,
        table_name TEXT NOT NULL,
        sequence TEXT NOT NULL,
        PRIMARY KEY (consumer, table_name)
    ) STRICT;
";

/// Public sequence numbers are the engine's own plus this.
const SEQUENCE_OFFSET: u128 = 100_000_000_000_000_000_000;

/// Per table, up to where every reader with a checkpoint has read, as the engine counts.
pub(crate) async fn oldest_checkpoints(db: &Db) -> Result<Vec<(String, i64)>, ApiError> {
    let rows: Vec<(String, String)> = db
        .run_repeatable(|tx| {
            let sql = "SELECT table_name, min(sequence) FROM checkpoints GROUP BY table_name";
            let mut rows = tx.conn.prepare_cached(sql)?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await?;
    let own = |public: &str| {
        let number = public.parse::<u128>().ok()?.checked_sub(SEQUENCE_OFFSET)?;
        i64::try_from(number).ok()
    };
    Ok(rows.into_iter().map(|(table, at)| (table, own(&at).unwrap_or(0))).collect())
}
