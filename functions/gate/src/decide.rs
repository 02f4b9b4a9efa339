//! From a proposal to a decision, in one transaction.

use crate::{budgets::Ledger, facts};
use domain::{
    ActionId, Actor, Control, Decision, Proposal, Record, Status, Tier, audit::Entry, digest::NotCanonical,
    life::NoSuchStep,
};
use policy::{AgentFacts, Context, Input};
use runtime::{Env, Failure};
use store::{CommitError, Row, StoreError};
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
    NoSuchStep(#[from] NoSuchStep),
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
    let control = store.control().await?;
    let policy = env.policy().current(now);
    let ledger = Ledger::load(store, &policy, &proposal).await?;
    let context = Context {
        budget_overflow: ledger.overflow(now),
        similar_24h_cents: Some(ledger.similar(now)),
        stopped: Some(stopped_by(control.as_ref(), &proposal).is_some()),
        ..facts::gather(store, &proposal).await?
    };
    let decision = policy.judge(&input(&proposal, context, facts::on_probation(store, &proposal).await?), now);
    let effect = store.effect(&proposal.digest()?).await?;
    let record = match effect.open {
        Some(first) => twin(proposal, decision, first, now)?,
        None => settle(proposal, decision, control.as_ref(), now)?,
    };
    let record = Record { earlier: effect.last, ..record };
    commit(env, record, ledger, now).await
}

fn input(proposal: &Proposal, context: Context, probation: bool) -> Input {
    Input {
        action: proposal.action.facts(),
        agent: AgentFacts {
            name: proposal.agent.function().to_owned(),
            cluster: proposal.agent.cluster().to_owned(),
            probation,
        },
        context,
        confidence: proposal.confidence.map(u8::from),
    }
}

/// The state that a decision leads to, set aside where a stop covers the action.
fn settle(
    proposal: Proposal,
    decision: Decision,
    control: Option<&Row<Control>>,
    now: OffsetDateTime,
) -> Result<Record, Undecided> {
    let stop = stopped_by(control, &proposal);
    let (tier, revision) = (decision.tier, decision.revision.clone());
    let record = Record::judged(proposal, decision, Status::Proposed)?;
    let record = match tier {
        Tier::Low | Tier::Medium => record.granted(vec![format!("policy {revision}")], now)?,
        Tier::Ceo => record.becomes(Status::CeoReview, now)?,
        Tier::High => record.asked(None, now)?,
        Tier::Denied => record.becomes(Status::Denied, now)?,
    };
    match stop {
        Some(why) if !record.status.settled() => Ok(record.noted(Status::Held, why, now)?),
        _ => Ok(record),
    }
}

/// The record of a proposal whose very effect is under way already: nobody is asked about it twice.
fn twin(proposal: Proposal, decision: Decision, first: ActionId, now: OffsetDateTime) -> Result<Record, Undecided> {
    let note = format!("the same action is under way already, as {first}");
    Ok(Record::judged(proposal, decision, Status::Proposed)?.noted(Status::Superseded, note, now)?)
}

fn stopped_by(control: Option<&Row<Control>>, proposal: &Proposal) -> Option<String> {
    let (scope, stop) = control?.value.stops_action(&proposal.agent, &proposal.action)?;
    Some(format!("stopped ({scope}) by {}: {}", stop.by, stop.reason))
}

async fn commit(env: &Env, mut record: Record, ledger: Ledger, now: OffsetDateTime) -> Result<(), Undecided> {
    let mut tx = env.store().tx(now);
    if !record.status.settled() {
        tx.open(&record.digest, record.proposal.id, record.earlier.clone())?;
        record.reserved = ledger.names();
        for budget in ledger.reserved(now) {
            tx.move_budget(&budget)?;
        }
    }
    tx.take(record.proposal.id)?;
    tx.create(&record, entry(&record))?;
    tx.commit().await?;
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
    Ok(())
}

fn entry(record: &Record) -> Entry {
    let decision = &record.decision;
    let reasons = decision.reasons.iter().map(|reason| reason.code.clone());
    let entry = Entry::new(Actor::Function("gate".to_owned()), "judged", record.status.name());
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
