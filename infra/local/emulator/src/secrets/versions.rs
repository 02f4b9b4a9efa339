//! Versions of a secret and the labels on them.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::api::{Secret, not_found};
use crate::db::Tx;
use crate::http::ApiError;

/// The value of one version: text, or Base64 of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: Option<String>,
    pub(super) bytes: Option<String>,
}

/// Adds a version and moves the labels to it. The version that was `AWSCURRENT` becomes
/// `AWSPREVIOUS`. The same version with the same value again changes nothing.
pub(super) fn add(tx: &Tx<'_>, secret: &Secret, id: &str, value: &Value, stages: &[String]) -> Result<(), ApiError> {
    if let Some((existing, _)) = find(tx, secret, id)? {
        if existing == *value {
            return Ok(());
        }
        let message = format!("A version {id} with another value already exists.");
        return Err(ApiError::bad("ResourceExistsException", message));
    }
    let sql = "INSERT INTO secret_versions (secret, id, text, bytes, created_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.conn.execute(sql, params![secret.name, id, value.text, value.bytes, tx.now_ms])?;
    for stage in stages {
        label(tx, secret, stage, id)?;
    }
    let sql = "UPDATE secrets SET changed_ms = ?2 WHERE name = ?1";
    tx.conn.execute(sql, params![secret.name, tx.now_ms])?;
    Ok(())
}

fn label(tx: &Tx<'_>, secret: &Secret, stage: &str, id: &str) -> Result<(), ApiError> {
    let set = "INSERT INTO secret_stages (secret, stage, version) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET version = excluded.version";
    if stage == "AWSCURRENT"
        && let Some(current) = staged(tx, secret, stage)?
    {
        tx.conn.execute(set, params![secret.name, "AWSPREVIOUS", current])?;
    }
    tx.conn.execute(set, params![secret.name, stage, id])?;
    Ok(())
}

/// The version with this label.
pub(super) fn staged(tx: &Tx<'_>, secret: &Secret, stage: &str) -> Result<Option<String>, ApiError> {
    let sql = "SELECT version FROM secret_stages WHERE secret = ?1 AND stage = ?2";
    let found = tx.conn.query_row(sql, [&secret.name, stage], |row| row.get(0));
    Ok(found.optional()?)
}

/// The value of a version and when it was made.
pub(super) fn find(tx: &Tx<'_>, secret: &Secret, id: &str) -> Result<Option<(Value, i64)>, ApiError> {
    let sql = "SELECT text, bytes, created_ms FROM secret_versions WHERE secret = ?1 AND id = ?2";
    let found = tx.conn.query_row(sql, [&secret.name, id], |row| {
        let value = Value { text: row.get(0)?, bytes: row.get(1)? };
        Ok((value, row.get(2)?))
    });
    Ok(found.optional()?)
}

/// The version that is asked for by id, by label, or as the current one.
pub(super) fn choose(
    tx: &Tx<'_>,
    secret: &Secret,
    id: Option<String>,
    stage: Option<&str>,
) -> Result<(String, Value, i64), ApiError> {
    let label = stage.unwrap_or("AWSCURRENT");
    let labelled = staged(tx, secret, label)?;
    let chosen = match (id, stage) {
        (Some(id), None) => Some(id),
        (Some(id), Some(_)) => labelled.filter(|version| *version == id),
        (None, _) => labelled,
    };
    let missing = || {
        let wanted = stage.map_or_else(String::new, |stage| format!(" for staging label: {stage}"));
        not_found(format!("Secrets Manager can't find the specified secret value{wanted}."))
    };
    let id = chosen.ok_or_else(missing)?;
    let (value, created_ms) = find(tx, secret, &id)?.ok_or_else(missing)?;
    Ok((id, value, created_ms))
}

/// The labels by version.
pub(super) fn stages(tx: &Tx<'_>, secret: &Secret) -> Result<BTreeMap<String, Vec<String>>, ApiError> {
    let sql = "SELECT version, stage FROM secret_stages WHERE secret = ?1 ORDER BY stage";
    let mut query = tx.conn.prepare_cached(sql)?;
    let rows = query.query_map([&secret.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut stages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        let (version, stage): (String, String) = row?;
        stages.entry(version).or_default().push(stage);
    }
    Ok(stages)
}
