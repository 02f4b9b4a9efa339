//! The operations, by method and path (Scheduler speaks REST).

use std::collections::HashMap;

use axum::extract::Query;
use serde_json::{Value, json};

use super::groups;
use super::run::arn;
use super::spec::Spec;
use super::store::Schedule;
use crate::db::Tx;
use crate::env::Core;
use crate::http::{ApiError, Call, parse};
use crate::signals::Topic;

type Parameters = HashMap<String, String>;

/// Serves one Scheduler call.
pub(crate) async fn call(core: &Core, call: &Call) -> Result<Value, ApiError> {
    let query = Query::<Parameters>::try_from_uri(&call.parts.uri);
    let Query(query) = query.map_err(|e| ApiError::invalid(e.to_string()))?;
    let name = call.parts.uri.path().split('/').filter(|s| !s.is_empty()).nth(1);
    let name = name.unwrap_or_default().to_owned();
    let (operation, body) = (call.operation.clone(), call.json()?);
    core.db.run(move |tx| dispatch(tx, &operation, &name, &query, body)).await
}

fn dispatch(tx: &Tx<'_>, operation: &str, name: &str, query: &Parameters, body: Value) -> Result<Value, ApiError> {
    let group = query.get("groupName").map_or("default", String::as_str);
    match operation {
        "CreateSchedule" => create(tx, name, parse(body)?),
        "UpdateSchedule" => update(tx, name, parse(body)?),
        "GetSchedule" => get(tx, group, name),
        "DeleteSchedule" => delete(tx, group, name),
        "ListSchedules" => list(tx, query),
        "CreateScheduleGroup" => groups::create(tx, name),
        "GetScheduleGroup" => groups::get(tx, name),
        "DeleteScheduleGroup" => groups::delete(tx, name),
        "ListScheduleGroups" => groups::list(tx),
        _ => Err(ApiError::unknown(operation)),
    }
}

pub(super) fn not_found(message: impl Into<String>) -> ApiError {
    ApiError::new(404, "ResourceNotFoundException", message)
}

pub(super) fn conflict(message: impl Into<String>) -> ApiError {
    ApiError::new(409, "ConflictException", message)
}

/// The same call again (by its client token) is no conflict.
fn create(tx: &Tx<'_>, name: &str, spec: Spec) -> Result<Value, ApiError> {
    check_name(name)?;
    spec.check()?;
    groups::require(tx, spec.group())?;
    let answer = json!({"ScheduleArn": arn(tx, spec.group(), name)});
    if let Some(existing) = Schedule::find(tx, spec.group(), name)? {
        if spec.client_token.is_some() && existing.spec.client_token == spec.client_token {
            return Ok(answer);
        }
        return Err(conflict(format!("Schedule {name} already exists.")));
    }
    let shown_ms = tx.env.pace.shown(tx.now_ms);
    let first = spec.timetable(shown_ms)?.first(shown_ms);
    let schedule = Schedule {
        group: spec.group().to_owned(),
        name: name.to_owned(),
        created_ms: tx.now_ms,
        modified_ms: tx.now_ms,
        anchor_ms: shown_ms,
        next_ms: first.filter(|_| spec.is_enabled()),
        spec,
    };
    schedule.save(tx.conn)?;
    tx.wake(Topic::Schedules);
    Ok(answer)
}

/// Replaces the schedule. One that keeps its times keeps its next run, so that updating every
/// schedule at each start does not run them all.
fn update(tx: &Tx<'_>, name: &str, spec: Spec) -> Result<Value, ApiError> {
    spec.check()?;
    let mut schedule = required(tx, spec.group(), name)?;
    let shown_ms = tx.env.pace.shown(tx.now_ms);
    if times(&schedule.spec) != times(&spec) {
        schedule.anchor_ms = shown_ms;
        schedule.next_ms = spec.timetable(shown_ms)?.first(shown_ms);
    } else if schedule.next_ms.is_none() {
        schedule.next_ms = spec.timetable(schedule.anchor_ms)?.next(shown_ms);
    }
    schedule.next_ms = schedule.next_ms.filter(|_| spec.is_enabled());
    schedule.modified_ms = tx.now_ms;
    schedule.spec = spec;
    schedule.save(tx.conn)?;
    tx.wake(Topic::Schedules);
    Ok(json!({"ScheduleArn": arn(tx, &schedule.group, name)}))
}

fn times(spec: &Spec) -> [Option<Value>; 4] {
    [
        Some(json!(spec.schedule_expression)),
        spec.schedule_expression_timezone.as_ref().map(|zone| json!(zone)),
        spec.start_date.clone(),
        spec.end_date.clone(),
    ]
}

fn get(tx: &Tx<'_>, group: &str, name: &str) -> Result<Value, ApiError> {
    let schedule = required(tx, group, name)?;
    let mut answer = json!(schedule.spec);
    if let Some(fields) = answer.as_object_mut() {
        fields.remove("ClientToken");
        fields.entry("ActionAfterCompletion").or_insert_with(|| json!("NONE"));
        fields.entry("ScheduleExpressionTimezone").or_insert_with(|| json!("UTC"));
        fields.extend([
            ("Arn".to_owned(), json!(arn(tx, group, name))),
            ("Name".to_owned(), json!(name)),
            ("GroupName".to_owned(), json!(group)),
            ("State".to_owned(), json!(state(&schedule))),
            ("CreationDate".to_owned(), json!(schedule.created_ms / 1000)),
            ("LastModificationDate".to_owned(), json!(schedule.modified_ms / 1000)),
        ]);
    }
    Ok(answer)
}

fn delete(tx: &Tx<'_>, group: &str, name: &str) -> Result<Value, ApiError> {
    if Schedule::delete(tx, group, name)? == 0 {
        return Err(missing(name));
    }
    tx.wake(Topic::Schedules);
    Ok(json!({}))
}

/// All at once: the local stack has no pages.
fn list(tx: &Tx<'_>, query: &Parameters) -> Result<Value, ApiError> {
    let chosen = |key: &str, value: &str| query.get(key).is_none_or(|wanted| wanted == value);
    let prefix = query.get("NamePrefix").map_or("", String::as_str);
    let schedules = Schedule::all(tx.conn)?;
    let shown = schedules.iter().filter(|schedule| {
        schedule.name.starts_with(prefix)
            && chosen("ScheduleGroup", &schedule.group)
            && chosen("State", state(schedule))
    });
    let shown = shown.map(|schedule| {
        json!({
            "Arn": arn(tx, &schedule.group, &schedule.name),
            "Name": schedule.name,
            "GroupName": schedule.group,
            "State": state(schedule),
            "CreationDate": schedule.created_ms / 1000,
            "LastModificationDate": schedule.modified_ms / 1000,
            "Target": {"Arn": schedule.spec.target.arn},
        })
    });
    Ok(json!({"Schedules": shown.collect::<Vec<_>>()}))
}

fn state(schedule: &Schedule) -> &'static str {
    if schedule.spec.is_enabled() { "ENABLED" } else { "DISABLED" }
}

fn required(tx: &Tx<'_>, group: &str, name: &str) -> Result<Schedule, ApiError> {
    Schedule::find(tx, group, name)?.ok_or_else(|| missing(name))
}

fn missing(name: &str) -> ApiError {
    not_found(format!("Schedule {name} does not exist."))
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let valid = (1..=64).contains(&name.len()) && name.chars().all(allowed);
    let wrong = || ApiError::invalid(format!("Schedule name `{name}` is not valid."));
    valid.then_some(()).ok_or_else(wrong)
}
