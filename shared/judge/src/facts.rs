//! Facts about a proposal beyond its own fields and the budgets. What is not known stays absent, and policy then
//! asks a person.

use crate::orders;
use domain::{Action, Proposal, Record, journey::Journey};
use policy::{CeoReview, Context};
use store::{
    StoreError,
    digest::Effect,
    fact::Fact,
    seen::{Seen, Wanted},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The fact that says when an approver was last seen, and its field.
pub(crate) const APPROVERS: &str = "approvers";
const SEEN: &str = "seen";

/// Adds the rows that the facts are read from.
pub(crate) fn wanted(rows: Wanted, proposal: &Proposal) -> Wanted {
    let mut rows = rows.fact(&agent(proposal)).fact(APPROVERS);
    if let Some(supplier) = supplier(&proposal.action) {
        rows = rows.fact(&format!("supplier:{supplier}"));
    }
    rows = orders::wanted(rows, &proposal.action);
    if let Some(journey) = proposal.journey {
        rows = rows.thing::<Journey>(&journey.to_string());
    }
    match proposal.undoes {
        Some(original) => rows.thing::<Record>(&original.to_string()),
        None => rows,
    }
}

/// What is known about a proposal.
pub(crate) fn gather(
    seen: &Seen,
    proposal: &Proposal,
    effect: &Effect,
    now: OffsetDateTime,
) -> Result<Context, StoreError> {
    let mut context = Context {
        ceo_review: ceo_review(seen, proposal)?,
        rejected_minutes_ago: effect.rejected_at().map(|at| (now - at).whole_minutes()),
        undo: undo(seen, proposal, now)?,
        unwatched_hours: unwatched_hours(seen, now)?,
        ..Context::default()
    };
    if let Some(supplier) = supplier(&proposal.action) {
        let known = seen.fact(&format!("supplier:{supplier}"))?;
        let says = |field: &str| known.as_ref().map(|fact| fact.fields.get(field).is_some_and(|value| value == "true"));
        (context.supplier_known, context.supplier_proven) = (says("known"), says("proven"));
    }
    orders::gather(&mut context, seen, &proposal.action, now)?;
    Ok(context)
}

/// Whether everything that this agent proposes goes to a person.
pub(crate) fn on_probation(seen: &Seen, proposal: &Proposal) -> Result<bool, StoreError> {
    let fact = seen.fact(&agent(proposal))?;
    Ok(fact.is_some_and(|fact| fact.fields.get("probation").is_some_and(|value| value != "false")))
}

/// That an approver counts as seen from `now` on: for a system in which nobody was yet.
pub(crate) fn watched_since(now: OffsetDateTime) -> Fact {
    let seen = now.format(&Rfc3339).unwrap_or_default();
    Fact { source: APPROVERS.to_owned(), fields: [(SEEN.to_owned(), seen)].into(), at: now }
}

/// Hours since an approver was seen; a system in which nobody was yet is watched from now on.
fn unwatched_hours(seen: &Seen, now: OffsetDateTime) -> Result<Option<i64>, StoreError> {
    let Some(fact) = seen.fact(APPROVERS)? else { return Ok(Some(0)) };
    let at = fact.fields.get(SEEN).and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok());
    Ok(at.map(|at| (now - at).whole_hours().max(0)))
}

/// Whether the proposal is what it says it is: a person's word to undo an executed action while that is open.
fn undo(seen: &Seen, proposal: &Proposal, now: OffsetDateTime) -> Result<Option<bool>, StoreError> {
    let Some(original) = proposal.undoes else { return Ok(None) };
    let original = seen.thing::<Record>(&original.to_string())?;
    let is_inverse = |record: &Record| record.way_back(now).is_ok_and(|inverse| *inverse == proposal.action);
    Ok(Some(!proposal.authors.is_empty() && original.is_some_and(|row| is_inverse(&row.value))))
}

/// The CEO function's word, from the journey that it was asked in.
fn ceo_review(seen: &Seen, proposal: &Proposal) -> Result<Option<CeoReview>, StoreError> {
    let Some(id) = proposal.journey else {
        return Ok(None);
    };
    let journey = seen.thing::<Journey>(&id.to_string())?;
    let about_it = journey.filter(|row| proposal.action.target() == format!("product:{}", row.value.candidate.product));
    let said = about_it.and_then(|row| row.value.reviewed);
    Ok(said.map(|reviewed| match (reviewed.escalated, reviewed.approved) {
        (true, _) => CeoReview::Escalated,
        (false, true) => CeoReview::Approved,
        (false, false) => CeoReview::Rejected,
    }))
}

fn agent(proposal: &Proposal) -> String {
    format!("agent:{}", proposal.agent.function())
}

fn supplier(action: &Action) -> Option<&str> {
    match action {
        Action::InventoryRestock(restock) => Some(&restock.product.supplier),
        Action::OrderFulfill(order) => Some(&order.supplier),
        _ => None,
    }
}
