//! The one way in which actions are carried out: check, claim, act, record.
//!
//! The claim is one conditional write that also requires the stop switch to be as it was read, so a stop
//! and a claim cannot both win. What an earlier attempt may have done is asked of the remote first, and
//! only after its claim has run out: by then no request of it can still be under way. A stop that comes while
//! an order is carried out is met by the next request of it: see [`guard`].

mod guard;
mod later;
mod premises;

use crate::{
    executor::{Evidence, ExecuteError, Executor, Order},
    pipeline::Stumble,
};
use async_trait::async_trait;
use domain::{Actor, Control, Outcome, Record, Status, audit::Entry, life::NoSuchStep, task::Wake};
use guard::Switch;
use runtime::{
    Call, Env, Failure, Function,
    batch::{self, Message},
    breaker::{Breaker, Permit},
};
use serde_json::Value;
use std::sync::Arc;
use store::{CommitError, Row, Store};
use time::{Duration, OffsetDateTime};

/// How long a claim holds: longer than any request to a remote system lives.
pub const CLAIM: Duration = Duration::seconds(120);
/// Attempts before an action fails for good.
const ATTEMPTS: u32 = 5;
/// How often an outcome is written again before it is left to be asked about.
const OUTCOME_TRIES: u32 = 6;
/// How often a step is decided again at once when another writer was first.
const CONFLICTS: u32 = 4;

/// An executor as a function.
pub struct ExecutorFunction<X> {
    executor: X,
    env: Env,
    breaker: Option<Arc<Breaker>>,
}

impl<X: Executor> ExecutorFunction<X> {
    /// The executor with what it runs in.
    pub fn of(executor: X, env: &Env) -> Arc<dyn Function> {
        let breaker = X::SYSTEM.map(|system| env.breakers().of(system));
        Arc::new(Self { executor, env: env.clone(), breaker })
    }

    async fn message(&self, message: Message) -> Result<(), Failure> {
        let wake: Wake = serde_json::from_str(&message.body)
            .map_err(|error| Failure::Reject(format!("the message is no wake: {error}")))?;
        let Wake::Action { action, .. } = wake else {
            return Err(Failure::Reject("executors are woken by actions only".to_owned()));
        };
        for round in 0..CONFLICTS {
            match self.step(&action.to_string()).await {
                Err(Stumble::Conflict(_)) => runtime::retry::give_way(round).await,
                Err(Stumble::Fail(failure)) => return Err(failure),
                Err(Stumble::Never(why)) => return Err(Failure::Reject(why)),
                Ok(()) => return Ok(()),
            }
        }
        Err(Failure::Retry("other writers were first every time".to_owned()))
    }

    async fn step(&self, id: &str) -> Result<(), Stumble> {
        let Some(row) = self.store().get::<Record>(id).await? else {
            return Err(Stumble::Fail(Failure::Reject(format!("action `{id}` does not exist"))));
        };
        let now = self.env.clock().now();
        let claimed = row.value.grant.as_ref().and_then(|grant| grant.claimed_until).is_some_and(|until| until > now);
        match row.value.status {
            _ if row.value.proposal.action.executor().name() != X::NAME => {
                Err(Stumble::Fail(Failure::Reject(format!("action `{id}` belongs to another executor"))))
            }
            Status::Granted => self.granted(row, now).await,
            Status::Executing | Status::Unknown if claimed => Ok(()),
            Status::Executing => self.doubt(&row, "the executor stopped before it recorded an outcome", now).await,
            Status::Unknown => self.resolve(&row, now).await,
            _ => Ok(()),
        }
    }

    /// Checks everything that consent rests on, claims, and acts.
    async fn granted(&self, row: Row<Record>, now: OffsetDateTime) -> Result<(), Stumble> {
        if !row.value.grant_holds() {
            let why = "the grant is bound to something else than this action";
            return self.record(&row, row.value.clone().noted(Status::Denied, why, now), "refused", now).await;
        }
        let control = self.store().control().await?;
        let record = &row.value;
        if let Some((scope, stop)) =
            control.as_ref().and_then(|c| c.value.stops_action(&record.proposal.agent, &record.proposal.action))
        {
            let why = format!("stopped ({scope}) by {}: {}", stop.by, stop.reason);
            return self.record(&row, record.clone().noted(Status::Held, why, now), "held", now).await;
        }
        let policy = self.env.policy().in_force(now).await?;
        if policy.revision() != record.decision.revision {
            let why = "policy has changed since it was decided: the gate judges it again";
            return Err(Stumble::Fail(Failure::Retry(why.to_owned())));
        }
        let looked = premises::look(self.store(), &policy, record, now).await?;
        if !looked.differences.is_empty() {
            let again = record.clone().asked_anew(looked.present, looked.differences.join("; "), now);
            let again = again.map_err(|error| CommitError::Invalid(error.to_string()))?;
            return self.record(&row, Ok(again), "asked again", now).await;
        }
        if let Some(why) = self.undone_already(record).await? {
            return self.record(&row, record.clone().noted(Status::Denied, why, now), "refused", now).await;
        }
        let permit = match self.leave(record) {
            Ok(permit) => permit,
            Err(why) => return self.postpone(&row, &why, now).await,
        };
        let row = self.claim(&row, control.as_ref(), now).await?;
        self.act(&row, permit).await
    }

