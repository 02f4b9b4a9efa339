//! Standing in for somebody: given for one request or for a while, dated, on record, and taken back at any time.

mod book;
mod give;
mod list;
mod one;
mod revoke;
mod view;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, give::give))
        .routes(routes!(revoke::revoke))
        .routes(routes!(one::delegate))
}
