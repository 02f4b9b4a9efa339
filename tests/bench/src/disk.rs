//! Bytes on disk, by what they hold.

use anyhow::Result;
use rusqlite::{Connection, OpenFlags};
use std::{collections::BTreeMap, path::Path};

/// Bytes in use of each table and index of one SQLite file, free pages left out.
fn used(file: &Path) -> Result<BTreeMap<String, u64>> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(std::time::Duration::from_secs(10))?;
    let mut rows = conn.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")?;
    let rows = rows.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let rows: Vec<(String, i64)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().map(|(name, bytes)| (name, u64::try_from(bytes).unwrap_or(0))).collect())
}

/// Rows and bytes of the items of the table by kind, as `ACTION STATE` or `ACTION AUDIT`. The engine
/// marks the type of a key with its first two letters.
fn kinds(file: &Path) -> Result<BTreeMap<String, (u64, u64)>> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(std::time::Duration::from_secs(10))?;
    let sql =
        "SELECT substr(pk, 3, instr(pk, '#') - 3) || ' ' || substr(sk || '#', 3, instr(sk || '#', '#') - 3) AS kind,
        count(*), sum(length(item_json)) FROM royal GROUP BY kind";
    let mut rows = conn.prepare(sql)?;
    let rows = rows.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, (row.get::<_, i64>(1)?.unsigned_abs(), row.get::<_, i64>(2)?.unsigned_abs())))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What gates left behind.
#[derive(Debug, Clone, Default)]
pub struct Bytes {
    /// Bytes by table and index of the file.
    pub stored: BTreeMap<String, u64>,
    /// Rows and bytes of their JSON by kind.
    pub rows: BTreeMap<String, (u64, u64)>,
}

impl Bytes {
    /// What `file` holds now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(file: &Path) -> Result<Self> {
        Ok(Self { stored: used(file)?, rows: kinds(file)? })
    }

    /// What came to it since `before`.
    #[must_use]
    pub fn since(self, before: &Self) -> Self {
        let stored = self.stored.into_iter().map(|(name, bytes)| {
            let grown = bytes.saturating_sub(before.stored.get(&name).copied().unwrap_or(0));
            (name, grown)
        });
        let rows = self.rows.into_iter().map(|(kind, (rows, bytes))| {
            let (old_rows, old_bytes) = before.rows.get(&kind).copied().unwrap_or((0, 0));
            (kind, (rows.saturating_sub(old_rows), bytes.saturating_sub(old_bytes)))
        });
        Self {
            stored: stored.filter(|(_, bytes)| *bytes > 0).collect(),
            rows: rows.filter(|(_, (rows, _))| *rows > 0).collect(),
        }
    }
}
