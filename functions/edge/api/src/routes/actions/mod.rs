//! Actions: everything that was ever proposed.

mod by_hand;
mod confirm;
mod list;
mod propose;
mod replay;
mod show;
mod slip;
mod undo;
mod withdraw;

pub(super) use replay::revision;
pub(super) use show::detail;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, propose::propose))
        .routes(routes!(show::show))
        .routes(routes!(replay::replay))
        .routes(routes!(withdraw::withdraw))
        .routes(routes!(undo::undo))
        .routes(routes!(slip::slip))
        .routes(routes!(confirm::confirm))
}
