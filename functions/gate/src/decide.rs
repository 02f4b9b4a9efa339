//! From a proposal to a decision, in one transaction.

use crate::shadow;
use domain::{ActionId, Actor, Proposal, Record, Status, Tier, audit::Entry, digest::NotCanonical, life::AskError};
use judge::{Unweighed, Weighed};
use runtime::{Env, Failure};
use store::{AdvanceError, CommitError, StoreError};
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// Why a proposal is not decided yet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Undecided {
    /// A fact could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The decision could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The action has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// The state machine has no such step: a fault of ours.
    #[error(transparent)]
    Ask(#[from] AskError),
}

impl From<domain::life::NoSuchStep> for Undecided {
    fn from(error: domain::life::NoSuchStep) -> Self {
        Self::Ask(error.into())
    }
}

impl From<Unweighed> for Undecided {
    fn from(error: Unweighed) -> Self {
        match error {
            Unweighed::Store(error) => Self::Store(error),
            Unweighed::NotCanonical(error) => Self::NotCanonical(error),
        }
    }
}

impl From<AdvanceError> for Undecided {
    fn from(error: AdvanceError) -> Self {
        match error {
            AdvanceError::Store(error) => Self::Store(error),
            AdvanceError::Commit(error) => Self::Commit(error),
        }
    }
}

impl From<Undecided> for Failure {
    fn from(undecided: Undecided) -> Self {
        let why = undecided.to_string();
        match undecided {
            Undecided::Store(StoreError::Retry(_))
            | Undecided::Commit(CommitError::Retry(_) | CommitError::Conflict(_)) => Self::Retry(why),
            _ => Self::Reject(why),
        }
    }
}

/// Decides the proposal `id`; one that is no longer in the inbox was decided before.
pub(crate) async fn decide(env: &Env, spending: &Mutex<()>, id: ActionId) -> Result<(), Undecided> {
    let (store, now) = (env.store(), env.clock().now());
    let Some(proposal) = store.proposal(id).await? else {
        return Ok(());
    };
    let _turn = if proposal.action.amount().is_some() { Some(spending.lock().await) } else { None };
    let policy = env.policy().in_force(now).await?;
    env.policy().keep(&policy, "gate", now).await;
    let weighed = judge::weigh(store, &policy, &proposal, now).await?;
    let record = settle(store::customer::salted(proposal), &weighed, now)?;
    commit(env, record, &weighed, now).await
}

/// The state that a decision leads to: set aside where a stop covers the action, and nothing at all where the very
/// effect is under way already, so that nobody is asked about it twice.
fn settle(proposal: Proposal, weighed: &Weighed, now: OffsetDateTime) -> Result<Record, Undecided> {
    let stop = weighed.stopped(&proposal);
    let record = Record::judged(proposal, weighed.decision.clone(), Status::Proposed)?;
    let record = Record { earlier: weighed.effect.last.clone(), undo: weighed.undo.clone(), ..record };
    if let Some(first) = weighed.effect.open {
        let note = format!("the same action is under way already, as {first}");
        return Ok(record.noted(Status::Superseded, note, now)?);
    }
    if weighed.false_undo {
        return Ok(record.noted(Status::Denied, "it is not the way back of the action that it names", now)?);
    }
    let record = by_tier(record, now)?;
    match stop {
        Some(why) if !record.status.settled() => Ok(record.noted(Status::Held, why, now)?),
        _ => Ok(record),
    }
}

/// Where an action of its tier goes.
pub(crate) fn by_tier(record: Record, now: OffsetDateTime) -> Result<Record, Undecided> {
    Ok(match record.decision.tier {
        Tier::Low | Tier::Medium => {
            let by = format!("policy {}", record.decision.revision);
            record.granted(vec![by], now)?
        }
        Tier::Ceo => Record { approval: None, grant: None, ..record.becomes(Status::CeoReview, now)? },
        Tier::High => record.asked(None, now)?,
        Tier::Denied => record.becomes(Status::Denied, now)?,
    })
}

async fn commit(env: &Env, mut record: Record, weighed: &Weighed, now: OffsetDateTime) -> Result<(), Undecided> {
    let mut tx = env.store().tx(now);
    if !record.status.settled() {
        tx.open(&record.digest, record.proposal.id, record.earlier.clone())?;
        record.reserved = weighed.ledger.names();
        for budget in weighed.ledger.reserved(now) {
            tx.move_budget(&budget)?;
        }
    }
    if let Some(first) = &weighed.first {
        tx.note_first(first)?;
    }
    tx.take(record.proposal.id)?;
    shadow::judge(env, &mut tx, &record, &weighed.input)?;
    tx.name_customers(&record)?;
    tx.create(&record, entry("judged", &record))?;
    tx.commit().await?;
    told(env, &record);
    Ok(())
}

/// Counts and logs a decision.
pub(crate) fn told(env: &Env, record: &Record) {
    let tier = record.decision.tier.to_string();
    let dims = [("action_type", record.proposal.action.kind()), ("tier", tier.as_str())];
    env.metrics().count("decisions_total", 1, &dims);
    tracing::info!(
        action.id = %record.proposal.id,
        action.r#type = record.proposal.action.kind(),
        agent = %record.proposal.agent,
        tier,
        status = %record.status,
        policy.revision = record.decision.revision,
        "decided"
    );
}

/// What is put on record about a decision.
pub(crate) fn entry(what: &str, record: &Record) -> Entry {
    let decision = &record.decision;
    let reasons = decision.reasons.iter().map(|reason| reason.code.clone());
    let entry = Entry::new(Actor::Function("gate".to_owned()), what, record.status.name());
    Entry { revision: Some(decision.revision.clone()), input: Some(decision.input.clone()), ..entry }.because(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_broken_table_makes_a_proposal_wait_and_a_broken_proposal_is_set_aside() {
        let retry = Undecided::Store(StoreError::Retry("throttled".into()));
        assert!(matches!(Failure::from(retry), Failure::Retry(_)));
        let corrupt =
            Undecided::Store(StoreError::Corrupt { key: "PROPOSAL#1".into(), why: "unknown field `tier`".into() });
        assert!(matches!(Failure::from(corrupt), Failure::Reject(_)));
    }
}
