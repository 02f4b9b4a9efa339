//! Targets: where the events of a rule go. SQS queues only; others are refused.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::buses::bus_name;
use super::rules;
use super::transform::{InputTransformer, Transform};
use crate::db::Tx;
use crate::env::arn_resource;
use crate::http::{ApiError, parse, stored};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Put {
    rule: String,
    event_bus_name: Option<String>,
    targets: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Remove {
    rule: String,
    event_bus_name: Option<String>,
    ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OfRule {
    rule: String,
    event_bus_name: Option<String>,
}

/// A target as `PutTargets` describes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Target {
    pub(super) id: String,
    pub(super) arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_transformer: Option<InputTransformer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sqs_parameters: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter_config: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_policy: Option<Value>,
}

impl Target {
    /// How the event is changed on its way.
    pub(super) fn transform(&self) -> Transform<'_> {
        match (&self.input, &self.input_path, &self.input_transformer) {
            (Some(text), _, _) => Transform::Constant(text),
            (_, Some(path), _) => Transform::Path(path),
            (_, _, Some(transformer)) => Transform::Template(transformer),
            _ => Transform::Whole,
        }
    }

    pub(super) fn group(&self) -> Option<String> {
        let group = self.sqs_parameters.as_ref()?.get("MessageGroupId")?;
        group.as_str().map(str::to_owned)
    }

    pub(super) fn dead_letter_arn(&self) -> Option<&str> {
        self.dead_letter_config.as_ref()?.get("Arn")?.as_str()
    }
}

pub(super) fn put(tx: &Tx<'_>, request: Put) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    rules::required(tx, &bus, &request.rule)?;
    for value in request.targets {
        let target: Target = parse(value)?;
        check(&target)?;
        tx.conn.execute(
            "INSERT INTO targets (bus, rule, id, spec) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET spec = excluded.spec",
            params![bus, request.rule, target.id, json!(target).to_string()],
        )?;
    }
    Ok(json!({"FailedEntryCount": 0, "FailedEntries": []}))
}

fn check(target: &Target) -> Result<(), ApiError> {
    if arn_resource(&target.arn, "sqs").is_none() {
        let message = format!("Target `{}` is not emulated by the local stack: only SQS queues are.", target.arn);
        return Err(ApiError::invalid(message));
    }
    let ways = [target.input.is_some(), target.input_path.is_some(), target.input_transformer.is_some()];
    if ways.into_iter().filter(|set| *set).count() > 1 {
        let message = format!("Only one of Input, InputPath or InputTransformer may be set for target {}.", target.id);
        return Err(ApiError::invalid(message));
    }
    target.transform().check().map_err(ApiError::invalid)
}

pub(super) fn remove(tx: &Tx<'_>, request: Remove) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    rules::required(tx, &bus, &request.rule)?;
    for id in request.ids {
        let sql = "DELETE FROM targets WHERE bus = ?1 AND rule = ?2 AND id = ?3";
        tx.conn.execute(sql, [&bus, &request.rule, &id])?;
    }
    Ok(json!({"FailedEntryCount": 0, "FailedEntries": []}))
}

pub(super) fn list(tx: &Tx<'_>, request: OfRule) -> Result<Value, ApiError> {
    let bus = bus_name(request.event_bus_name.as_deref());
    rules::required(tx, &bus, &request.rule)?;
    Ok(json!({"Targets": of_rule(tx, &bus, &request.rule)?}))
}

pub(super) fn of_rule(tx: &Tx<'_>, bus: &str, rule: &str) -> Result<Vec<Target>, ApiError> {
    let sql = "SELECT spec FROM targets WHERE bus = ?1 AND rule = ?2 ORDER BY id";
    let mut query = tx.conn.prepare_cached(sql)?;
    let specs = query.query_map([bus, rule], |row| row.get::<_, String>(0))?;
    specs.map(|spec| stored(&spec?)).collect()
}
