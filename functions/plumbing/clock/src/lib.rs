//! What must happen because time has passed, or because a stop was lifted.
//!
//! It lists by an index and decides by the row: every step is a conditional write on what it read, and
//! the stream tells everybody else. A sweep is bounded; what it leaves, the next one takes.

#[cfg(test)]
mod bench;
mod forget;
mod seal;
mod steps;
mod sweep;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use domain::{
    Actor, Control, Record, Status,
    audit::Entry,
    task::{Task, TaskStatus, Wake},
};
use runtime::{
    Call, Env, Failure, Function, Problems,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use steps::{LOST, Step};
use store::{Row, Store, page::Cut};
use sweep::{Due, Stumble};
use time::OffsetDateTime;

/// Proposals that one tick reminds the gate of.
const NUDGES: usize = 100;

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
    async fn handle(&self, message: Message) -> Result<(), Failure> {
        match serde_json::from_str(&message.body) {
            Ok(Wake::News { news }) => forget::told(self.store(), &news, self.env.clock().now()).await,
            _ => self.tick().await,
        }
    }

    async fn tick(&self) -> Result<(), Failure> {
        let now = self.env.clock().now();
        let control = self.store().control().await.map_err(|error| Failure::Retry(error.to_string()))?;
        let control = control.map(|row| row.value).unwrap_or_default();
        let results = [
            self.held_up(&control, now).await,
            self.actions(Status::Pending, Some(now), |record| steps::ask_more(record, now)).await,
            self.actions(Status::Executing, Some(now), |record| steps::doubt(record, now)).await,
            self.actions(Status::Unknown, Some(now), |record| steps::ask(record, now)).await,
            self.actions(Status::Held, None, |record| steps::bring_back(record, &control, now)).await,
            self.actions(Status::Granted, None, |record| self.granted(record, now)).await,
            self.actions(Status::CeoReview, Some(now - LOST), |record| steps::remind(record, now)).await,
            self.tasks(&control, now).await,
            self.inbox(now).await,
            forget::forget(self.store(), now).await,
            seal::seal(self.store(), now).await,
        ];
        for result in results {
            result.map_err(|error| Failure::Retry(error.to_string()))?;
        }
        Ok(())
    }

    /// Sets waiting work aside while a stop covers it.
    async fn held_up(&self, control: &Control, now: OffsetDateTime) -> Result<(), Stumble> {
        if control.stops.is_empty() {
            return Ok(());
        }
        for status in [Status::Pending, Status::CeoReview] {
            self.actions(status, None, |record| steps::hold(record, control, now)).await?;
        }
        Ok(())
    }

    fn granted(&self, record: &Record, now: OffsetDateTime) -> Option<Step> {
        steps::unserved(record, &self.env.config().executors, now).or_else(|| steps::remind(record, now))
    }

    /// Takes `step` for every action of this status.
    async fn actions(
        &self,
        status: Status,
        until: Option<OffsetDateTime>,
        step: impl Fn(&Record) -> Option<Step> + Sync,
    ) -> Result<(), Stumble> {
        sweep::each(self.store(), status.name(), until, &Actions { clock: self, status, step }).await
    }

    async fn write(&self, row: &Row<Record>, (what, next): Step) -> Result<bool, Stumble> {
        let next = next?;
        let (id, status, now) = (next.proposal.id, next.status, next.updated);
        let entry = entry(what, status.name()).because(next.note.clone());
        let mut tx = self.store().tx(now);
        self.store().advance(&mut tx, row, next, entry).await?;
        let done = sweep::commit(tx).await?;
        if done {
            tracing::info!(action.id = %id, status = %status, "{what}");
        }
        Ok(done)
    }

    /// Gives held tasks back to agents that are no longer stopped, and reminds agents of tasks whose message
    /// must have been lost.
    async fn tasks(&self, control: &Control, now: OffsetDateTime) -> Result<(), Stumble> {
        let ready = |task: &Task| control.stops_agent(&task.agent).is_none().then_some("brought back");
        let lost = |task: &Task| (now - task.updated >= LOST).then_some("told of again");
        let held = Tasks { clock: self, status: TaskStatus::Held, step: ready, now };
        sweep::each(self.store(), TaskStatus::Held.name(), None, &held).await?;
        let ready = Tasks { clock: self, status: TaskStatus::Ready, step: lost, now };
        sweep::each(self.store(), TaskStatus::Ready.name(), Some(now - LOST), &ready).await
    }

    /// Reminds the gate of proposals that have waited too long.
    async fn inbox(&self, now: OffsetDateTime) -> Result<(), Stumble> {
        let cut = Cut { until: Some(now - LOST), ..Cut::first(NUDGES) };
        for id in self.store().waiting(&cut).await? {
            tracing::warn!(action.id = id, "a proposal has waited long: the gate is told of it again");
            self.store().nudge(&id, now).await?;
        }
        Ok(())
    }

    fn store(&self) -> &Store {
        self.env.store()
    }
}

/// Actions of one status, and the step that may be due for each.
struct Actions<'a, F> {
    clock: &'a Clock,
    status: Status,
    step: F,
}

#[async_trait]
impl<F: Fn(&Record) -> Option<Step> + Sync> Due<Record> for Actions<'_, F> {
    async fn take(&self, listed: &Row<Record>) -> Result<bool, Stumble> {
        if (self.step)(&listed.value).is_none() {
            return Ok(false);
        }
        let row = self.clock.store().get::<Record>(&listed.value.proposal.id.to_string()).await?;
        let Some(row) = row.filter(|row| row.value.status == self.status) else { return Ok(false) };
        match (self.step)(&row.value) {
            Some(step) => self.clock.write(&row, step).await,
            None => Ok(false),
        }
    }
}

/// Tasks of one status, and why one of them is to be told of again.
struct Tasks<'a, F> {
    clock: &'a Clock,
    status: TaskStatus,
    step: F,
    now: OffsetDateTime,
}

#[async_trait]
impl<F: Fn(&Task) -> Option<&'static str> + Sync> Due<Task> for Tasks<'_, F> {
    async fn take(&self, listed: &Row<Task>) -> Result<bool, Stumble> {
        if (self.step)(&listed.value).is_none() {
            return Ok(false);
        }
        let row = self.clock.store().get::<Task>(&listed.value.id.to_string()).await?;
        let Some(row) = row.filter(|row| row.value.status == self.status) else { return Ok(false) };
        let Some(what) = (self.step)(&row.value) else { return Ok(false) };
        let task = Task { status: TaskStatus::Ready, error: None, updated: self.now, ..row.value.clone() };
        let mut tx = self.clock.store().tx(self.now);
        tx.update(&row, &task, entry(what, "READY"))?;
        sweep::commit(tx).await
    }
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
        batch::each(event, |message| self.handle(message)).await
    }
}
