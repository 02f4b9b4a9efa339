//! The agents: how they do, and stopping one.

mod heartbeat;
mod list;
mod pause;
mod show;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(show::show))
        .routes(routes!(heartbeat::heartbeat))
        .routes(routes!(pause::pause))
        .routes(routes!(pause::resume))
}
