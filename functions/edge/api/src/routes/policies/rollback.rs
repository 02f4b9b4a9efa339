//! Putting an earlier revision back: the way out of a bad policy. Neither policy nor a stop is asked whether it may.

use super::{publish::Name, revisions::InForceView};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Said},
    problem::{Kind, Problem, ProblemView},
    turns::{Turn, until_written},
    view::{versioned, who},
};
use axum::response::Response;
use domain::{
    InForce, Revision,
    audit::Entry,
    revision::{NotMoved, Reign},
};
use futures::FutureExt as _;
use serde::Deserialize;
use store::{Chained as _, Row};
use utoipa::ToSchema;

/// Which revision is to decide again, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
#[schema(as = PolicyRollback)]
pub(super) struct Rollback {
    /// A revision that was published before.
    revision: Name,
    /// Why, for the record.
    reason: Said,
}

/// Has an earlier revision decide again, at once. One that was on its way no longer is.
///
/// It holds within seconds everywhere. Doing it twice is doing it once.
#[utoipa::path(post, path = "/policies/rollback", operation_id = "rollBackPolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; doing it twice is doing it once.")),
    request_body = Rollback,
    responses((status = 200, description = "It decides.", body = InForceView),
        (status = 404, description = "There is no such revision.", body = ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "It never decided, or what is kept of it is damaged.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn roll_back(
    caller: Caller,
    _: IdempotencyKey,
    Body(body): Body<Rollback>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::RollBackPolicy, About::Nothing)?;
    let (revision, reason) = (body.revision.0, body.reason.into_string());
    let row = permit.store().get::<Revision>(revision.as_str()).await?;
    let row = row.ok_or_else(|| Problem::not_found("revision", revision.as_str()))?;
    usable(&permit, &row.value).await?;
    let (pointer, seq) = until_written(|| turn(&permit, &row.value, &reason).boxed()).await?;
    permit.policies().renew(permit.now()).await;
    Ok(versioned(InForceView::of(pointer, permit.now()), seq))
}

/// That it was allowed to decide once, and is whole: a way out must not lead into another trouble.
async fn usable(permit: &Permit, revision: &Revision) -> Result<(), Problem> {
    let against = |told: String| Err(Problem::new(Kind::State, told));
    if revision.published.is_none() {
        return against("it is a draft that never decided: propose it instead".to_owned());
    }
    let kept = revision.kept();
    let bytes = permit.store().bundle(&kept).await?;
    match policy::Policy::open(&bytes, kept.bundle.as_str()) {
        Ok(_) => Ok(()),
        Err(error) => against(format!("{error}: choose another one")),
    }
}

async fn turn(permit: &Permit, to: &Revision, reason: &str) -> Result<Turn<(InForce, u64)>, Problem> {
    let row = permit.store().pointers().await?.in_force;
    let row =
        row.ok_or_else(|| Problem::new(Kind::State, "nothing was ever published: there is nothing to take back"))?;
    let kept = to.kept();
    let reign = Reign {
        revision: kept.revision,
        bundle: kept.bundle,
        from: permit.now(),
        by: vec![permit.person().account.clone()],
        action: None,
        reason: Some(reason.to_owned()),
    };
    match row.value.clone().rolled_back(reign, permit.now()) {
        Ok(next) => write(permit, &row, next).await,
        Err(NotMoved::Already | NotMoved::Another(_) | NotMoved::OnItsWay(..)) => Ok(Turn::Done((row.value, row.seq))),
    }
}

async fn write(permit: &Permit, row: &Row<InForce>, next: InForce) -> Result<Turn<(InForce, u64)>, Problem> {
    let entry = Entry::new(who(&permit.person().account), "rolled back", next.status());
    let entry = Entry { revision: Some(next.live.revision.to_string()), ..entry };
    let mut tx = permit.store().tx(permit.now());
    tx.update(row, &next, entry.because(next.live.reason.clone()))?;
    Turn::of(tx.commit().await, (next, row.seq + 1))
}
