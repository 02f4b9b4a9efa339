//! What an executor is: the only holder of a system's write credential.

use async_trait::async_trait;
use domain::{Action, ActionId};
use time::OffsetDateTime;

/// What is to be carried out.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The action's id: the idempotency key at the remote system.
    pub id: ActionId,
    /// What exactly.
    pub action: &'a Action,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// Now.
    pub now: OffsetDateTime,
}

/// What the remote system said when it confirmed the effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The remote system's own id of what was made or changed.
    pub remote_id: String,
    /// Where a person can see it.
    pub link: Option<String>,
    /// One sentence for the record.
    pub detail: String,
}

/// Why nothing is confirmed, named for what happens next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExecuteError {
    /// Certainly not applied, and may work later: tried again.
    #[error("{0}")]
    Retry(String),
    /// Perhaps applied: the remote is asked before anything else.
    #[error("{0}")]
    Unknown(String),
    /// The remote refuses it for good.
    #[error("{0}")]
    Refused(String),
    /// The world is not as it was when the action was decided: it goes back to a person.
    #[error("{0}")]
    Premise(String),
    /// There is no credential: nothing is sent, and the page says so.
    #[error("{0}")]
    NoCredential(String),
}

/// The one that acts. It is handed only what was granted.
#[async_trait]
pub trait Executor: Send + Sync + 'static {
    /// Its name: of the crate, the Lambda function, the queue and the catalogue entry.
    const NAME: &'static str;

    /// Carries the order out, or continues what an earlier attempt left half done.
    ///
    /// # Errors
    /// With what is known about the effect.
    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError>;

    /// Asks the remote system whether the order was carried out completely.
    ///
    /// # Errors
    /// When the remote cannot be asked now.
    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError>;
}
