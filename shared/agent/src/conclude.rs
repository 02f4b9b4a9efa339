//! The one transaction that ends a run.

use crate::{
    Refusal,
    pipeline::Stumble,
    subject::{RESERVED, Subject},
    turn::{NewTask, Ruling, Step, Turn},
};
use domain::{
    Actor, AgentName, Proposal, Record, Status, TaskId,
    audit::Entry,
    ids::ActionId,
    life::NoSuchStep,
    task::{Task, TaskStatus},
};
use serde_json::Value;
use std::collections::BTreeSet;
use store::{Chained, CommitError, Row, Store, Tx, fact::Fact, run::Run};
use time::OffsetDateTime;

/// Sets the work aside when a stop covers the agent. A held task comes back; a schedule is skipped.
pub(crate) async fn is_stopped(store: &Store, subject: &Subject, now: OffsetDateTime) -> Result<bool, Stumble> {
    let control = store.control().await?;
    let Some((scope, stop)) = control.as_ref().and_then(|row| row.value.stops_agent(&subject.agent)) else {
        return Ok(false);
    };
    if let Some(row) = &subject.task {
        let why = format!("stopped ({scope}) by {}: {}", stop.by, stop.reason);
        let task = Task { status: TaskStatus::Held, error: Some(why.clone()), updated: now, ..row.value.clone() };
        let mut tx = store.tx(now);
        tx.update(row, &task, entry(&subject.agent, "held", "HELD").because([why]))?;
        tx.commit().await?;
        return Ok(true);
    }
    if RESERVED.contains(&subject.kind.as_str()) {
        return Ok(false);
    }
    tracing::info!(agent = %subject.agent, %scope, "schedule skipped: the agent is stopped");
    Ok(true)
}

/// Keeps how an action of the agent's own ended badly, unless something newer is known.
pub(crate) async fn remember(store: &Store, subject: &Subject, now: OffsetDateTime) -> Result<(), Stumble> {
    let Some(row) = &subject.action else { return Ok(()) };
    let fact = Refusal::fact(&row.value);
    if store.fact(&fact.source).await?.is_some_and(|known| known.at > fact.at) {
        return Ok(());
    }
    let (id, status) = (row.value.proposal.id, row.value.status);
    tracing::info!(agent = %subject.agent, action.id = %id, %status, "what it proposed came to nothing");
    let mut tx = store.tx(now);
    tx.note(&fact)?;
    Ok(tx.commit().await?)
}

/// Writes everything that a turn asks for.
pub(crate) async fn succeed(
    store: &Store,
    subject: &Subject,
    run: &Run,
    turn: Turn,
    now: OffsetDateTime,
) -> Result<(), Stumble> {
    let mut tx = store.tx(now);
    tx.complete(run)?;
    tx.beat(subject.agent.as_str(), true)?;
    let ids: Vec<ActionId> =
        (0_u32..).zip(&turn.proposals).map(|(n, _)| ActionId::at(subject.at, &subject.key, n)).collect();
    report(&mut tx, subject, naming(turn.report, &ids), now)?;
    for (id, draft) in ids.into_iter().zip(turn.proposals) {
        tx.propose(&Proposal {
            task: subject.task.as_ref().map(|row| row.value.id),
            journey: draft.journey,
            premises: draft.premises,
            confidence: draft.confidence,
            ..Proposal::new(id, subject.agent.clone(), draft.action, draft.case, now)
        })?;
    }
    give_out(store, &mut tx, subject, turn.tasks, now).await?;
    note(&mut tx, &subject.agent, &turn.facts)?;
    turn.journeys.into_iter().try_for_each(|step| move_on(&mut tx, &subject.agent, step))?;
    turn.orders.into_iter().try_for_each(|step| move_on(&mut tx, &subject.agent, step))?;
    tx.book(&store.unbooked(turn.entries).await?, &Actor::Function(subject.agent.to_string()))?;
    store.unheard(turn.news).await?.iter().try_for_each(|(news, contact)| tx.hear(news, contact.as_ref()))?;
    turn.budgets.iter().try_for_each(|budget| tx.move_budget(budget))?;
    for (row, ruling) in turn.rulings {
        rule(store, &mut tx, &subject.agent, (&row, ruling), now).await?;
    }
    Ok(tx.commit().await?)
}

/// Writes what was learned. An agent speaks about its own field only: what is known of suppliers at large,
/// of agents or of goals lowers tiers, and is not an agent's to say.
fn note(tx: &mut Tx<'_>, agent: &AgentName, facts: &[Fact]) -> Result<(), CommitError> {
    let own = agent.function().rsplit('-').next().unwrap_or_default();
    let mut noted = BTreeSet::new();
    for fact in facts {
        let field = fact.source.split(':').next().unwrap_or_default();
        if field != own && field != agent.cluster() {
            return Err(CommitError::Invalid(format!("`{agent}` may not say anything about `{}`", fact.source)));
        }
        if noted.insert(&fact.source) {
            tx.note(fact)?;
        }
    }
    Ok(())
}

