//! Many stored actions, quickly: copies of two real ones, written into the engine's file while it is closed.
//!
//! A copy has its own id, in every key and in the body, and lies in the four partitions of the index in turn;
//! the rest is as in the original. Putting a million of them through the gate would take hours.

use anyhow::Result;
use rusqlite::{Connection, params};
use std::path::Path;

/// Copies of actions are made of this one.
#[derive(Debug, Clone)]
pub struct Original {
    /// Its id.
    pub id: String,
    /// Its status.
    pub status: &'static str,
}

/// The `n`th id of a row of copies, in the order of time as real ones.
const ID: &str = "printf('%s-0000-7000-8000-%012x', ?3, n)";

/// Makes `count` copies of `original`, whose ids begin with the eight hex digits `prefix`.
///
/// # Errors
/// When the file cannot be written.
pub fn copy(file: &Path, original: &Original, (prefix, count): (&str, u32)) -> Result<()> {
    let conn = Connection::open(file)?;
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")?;
    let shard: String = conn.query_row(
        "SELECT gsi_pk FROM \"royal::gsi::by_status\" WHERE table_pk = 'S:ACTION#' || ?1",
        [&original.id],
        |row| row.get(0),
    )?;
    let shard = shard.trim_start_matches("S:").to_owned();
    let numbers = "WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ?4)";
    let own =
        |column: &str| format!("replace(replace({column}, ?1, {ID}), ?2, 'ACTION#{}#' || (n % 4))", original.status);
    let items = format!(
        "{numbers} INSERT INTO royal (pk, sk, item_json, item_size, cached_at, hash_prefix)
         SELECT {}, sk, {}, item_size, cached_at, hash_prefix FROM seq, (SELECT * FROM royal
         WHERE pk = 'S:ACTION#' || ?1 AND sk IN ('S:STATE', 'S:AUDIT#0000000001'))",
        own("pk"),
        own("item_json")
    );
    let index = |name: &str, which: &str| {
        format!(
            "{numbers} INSERT INTO \"royal::gsi::{name}\" (gsi_pk, gsi_sk, table_pk, table_sk, item_json)
             SELECT {}, {}, {}, table_sk, {} FROM seq, (SELECT * FROM \"royal::gsi::{name}\"
             WHERE table_pk = 'S:ACTION#' || ?1 AND table_sk = '{which}')",
            own("gsi_pk"),
            own("gsi_sk"),
            own("table_pk"),
            own("item_json")
        )
    };
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for sql in [items, index("by_status", "S:STATE"), index("by_day", "S:AUDIT#0000000001")] {
        conn.execute(&sql, params![original.id, shard, prefix, count])?;
    }
    conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}
