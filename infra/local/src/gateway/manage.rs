//! The management API: how a function reaches connections.

use super::{Gateway, LARGEST, line::Unsent};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use runtime::Clock as _;
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub(super) async fn send(
    State(gateway): State<Gateway>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !(gateway.0.signed)(&headers) {
        return refused(StatusCode::FORBIDDEN, "ForbiddenException");
    }
    if body.len() > LARGEST {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "PayloadTooLargeException");
    }
    let text = String::from_utf8_lossy(&body).into_owned();
    ended(gateway.0.lines.send(&id, text, gateway.0.time.now()).await, StatusCode::OK)
}

pub(super) async fn look(State(gateway): State<Gateway>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if !(gateway.0.signed)(&headers) {
        return refused(StatusCode::FORBIDDEN, "ForbiddenException");
    }
    let lines = gateway.0.lines.lock();
    let Some(line) = lines.get(&id) else {
        return ended(Err(Unsent::Gone), StatusCode::OK);
    };
    let told = |at: OffsetDateTime| at.format(&Rfc3339).unwrap_or_default();
    let identity = json!({ "sourceIp": "127.0.0.1" });
    let found = json!({ "connectedAt": told(line.since), "lastActiveAt": told(line.active), "identity": identity });
    axum::Json(found).into_response()
}

pub(super) async fn close(State(gateway): State<Gateway>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    if !(gateway.0.signed)(&headers) {
        return refused(StatusCode::FORBIDDEN, "ForbiddenException");
    }
    ended(gateway.0.lines.close(&id).await, StatusCode::NO_CONTENT)
}

fn ended(outcome: Result<(), Unsent>, well: StatusCode) -> Response {
    match outcome {
        Ok(()) => well.into_response(),
        Err(Unsent::Gone) => refused(StatusCode::GONE, "GoneException"),
        Err(Unsent::Slow) => refused(StatusCode::TOO_MANY_REQUESTS, "LimitExceededException"),
    }
}

fn refused(status: StatusCode, name: &'static str) -> Response {
    (status, [("x-amzn-errortype", name)], axum::Json(json!({ "message": name }))).into_response()
}
