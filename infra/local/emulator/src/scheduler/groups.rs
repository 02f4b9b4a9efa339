//! Schedule groups.

use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use super::api::{conflict, not_found};
use crate::db::Tx;
use crate::http::ApiError;

pub(super) fn create(tx: &Tx<'_>, name: &str) -> Result<Value, ApiError> {
    let sql = "INSERT OR IGNORE INTO schedule_groups (name, created_ms) VALUES (?1, ?2)";
    if tx.conn.execute(sql, params![name, tx.now_ms])? == 0 {
        return Err(conflict(format!("Schedule group {name} already exists.")));
    }
    Ok(json!({"ScheduleGroupArn": arn(tx, name)}))
}

/// An error unless the group exists.
pub(super) fn require(tx: &Tx<'_>, name: &str) -> Result<(), ApiError> {
    created_ms(tx, name).map(drop)
}

fn created_ms(tx: &Tx<'_>, name: &str) -> Result<i64, ApiError> {
    let sql = "SELECT created_ms FROM schedule_groups WHERE name = ?1";
    let found = tx.conn.query_row(sql, [name], |row| row.get(0)).optional()?;
    found.ok_or_else(|| not_found(format!("Schedule group {name} does not exist.")))
}

pub(super) fn get(tx: &Tx<'_>, name: &str) -> Result<Value, ApiError> {
    let created_ms = created_ms(tx, name)?;
    Ok(render(tx, name, created_ms))
}

pub(super) fn list(tx: &Tx<'_>) -> Result<Value, ApiError> {
    let mut query = tx.conn.prepare("SELECT name, created_ms FROM schedule_groups ORDER BY name")?;
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let groups: Vec<Value> = rows.iter().map(|(name, created)| render(tx, name, *created)).collect();
    Ok(json!({"ScheduleGroups": groups}))
}

/// Deletes the group and its schedules. The default group cannot be deleted.
pub(super) fn delete(tx: &Tx<'_>, name: &str) -> Result<Value, ApiError> {
    if name == "default" {
        return Err(ApiError::invalid("The default schedule group cannot be deleted."));
    }
    require(tx, name)?;
    tx.conn.execute("DELETE FROM schedules WHERE group_name = ?1", [name])?;
    tx.conn.execute("DELETE FROM schedule_groups WHERE name = ?1", [name])?;
    Ok(json!({}))
}

fn render(tx: &Tx<'_>, name: &str, created_ms: i64) -> Value {
    json!({
        "Arn": arn(tx, name),
        "Name": name,
        "State": "ACTIVE",
        "CreationDate": created_ms / 1000,
        "LastModificationDate": created_ms / 1000,
    })
}

fn arn(tx: &Tx<'_>, name: &str) -> String {
    tx.env.names.arn("scheduler", &format!("schedule-group/{name}"))
}
