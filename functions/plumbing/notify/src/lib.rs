//! Tells approvers by mail and chat what waits for them and what happened.
//!
//! It is woken through the bus and reads the present state from the table, so that a late or doubled message
//! tells nobody anything twice or untrue: what has moved on meanwhile is not told of any more. Every notice has
//! a key that names its event, and goes out once for each key and channel (see `outbox`).
//!
//! A notice is no part of a decision. Where no channel is set up, or all of them fail, people still find every
//! request in the list of what waits.

mod control;
mod data_request;
mod due;
mod findings;
mod outbox;
mod states;
#[cfg(test)]
mod tests;
mod told;

use async_trait::async_trait;
use domain::{ActionId, Record, Status, task::Wake};
use outbox::Outbox;
use runtime::{
    Call, Env, Failure, Function, Problems,
    batch::{self, Message},
};
use serde_json::Value;
use std::sync::Arc;
use store::{Store, StoreError};

/// What the rule about the stop switch wakes this function with.
const CONTROL: &str = "notify.control";

/// The notices as a function.
pub struct Notify {
    env: Env,
    outbox: Outbox,
}

/// Builds the function.
///
/// # Errors
/// Never: a channel that is not set up is silent, and says so when it is needed.
pub fn function(env: &Env) -> Result<Arc<dyn Function>, Problems> {
    Ok(Arc::new(Notify { env: env.clone(), outbox: Outbox::new(env) }))
}

impl Notify {
    async fn handle(&self, message: Message, call: &Call) -> Result<(), Failure> {
        let wake = serde_json::from_str::<Wake>(&message.body);
        let wake = wake.map_err(|error| Failure::Reject(format!("no wake: {error}")))?;
        // Two messages of one batch must not pass for one another.
        let turn = format!("{}/{}", call.request_id, message.message_id);
        match wake {
            Wake::Action { action, status } => self.action(action, status, &turn).await,
            Wake::Task { task } => self.finding(task, &turn).await,
            Wake::News { news } => self.data_request(&news, &turn).await,
            Wake::Schedule { schedule, .. } if schedule == CONTROL => self.control(&turn).await,
            Wake::Schedule { .. } => self.due(&turn).await,
            other => Err(Failure::Reject(format!("nobody is told of {other:?}"))),
        }
    }

    /// Tells of an action, if it is still where the message says.
    async fn action(&self, id: ActionId, status: Status, turn: &str) -> Result<(), Failure> {
        let Some(row) = self.store().get::<Record>(&id.to_string()).await.map_err(later)? else {
            return Err(Failure::Reject(format!("there is no action `{id}`")));
        };
        let notice = told::of(&row.value, status, self.page(), self.env.clock().now());
        match notice {
            Some(notice) => self.outbox.send(&notice, turn).await,
            None => Ok(()),
        }
    }

    fn page(&self) -> Option<&str> {
        self.env.config().notices.page.as_deref()
    }

    const fn store(&self) -> &Store {
        self.env.store()
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn later(error: StoreError) -> Failure {
    Failure::Retry(error.to_string())
}

#[async_trait]
impl Function for Notify {
    fn name(&self) -> &'static str {
        "notify"
    }

    async fn invoke(&self, event: Value, call: &Call) -> Result<Value, Failure> {
        batch::each(event, |message| self.handle(message, call)).await
    }
}
