//! Whether the system works. Health and readiness need no token; the counters do.

mod counters;
mod health;

use crate::{auth::App, routes::BASE};
use axum::routing::get;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The probes are where probes look for them, and beside the resources too.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(counters::metrics))
        .route(&format!("{BASE}/healthz"), get(health::healthz))
        .route(&format!("{BASE}/readyz"), get(health::readyz))
        .route(&format!("{BASE}/metrics"), get(counters::metrics))
}
