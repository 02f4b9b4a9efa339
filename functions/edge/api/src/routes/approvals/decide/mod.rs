//! Deciding a request: approve, reject.
//!
//! [`ballot`] says what a vote makes of a request, and looks at nothing but values. [`cast`] reads the
//! request, asks policy who may, and writes the vote in one transaction that is conditional on exactly
//! the state it was counted on. Whoever loses a race reads again, and is told who won.

mod ballot;
mod cast;
mod lost;

pub(super) use ballot::{Ballot, Saw, deciders, in_time};
pub(super) use cast::cast;
pub(in crate::routes) use lost::closed;
pub(super) use lost::told;

use crate::{
    auth::{About, Caller, Verb},
    extract::{Id, IfMatch, Keyed, Language, Said},
    problem::Problem,
    view::{action::VoteView, versioned},
};
use axum::response::Response;
use domain::{ActionId, Digest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Agreement to exactly what was shown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Approve {
    /// `digest` of the request as you saw it. What has changed since is refused.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Digest,
    /// Why, if you want it on the record.
    #[schema(required = false)]
    reason: Option<Said>,
}

/// Refusal of exactly what was shown.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Reject {
    /// `digest` of the request as you saw it. What has changed since is refused.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Digest,
    /// Why: the agent is told.
    reason: Said,
}

/// What a decision led to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::routes::approvals) struct Decided {
    /// The action's id.
    id: String,
    /// Where the action is now.
    #[schema(example = "GRANTED")]
    status: &'static str,
    /// Distinct people who must agree.
    quorum: u32,
    /// What people said, in order.
    votes: Vec<VoteView>,
}

/// Agrees to a request. When as many different people agree as it asks for, the action is executed.
///
/// Doing it twice is doing it once: the second answer is the same.
#[utoipa::path(post, path = "/approvals/{id}/approve", operation_id = "approve", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the request as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Approve,
    responses((status = 200, description = "Your agreement is on the record.", body = Decided),
        (status = 409, description = "It was decided, it expired, or it is not what you saw.", body = crate::problem::ProblemView, content_type = "application/problem+json"),
        (status = 412, description = "It is at another version.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn approve(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(seen): IfMatch,
    Language(lang): Language,
    Keyed(body, once): Keyed<Approve>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    once.claim(&permit).await?;
    let saw = Saw { digest: body.digest, version: seen };
    let ballot = Ballot { agrees: true, reason: body.reason.map(Said::into_string), saw };
    let (decided, seq) = cast(&permit, id, &ballot, lang).await?;
    Ok(versioned(decided, seq))
}

/// Refuses a request, with a reason. One refusal ends it; the agent is told why.
#[utoipa::path(post, path = "/approvals/{id}/reject", operation_id = "reject", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the request as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Reject,
    responses((status = 200, description = "It is rejected.", body = Decided),
        (status = 409, description = "It was decided, it expired, or it is not what you saw.", body = crate::problem::ProblemView, content_type = "application/problem+json"),
        (status = 412, description = "It is at another version.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn reject(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(seen): IfMatch,
    Language(lang): Language,
    Keyed(body, once): Keyed<Reject>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    once.claim(&permit).await?;
    let saw = Saw { digest: body.digest, version: seen };
    let ballot = Ballot { agrees: false, reason: Some(body.reason.into_string()), saw };
    let (decided, seq) = cast(&permit, id, &ballot, lang).await?;
    Ok(versioned(decided, seq))
}
