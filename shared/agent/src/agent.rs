//! What an agent is.

use crate::{Context, Turn};
use async_trait::async_trait;
use serde::de::DeserializeOwned;

/// Why an agent could not do its work, named for what happens next.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AgentError {
    /// It may work later: the message is delivered again.
    #[error("{0}")]
    Retry(String),
    /// It will never work: the task fails with this reason, and whoever gave it is told.
    #[error("{0}")]
    Reject(String),
}

impl From<store::StoreError> for AgentError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::Retry(_) => Self::Retry(error.to_string()),
            store::StoreError::Corrupt { .. } | store::StoreError::Cursor(_) => Self::Reject(error.to_string()),
        }
    }
}

/// A worker that reads, thinks and proposes.
///
/// It is woken with `{"kind": …, "input": …}`, its [`Agent::Input`]:
/// a task's kind and input; `reported` with a finished [`domain::task::Task`] that it gave out; `action`
/// with the [`domain::Record`] that waits for it or has settled; `news` with [`domain::News`] from outside;
/// `stopped` with a [`domain::journey::Journey`]; or the name of a schedule with what the schedule carries.
#[async_trait]
pub trait Agent: Send + Sync + 'static {
    /// Its name: of the crate, the Lambda function, the queue and the catalogue entry.
    const NAME: &'static str;

    /// Whether it may decide actions that policy leaves to the CEO function.
    const MAY_RULE: bool = false;

    /// Whether it may write into the books.
    const MAY_BOOK: bool = false;

    /// Whether it may hand in messages from outside that were lost on the way.
    const MAY_HAND_IN: bool = false;

    /// What it can be asked, as an enum tagged `kind` with content `input`.
    type Input: DeserializeOwned + Send;

    /// Does the work and says what should come of it.
    ///
    /// # Errors
    /// When the work cannot be done now, or ever.
    async fn handle(&self, ctx: &Context<'_>, input: Self::Input) -> Result<Turn, AgentError>;
}
