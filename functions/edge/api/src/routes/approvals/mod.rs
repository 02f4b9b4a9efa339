//! Requests that wait for people, and deciding them.

mod about;
mod card;
mod decide;
mod detail;
mod list;
mod priority;
mod show;
mod similar;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(show::show))
        .routes(routes!(decide::approve))
        .routes(routes!(decide::reject))
}
