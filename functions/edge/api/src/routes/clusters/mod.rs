//! How the clusters do: what can be counted, and nothing that cannot.

mod crew;
mod metrics;
mod name;
mod status;
mod today;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(status::status)).routes(routes!(metrics::metrics))
}
