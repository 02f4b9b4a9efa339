//! The whole store at a glance.

mod business;
mod counts;
mod dashboard;
mod decisions;
mod goals;

pub(super) use counts::counts;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dashboard::dashboard))
        .routes(routes!(decisions::list))
        .routes(routes!(goals::list, goals::propose))
}
