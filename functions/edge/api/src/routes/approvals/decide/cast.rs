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
    turns::{Turn, until_written},
    view::{action::VoteView, who},
};
use domain::{ActionId, Record, audit::Entry, delegation::Delegations, text::Lang};
use futures::FutureExt as _;
use store::{AdvanceError, Row};

/// Casts the vote of the person who holds `reader`, and says where the action is then.
pub(in crate::routes::approvals) async fn cast(
    reader: &Permit,
    id: ActionId,
    ballot: &Ballot,
    lang: Lang,
) -> Result<(Decided, u64), Problem> {
    let turn = || turn(reader, id, ballot, lang).boxed();
    let (record, seq) = until_written(turn).await?;
    Ok((Decided::of(&record), seq))
}

async fn turn(reader: &Permit, id: ActionId, ballot: &Ballot, lang: Lang) -> Result<Turn<(Box<Record>, u64)>, Problem> {
    let (row, lent) = read(reader, id).await?;
    let attempted = attempt(reader, (&row, &lent), ballot, lang).await;
    if let Err(problem) = &attempted
        && problem.kind().status().is_client_error()
    {
        refusals::keep(reader, (id, row.value.status.name()), ballot.verb(), problem).await;
    }
    attempted
}

async fn attempt(
    reader: &Permit,
    (row, lent): (&Row<Record>, &Delegations),
    ballot: &Ballot,
    lang: Lang,
) -> Result<Turn<(Box<Record>, u64)>, Problem> {
    let verb = if ballot.agrees { Verb::Approve } else { Verb::Reject };
    let permit = reader.also(verb, about(reader, &row.value, lent).await?)?;
    let voter = (permit.person().account.as_str(), permit.granted());
    match count(row, ballot, voter, permit.now()) {
        Ok(Count::Said) => Ok(Turn::Done((Box::new(row.value.clone()), row.seq))),
        Ok(Count::Moves(next, what)) => write(&permit, row, ballot, (*next, what)).await,
        Err(late) => Err(lost::told(&permit, row, (&ballot.saw, late), lang).await),
    }
}

async fn write(
    permit: &Permit,
    row: &Row<Record>,
    ballot: &Ballot,
    (next, what): (Record, &str),
) -> Result<Turn<(Box<Record>, u64)>, Problem> {
    let actor = who(&permit.person().account);
    let entry = Entry {
        revision: Some(next.decision.revision.clone()),
        input: Some(next.bound.to_string()),
        ..Entry::new(actor, what, next.status.name()).because(ballot.reason.clone())
    };
    let mut tx = permit.store().tx(permit.now());
    let advanced = permit.store().advance(&mut tx, row, next.clone(), entry).await;
    advanced.map_err(|error: AdvanceError| Problem::from(error))?;
    Turn::of(tx.commit().await, (Box::new(next), row.seq + 1))
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
