//! Rules: which events of a bus are wanted.

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::buses::{bus_name, not_found, require};
use super::pattern::Pattern;
use crate::db::Tx;
use crate::env::Names;
use crate::http::ApiError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Put {
    name: String,
    event_pattern: Option<String>,
    schedule_expression: Option<String>,
    state: Option<String>,
    description: Option<String>,
    event_bus_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Named {
    name: String,
    event_bus_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct List {
    name_prefix: Option<String>,
    event_bus_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Test {
    event_pattern: String,
    event: String,
}

/// A rule as it is stored.
pub(super) struct Rule {
    pub(super) bus: String,
    pub(super) name: String,
    pub(super) pattern: String,
    pub(super) enabled: bool,
    description: Option<String>,
}

impl Rule {
    pub(super) fn arn(&self, names: &Names) -> String {
        arn(names, &self.bus, &self.name)
    }

    fn render(&self, names: &Names) -> Value {
        let mut rule = json!({
            "Name": self.name,
            "Arn": self.arn(names),
            "EventBusName": self.bus,
            "EventPattern": self.pattern,
            "State": if self.enabled { "ENABLED" } else { "DISABLED" },
        });
        if let (Some(text), Some(fields)) = (&self.description, rule.as_object_mut()) {
            fields.insert("Description".to_owned(), json!(text));
        }
        rule
    }
}

/// The rules of the default bus have ARNs without it.
fn arn(names: &Names, bus: &str, rule: &str) -> String {
    match bus {
        "default" => names.arn("events", &format!("rule/{rule}")),
        bus => names.arn("events", &format!("rule/{bus}/{rule}")),
    }
}

pub(super) fn put(tx: &Tx<'_>, request: Put) -> Result<Value, ApiError> {
    if request.schedule_expression.is_some() {
        let message = "Scheduled rules are not emulated by the local stack: use EventBridge Scheduler.";
        return Err(ApiError::invalid(message));
    }
    let pattern = request.event_pattern;
    let pattern = pattern.ok_or_else(|| ApiError::invalid("EventPattern must be specified."))?;
    compile(&pattern)?;
    let enabled = match request.state.as_deref() {
        None | Some("ENABLED") => true,
        Some("DISABLED") => false,
        Some(other) => return Err(ApiError::invalid(format!("State `{other}` is not supported."))),
    };
    let bus = bus_name(request.event_bus_name.as_deref());
    require(tx, &bus)?;
    tx.conn.execute(
        "INSERT INTO rules (bus, name, pattern, enabled, description) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET pattern = excluded.pattern, enabled = excluded.enabled,
             description = excluded.description",
        params![bus, request.name, pattern, enabled, request.description],
    )?;
    Ok(json!({"RuleArn": arn(&tx.env.names, &bus, &request.name)}))
}

/// Reads a pattern; what is wrong with it is said.
pub(super) fn compile(text: &str) -> Result<Pattern, ApiError> {
    let invalid = |reason: String| {
        let message = format!("Event pattern is not valid. Reason: {reason}");
        ApiError::bad("InvalidEventPatternException", message)
    };
    let value = serde_json::from_str(text).map_err(|e| invalid(e.to_string()))?;
    Pattern::compile(&value).map_err(invalid)
}

pub(super) fn delete(tx: &Tx<'_>, request: Named) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    let count = "SELECT count(*) FROM targets WHERE bus = ?1 AND rule = ?2";
    let targets: i64 = tx.conn.query_row(count, [&bus, &request.name], |row| row.get(0))?;
    if targets > 0 {
        return Err(ApiError::invalid("Rule can't be deleted since it has targets."));
    }
    let sql = "DELETE FROM rules WHERE bus = ?1 AND name = ?2";
    tx.conn.execute(sql, [&bus, &request.name])?;
    Ok(json!({}))
}

pub(super) fn describe(tx: &Tx<'_>, request: Named) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    Ok(required(tx, &bus, &request.name)?.render(&tx.env.names))
}

pub(super) fn list(tx: &Tx<'_>, request: List) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    require(tx, &bus)?;
    let prefix = request.name_prefix.unwrap_or_default();
    let rules = of_bus(tx, &bus)?;
    let rules = rules.iter().filter(|rule| rule.name.starts_with(&prefix));
    let shown: Vec<Value> = rules.map(|rule| rule.render(&tx.env.names)).collect();
    Ok(json!({"Rules": shown}))
}

pub(super) fn enable(tx: &Tx<'_>, request: Named, enabled: bool) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    required(tx, &bus, &request.name)?;
    let sql = "UPDATE rules SET enabled = ?3 WHERE bus = ?1 AND name = ?2";
    tx.conn.execute(sql, params![bus, request.name, enabled])?;
    Ok(json!({}))
}

pub(super) fn test(request: Test) -> Result<Value, ApiError> {
    let event: Value =
        serde_json::from_str(&request.event).map_err(|e| ApiError::invalid(format!("Event is not valid JSON: {e}")))?;
    Ok(json!({"Result": compile(&request.event_pattern)?.matches(Some(&event))}))
}

/// The rule, or an error that names it.
pub(super) fn required(tx: &Tx<'_>, bus: &str, name: &str) -> Result<Rule, ApiError> {
    let sql = "SELECT bus, name, pattern, enabled, description FROM rules WHERE bus = ?1 AND name = ?2";
    let mut query = tx.conn.prepare_cached(sql)?;
    let found = query.query_row([bus, name], read).optional()?;
    found.ok_or_else(|| not_found(format!("Rule {name} does not exist on EventBus {bus}.")))
}

pub(super) fn of_bus(tx: &Tx<'_>, bus: &str) -> Result<Vec<Rule>, ApiError> {
    let sql = "SELECT bus, name, pattern, enabled, description FROM rules WHERE bus = ?1 ORDER BY name";
    let mut query = tx.conn.prepare_cached(sql)?;
    let found = query.query_map([bus], read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Rule> {
    Ok(Rule {
        bus: row.get(0)?,
        name: row.get(1)?,
        pattern: row.get(2)?,
        enabled: row.get(3)?,
        description: row.get(4)?,
    })
}
