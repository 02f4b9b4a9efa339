//! Answers that do not come from executing a request.

use axum::Json;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde_json::{Value, json};
use std::future::ready;

/// Errors without `data`; every GraphQL answer has HTTP status 200.
pub(super) fn errors(errors: Vec<Value>, cost: Option<Value>) -> Response {
    let body = match cost {
        Some(cost) => json!({ "errors": errors, "extensions": { "cost": cost } }),
        None => json!({ "errors": errors }),
    };
    Json(body).into_response()
}

pub(super) fn throttled(cost: Value) -> Response {
    let error = json!({
        "message": "Throttled",
        "extensions": {
            "code": "THROTTLED",
            "documentation": "https://shopify.dev/api/usage/rate-limits",
        },
    });
    errors(vec![error], Some(cost))
}

pub(super) fn too_costly(requested: u64, max: u64) -> Response {
    let error = json!({
        "message": format!("Query cost is {requested}, which exceeds the single query max cost limit ({max})."),
        "extensions": {
            "code": "MAX_COST_EXCEEDED",
            "cost": requested,
            "maxCost": max,
            "documentation": "https://shopify.dev/api/usage/rate-limits",
        },
    });
    errors(vec![error], None)
}

/// The server failed; whether the request took effect is not said.
pub(super) fn internal(request_id: &str) -> Response {
    let message = format!(
        "Internal error. Looks like something went wrong on our end.\nRequest ID: {request_id} (include this in support requests)."
    );
    let error = json!({
        "message": message,
        "extensions": { "code": "INTERNAL_SERVER_ERROR", "requestId": request_id },
    });
    errors(vec![error], None)
}

pub(super) fn too_many_requests() -> Response {
    let body = json!({ "errors": "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service." });
    let headers = [(header::RETRY_AFTER, "2.0")];
    (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response()
}

/// An answer whose body breaks at its first byte: the server closes the connection without having
/// sent anything.
pub(super) fn dropped() -> Response {
    let broken = Err::<&[u8], _>(std::io::Error::other("sandbox fault: connection dropped"));
    Body::from_stream(stream::once(ready(broken))).into_response()
}
