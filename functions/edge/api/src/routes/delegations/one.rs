//! Having somebody decide one request, or from now on all of them, in one's place.

use super::{
    book::{self, Terms},
    view::DelegationView,
};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Account, Id, IfMatch, Keyed, Said},
    problem::{Kind, Problem, ProblemView},
    routes::approvals::{
        about::{about, asked, nothing_lent},
        closed,
    },
    turns::{Turn, until_written},
    view::{versioned, who},
};
use axum::response::Response;
use domain::{ActionId, Record, Status, audit::Entry, delegation::Delegation, life::Delegated};
use futures::FutureExt as _;
use serde::Deserialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// How often one request can be handed on.
const MOST: usize = 50;

/// That somebody is to decide in your place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Delegate {
    /// Account of who stands in.
    to: Account,
    /// Until when.
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
    /// Whether for all requests, and not for this one only.
    #[serde(default)]
    #[schema(required = false)]
    everything: bool,
    /// Why.
    reason: Said,
}

/// Has somebody decide this request in your place, in your roles. You must be among those who may decide it; who asked
/// for it never decides it, in whosever place. Doing it twice is doing it once.
#[utoipa::path(post, path = "/approvals/{id}/delegate", operation_id = "delegate", tag = "Approvals",
    params(("id" = String, Path, description = "The action's id."),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|"[0-9]{1,18}"|[0-9]{1,18})$"#, description = "`ETag` of the request as you saw it; refused if it has changed."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Delegate,
    responses((status = 200, description = "They may decide it.", body = DelegationView),
        (status = 409, description = "It is no longer open, or the time is over already.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn delegate(
    caller: Caller,
    Id(id): Id<ActionId>,
    IfMatch(seen): IfMatch,
    Keyed(body, once): Keyed<Delegate>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadApprovals, About::Nothing)?;
    once.claim(&permit).await?;
    let terms = Terms { to: body.to, until: body.until, reason: body.reason.into_string() };
    let request = (!body.everything).then_some(id);
    let (delegation, seq) = until_written(|| hand_on(&permit, (id, request), &terms, seen).boxed()).await?;
    Ok(versioned(DelegationView::new(&terms.to.as_str().to_lowercase(), &delegation), seq))
}

async fn hand_on(
    reader: &Permit,
    (id, request): (ActionId, Option<ActionId>),
    terms: &Terms,
    seen: Option<u64>,
) -> Result<Turn<(Delegation, u64)>, Problem> {
    let row = asked(reader, id).await?;
    let record = &row.value;
    let permit = reader.also(Verb::Delegate, about(reader, record, &nothing_lent(reader)).await?)?;
    is_open(record, permit.now())?;
    let authors: Vec<&str> = record.proposal.authors.iter().map(|author| author.human.as_str()).collect();
    let delegation = terms.delegation(&permit, request, &authors)?;
    let lent = book::read(&permit, terms.to.as_str()).await?;
    if book::is_held(lent.as_ref(), &delegation) {
        return Ok(Turn::Done((delegation, row.seq)));
    }
    if seen.is_some_and(|seen| seen != row.seq) {
        return Err(Problem::new(Kind::Precondition, format!("the request is at version {}", row.seq)));
    }
    let next = handed_on(record, terms, &delegation, permit.now())?;
    let entry = Entry::new(who(&delegation.from), "delegated", next.status.name()).because([terms.reason.clone()]);
    let mut tx = permit.store().tx(permit.now());
    tx.update(&row, &next, entry)?;
    book::add(&mut tx, (&permit, terms.to.as_str()), lent.as_ref(), delegation.clone())?;
    Turn::of(tx.commit().await, (delegation, row.seq + 1))
}

fn is_open(record: &Record, now: OffsetDateTime) -> Result<(), Problem> {
    let in_time = record.approval.as_ref().is_some_and(|approval| now < approval.deadline);
    match record.status {
        Status::Pending if in_time => Ok(()),
        Status::Pending => Err(Problem::new(Kind::Expired, "its deadline has passed")),
        _ => Err(closed(record)),
    }
}

fn handed_on(record: &Record, terms: &Terms, new: &Delegation, at: OffsetDateTime) -> Result<Record, Problem> {
    if record.delegated.len() >= MOST {
        return Err(Problem::new(Kind::State, format!("it was handed on {MOST} times already")));
    }
    let mut next = record.clone();
    let (from, to) = (new.from.clone(), terms.to.as_str().to_lowercase());
    next.delegated.push(Delegated { from, to, until: new.until, reason: new.reason.clone(), at });
    Ok(next)
}