    /// Leave to speak to the outside system of an action, or why there is none now.
    fn leave(&self, record: &Record) -> Result<Option<Permit<'_>>, String> {
        let permit = self.breaker.as_ref().map(|breaker| breaker.permit()).transpose();
        let permit = permit.map_err(|refused| refused.to_string())?;
        self.executor.ready(&record.proposal.action).map_err(|why| why.to_string())?;
        Ok(permit)
    }

    /// Leaves a granted action for later while its outside system is left alone: nothing is claimed, so no attempt is
    /// spent, and the relay tells of it again when it is due. One that is left for later already is told of then.
    async fn postpone(&self, row: &Row<Record>, why: &str, now: OffsetDateTime) -> Result<(), Stumble> {
        let Some(next) = later::postponed(&row.value, why, now) else { return Ok(()) };
        let mut tx = self.store().tx(now);
        let what = entry::<X>("left for later", &next);
        tx.replace(row, next, what)?;
        tx.commit().await?;
        tracing::info!(action.id = %row.value.proposal.id, reason = why, "left for later");
        Ok(())
    }

    /// Leave to ask the outside system. While that is left alone, the message comes back later.
    fn permit(&self) -> Result<Option<Permit<'_>>, Stumble> {
        let permit = self.breaker.as_ref().map(|breaker| breaker.permit()).transpose();
        permit.map_err(|refused| Stumble::Fail(Failure::Retry(refused.to_string())))
    }

    /// Why there is nothing left to undo, where the action is to undo another one.
    async fn undone_already(&self, record: &Record) -> Result<Option<String>, Stumble> {
        let Some(original) = record.proposal.undoes else { return Ok(None) };
        let row = self.store().get::<Record>(&original.to_string()).await?;
        let status = row.map(|row| row.value.status);
        Ok((status != Some(Status::Executed)).then(|| {
            let is = status.map_or("gone", Status::name);
            format!("action {original}, which this was to undo, is {is}: there is nothing to undo")
        }))
    }

    async fn claim(
        &self,
        row: &Row<Record>,
        control: Option<&Row<Control>>,
        now: OffsetDateTime,
    ) -> Result<Row<Record>, Stumble> {
        let mut next = legal(row.value.clone().becomes(Status::Executing, now))?;
        if let Some(grant) = &mut next.grant {
            grant.attempt += 1;
            grant.claimed_until = Some(now + CLAIM);
            grant.not_before = None;
        }
        let mut tx = self.store().tx(now);
        let what = entry::<X>("claimed", &next);
        let claimed = tx.replace(row, next, what)?;
        tx.unchanged(&store::Chained::id(&Control::default()), control)?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Acts, and does not let go of what came of it: an outcome that cannot be written at once is written
    /// again as long as the claim is this one's.
    async fn act(&self, row: &Row<Record>, permit: Option<Permit<'_>>) -> Result<(), Stumble> {
        let done = self.executor.execute(&self.order(&row.value)).await;
        report(permit, &done);
        let own = format!("ACTION#{}", row.value.proposal.id);
        let mut result = self.settle(row, done.clone()).await;
        for round in 0..OUTCOME_TRIES {
            let again = match &result {
                Err(Stumble::Conflict(lost)) => *lost != own,
                Err(Stumble::Fail(Failure::Retry(_))) => true,
                _ => false,
            };
            if !again {
                break;
            }
            runtime::retry::give_way(round).await;
            result = self.settle(row, done.clone()).await;
        }
        result
    }

    async fn settle(&self, row: &Row<Record>, done: Result<Evidence, ExecuteError>) -> Result<(), Stumble> {
        let now = self.env.clock().now();
        let record = row.value.clone();
        match done {
            Ok(evidence) => self.record(row, executed(record, evidence, now), "executed", now).await,
            Err(ExecuteError::Unknown(why)) => self.doubt(row, &why, now).await,
            Err(ExecuteError::Retry(why) | ExecuteError::Unreachable(why))
                if self.order(&record).attempt < ATTEMPTS =>
            {
                self.again(row, &why, now).await
            }
            Err(ExecuteError::Stopped(why)) => self.record(row, interrupted(record, why, now), "held", now).await,
            Err(ExecuteError::Premise(why)) => {
                let back = record.noted(Status::Granted, why.clone(), now).and_then(|r| r.asked(Some(why), now));
                self.record(row, back, "asked again", now).await
            }
            Err(ExecuteError::NoCredential(why)) => {
                let not_sent = record.becomes(Status::Granted, now).and_then(|r| r.noted(Status::Simulated, why, now));
                self.record(row, not_sent, "simulated", now).await
            }
            Err(ExecuteError::Retry(why) | ExecuteError::Unreachable(why) | ExecuteError::Refused(why)) => {
                self.record(row, record.noted(Status::Failed, why, now), "failed", now).await
            }
        }
    }

    /// Gives the grant back for another attempt; the message is delivered again.
    async fn again(&self, row: &Row<Record>, why: &str, now: OffsetDateTime) -> Result<(), Stumble> {
        let mut next = legal(row.value.clone().noted(Status::Granted, why, now))?;
        if let Some(grant) = &mut next.grant {
            grant.claimed_until = None;
        }
        self.record(row, Ok(next), "not applied, to be tried again", now).await
    }

    async fn doubt(&self, row: &Row<Record>, why: &str, now: OffsetDateTime) -> Result<(), Stumble> {
        self.record(row, row.value.clone().noted(Status::Unknown, why, now), "left in doubt", now).await
    }

    /// Asks the remote what became of an attempt whose claim has run out.
    async fn resolve(&self, row: &Row<Record>, now: OffsetDateTime) -> Result<(), Stumble> {
        let record = row.value.clone();
        let permit = self.permit()?;
        let found = self.executor.find(&self.order(&record)).await;
        report(permit, &found);
        match found {
            Ok(Some(evidence)) => self.record(row, executed(record, evidence, now), "found executed", now).await,
            Ok(None) if self.order(&record).attempt < ATTEMPTS => {
                self.again(row, "the remote does not have it", now).await
            }
            Ok(None) => {
                let why = format!("the remote does not have it after {ATTEMPTS} attempts");
                self.record(row, record.noted(Status::Failed, why, now), "failed", now).await
            }
            Err(error) => Err(Stumble::Fail(Failure::Retry(format!("the remote cannot be asked: {error}")))),
        }
    }

    async fn record(
        &self,
        row: &Row<Record>,
        next: Result<Record, NoSuchStep>,
        what: &str,
        now: OffsetDateTime,
    ) -> Result<(), Stumble> {
        let next = legal(next)?;
        let (id, kind, status) = (next.proposal.id, next.proposal.action.kind(), next.status.name());
        let entry = entry::<X>(what, &next);
        let booked = self.store().unbooked(self.executor.entries(&self.order(&next), next.status)).await?;
        let mut tx = self.store().tx(now);
        tx.book(&booked, &Actor::Function(X::NAME.to_owned()))?;
        self.store().advance(&mut tx, row, next, entry).await?;
        tx.commit().await?;
        self.env.metrics().count("actions_total", 1, &[("action_type", kind), ("status", status)]);
        tracing::info!(action.id = %id, action.r#type = kind, status, "{what}");
        Ok(())
    }

    fn order<'a>(&self, record: &'a Record) -> Order<'a> {
        let grant = record.grant.as_ref();
        Order {
            id: record.proposal.id,
            action: &record.proposal.action,
            attempt: grant.map_or(1, |grant| grant.attempt),
            undoes: record.proposal.undoes,
            by: grant.map_or(&[], |grant| &grant.by),
            allowed: grant.map_or(record.updated, |grant| grant.at),
            guard: Arc::new(Switch::over(self.store(), record)),
            now: self.env.clock().now(),
        }
    }

    fn store(&self) -> &Store {
        self.env.store()
    }
}

