//! Saying something about a request, to whoever decides it or reads of it later.

use super::about::asked;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, IfMatch, Keyed, Said},
    problem::{Kind, Problem, ProblemView},
    turns::{Turn, until_written},
    view::{action::CommentView, versioned, who},
};
use axum::response::Response;
use domain::{ActionId, Record, Status, audit::Entry, life::Comment};
use futures::FutureExt as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most comments on one request.
const MOST: usize = 100;

/// Something to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewComment {
    /// What is said: plain text.
    text: Said,
}

/// What was said about a request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Comments {
    /// The action's id.
    id: String,
    /// What people said, in order.
    comments: Vec<CommentView>,
}

/// Says something about a request. It decides nothing, and nobody obeys it. Saying it twice is saying it once.
#[utoipa::path(post, path = "/approvals/{id}/comment", operation_id = "comment", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the request as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = NewComment,
    responses((status = 200, description = "What was said so far.", body = Comments),
        (status = 409, description = "It is being executed, or enough was said.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn comment(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(seen): IfMatch,
    Keyed(body, once): Keyed<NewComment>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::Comment, About::Nothing)?;
    once.claim(&permit).await?;
    let text = body.text.into_string();
    let (record, seq) = until_written(|| say(&permit, id, (&text, seen)).boxed()).await?;
    let comments = record.comments.iter().map(CommentView::from).collect();
    Ok(versioned(Comments { id: id.to_string(), comments }, seq))
}

async fn say(permit: &Permit, id: ActionId, (text, seen): (&str, Option<u64>)) -> Result<Turn<(Record, u64)>, Problem> {
    let row = asked(permit, id).await?;
    let account = permit.person().account.clone();
    if row.value.comments.iter().any(|said| said.account == account && said.text == text) {
        return Ok(Turn::Done((row.value, row.seq)));
    }
    if seen.is_some_and(|seen| seen != row.seq) {
        return Err(Problem::new(Kind::Precondition, format!("the request is at version {}", row.seq)));
    }
    may_be_said(&row.value)?;
    let mut next = row.value.clone();
    next.comments.push(Comment { account: account.clone(), text: text.to_owned(), at: permit.now() });
    let entry = Entry::new(who(&account), "commented", next.status.name()).because([text]);
    let mut tx = permit.store().tx(permit.now());
    tx.update(&row, &next, entry)?;
    Turn::of(tx.commit().await, (next, row.seq + 1))
}

/// Nothing is written beside an execution: the outcome must not have to wait for it.
fn may_be_said(record: &Record) -> Result<(), Problem> {
    let told = match record.status {
        Status::Granted | Status::Executing | Status::Unknown => "it is being executed: say it when it is done",
        _ if record.comments.len() >= MOST => "enough was said about it",
        _ => return Ok(()),
    };
    Err(Problem::new(Kind::State, told).with("state", &record.status.name()))
}
