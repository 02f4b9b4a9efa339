//! What an executor is: the only holder of a system's write credential.

use async_trait::async_trait;
use domain::{Action, ActionId, Status, books::Entry};
use std::{fmt, sync::Arc};
use time::OffsetDateTime;

/// Who is asked before every single request that changes something outside, however many an order takes.
#[async_trait]
pub trait Guard: fmt::Debug + Send + Sync {
    /// Whether one such request may be sent now; the answer holds for that request only.
    ///
    /// # Errors
    /// [`ExecuteError::Stopped`] when a stop is on, [`ExecuteError::Retry`] when the switch cannot be read.
    async fn check(&self) -> Result<(), ExecuteError>;
}

/// What is to be carried out.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The action's id: the idempotency key at the remote system.
    pub id: ActionId,
    /// What exactly.
    pub action: &'a Action,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// The executed action that this one undoes, if it does.
    pub undoes: Option<ActionId>,
    /// Who allowed it.
    pub by: &'a [String],
    /// Since when it is allowed.
    pub allowed: OffsetDateTime,
    /// Asked before every request that changes something.
    pub guard: Arc<dyn Guard>,
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
    /// Certainly not applied, and not for this order's sake: the remote system does not answer. Tried again, and
    /// the system is left alone for a while when it goes on.
    #[error("{0}")]
    Unreachable(String),
    /// A stop came while it was under way: nothing more was sent, and it goes on once the stop is lifted.
    #[error("{0}")]
    Stopped(String),
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

    /// The outside system that it speaks to, by the name of its circuit breaker; none where it speaks to none.
    const SYSTEM: Option<&'static str> = None;

    /// Whether the outside system of this action can be spoken to now, for an executor that speaks to several. Asked
    /// before the action is claimed: while a system is left alone the message comes back later, and no attempt is spent.
    ///
    /// # Errors
    /// With the reason why not.
    fn ready(&self, _action: &Action) -> Result<(), ExecuteError> {
        Ok(())
    }

    /// Carries the order out, or continues what an earlier attempt left half done. Before each request that changes
    /// something it asks the order's guard, and sends nothing where that says no.
    ///
    /// # Errors
    /// With what is known about the effect.
    async fn execute(&self, order: &Order<'_>) -> Result<Evidence, ExecuteError>;

    /// Asks the remote system whether the order was carried out completely.
    ///
    /// # Errors
    /// When the remote cannot be asked now.
    async fn find(&self, order: &Order<'_>) -> Result<Option<Evidence>, ExecuteError>;

    /// What the order comes to in the books once it is in `status`: written with the outcome, or not at all.
    fn entries(&self, _order: &Order<'_>, _status: Status) -> Vec<Entry> {
        Vec::new()
    }
}
