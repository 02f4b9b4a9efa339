//! Having somebody stand in for a while, for whatever comes.

use super::{
    book::{self, Terms},
    view::DelegationView,
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Account, Keyed, Said},
    problem::{Problem, ProblemView},
    turns::{Turn, until_written},
};
use axum::{Json, http::StatusCode};
use domain::delegation::Delegation;
use futures::FutureExt as _;
use serde::Deserialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// That somebody is to stand in for you.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewDelegation {
    /// Account of who stands in.
    to: Account,
    /// Until when.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Why.
    reason: Said,
}

/// Has somebody decide in your place for a while, in your roles: whatever waits and whatever comes. Who asked for
/// something never decides it, in whosever place. Doing it twice is doing it once.
#[utoipa::path(post, path = "/delegations", operation_id = "createDelegation", tag = "Delegations",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = NewDelegation,
    responses((status = 201, description = "They stand in for you.", body = DelegationView),
        (status = 409, description = "Its time is over already.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn give(
    caller: Caller,
    Keyed(body, once): Keyed<NewDelegation>,
) -> Result<(StatusCode, Json<DelegationView>), Problem> {
    let permit = caller.may(Verb::Delegate, About::Nothing)?;
    once.claim(&permit).await?;
    let terms = Terms { to: body.to, until: body.until, reason: body.reason.into_string() };
    let delegation = until_written(|| write(&permit, &terms).boxed()).await?;
    let to = terms.to.as_str().to_lowercase();
    Ok((StatusCode::CREATED, Json(DelegationView::new(&to, &delegation))))
}

async fn write(permit: &Permit, terms: &Terms) -> Result<Turn<Delegation>, Problem> {
    let delegation = terms.delegation(permit, None, &[])?;
    let row = book::read(permit, terms.to.as_str()).await?;
    if book::is_held(row.as_ref(), &delegation) {
        return Ok(Turn::Done(delegation));
    }
    let mut tx = permit.store().tx(permit.now());
    book::add(&mut tx, (permit, terms.to.as_str()), row.as_ref(), delegation.clone())?;
    Turn::of(tx.commit().await, delegation)
}
