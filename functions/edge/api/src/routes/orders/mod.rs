//! Orders: how far each is, what it waits for, and everything that happened to it.
//!
//! Nothing personal is in an order, and nothing personal is added here: who bought it and where it goes is asked of
//! the customer ([`super::customers`]), by those who may.

mod around;
mod detail;
mod find;
mod found;
mod goods;
mod id;
mod list;
mod parcel;
mod show;
mod steps;
mod view;
mod waits;

use crate::auth::App;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(show::show))
}
