//! What was, in figures.

mod days;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(days::days))
}
