//! Taking a delegation back.

use super::book;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::Params,
    problem::Problem,
    turns::{Turn, until_written},
    view::who,
};
use axum::{extract::Path, http::StatusCode};
use domain::{ActionId, audit::Entry, delegation::Delegations};
use futures::FutureExt as _;
use serde::Deserialize;
use store::Chained as _;
use utoipa::IntoParams;

/// Which of your delegations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// The one request that it is about; leave it out for the one that is about all of them.
    #[param(value_type = Option<String>, format = Uuid)]
    request: Option<ActionId>,
}

/// Takes back that somebody stands in for you. It holds before the answer is sent.
#[utoipa::path(delete, path = "/delegations/{to}", operation_id = "deleteDelegation", tag = "Delegations",
    params(("to" = String, Path, pattern = "^[A-Za-z0-9._@+-]{1,128}$", description = "Account of who stands in."), Which),
    responses((status = 204, description = "They no longer do.")))]
pub(super) async fn revoke(
    caller: Caller,
    Path(to): Path<String>,
    Params(which): Params<Which>,
) -> Result<StatusCode, Problem> {
    let permit = caller.may(Verb::Delegate, About::Nothing)?;
    until_written(|| write(&permit, &to, which.request).boxed()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn write(permit: &Permit, to: &str, request: Option<ActionId>) -> Result<Turn<()>, Problem> {
    let (human, now) = (&permit.granted().human, permit.now());
    let row = book::read(permit, to).await?.ok_or_else(|| Problem::not_found("delegation of yours to", to))?;
    let is_it = |held: &domain::delegation::Delegation| held.human == *human && held.request == request;
    if !row.value.held.iter().any(is_it) {
        return Err(Problem::not_found("delegation of yours to", to));
    }
    let next: Delegations = row.value.clone().without(human, request, now);
    let entry = Entry::new(who(&permit.person().account), "taken back", next.status());
    let mut tx = permit.store().tx(now);
    tx.update(&row, &next, entry)?;
    Turn::of(tx.commit().await, ())
}
