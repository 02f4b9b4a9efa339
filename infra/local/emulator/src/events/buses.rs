//! Event buses.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::db::Tx;
use crate::env::arn_resource;
use crate::http::ApiError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct List {
    name_prefix: Option<String>,
}

/// The name behind a bus's name or ARN; none means the default bus.
pub(super) fn bus_name(given: Option<&str>) -> String {
    let given = given.unwrap_or("default");
    let resource = arn_resource(given, "events").and_then(|r| r.strip_prefix("event-bus/"));
    resource.unwrap_or(given).to_owned()
}

pub(super) fn exists(tx: &Tx<'_>, bus: &str) -> Result<bool, ApiError> {
    let mut query = tx.conn.prepare_cached("SELECT 1 FROM buses WHERE name = ?1")?;
    Ok(query.exists([bus])?)
}

/// An error unless the bus exists.
pub(super) fn require(tx: &Tx<'_>, bus: &str) -> Result<(), ApiError> {
    let missing = || not_found(format!("Event bus {bus} does not exist."));
    exists(tx, bus)?.then_some(()).ok_or_else(missing)
}

pub(super) fn not_found(message: impl Into<String>) -> ApiError {
    ApiError::bad("ResourceNotFoundException", message)
}

pub(super) fn create(tx: &Tx<'_>, request: Named) -> Result<Value, ApiError> {
    let name = required(request)?;
    let added = tx.conn.execute(
        "INSERT OR IGNORE INTO buses (name, created_ms) VALUES (?1, ?2)",
        rusqlite::params![name, tx.now_ms],
    )?;
    if added == 0 {
        let message = format!("Event bus {name} already exists.");
        return Err(ApiError::bad("ResourceAlreadyExistsException", message));
    }
    Ok(json!({"EventBusArn": arn(tx, &name)}))
}

/// Also deletes the bus's rules, which AWS does too. The default bus cannot be deleted.
pub(super) fn delete(tx: &Tx<'_>, request: Named) -> Result<Value, ApiError> {
    let name = required(request)?;
    if name == "default" {
        return Err(ApiError::invalid("Cannot delete event bus default."));
    }
    for sql in
        ["DELETE FROM targets WHERE bus = ?1", "DELETE FROM rules WHERE bus = ?1", "DELETE FROM buses WHERE name = ?1"]
    {
        tx.conn.execute(sql, [&name])?;
    }
    Ok(json!({}))
}

pub(super) fn describe(tx: &Tx<'_>, request: Named) -> Result<Value, ApiError> {
    let name = bus_name(request.name.as_deref());
    require(tx, &name)?;
    Ok(json!({"Name": name, "Arn": arn(tx, &name)}))
}

pub(super) fn list(tx: &Tx<'_>, request: List) -> Result<Value, ApiError> {
    let prefix = request.name_prefix.unwrap_or_default();
    let sql = "SELECT name FROM buses WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name";
    let mut query = tx.conn.prepare_cached(sql)?;
    let names = query.query_map([prefix], |row| row.get::<_, String>(0))?;
    let names = names.collect::<rusqlite::Result<Vec<_>>>()?;
    let buses = names.iter().map(|name| json!({"Name": name, "Arn": arn(tx, name)}));
    Ok(json!({"EventBuses": buses.collect::<Vec<_>>()}))
}

fn required(request: Named) -> Result<String, ApiError> {
    let name = request.name.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| ApiError::invalid("Name is required."))?;
    Ok(bus_name(Some(&name)))
}

fn arn(tx: &Tx<'_>, name: &str) -> String {
    tx.env.names.arn("events", &format!("event-bus/{name}"))
}
