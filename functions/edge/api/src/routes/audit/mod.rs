//! The record: looked at, checked and taken along.

mod decisions;
mod export;
mod lines;
mod list;
mod verify;
mod walk;

pub(super) use walk::{DAY, Only, day_of, of_day};

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(verify::verify))
        .routes(routes!(export::export))
        .routes(routes!(decisions::decisions))
}
