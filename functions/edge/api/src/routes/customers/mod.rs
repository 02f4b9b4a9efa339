//! Customers: what is known of one, and forgetting it.

mod erase;
mod id;
mod show;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show::show, erase::erase))
}
