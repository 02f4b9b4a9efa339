//! Requests that wait for people, and deciding them.

pub(super) mod about;
mod bulk;
mod card;
mod comment;
mod decide;
mod detail;
mod list;
mod modify;
mod priority;
mod show;
mod similar;

pub(super) use decide::closed;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::all::list))
        .routes(routes!(list::groups::groups))
        .routes(routes!(show::show))
        .routes(routes!(decide::approve))
        .routes(routes!(decide::reject))
        .routes(routes!(bulk::bulk))
        .routes(routes!(comment::comment))
        .routes(routes!(modify::changed::modify))
        .routes(routes!(modify::preview::preview))
}
