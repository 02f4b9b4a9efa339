//! The stop switch.

mod lift;
mod put;
mod show;
mod switch;
mod view;

pub(super) use lift::ask;
pub(super) use switch::{read, resume, stop};
pub(super) use view::StopView;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show::show, put::put))
}
