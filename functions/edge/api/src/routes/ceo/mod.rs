//! The whole store at a glance.

mod counts;
mod dashboard;

pub(super) use counts::counts;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(dashboard::dashboard))
}
