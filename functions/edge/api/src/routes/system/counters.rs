//! Counters in Prometheus' text format.

use crate::{
    auth::{About, App, Caller, Verb},
    problem::Problem,
    routes::ceo,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};

/// Tells what was counted: requests of this process, and how many things of the whole system are where.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "System",
    responses((status = 200, description = "OpenMetrics text.", body = String, content_type = "application/openmetrics-text")))]
pub(super) async fn metrics(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadMetrics, About::Nothing)?;
    for (name, counts) in ceo::counts(&permit).await?.by_name() {
        for (status, count) in counts {
            app.metrics().stands(name, status, count.count);
        }
    }
    let (content_type, text) = app.metrics().text();
    Ok(([(header::CONTENT_TYPE, content_type)], text).into_response())
}
