//! Alive, and ready.

use crate::auth::{App, Probe};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

/// Says `ok` while the process answers at all.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz", tag = "System",
    responses((status = 200, description = "It answers.", body = String, content_type = "text/plain", example = "ok")))]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Says whether everything that the API needs is there.
///
/// A policy edit that is broken is ignored, and `policy.problem` says what is wrong with it.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "System",
    responses(
        (status = 200, description = "It is ready.", body = Probe),
        (status = 503, description = "The table does not answer, or there is no policy.", body = Probe)))]
pub(super) async fn readyz(State(app): State<App>) -> Response {
    let probe = Probe::of(&app).await;
    let status = if probe.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(probe)).into_response()
}
