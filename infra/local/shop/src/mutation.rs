//! The mutation root: rules that hold for every mutation, then the one that was asked for.

use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::idempotency;
use crate::inputs;
use crate::inventory;
use crate::literals;
use crate::metafields;
use crate::orders;
use crate::products;
use crate::publications;
use crate::user_errors::UserErrors;
use crate::webhooks;
use apollo_compiler::resolvers::ResolveInfo;
use serde_json::{Value, json};

/// What a mutation answers and whether its writes are kept.
pub(crate) struct Outcome {
    pub(crate) payload: Value,
    pub(crate) applied: bool,
}

impl Outcome {
    /// The mutation took effect.
    pub(crate) fn applied(mut payload: Value) -> Self {
        if let Some(fields) = payload.as_object_mut() {
            fields.entry("userErrors").or_insert_with(|| json!([]));
        }
        Self { payload, applied: true }
    }

    /// The mutation was refused: nothing is kept, `payload` still carries what existed before.
    pub(crate) fn refused(mut payload: Value, errors: UserErrors) -> Self {
        if let Some(fields) = payload.as_object_mut() {
            fields.insert("userErrors".into(), errors.into_json());
        }
        Self { payload, applied: false }
    }
}

/// A simulated mutation and the inputs that it honours.
pub(crate) struct Handler {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Cx<'_>, &Call<'_>) -> Result<Outcome, Fail>,
    pub(crate) inputs: &'static [&'static str],
}

fn handler(field: &str) -> Option<&'static Handler> {
    const ALL: [&[Handler]; 6] = [
        &products::MUTATIONS,
        &publications::MUTATIONS,
        &inventory::MUTATIONS,
        &metafields::MUTATIONS,
        &webhooks::MUTATIONS,
        &orders::act::MUTATIONS,
    ];
    ALL.iter().flat_map(|group| group.iter()).find(|h| h.name == field)
}

/// Runs one mutation field in its own transaction.
pub(crate) fn resolve(cx: &Cx<'_>, info: &ResolveInfo<'_>, call: &Call<'_>) -> Result<Value, Fail> {
    let key = idempotency::required_key(call.field, key_of(cx, info))?;
    let handler = handler(call.field).ok_or_else(|| Fail::not_simulated(call.field))?;
    inputs::refuse_unsimulated(&call.args, handler.inputs)?;
    if let Some(payload) = match &key {
        Some(key) => idempotency::replay(cx, key, call)?,
        None => None,
    } {
        return Ok(payload);
    }
    let transaction = cx.store.begin()?;
    let outcome = (handler.run)(cx, call)?;
    let transaction = if outcome.applied {
        transaction
    } else {
        transaction.rollback()?;
        cx.store.begin()?
    };
    if let Some(key) = &key {
        idempotency::remember(cx, key, call, &outcome)?;
    }
    transaction.commit()?;
    Ok(outcome.payload)
}

fn key_of(cx: &Cx<'_>, info: &ResolveInfo<'_>) -> Option<String> {
    let field = info.field_selections().first()?;
    let key = field.directives.get("idempotent")?.specified_argument_by_name("key")?;
    literals::to_json(key, cx.variables)?.as_str().map(str::to_owned)
}
