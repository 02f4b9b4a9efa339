//! One GraphQL request from body to answer.
//!
//! Order: read, validate, faults, reserve the cost, input limits, claim idempotency keys, apply.
//! Parsing and applying run on blocking threads; the state is locked only while applying.

use super::answers;
use super::plain;
use crate::cost;
use crate::cx::Cx;
use crate::execute::execute;
use crate::faults::{Fault, FaultKind};
use crate::limits;
use crate::plan::{self, Plan, Request};
use crate::schema;
use crate::shop::{Inner, Shop};
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// Answers a request whose token was right, and may change something where it `writes`.
pub(super) async fn answer(shop: Shop, body: Bytes, writes: bool) -> Response {
    match try_answer(&shop.inner, body, writes).await {
        Ok(response) => response,
        Err(refused) => *refused,
    }
}

/// The answer of a request that is not executed.
type Refused = Box<Response>;

async fn try_answer(inner: &Arc<Inner>, body: Bytes, writes: bool) -> Result<Response, Refused> {
    let request = read(&body)?;
    let id = inner.request_id();
    let failed = |_| Box::new(answers::internal(&id));
    let work = spawn_blocking(move || prepare(request));
    let (plan, requested) = work.await.map_err(failed)??;
    let operations: Vec<&str> = plan.roots.iter().map(|r| r.field.as_str()).collect();
    tracing::debug!(request.id = %id, ?operations, cost.requested = requested, "sandbox shop request");
    if !writes && plan.operation.is_mutation() {
        return Err(answers::errors(vec![denied(&operations)], None).into());
    }
    let fault = inner.faults.take(&operations);
    before(inner, fault.as_ref(), requested, &id)?;
    reserve(inner, requested)?;
    check_sizes(inner, &plan, requested)?;
    let claim = inner.in_flight.claim(plan.roots.iter().filter_map(|r| r.key.clone()));
    if let Some(delay) = fault.as_ref().filter(|f| f.kind == FaultKind::Delay) {
        tokio::time::sleep(Duration::from_millis(delay.delay_ms)).await;
    }
    let busy = claim.busy.clone();
    let shared = Arc::clone(inner);
    let work = spawn_blocking(move || apply(&shared, &plan, requested, &busy));
    let answer = work.await.map_err(failed)?;
    drop(claim);
    Ok(match fault.map(|f| f.kind) {
        Some(FaultKind::InternalErrorAfter) => answers::internal(&id),
        Some(FaultKind::DroppedAfter) => answers::dropped(),
        _ => Json(answer).into_response(),
    })
}

/// What a token is told whose scopes only read.
fn denied(operations: &[&str]) -> Value {
    let message = format!("Access denied for {} field. Required access: a write scope.", operations.join(", "));
    json!({ "message": message, "path": operations, "extensions": { "code": "ACCESS_DENIED" } })
}

/// A valid plan and the cost to reserve for it.
fn prepare(request: Request) -> Result<(Plan, u64), Refused> {
    let admin = schema::admin().map_err(|_| Box::new(answers::internal("schema")))?;
    let plan = plan::plan(admin, request).map_err(|e| Box::new(answers::errors(e, None)))?;
    let requested = cost::requested(&admin.schema, &plan);
    Ok((plan, requested))
}

fn read(body: &[u8]) -> Result<Request, Refused> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|e| Box::new(plain(StatusCode::BAD_REQUEST, &format!("Invalid JSON: {e}"))))?;
    serde_json::from_value(value).map_err(|_| {
        let body = json!({ "errors": { "query": "Required parameter missing or invalid" } });
        Box::new((StatusCode::BAD_REQUEST, Json(body)).into_response())
    })
}

/// Faults that keep the request from being applied.
fn before(inner: &Inner, fault: Option<&Fault>, requested: u64, id: &str) -> Result<(), Refused> {
    match fault.map(|f| f.kind) {
        Some(FaultKind::Throttled) => Err(answers::throttled(report(inner, requested, None)).into()),
        Some(FaultKind::InternalErrorBefore) => Err(answers::internal(id).into()),
        Some(FaultKind::DroppedBefore) => Err(answers::dropped().into()),
        Some(FaultKind::TooManyRequests) => Err(answers::too_many_requests().into()),
        _ => Ok(()),
    }
}

fn reserve(inner: &Inner, requested: u64) -> Result<(), Refused> {
    if requested > cost::MAX {
        return Err(answers::too_costly(requested, cost::MAX).into());
    }
    if inner.bucket.take(requested, (inner.settings.now)()) {
        return Ok(());
    }
    Err(answers::throttled(report(inner, requested, None)).into())
}

fn report(inner: &Inner, requested: u64, actual: Option<u64>) -> Value {
    let now = (inner.settings.now)();
    inner.bucket.report(requested, actual, now)
}

fn check_sizes(inner: &Inner, plan: &Plan, requested: u64) -> Result<(), Refused> {
    let found = plan.roots.iter().find_map(|r| limits::oversize(&r.field, &r.args));
    found.map_or(Ok(()), |error| {
        let cost = report(inner, requested, None);
        Err(answers::errors(vec![error], Some(cost)).into())
    })
}

fn apply(inner: &Inner, plan: &Plan, requested: u64, busy: &HashSet<String>) -> Map<String, Value> {
    let Ok(admin) = schema::admin() else {
        return Map::new();
    };
    let mut answer = inner.with_store(|store| {
        let cx = Cx::new(store, &inner.settings, &plan.variables, busy);
        execute(admin, plan, &cx)
    });
    let data = answer.get("data").unwrap_or(&Value::Null);
    let actual = cost::actual(&admin.schema, plan, data, requested);
    let unused = requested.saturating_sub(actual);
    inner.bucket.refund(unused, (inner.settings.now)());
    let cost = report(inner, requested, Some(actual));
    answer.insert("extensions".into(), json!({ "cost": cost }));
    answer
}
