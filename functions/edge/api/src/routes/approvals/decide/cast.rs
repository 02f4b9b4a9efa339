//! Casting a vote.

use super::{
    super::about::{about, read},
    Decided,
    ballot::{Ballot, Count, count},
    lost,
};
use crate::{
    auth::{Permit, Verb},
    problem::Problem,
    refusals,
    view::{action::VoteView, who},
};
use domain::{ActionId, Record, audit::Entry, delegation::Delegations, text::Lang};
use store::{AdvanceError, CommitError, Row};

/// How often a vote is counted again when others keep being first or the table does not answer.
const ATTEMPTS: u32 = 6;

/// Casts the vote of the person who holds `reader`, and says where the action is then.
pub(super) async fn cast(
    reader: &Permit,
    id: ActionId,
    ballot: &Ballot,
    lang: Lang,
) -> Result<(Decided, u64), Problem> {
    let mut last = None;
    for _ in 0..ATTEMPTS {
        let (row, lent) = read(reader, id).await?;
        match attempt(reader, (&row, &lent), ballot, lang).await {
            Ok(Written::Done(record, seq)) => return Ok((Decided::of(&record), seq)),
            Ok(Written::Again(error)) => last = Some(error),
            Err(problem) => {
                if problem.kind().status().is_client_error() {
                    let status = row.value.status.name();
                    refusals::keep(reader, (id, status), ballot.verb(), &problem).await;
                }
                return Err(problem);
            }
        }
    }
    Err(last.map_or_else(|| Problem::not_found("request", &id.to_string()), Into::into))
}

/// What came of one attempt to write.
enum Written {
    /// The action is as here, at this version.
    Done(Box<Record>, u64),
    /// Somebody else was first, or nobody knows: read again.
    Again(CommitError),
}

async fn attempt(
    reader: &Permit,
    (row, lent): (&Row<Record>, &Delegations),
    ballot: &Ballot,
    lang: Lang,
) -> Result<Written, Problem> {
    let verb = if ballot.agrees { Verb::Approve } else { Verb::Reject };
    let permit = reader.also(verb, about(reader, &row.value, lent).await?)?;
    let voter = (permit.person().account.as_str(), permit.granted());
    match count(row, ballot, voter, permit.now()) {
        Ok(Count::Said) => Ok(Written::Done(Box::new(row.value.clone()), row.seq)),
        Ok(Count::Moves(next, what)) => write(&permit, row, ballot, (*next, what)).await,
        Err(late) => Err(lost::told(&permit, row, (ballot, late), lang).await),
    }
}

async fn write(
    permit: &Permit,
    row: &Row<Record>,
    ballot: &Ballot,
    (next, what): (Record, &str),
) -> Result<Written, Problem> {
    let actor = who(&permit.person().account);
    let entry = Entry {
        revision: Some(next.decision.revision.clone()),
        input: Some(next.bound.to_string()),
        ..Entry::new(actor, what, next.status.name()).because(ballot.reason.clone())
    };
    let mut tx = permit.store().tx(permit.now());
    let advanced = permit.store().advance(&mut tx, row, next.clone(), entry).await;
    advanced.map_err(|error: AdvanceError| Problem::from(error))?;
    match tx.commit().await {
        Ok(()) => Ok(Written::Done(Box::new(next), row.seq + 1)),
        Err(error @ CommitError::Invalid(_)) => Err(error.into()),
        Err(error) => Ok(Written::Again(error)),
    }
}

impl Decided {
    fn of(record: &Record) -> Self {
        let approval = record.approval.as_ref();
        let votes = approval.into_iter().flat_map(|approval| &approval.votes);
        Self {
            id: record.proposal.id.to_string(),
            status: record.status.name(),
            quorum: approval.map_or(0, |approval| approval.quorum),
            votes: votes.map(VoteView::from).collect(),
        }
    }
}
