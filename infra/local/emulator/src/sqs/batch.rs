//! Batch calls: up to ten entries, each with its own outcome.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::errors;
use super::send::{Outgoing, size};
use crate::http::{ApiError, parse};

/// The entries of a batch request, still unread.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Entries {
    #[serde(default)]
    entries: Vec<Value>,
}

/// Runs `act` for every entry and gathers the outcomes under `Successful` and `Failed`.
pub(super) fn each<T: serde::de::DeserializeOwned>(
    body: Value,
    mut act: impl FnMut(T) -> Result<Value, ApiError>,
) -> Result<Value, ApiError> {
    let entries = parse::<Entries>(body)?.entries;
    check(&entries)?;
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for entry in entries {
        let id = entry_id(&entry).to_owned();
        match parse(entry).and_then(&mut act) {
            Ok(Value::Object(answer)) => successful.push(with_id(answer, &id)),
            Ok(_) => successful.push(json!({"Id": id})),
            Err(error) if error.status >= 500 => return Err(error),
            Err(error) => failed.push(json!({
                "Id": id,
                "SenderFault": true,
                "Code": error.query_code.unwrap_or(&error.code),
                "Message": error.message,
            })),
        }
    }
    Ok(json!({"Successful": successful, "Failed": failed}))
}

/// The messages of a batch share one size limit.
pub(super) fn check_total(body: &Value, limit: i64) -> Result<(), ApiError> {
    let entries = body.get("Entries").and_then(Value::as_array).into_iter().flatten();
    let messages = entries.filter_map(|entry| parse::<Outgoing>(entry.clone()).ok());
    let total = messages.map(|message| size(&message)).fold(0, i64::saturating_add);
    (total <= limit).then_some(()).ok_or_else(|| errors::batch_too_long(limit))
}

fn check(entries: &[Value]) -> Result<(), ApiError> {
    if entries.is_empty() {
        return Err(errors::empty_batch());
    }
    if entries.len() > 10 {
        return Err(errors::too_many_entries(entries.len()));
    }
    let mut seen = BTreeSet::new();
    for id in entries.iter().map(entry_id) {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !(1..=80).contains(&id.len()) || !id.chars().all(allowed) {
            return Err(errors::bad_entry_id(id));
        }
        if !seen.insert(id) {
            return Err(errors::repeated_entry_id(id));
        }
    }
    Ok(())
}

fn entry_id(entry: &Value) -> &str {
    entry.get("Id").and_then(Value::as_str).unwrap_or_default()
}

fn with_id(mut answer: Map<String, Value>, id: &str) -> Value {
    answer.insert("Id".to_owned(), json!(id));
    Value::Object(answer)
}
