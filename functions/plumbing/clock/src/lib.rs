//! What must happen because time has passed, or because a stop was lifted.
//!
//! It lists by an index and decides by the row: every step is a conditional write on what it read, and
//! the stream tells everybody else. A sweep is bounded; what it leaves, the next one takes.

mod sweep;

use async_trait::async_trait;
use domain::{
    Actor, Control, Record, Status,
    audit::Entry,
    life::NoSuchStep,
    task::{Task, TaskStatus},
};
use runtime::{
    Call, Env, Failure, Function, Problems,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use store::{Row, Store};
use sweep::Stumble;
use time::OffsetDateTime;

/// The clock as a function.
pub struct Clock {
    env: Env,
}

/// Builds the clock.
///
/// # Errors
/// Never: it needs no setting of its own.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(Arc::new(Clock { env: env.clone() }))
}

impl Clock {
    async fn tick(&self, _message: Message) -> Result<(), Failure> {
        let now = self.env.clock().now();
        let control = self.store().control().await.map_err(|error| Failure::Retry(error.to_string()))?;
        let control = control.map(|row| row.value).unwrap_or_default();
        let expired = self.actions(Status::Pending, now, |record| expire(record, &control, now)).await;
        let doubted = self.actions(Status::Executing, now, |record| doubt(record, now)).await;
        let asked = self.actions(Status::Unknown, now, |record| ask(record, now)).await;
        let back = self.actions(Status::Held, now, |record| bring_back(record, &control, now)).await;
        let unserved = self.actions(Status::Granted, now, |record| self.unserved(record, now)).await;
        let tasks = self.tasks(&control, now).await;
        for result in [expired, doubted, asked, back, unserved, tasks] {
            result.map_err(|error| Failure::Retry(error.to_string()))?;
        }
        Ok(())
    }

    /// Applies `step` to every action of this status whose time has come.
    async fn actions(
        &self,
        status: Status,
        now: OffsetDateTime,
        step: impl Fn(&Record) -> Option<Step>,
    ) -> Result<(), Stumble> {
        for row in sweep::due::<Record>(self.store(), status.name(), now).await? {
            let id = row.value.proposal.id.to_string();
            let Some(row) = self.store().get::<Record>(&id).await?.filter(|row| row.value.status == status) else {
                continue;
            };
            if let Some(step) = step(&row.value) {
                self.write(&row, step, now).await?;
            }
        }
        Ok(())
    }

    async fn write(&self, row: &Row<Record>, (what, next): Step, now: OffsetDateTime) -> Result<(), Stumble> {
        let next = next?;
        tracing::info!(action.id = %next.proposal.id, status = %next.status, "{what}");
        let entry = entry(what, next.status.name()).because(next.note.clone());
        let mut tx = self.store().tx(now);
        self.store().advance(&mut tx, row, next, entry).await?;
        sweep::commit(tx).await
    }

    /// Gives held tasks back to agents that are no longer stopped.
    async fn tasks(&self, control: &Control, now: OffsetDateTime) -> Result<(), Stumble> {
        for row in sweep::due::<Task>(self.store(), TaskStatus::Held.name(), now).await? {
            let Some(row) = self.store().get::<Task>(&row.value.id.to_string()).await? else {
                continue;
            };
            if row.value.status != TaskStatus::Held || control.stops_agent(&row.value.agent).is_some() {
                continue;
            }
            let task = Task { status: TaskStatus::Ready, error: None, updated: now, ..row.value.clone() };
            let mut tx = self.store().tx(now);
            tx.update(&row, &task, entry("brought back", "READY"))?;
            sweep::commit(tx).await?;
        }
        Ok(())
    }

    /// Settles what no deployed executor can carry out, and says so.
    fn unserved(&self, record: &Record, now: OffsetDateTime) -> Option<Step> {
        let executor = record.proposal.action.executor().name();
        if self.env.config().executors.iter().any(|deployed| deployed == executor) {
            return None;
        }
        let why = format!("nothing was sent: executor `{executor}` is not deployed");
        Some(("simulated", record.clone().noted(Status::Simulated, why, now)))
    }

    fn store(&self) -> &Store {
        self.env.store()
    }
}

/// What happens, and what the action becomes.
type Step = (&'static str, Result<Record, NoSuchStep>);

/// A request that nobody decided in time, unless a stop keeps its clock still.
fn expire(record: &Record, control: &Control, now: OffsetDateTime) -> Option<Step> {
    let deadline = record.approval.as_ref().map(|approval| approval.deadline)?;
    let frozen = control.stops_action(&record.proposal.agent, &record.proposal.action).is_some();
    let late = deadline <= now && !frozen;
    late.then(|| ("expired", record.clone().noted(Status::Expired, "nobody decided in time", now)))
}

/// An execution whose claim ran out before an outcome was recorded.
fn doubt(record: &Record, now: OffsetDateTime) -> Option<Step> {
    let why = "the executor stopped before it recorded an outcome";
    claim_is_over(record, now).then(|| ("left in doubt", record.clone().noted(Status::Unknown, why, now)))
}

/// A doubtful execution that nobody has asked the remote about yet.
fn ask(record: &Record, now: OffsetDateTime) -> Option<Step> {
    claim_is_over(record, now).then(|| ("to be asked about", record.clone().becomes(Status::Unknown, now)))
}

fn claim_is_over(record: &Record, now: OffsetDateTime) -> bool {
    record.grant.as_ref().and_then(|grant| grant.claimed_until).is_none_or(|until| until <= now)
}

/// Held work that no stop covers any more.
fn bring_back(record: &Record, control: &Control, now: OffsetDateTime) -> Option<Step> {
    if control.stops_action(&record.proposal.agent, &record.proposal.action).is_some() {
        return None;
    }
    let back = record.held_from.unwrap_or(Status::Pending);
    let next = record.clone().becomes(back, now).map(|next| Record { note: None, ..next });
    Some(("brought back", next))
}

fn entry(what: &str, result: &str) -> Entry {
    Entry::new(Actor::Function("clock".to_owned()), what, result)
}

#[async_trait]
impl Function for Clock {
    fn name(&self) -> &'static str {
        "clock"
    }

    async fn invoke(&self, event: Value, _call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.tick(message)).await
    }
}
