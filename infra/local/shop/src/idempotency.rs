//! `@idempotent`: mandatory on some mutations, one stored result per key.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::mutation::Outcome;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// The mutations of 2026-07 that refuse to run without the directive.
pub(crate) const MANDATORY: [&str; 16] = [
    "inventoryActivate",
    "inventoryAdjustQuantities",
    "inventoryMoveQuantities",
    "inventorySetOnHandQuantities",
    "inventorySetQuantities",
    "inventoryShipmentAddItems",
    "inventoryShipmentCreate",
    "inventoryShipmentCreateInTransit",
    "inventoryShipmentReceive",
    "inventoryTransferCreate",
    "inventoryTransferCreateAsReadyToShip",
    "inventoryTransferDuplicate",
    "inventoryTransferSetItems",
    "locationActivate",
    "locationDeactivate",
    "refundCreate",
];
/// Results are kept this long, in seconds.
const RETENTION: i64 = 24 * 60 * 60;

#[derive(Serialize, Deserialize)]
struct Record {
    /// Canonical JSON of the mutation and its arguments.
    parameters: String,
    payload: Value,
    expires: i64,
}

/// The key that a mutation must carry, or `None` for a mutation that needs none.
pub(crate) fn required_key(field: &str, key: Option<String>) -> Result<Option<String>, Fail> {
    if !MANDATORY.contains(&field) {
        return Ok(None);
    }
    let key = key.ok_or_else(|| {
        Fail::bad_request("The @idempotent directive is required for this mutation but was not provided.")
    })?;
    if key.trim().is_empty() {
        return Err(Fail::bad_request("The idempotency key cannot be an empty string or whitespace only."));
    }
    Ok(Some(key))
}

/// Answers from the stored result of `key`, if there is one that may still be used.
pub(crate) fn replay(cx: &Cx<'_>, key: &str, call: &Call<'_>) -> Result<Option<Value>, Fail> {
    if cx.busy.contains(key) {
        let text = "This request is currently in progress, please try again.";
        return Ok(Some(refused("IDEMPOTENCY_CONCURRENT_REQUEST", text)));
    }
    let record: Option<Record> = cx.store.get("idempotency", key)?;
    let Some(record) = record.filter(|r| r.expires > cx.unix()) else {
        return Ok(None);
    };
    if record.parameters == parameters(call)? {
        return Ok(Some(record.payload));
    }
    let text = "The same idempotency key cannot be used with different operation parameters.";
    Ok(Some(refused("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", text)))
}

/// Stores the result of `key`, in the transaction of the effect itself.
pub(crate) fn remember(cx: &Cx<'_>, key: &str, call: &Call<'_>, outcome: &Outcome) -> Result<(), Fail> {
    let record = Record {
        parameters: parameters(call)?,
        payload: outcome.payload.clone(),
        expires: cx.unix().saturating_add(RETENTION),
    };
    cx.store.put("idempotency", key, &record)
}

fn refused(code: &str, message: &str) -> Value {
    json!({ "userErrors": [{ "code": code, "field": null, "message": message }] })
}

fn parameters(call: &Call<'_>) -> Result<String, Fail> {
    Ok(serde_jcs::to_string(&json!({ "field": call.field, "args": call.args }))?)
}

/// The keys that requests are working on.
#[derive(Default)]
pub(crate) struct InFlight(Mutex<HashSet<String>>);

/// The keys of one request: `held` until dropped, `busy` were held by others.
pub(crate) struct Claim<'a> {
    all: &'a InFlight,
    held: Vec<String>,
    pub(crate) busy: HashSet<String>,
}

impl InFlight {
    /// Claims each key that nobody holds.
    pub(crate) fn claim(&self, keys: impl Iterator<Item = String>) -> Claim<'_> {
        let mut active = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut held, mut busy) = (Vec::new(), HashSet::new());
        for key in keys {
            if active.insert(key.clone()) {
                held.push(key);
            } else if !held.contains(&key) {
                busy.insert(key);
            }
        }
        drop(active);
        Claim { all: self, held, busy }
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut active = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.held {
            active.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mandatory_mutation_is_one_of_the_schema() {
        let schema = &crate::schema::admin().unwrap().schema;
        let mutations = &schema.get_object("Mutation").unwrap().fields;
        for name in MANDATORY {
            assert!(mutations.contains_key(name), "{name}");
        }
    }

    #[test]
    fn a_key_is_held_by_one_request_until_it_ends() {
        let all = InFlight::default();
        let claim = |keys: [&str; 2]| all.claim(keys.map(str::to_owned).into_iter());
        let first = claim(["a", "a"]);
        assert!(first.busy.is_empty());
        assert_eq!(claim(["a", "b"]).busy, HashSet::from(["a".to_owned()]));
        drop(first);
        assert!(claim(["a", "b"]).busy.is_empty());
    }
}
