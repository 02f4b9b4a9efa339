//! Undoing what was executed, by one call.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, IdempotencyKey, Keyed, Language, Said},
    problem::{Kind, Problem, ProblemView},
    propose::{ProposedView, accepted, draft, submit},
    routes::approvals::closed,
};
use axum::response::Response;
use domain::{ActionId, Proposal, Record, Status, life::NotUndoable, proposal::Case, text::Lang};
use serde::Deserialize;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;

/// How often it is tried to undo one action: the way back can fail too.
const TRIES: u32 = 8;

/// That something is to be undone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Undo {
    /// Why.
    reason: Said,
}

/// Undoes an executed action while its window is open: its way back, which was worked out before it was executed, is
/// proposed in your name. Doing it twice is doing it once.
#[utoipa::path(post, path = "/actions/{id}/undo", operation_id = "undoAction", tag = "Actions",
    params(("id" = String, Path, description = "The action's id."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Undo,
    responses((status = 202, description = "The way back waits for the gate.", body = ProposedView,
        headers(("Location" = String, description = "Where the way back is."))),
        (status = 409, description = "It was not executed, its window is over, or nothing restores what was before.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn undo(
    caller: Caller,
    Id(id): Id<ActionId>,
    Language(lang): Language,
    Keyed(body, once): Keyed<Undo>,
) -> Result<Response, Problem> {
    let reader = caller.may(Verb::ReadActions, About::Nothing)?;
    let row = reader.store().get::<Record>(&id.to_string()).await?;
    let record = row.ok_or_else(|| Problem::not_found("action", &id.to_string()))?.value;
    let permit = reader.also(Verb::UndoAction, About::Agent(record.proposal.agent.clone()))?;
    once.claim(&permit).await?;
    let reason = body.reason.into_string();
    if let Some(before) = under_way(&permit, id).await? {
        return Ok(accepted(&before, lang));
    }
    let proposal = way_back(&permit, &record, reason)?;
    for n in 0..TRIES {
        let proposal = Proposal { id: named(id, n), ..proposal.clone() };
        if let Some(accepted) = try_to(&permit, proposal, lang).await? {
            return Ok(accepted);
        }
    }
    Err(Problem::new(Kind::State, format!("its way back was tried {TRIES} times, and failed each time")))
}

/// The `n`th try to undo the action `id`.
fn named(id: ActionId, n: u32) -> ActionId {
    ActionId::of(&format!("undo\n{id}\n{n}"))
}

/// The try that is under way or has done it.
async fn under_way(permit: &Permit, id: ActionId) -> Result<Option<Proposal>, Problem> {
    for n in 0..TRIES {
        let id = named(id, n);
        if let Some(row) = permit.store().get::<Record>(&id.to_string()).await? {
            if !has_failed(row.value.status) {
                return Ok(Some(row.value.proposal));
            }
            continue;
        }
        return Ok(permit.store().proposal(id).await?);
    }
    Ok(None)
}

fn has_failed(status: Status) -> bool {
    status.settled() && status != Status::Executed
}

/// Proposes this try; nothing where it was made before, and failed.
async fn try_to(permit: &Permit, proposal: Proposal, lang: Lang) -> Result<Option<Response>, Problem> {
    let id = proposal.id.to_string();
    if permit.store().get::<Record>(&id).await?.is_some_and(|row| has_failed(row.value.status)) {
        return Ok(None);
    }
    match submit(permit, proposal.clone()).await {
        // Somebody else asked for the same at the same moment, in other words.
        Err(problem) if problem.kind() == Kind::KeyReused => Ok(Some(accepted(&proposal, lang))),
        submitted => Ok(Some(accepted(&submitted?, lang))),
    }
}

/// The proposal of the way back.
fn way_back(permit: &Permit, record: &Record, reason: String) -> Result<Proposal, Problem> {
    let action = record.way_back(permit.now()).map_err(|why| not_undoable(record, why))?;
    let undone = record.proposal.action.sentence(Lang::En);
    let case = Case { title: format!("Undo: {undone}"), reasoning: reason, ..Case::default() };
    let proposal = draft(permit, &IdempotencyKey(None), action.clone(), case)?;
    Ok(Proposal { undoes: Some(record.proposal.id), ..proposal })
}

fn not_undoable(record: &Record, why: NotUndoable) -> Problem {
    if record.status == Status::Undone {
        return closed(record);
    }
    let until = record.undo.as_ref().and_then(|undo| undo.until).and_then(|at| at.format(&Rfc3339).ok());
    let problem = Problem::new(Kind::State, why.to_string()).with("state", &record.status.name());
    match until {
        Some(until) => problem.with("until", &until),
        None => problem,
    }
}
