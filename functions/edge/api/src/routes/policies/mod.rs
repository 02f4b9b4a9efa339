//! The policy: what it says, whether an edit of it holds, why it decided what it decided.

mod backtest;
mod check;
mod edit;
mod evidence;
mod explain;
mod keep;
mod publish;
mod revisions;
mod rollback;
mod shadow;
mod show;
mod tally;

use crate::{
    auth::{App, Permit},
    problem::{Kind, Problem},
};
use policy::Policy;
use std::sync::Arc;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show::show, publish::publish))
        .routes(routes!(check::check))
        .routes(routes!(explain::post))
        .routes(routes!(backtest::backtest))
        .routes(routes!(revisions::list))
        .routes(routes!(rollback::roll_back))
        .routes(routes!(shadow::start, shadow::end, shadow::show))
}

/// The policy in force.
///
/// # Errors
/// When there is none.
fn in_force(permit: &Permit) -> Result<Arc<Policy>, Problem> {
    permit.policy().ok_or_else(|| Problem::new(Kind::Unavailable, "there is no policy in force"))
}
