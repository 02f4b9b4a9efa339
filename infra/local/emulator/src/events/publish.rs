//! `PutEvents`: from an entry to the envelope to the queues that want it.

use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::buses::{bus_name, exists};
use super::rules::{self, Rule};
use super::targets::{self, Target};
use super::transform::RuleNames;
use crate::db::Tx;
use crate::http::ApiError;
use crate::sqs::{Outgoing, Queue, enqueue};

/// The largest entry: 1 MiB.
const MAX_ENTRY: usize = 1_048_576;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    #[serde(default)]
    resources: Vec<String>,
    time: Option<Value>,
}

/// An event that was accepted.
pub(crate) struct Event {
    pub(crate) source: String,
    pub(crate) detail_type: String,
    pub(crate) detail: Value,
    pub(crate) resources: Vec<String>,
    /// Seconds since the Unix epoch.
    pub(crate) time_s: i64,
}

/// Takes up to ten entries; each succeeds or fails alone.
pub(super) fn call(tx: &Tx<'_>, request: PutEvents) -> Result<Value, ApiError> {
    if !(1..=10).contains(&request.entries.len()) {
        let message = "1 validation error detected: Value at 'entries' failed to satisfy constraint: \
                       Member must have length between 1 and 10";
        return Err(ApiError::invalid(message));
    }
    let mut failed = 0_usize;
    let mut answers = Vec::new();
    tx.env.faults.bill("events", u64::try_from(request.entries.len()).unwrap_or(0).saturating_mul(10));
    for entry in request.entries {
        let bus = bus_name(entry.event_bus_name.as_deref());
        match accept(entry, tx.now_ms / 1000) {
            Ok(event) => answers.push(json!({"EventId": publish(tx, &bus, &event)?})),
            Err((code, message)) => {
                failed = failed.saturating_add(1);
                answers.push(json!({"ErrorCode": code, "ErrorMessage": message}));
            }
        }
    }
    Ok(json!({"FailedEntryCount": failed, "Entries": answers}))
}

fn accept(entry: Entry, now_s: i64) -> Result<Event, (&'static str, String)> {
    let size = entry_size(&entry);
    let required = |value: Option<String>, name: &str| {
        let message = format!("Parameter {name} is not valid. Reason: {name} is a required argument.");
        value.filter(|text| !text.is_empty()).ok_or(("InvalidArgument", message))
    };
    let event = Event {
        source: required(entry.source, "Source")?,
        detail_type: required(entry.detail_type, "DetailType")?,
        detail: object(&required(entry.detail, "Detail")?)?,
        resources: entry.resources,
        time_s: entry.time.as_ref().and_then(seconds).unwrap_or(now_s),
    };
    if size > MAX_ENTRY {
        let message = format!("Total size of the entry is {size} bytes, the limit is {MAX_ENTRY}.");
        return Err(("InvalidArgument", message));
    }
    Ok(event)
}

fn object(detail: &str) -> Result<Value, (&'static str, String)> {
    let value = serde_json::from_str::<Value>(detail).ok().filter(Value::is_object);
    value.ok_or(("MalformedDetail", "Detail is malformed.".to_owned()))
}

/// As the documentation counts: 14 bytes for a time, the others by their UTF-8 length.
fn entry_size(entry: &Entry) -> usize {
    let texts = [&entry.source, &entry.detail_type, &entry.detail].into_iter().flatten();
    let lengths = texts.chain(&entry.resources).map(String::len);
    lengths.chain(entry.time.iter().map(|_| 14)).sum()
}

/// Whole seconds of a JSON number.
fn seconds(value: &Value) -> Option<i64> {
    let truncated = value.as_f64().map(|s| s as i64);
    value.as_i64().or(truncated)
}

/// Puts the event on a bus: every enabled rule that matches sends it to its targets. An event
/// for a bus that does not exist goes nowhere, as on AWS. Returns the event's id.
pub(crate) fn publish(tx: &Tx<'_>, bus: &str, event: &Event) -> Result<String, ApiError> {
    let id = tx.new_id();
    if !exists(tx, bus)? {
        tracing::warn!(bus, source = event.source, "an event was sent to a bus that does not exist");
        return Ok(id);
    }
    let envelope = envelope(tx, &id, event);
    for rule in rules::of_bus(tx, bus)?.iter().filter(|rule| rule.enabled) {
        if rules::compile(&rule.pattern)?.matches(Some(&envelope)) {
            for target in targets::of_rule(tx, bus, &rule.name)? {
                deliver(tx, rule, &target, &envelope)?;
            }
        }
    }
    Ok(id)
}

fn envelope(tx: &Tx<'_>, id: &str, event: &Event) -> Value {
    let names = &tx.env.names;
    json!({
        "version": "0",
        "id": id,
        "detail-type": event.detail_type,
        "source": event.source,
        "account": names.account,
        "time": rfc3339(event.time_s),
        "region": names.region,
        "resources": event.resources,
        "detail": event.detail,
    })
}

fn rfc3339(seconds: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(seconds).ok();
    time.and_then(|t| t.format(&Rfc3339).ok()).unwrap_or_default()
}

/// Sends to the target's queue; what cannot be sent goes to the dead-letter queue or is lost,
/// as on AWS after its retries.
fn deliver(tx: &Tx<'_>, rule: &Rule, target: &Target, envelope: &Value) -> Result<(), ApiError> {
    let names =
        RuleNames { arn: rule.arn(&tx.env.names), name: rule.name.clone(), ingested: rfc3339(tx.now_ms / 1000) };
    let message = Outgoing {
        message_body: target.transform().apply(envelope, &names),
        message_group_id: target.group(),
        ..Outgoing::default()
    };
    let refused = match Queue::by_arn(tx, &target.arn)? {
        Some(queue) => match enqueue(tx, &queue, &message) {
            Ok(_) => return Ok(()),
            Err(error) if error.status >= 500 => return Err(error),
            Err(error) => error.to_string(),
        },
        None => "the queue does not exist".to_owned(),
    };
    tracing::warn!(rule = rule.name, target = target.arn, refused, "an event was not delivered");
    let dead_letter = target.dead_letter_arn().map(|arn| Queue::by_arn(tx, arn)).transpose()?;
    if let Some(queue) = dead_letter.flatten() {
        enqueue(tx, &queue, &message)?;
    }
    Ok(())
}
