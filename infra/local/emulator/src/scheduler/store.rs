//! Schedules in the store.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

use super::pace::Pace;
use super::spec::Spec;
use crate::db::Tx;
use crate::http::{ApiError, stored};

/// A schedule with its times: created and modified by the clock, the others in schedule time.
pub(super) struct Schedule {
    pub(super) group: String,
    pub(super) name: String,
    pub(super) spec: Spec,
    pub(super) created_ms: i64,
    pub(super) modified_ms: i64,
    pub(super) anchor_ms: i64,
    pub(super) next_ms: Option<i64>,
}

const COLUMNS: &str = "group_name, name, spec, created_ms, modified_ms, anchor_ms, next_ms";

type Raw = (String, String, String, i64, i64, i64, Option<i64>);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

impl Schedule {
    fn read((group, name, spec, created_ms, modified_ms, anchor_ms, next_ms): Raw) -> Result<Self, ApiError> {
        Ok(Self { group, name, spec: stored(&spec)?, created_ms, modified_ms, anchor_ms, next_ms })
    }

    pub(super) fn find(tx: &Tx<'_>, group: &str, name: &str) -> Result<Option<Self>, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM schedules WHERE group_name = ?1 AND name = ?2");
        let mut query = tx.conn.prepare_cached(&sql)?;
        let found = query.query_row([group, name], raw).optional()?;
        found.map(Self::read).transpose()
    }

    pub(super) fn all(conn: &Connection) -> Result<Vec<Self>, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM schedules ORDER BY group_name, name");
        let mut query = conn.prepare_cached(&sql)?;
        let found = query.query_map([], raw)?.collect::<rusqlite::Result<Vec<_>>>()?;
        found.into_iter().map(Self::read).collect()
    }

    /// Those whose time has come, the earliest first.
    pub(super) fn due(tx: &Tx<'_>, now_ms: i64) -> Result<Vec<Self>, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM schedules WHERE next_ms <= ?1 ORDER BY next_ms LIMIT 100");
        let mut query = tx.conn.prepare_cached(&sql)?;
        let found = query.query_map([now_ms], raw)?.collect::<rusqlite::Result<Vec<_>>>()?;
        found.into_iter().map(Self::read).collect()
    }

    pub(super) fn save(&self, conn: &Connection) -> Result<(), ApiError> {
        let sql = "INSERT INTO schedules (group_name, name, spec, created_ms, modified_ms, anchor_ms, next_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT DO UPDATE SET spec = excluded.spec, modified_ms = excluded.modified_ms,
                anchor_ms = excluded.anchor_ms, next_ms = excluded.next_ms";
        conn.prepare_cached(sql)?.execute(params![
            self.group,
            self.name,
            json!(self.spec).to_string(),
            self.created_ms,
            self.modified_ms,
            self.anchor_ms,
            self.next_ms,
        ])?;
        Ok(())
    }

    pub(super) fn delete(tx: &Tx<'_>, group: &str, name: &str) -> Result<usize, ApiError> {
        let sql = "DELETE FROM schedules WHERE group_name = ?1 AND name = ?2";
        Ok(tx.conn.execute(sql, [group, name])?)
    }
}

/// When the next schedule is due.
pub(super) fn earliest(tx: &Tx<'_>) -> Result<Option<i64>, ApiError> {
    let mut query = tx.conn.prepare_cached("SELECT min(next_ms) FROM schedules")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// Remembers how far schedule time has come.
pub(super) fn remember(tx: &Tx<'_>, shown_ms: i64) -> Result<(), ApiError> {
    let sql = "INSERT INTO schedule_clock (id, shown_ms) VALUES (1, ?1)
        ON CONFLICT DO UPDATE SET shown_ms = excluded.shown_ms";
    tx.conn.prepare_cached(sql)?.execute([shown_ms])?;
    Ok(())
}

/// Continues after a restart. Faster schedule time goes on where it was; at real time, runs
/// that a faster session had put into the far future are brought back.
pub(crate) fn resume(conn: &Connection, speed: u32, clock_ms: i64) -> Result<Pace, ApiError> {
    let sql = "SELECT shown_ms FROM schedule_clock WHERE id = 1";
    let left_at: Option<i64> = conn.query_row(sql, [], |row| row.get(0)).optional()?;
    let shown_ms = left_at.filter(|_| speed > 1).map_or(clock_ms, |at| at.max(clock_ms));
    for mut schedule in Schedule::all(conn)? {
        if schedule.next_ms.is_none_or(|next| next <= shown_ms) {
            continue;
        }
        schedule.anchor_ms = schedule.anchor_ms.min(shown_ms);
        let sooner = schedule.spec.timetable(schedule.anchor_ms)?.next(shown_ms);
        if sooner.is_some() && sooner < schedule.next_ms {
            schedule.next_ms = sooner;
            schedule.save(conn)?;
        }
    }
    Ok(Pace::new(speed, clock_ms, shown_ms))
}