fn executed(record: Record, evidence: Evidence, at: OffsetDateTime) -> Result<Record, NoSuchStep> {
    let Evidence { remote_id, link, detail } = evidence;
    let outcome = Outcome { remote_id: Some(remote_id), link, detail, at };
    Ok(Record { outcome: Some(outcome), note: None, ..record.becomes(Status::Executed, at)? })
}

/// An execution that a stop met half way: set aside as it is, and its attempt does not count. What it did is found
/// again by whoever continues it.
fn interrupted(record: Record, why: String, at: OffsetDateTime) -> Result<Record, NoSuchStep> {
    let mut next = record.noted(Status::Granted, why.clone(), at)?;
    if let Some(grant) = &mut next.grant {
        grant.claimed_until = None;
        grant.attempt = grant.attempt.saturating_sub(1);
    }
    next.noted(Status::Held, why, at)
}

/// Tells the breaker what the answer says about the outside system; a stop says nothing about it.
fn report<T>(permit: Option<Permit<'_>>, done: &Result<T, ExecuteError>) {
    let Some(permit) = permit else { return };
    match done {
        Err(ExecuteError::Unreachable(_) | ExecuteError::Unknown(_)) => permit.failed(),
        Err(ExecuteError::Stopped(_) | ExecuteError::NoCredential(_)) => drop(permit),
        _ => permit.succeeded(),
    }
}

fn legal(step: Result<Record, NoSuchStep>) -> Result<Record, CommitError> {
    step.map_err(|error| CommitError::Invalid(error.to_string()))
}

fn entry<X: Executor>(what: &str, next: &Record) -> Entry {
    let remote = next.outcome.as_ref().and_then(|outcome| outcome.remote_id.clone());
    let input = Some(next.bound.to_string());
    let entry = Entry::new(Actor::Function(X::NAME.to_owned()), what, next.status.name());
    Entry { input, revision: Some(next.decision.revision.clone()), ..entry }
        .because(next.note.clone().into_iter().chain(remote))
}

#[async_trait]
impl<X: Executor> Function for ExecutorFunction<X> {
    fn name(&self) -> &'static str {
        X::NAME
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.message(message)).await
    }
}
