//! What is stopped.

use super::{switch::read, view::ControlView};
use crate::{
    auth::{About, Caller, Verb, last_seen},
    problem::Problem,
    view::versioned,
};
use axum::response::Response;

/// Shows what is stopped, by whom and why, and when somebody last watched.
#[utoipa::path(get, path = "/control", operation_id = "showControl", tag = "Control",
    responses((status = 200, description = "The stop switch.", body = ControlView)))]
pub(super) async fn show(caller: Caller) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadControl, About::Nothing)?;
    let (control, seq) = read(&permit).await?;
    let seen = last_seen(permit.store()).await?;
    Ok(versioned(ControlView::from(&control).watched(seen), seq))
}
