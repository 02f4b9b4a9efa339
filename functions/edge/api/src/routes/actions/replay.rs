//! Having a decision made again, by the revision that made it and on what it was made.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::Id,
    problem::{Kind, Problem},
};
use axum::Json;
use domain::{ActionId, Decision, Digest, Record, Revision, revision::Kept};
use policy::Policy;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A decision made again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Replay)]
pub(super) struct ReplayView {
    /// The action.
    action: String,
    /// The revision that decided, and decided again.
    revision: String,
    /// SHA-256 of what it was decided on.
    input: String,
    /// Whether the same came of it, to the byte.
    same: bool,
    /// The decision as it is on record.
    #[schema(value_type = Object)]
    recorded: Decision,
    /// What came of it now.
    #[schema(value_type = Object)]
    replayed: Decision,
}

/// Makes an action's decision again: the same revision, the same facts, and whether the same comes of it to the byte.
///
/// Nothing is changed by it.
#[utoipa::path(get, path = "/actions/{id}/replay", operation_id = "replayAction", tag = "Actions",
    params(("id" = String, Path, description = "The action's id.")),
    responses((status = 200, description = "What came of it.", body = ReplayView),
        (status = 409, description = "The facts, or the revision, are not kept any more.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn replay(caller: Caller, Id(id): Id<ActionId>) -> Result<Json<ReplayView>, Problem> {
    let permit = caller.may(Verb::ReplayPolicy, About::Nothing)?;
    let row = permit.store().get::<Record>(&id.to_string()).await?;
    let recorded = row.ok_or_else(|| Problem::not_found("action", &id.to_string()))?.value.decision;
    let seen = permit.store().input(id, &recorded.input).await?;
    let seen = seen.ok_or_else(|| gone("what it was decided on is not kept any more"))?;
    if Digest::of_bytes(seen.as_bytes()).as_str() != recorded.input {
        return Err(gone("what is kept is not what it was decided on"));
    }
    let policy = revision(&permit, &recorded.revision).await?;
    let replayed = policy.judge_seen(&seen, recorded.at);
    Ok(Json(ReplayView {
        action: id.to_string(),
        revision: recorded.revision.clone(),
        input: recorded.input.clone(),
        same: bytes(&recorded)? == bytes(&replayed)?,
        recorded,
        replayed,
    }))
}

/// The revision: the one in force, or one that is kept.
pub(in crate::routes) async fn revision(permit: &Permit, revision: &str) -> Result<Arc<Policy>, Problem> {
    if let Some(policy) = permit.policy().filter(|policy| policy.revision() == revision) {
        return Ok(policy);
    }
    let row = permit.store().get::<Revision>(revision).await?;
    let kept: Kept = row.ok_or_else(|| gone("the revision that decided is not kept"))?.value.kept();
    let bytes = permit.store().bundle(&kept).await?;
    let policy = Policy::open(&bytes, kept.bundle.as_str()).map_err(|error| gone(&error.to_string()))?;
    Ok(Arc::new(policy))
}

fn bytes(decision: &Decision) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(decision).map_err(|error| Problem::new(Kind::Internal, error.to_string()))
}

fn gone(why: &str) -> Problem {
    Problem::new(Kind::State, why)
}
