//! What was, in figures.

mod cashflow;
mod days;
mod export;
mod money;
mod span;
mod table;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(days::days)).routes(routes!(export::export)).routes(routes!(money::report))
}
