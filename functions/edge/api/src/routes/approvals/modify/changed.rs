//! Modifying a request.

use super::patch::patched;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, IfMatch, Keyed, Language, Said},
    problem::{Kind, Problem, ProblemView},
    propose::{ProposedView, accepted, bounded},
    routes::approvals::{
        about::{about, asked, nothing_lent},
        decide::{Saw, in_time, told},
    },
    turns::{Turn, until_written},
    view::who,
};
use axum::response::Response;
use domain::{Action, ActionId, Digest, Proposal, Record, Status, audit::Entry, text::Lang};
use futures::FutureExt as _;
use serde::Deserialize;
use serde_json::{Map, Value};
use store::{AdvanceError, Row};
use utoipa::ToSchema;

/// What is to be another about a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(in crate::routes::approvals) struct Modify {
    /// `digest` of the request as you saw it. What has changed since is refused.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    digest: Digest,
    /// The fields of `payload` that are to be another, as a JSON merge patch (RFC 7396). The type stays.
    #[schema(schema_with = crate::extract::schema::changes)]
    changes: Map<String, Value>,
    /// Why.
    reason: Said,
}

/// Changes what a request asks for. The old request is superseded, and the changed action goes through the gate; you
/// are one of its authors, so somebody else has to agree to it. Doing it twice is doing it once.
#[utoipa::path(post, path = "/approvals/{id}/modify", operation_id = "modify", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the request as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Modify,
    responses((status = 202, description = "The changed action waits for the gate.", body = ProposedView,
        headers(("Location" = String, description = "Where the changed action is."))),
        (status = 409, description = "It was decided, it expired, or it is not what you saw.", body = ProblemView, content_type = "application/problem+json"),
        (status = 412, description = "It is at another version.", body = ProblemView, content_type = "application/problem+json")))]
pub(in crate::routes::approvals) async fn modify(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(version): IfMatch,
    Language(lang): Language,
    Keyed(body, once): Keyed<Modify>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    once.claim(&permit).await?;
    let (saw, reason) = (Saw { digest: body.digest, version }, body.reason.into_string());
    let turn = || change(&permit, id, (&saw, &body.changes, &reason), lang).boxed();
    Ok(accepted(&until_written(turn).await?, lang))
}

async fn change(
    reader: &Permit,
    id: ActionId,
    (saw, changes, reason): (&Saw, &Map<String, Value>, &str),
    lang: Lang,
) -> Result<Turn<Proposal>, Problem> {
    let row = asked(reader, id).await?;
    let permit = reader.also(Verb::Modify, about(reader, &row.value, &nothing_lent(reader)).await?)?;
    let new = || changed(&permit, &row.value, patched(&row.value.proposal.action, changes.clone())?);
    if let Err(late) = in_time(&row, saw, permit.now()) {
        let done = new().ok().filter(|new| row.value.superseded_by == Some(new.id));
        return match done {
            Some(new) => Ok(Turn::Done(new)),
            None => Err(told(&permit, &row, (saw, late), lang).await),
        };
    }
    let new = new()?;
    write(&permit, &row, (new, reason)).await
}

/// One write: the old request ends, and the changed one waits for the gate.
async fn write(permit: &Permit, row: &Row<Record>, (new, reason): (Proposal, &str)) -> Result<Turn<Proposal>, Problem> {
    let account = permit.person().account.as_str();
    let note = format!("changed by {account}: {reason}");
    let next = row.value.clone().noted(Status::Superseded, note, permit.now())?;
    let next = Record { superseded_by: Some(new.id), ..next };
    let entry = Entry {
        input: Some(new.digest().map_err(|error| Problem::new(Kind::Internal, error.to_string()))?.to_string()),
        ..Entry::new(who(account), "modified", next.status.name()).because([reason])
    };
    let mut tx = permit.store().tx(permit.now());
    let advanced = permit.store().advance(&mut tx, row, next, entry).await;
    advanced.map_err(|error: AdvanceError| Problem::from(error))?;
    tx.propose(&new)?;
    Turn::of(tx.commit().await, new)
}

/// The proposal that takes the place of the one in `record`: the same but for the action, and with one author more.
///
/// # Errors
/// When a row has no room for it.
pub(super) fn changed(permit: &Permit, record: &Record, action: Action) -> Result<Proposal, Problem> {
    let (old, author) = (record.proposal.clone(), permit.author());
    let digest = Digest::of(&action).map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    let mut authors = old.authors.clone();
    if !authors.contains(&author) {
        authors.push(author);
    }
    bounded(Proposal {
        id: ActionId::of(&format!("changed\n{}\n{}\n{digest}", old.id, permit.person().account)),
        authors,
        supersedes: Some(old.id),
        undoes: None,
        action,
        at: permit.now(),
        ..old
    })
}
