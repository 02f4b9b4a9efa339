//! Work given to agents.

mod create;
mod list;
mod show;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list, create::create)).routes(routes!(show::show))
}
