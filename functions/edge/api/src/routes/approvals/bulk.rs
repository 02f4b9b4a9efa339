//! Deciding many requests by one request: each of them exactly as it was shown, and each for itself.

use super::decide::{Ballot, Decided, Saw, cast};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Keyed, Language, Said},
    problem::{Kind, Problem, ProblemView},
    routes::BASE,
};
use axum::Json;
use domain::{ActionId, Digest, text::Lang};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most requests that are decided at once.
const MOST: usize = 100;

/// Requests as they were shown, and what is said of all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "verb", rename_all = "lowercase", deny_unknown_fields, expecting = "an object")]
pub(super) enum Bulk {
    /// Agreement to each of them.
    Approve {
        /// The requests, each with what you saw of it.
        #[schema(min_items = 1, max_items = 100)]
        items: Vec<Shown>,
        /// Why, if you want it on the record.
        #[schema(required = false)]
        reason: Option<Said>,
    },
    /// Refusal of each of them.
    Reject {
        /// The requests, each with what you saw of it.
        #[schema(min_items = 1, max_items = 100)]
        items: Vec<Shown>,
        /// Why: the agents are told.
        reason: Said,
    },
}

/// One request as it was shown.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Shown {
    /// The action's id.
    #[schema(value_type = String, format = Uuid)]
    id: ActionId,
    /// `digest` of the request as you saw it. What has changed since is refused.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Digest,
}

/// What became of each request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BulkDone {
    /// How many were decided as you asked.
    done: usize,
    /// How many were not.
    refused: usize,
    /// Each of them, in the order in which you sent them.
    items: Vec<BulkItem>,
}

/// What became of one request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkItem {
    /// The action's id.
    id: String,
    /// What the decision led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<Decided>,
    /// Why it was not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemView>,
}

/// Approves or rejects many requests: exactly those whose digests you send, each by a transaction of its own.
///
/// The answer says of each one what became of it. Sending it again is deciding once.
#[utoipa::path(post, path = "/approvals/bulk", operation_id = "decideMany", tag = "Approvals",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Bulk,
    responses((status = 200, description = "What became of each of them.", body = BulkDone),
        (status = 409, description = "The idempotency key belongs to another request of yours.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn bulk(
    caller: Caller,
    Language(lang): Language,
    Keyed(body, once): Keyed<Bulk>,
) -> Result<Json<BulkDone>, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    let (agrees, items, reason) = match body {
        Bulk::Approve { items, reason } => (true, items, reason),
        Bulk::Reject { items, reason } => (false, items, Some(reason)),
    };
    if !(1..=MOST).contains(&items.len()) {
        let (what, fix) = (format!("{} requests", items.len()), format!("send 1 to {MOST} of them"));
        return Err(Problem::field(Kind::Field, "items", what, fix));
    }
    once.claim(&permit).await?;
    let reason = reason.map(Said::into_string);
    let mut answers = Vec::with_capacity(items.len());
    for shown in items {
        let saw = Saw { digest: shown.digest, version: None };
        let ballot = Ballot { agrees, reason: reason.clone(), saw };
        answers.push(one(&permit, shown.id, &ballot, lang).await);
    }
    let done = answers.iter().filter(|answer| answer.decided.is_some()).count();
    Ok(Json(BulkDone { done, refused: answers.len() - done, items: answers }))
}

/// One of them, through the same door as a single one.
async fn one(permit: &Permit, id: ActionId, ballot: &Ballot, lang: Lang) -> BulkItem {
    let id_text = id.to_string();
    match cast(permit, id, ballot, lang).await {
        Ok((decided, _)) => BulkItem { id: id_text, decided: Some(decided), problem: None },
        Err(problem) => {
            let place = format!("{BASE}/approvals/{id}/{}", ballot.verb());
            BulkItem { id: id_text, decided: None, problem: Some(ProblemView::new(problem, &place)) }
        }
    }
}
