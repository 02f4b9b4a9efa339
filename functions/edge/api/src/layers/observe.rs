//! One span and one line per request, and the counters behind `metrics`.
//!
//! The route is named by its pattern, never by the path: ids, cursors and tokens stay out of the log.

use crate::auth::App;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument as _;

/// Runs a request inside its span and counts it.
pub(super) async fn request(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", http.method = %method, http.route = route);
    async move {
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), started.elapsed());
        app.metrics().request(&method, &route, status, took);
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(http.status = status, duration_ms, "request answered");
        response
    }
    .instrument(span)
    .await
}