/// Writes that the work will never be done. A review that the CEO function cannot do is a person's.
pub(crate) async fn fail(
    store: &Store,
    subject: &Subject,
    run: &Run,
    why: &str,
    now: OffsetDateTime,
) -> Result<(), Stumble> {
    tracing::error!(agent = %subject.agent, kind = subject.kind, reason = why, "work given up");
    let mut tx = store.tx(now);
    tx.complete(run)?;
    tx.beat(subject.agent.as_str(), false)?;
    if let Some(row) = &subject.task {
        let task = Task { status: TaskStatus::Failed, error: Some(why.to_owned()), updated: now, ..row.value.clone() };
        tx.update(row, &task, entry(&subject.agent, "failed", "FAILED").because([why]))?;
    } else {
        let task = Task { error: Some(why.to_owned()), ..unasked(subject, now) };
        tx.create(&task, entry(&subject.agent, "failed", "FAILED").because([why]))?;
    }
    if let Some(row) = subject.action.as_ref().filter(|row| row.value.status == Status::CeoReview) {
        rule(store, &mut tx, &subject.agent, (row, Ruling::Escalate(vec![why.to_owned()])), now).await?;
    }
    Ok(tx.commit().await?)
}

/// The answer with the ids of the actions that it led to, so that whoever gave the task can follow them.
fn naming(mut report: Value, ids: &[ActionId]) -> Value {
    if let (Value::Object(fields), false) = (&mut report, ids.is_empty()) {
        fields.insert("proposals".to_owned(), ids.iter().map(ToString::to_string).collect());
    }
    report
}

/// Puts the answer on the task; work that no task asked for gets one, if there is anything to tell.
fn report(tx: &mut Tx<'_>, subject: &Subject, report: Value, now: OffsetDateTime) -> Result<(), Stumble> {
    let done = entry(&subject.agent, "done", "DONE");
    if let Some(row) = &subject.task {
        let task = Task { status: TaskStatus::Done, report, error: None, updated: now, ..row.value.clone() };
        return Ok(tx.update(row, &task, done)?);
    }
    if report.is_null() {
        return Ok(());
    }
    let task = Task { status: TaskStatus::Done, report, ..unasked(subject, now) };
    Ok(tx.create(&task, done)?)
}

/// A task for work that no task asked for, so that what came of it is on record.
fn unasked(subject: &Subject, now: OffsetDateTime) -> Task {
    Task {
        id: TaskId::at(subject.at, &subject.key, u32::MAX),
        agent: subject.agent.clone(),
        kind: subject.kind.clone(),
        input: Value::Null,
        reply_to: None,
        journey: None,
        status: TaskStatus::Failed,
        report: Value::Null,
        error: None,
        by: "schedule".to_owned(),
        created: subject.at,
        updated: now,
    }
}

/// Gives tasks out; one whose natural key was used before is left out.
async fn give_out(
    store: &Store,
    tx: &mut Tx<'_>,
    subject: &Subject,
    tasks: Vec<NewTask>,
    now: OffsetDateTime,
) -> Result<(), Stumble> {
    let mut given = BTreeSet::new();
    for (n, new) in (0_u32..).zip(tasks) {
        let id = new.key.as_deref().map_or_else(|| TaskId::at(subject.at, &subject.key, n), TaskId::of);
        if !given.insert(id) {
            continue;
        }
        if new.key.is_some() && store.get::<Task>(&id.to_string()).await?.is_some() {
            continue;
        }
        let what = entry(&subject.agent, "asked", "READY");
        tx.create(&task_of(id, new, &subject.agent, now), what)?;
    }
    Ok(())
}

fn task_of(id: TaskId, new: NewTask, by: &AgentName, now: OffsetDateTime) -> Task {
    Task {
        id,
        agent: new.agent,
        kind: new.kind,
        input: new.input,
        reply_to: new.reply.then(|| by.clone()),
        journey: new.journey,
        status: TaskStatus::Ready,
        report: Value::Null,
        error: None,
        by: by.to_string(),
        created: now,
        updated: now,
    }
}

fn move_on<T: Chained>(tx: &mut Tx<'_>, agent: &AgentName, step: Step<T>) -> Result<(), CommitError> {
    let what = entry(agent, &step.what, step.to.status()).because(step.reasons);
    match &step.from {
        Some(row) => tx.update(row, &step.to, what),
        None => tx.create(&step.to, what),
    }
}

async fn rule(
    store: &Store,
    tx: &mut Tx<'_>,
    agent: &AgentName,
    (row, ruling): (&Row<Record>, Ruling),
    now: OffsetDateTime,
) -> Result<(), Stumble> {
    let record = row.value.clone();
    if record.status != Status::CeoReview {
        return Err(Stumble::Conflict(record.proposal.id.to_string()));
    }
    let (what, reasons, next) = match ruling {
        Ruling::Approve(reasons) => ("approved", reasons, record.granted(vec![agent.to_string()], now)),
        Ruling::Reject(reasons) => {
            let note = reasons.join("; ");
            ("rejected", reasons, record.noted(Status::Rejected, note, now))
        }
        Ruling::Escalate(reasons) => {
            let note = reasons.join("; ");
            ("escalated", reasons, record.asked(Some(note), now))
        }
    };
    let next = next.map_err(|error: NoSuchStep| CommitError::Invalid(error.to_string()))?;
    let (revision, input) = (Some(next.decision.revision.clone()), Some(next.bound.to_string()));
    let entry = Entry { revision, input, ..entry(agent, what, next.status.name()) }.because(reasons);
    Ok(store.advance(tx, row, next, entry).await?)
}

fn entry(agent: &AgentName, what: &str, result: &str) -> Entry {
    Entry::new(Actor::Function(agent.to_string()), what, result)
}
