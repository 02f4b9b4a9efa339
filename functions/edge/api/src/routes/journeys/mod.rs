//! Journeys: from a row in a supplier's feed to a product in the shop.

mod list;
mod show;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(show::show))
}
