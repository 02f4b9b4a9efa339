//! Taking back what was proposed.

use crate::{
    auth::{Caller, Permit, Verb},
    extract::{Id, IfMatch, Keyed, Said},
    problem::{Kind, Problem, ProblemView},
    routes::approvals::about::{about, nothing_lent},
    turns::{Turn, until_written},
    view::{action::ActionView, versioned, who},
};
use axum::response::Response;
use domain::{ActionId, AgentName, Record, Status, audit::Entry, text::Lang};
use futures::FutureExt as _;
use serde::Deserialize;
use store::{AdvanceError, Row};
use utoipa::ToSchema;

use crate::{auth::About, extract::Language};

/// That something is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Withdraw {
    /// Why, for whoever reads of it later.
    #[schema(required = false)]
    reason: Option<Said>,
}

/// Takes back an action that nobody has decided yet: a machine what it proposed, people what they asked for, an owner
/// whatever it is. Doing it twice is doing it once.
#[utoipa::path(post, path = "/actions/{id}/withdraw", operation_id = "withdrawAction", tag = "Actions",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the action as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Withdraw,
    responses((status = 200, description = "It is taken back.", body = ActionView),
        (status = 409, description = "It is decided, or the gate has not seen it yet.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(seen): IfMatch,
    Language(lang): Language,
    Keyed(body, once): Keyed<Withdraw>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadActions, About::Nothing)?;
    once.claim(&permit).await?;
    let reason = body.reason.map(Said::into_string);
    let (record, seq) = until_written(|| take_back(&permit, id, (reason.as_deref(), seen)).boxed()).await?;
    Ok(told(&record, seq, lang))
}

fn told(record: &Record, seq: u64, lang: Lang) -> Response {
    versioned(ActionView::new(record, lang), seq)
}

async fn take_back(
    reader: &Permit,
    id: ActionId,
    (reason, seen): (Option<&str>, Option<u64>),
) -> Result<Turn<(Record, u64)>, Problem> {
    let row = read(reader, id).await?;
    let permit = reader.also(Verb::WithdrawAction, about(reader, &row.value, &nothing_lent(reader)).await?)?;
    its_own(&permit, &row.value.proposal.agent)?;
    let account = permit.person().account.as_str();
    let note = note(account, reason);
    if is_withdrawn(&row.value) {
        return Ok(Turn::Done((row.value, row.seq)));
    }
    if seen.is_some_and(|seen| seen != row.seq) {
        return Err(Problem::new(Kind::Precondition, format!("the action is at version {}", row.seq)));
    }
    let next = row.value.clone().noted(end_of(&row.value)?, note, permit.now())?;
    let entry = Entry::new(who(account), "withdrawn", next.status.name()).because(reason.map(str::to_owned));
    let mut tx = permit.store().tx(permit.now());
    let advanced = permit.store().advance(&mut tx, &row, next.clone(), entry).await;
    advanced.map_err(|error: AdvanceError| Problem::from(error))?;
    Turn::of(tx.commit().await, (next, row.seq + 1))
}

async fn read(permit: &Permit, id: ActionId) -> Result<Row<Record>, Problem> {
    if let Some(row) = permit.store().get::<Record>(&id.to_string()).await? {
        return Ok(row);
    }
    let waiting = permit.store().proposal(id).await?;
    waiting.ok_or_else(|| Problem::not_found("action", &id.to_string()))?;
    let told = "the gate has not judged it yet: try again in a moment";
    Err(Problem::new(Kind::State, told).with("state", &Status::Proposed.name()))
}

/// A machine takes back what it proposed, and nothing else.
fn its_own(permit: &Permit, agent: &AgentName) -> Result<(), Problem> {
    let person = permit.person();
    if !person.is_machine() || person.account == agent.as_str() || person.account == agent.function() {
        return Ok(());
    }
    Err(Problem::new(Kind::Forbidden, format!("`{agent}` proposed it, and not you")))
}

/// What taking it back makes of it. An agent may propose the like again at once, so where there is a choice it is no
/// rejection.
fn end_of(record: &Record) -> Result<Status, Problem> {
    match record.status {
        Status::Pending => Ok(Status::Superseded),
        Status::CeoReview | Status::Held => Ok(Status::Rejected),
        status => {
            let told = format!("it is {status}: only what nobody has decided yet is taken back");
            Err(Problem::new(Kind::State, told).with("state", &status.name()))
        }
    }
}

/// How the note of what was taken back begins.
const WITHDRAWN: &str = "withdrawn by ";

fn note(account: &str, reason: Option<&str>) -> String {
    reason.map_or_else(|| format!("{WITHDRAWN}{account}"), |reason| format!("{WITHDRAWN}{account}: {reason}"))
}

fn is_withdrawn(record: &Record) -> bool {
    let ended = matches!(record.status, Status::Superseded | Status::Rejected);
    ended && record.note.as_deref().is_some_and(|note| note.starts_with(WITHDRAWN))
}
