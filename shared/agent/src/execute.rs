//! The one way in which actions are carried out: check, claim, act, record.
//!
//! The claim is one conditional write that also requires the stop switch to be as it was read, so a stop
//! and a claim cannot both win. What an earlier attempt may have done is asked of the remote first, and
//! only after its claim has run out: by then no request of it can still be under way.

use crate::{
    executor::{Evidence, ExecuteError, Executor, Order},
    pipeline::Stumble,
};
use async_trait::async_trait;
use domain::{Actor, Control, Outcome, Premise, Record, Status, audit::Entry, life::NoSuchStep, task::Wake};
use runtime::{
    Call, Env, Failure, Function,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use store::{CommitError, Row, Store};
use time::{Duration, OffsetDateTime};

/// How long a claim holds: longer than any request to a remote system lives.
pub const CLAIM: Duration = Duration::seconds(120);
/// Attempts before an action fails for good.
const ATTEMPTS: u32 = 5;
/// How often a step is decided again at once when another writer was first.
const CONFLICTS: u32 = 4;

/// An executor as a function.
pub struct ExecutorFunction<X> {
    executor: X,
    env: Env,
}

impl<X: Executor> ExecutorFunction<X> {
    /// The executor with what it runs in.
    pub fn of(executor: X, env: &Env) -> Arc<dyn Function> {
        Arc::new(Self { executor, env: env.clone() })
    }

    async fn message(&self, message: Message) -> Result<(), Failure> {
        let wake: Wake = serde_json::from_str(&message.body)
            .map_err(|error| Failure::Reject(format!("the message is no wake: {error}")))?;
        let Wake::Action { action, .. } = wake else {
            return Err(Failure::Reject("executors are woken by actions only".to_owned()));
        };
        for _ in 0..CONFLICTS {
            match self.step(&action.to_string()).await {
                Err(Stumble::Conflict(_)) => {}
                Err(Stumble::Fail(failure)) => return Err(failure),
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
        if let Some(why) = self.broken_premise(&record.proposal.premises).await? {
            return self.record(&row, record.clone().asked(Some(why), now), "asked again", now).await;
        }
        let row = self.claim(&row, control.as_ref(), now).await?;
        self.act(&row).await
    }

    /// What no longer holds, in words, if anything.
    async fn broken_premise(&self, premises: &[Premise]) -> Result<Option<String>, Stumble> {
        for premise in premises {
            let fact = self.store().fact(&premise.source).await?;
            let found = fact.as_ref().and_then(|fact| fact.fields.get(&premise.field));
            if !premise.holds_for(found.map(String::as_str)) {
                let found = found.map_or("unknown", String::as_str);
                return Ok(Some(format!(
                    "{} of {} is now {found}, decided on {}",
                    premise.field, premise.source, premise.holds
                )));
            }
        }
        Ok(None)
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
        }
        let mut tx = self.store().tx(now);
        tx.update(row, &next, entry::<X>("claimed", &next))?;
        tx.unchanged(&store::Chained::id(&Control::default()), control)?;
        tx.commit().await?;
        let id = next.proposal.id.to_string();
        self.store().get(&id).await?.ok_or(Stumble::Conflict(id))
    }

    async fn act(&self, row: &Row<Record>) -> Result<(), Stumble> {
        let done = self.executor.execute(&self.order(&row.value)).await;
        let now = self.env.clock().now();
        let record = row.value.clone();
        match done {
            Ok(evidence) => self.record(row, executed(record, evidence, now), "executed", now).await,
            Err(ExecuteError::Unknown(why)) => self.doubt(row, &why, now).await,
            Err(ExecuteError::Retry(why)) if self.order(&record).attempt < ATTEMPTS => self.again(row, &why, now).await,
            Err(ExecuteError::Premise(why)) => {
                let back = record.noted(Status::Granted, why.clone(), now).and_then(|r| r.asked(Some(why), now));
                self.record(row, back, "asked again", now).await
            }
            Err(ExecuteError::NoCredential(why)) => {
                let not_sent = record.becomes(Status::Granted, now).and_then(|r| r.noted(Status::Simulated, why, now));
                self.record(row, not_sent, "simulated", now).await
            }
            Err(ExecuteError::Retry(why) | ExecuteError::Refused(why)) => {
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
        match self.executor.find(&self.order(&record)).await {
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
        let entry = entry::<X>(what, &next);
        tracing::info!(action.id = %next.proposal.id, action.r#type = next.proposal.action.kind(), status = %next.status, "{what}");
        let dims = [("action_type", next.proposal.action.kind()), ("status", next.status.name())];
        self.env.metrics().count("actions_total", 1, &dims);
        let mut tx = self.store().tx(now);
        self.store().advance(&mut tx, row, next, entry).await?;
        Ok(tx.commit().await?)
    }

    fn order<'a>(&self, record: &'a Record) -> Order<'a> {
        let attempt = record.grant.as_ref().map_or(1, |grant| grant.attempt);
        Order { id: record.proposal.id, action: &record.proposal.action, attempt, now: self.env.clock().now() }
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
