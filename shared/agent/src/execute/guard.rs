//! The stop switch, asked again before every request that changes something outside.
//!
//! A claim cannot win against a stop, but an execution lasts seconds, and a stop may come in between. One
//! consistent read before each such request, and nothing kept of the answer: whatever is sent after a stop was
//! answered was allowed before it.

use crate::executor::{ExecuteError, Guard};
use async_trait::async_trait;
use domain::{Action, AgentName, Record};
use store::Store;

/// The switch, as it covers one action.
#[derive(Debug)]
pub(super) struct Switch {
    store: Store,
    agent: AgentName,
    action: Action,
}

impl Switch {
    pub(super) fn over(store: &Store, record: &Record) -> Self {
        let (agent, action) = (record.proposal.agent.clone(), record.proposal.action.clone());
        Self { store: store.clone(), agent, action }
    }
}

#[async_trait]
impl Guard for Switch {
    async fn check(&self) -> Result<(), ExecuteError> {
        let control = self.store.control().await;
        let control =
            control.map_err(|error| ExecuteError::Retry(format!("the stop switch cannot be read: {error}")))?;
        match control.as_ref().and_then(|row| row.value.stops_action(&self.agent, &self.action)) {
            Some((scope, stop)) => {
                Err(ExecuteError::Stopped(format!("stopped ({scope}) by {}: {}", stop.by, stop.reason)))
            }
            None => Ok(()),
        }
    }
}
