//! The port: one way to reach people.

use crate::Notice;
use async_trait::async_trait;
use domain::Role;
use std::time::Duration;

/// What the remote said when it took a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The remote's own id of the message, where it gives one.
    pub id: Option<String>,
}

/// Why a notice did not go out, named for what the caller does about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The channel is not set up, and stays silent until somebody sets it up.
    #[error("{0}")]
    Off(String),
    /// Certainly not sent: the same notice may go out later.
    #[error("{why}")]
    Later {
        /// What happened.
        why: String,
        /// How long the remote asks to be left alone, where it says so.
        after: Option<Duration>,
    },
    /// Certainly not sent, and this notice never will be.
    #[error("{0}")]
    Refused(String),
    /// Nobody knows whether it was sent: sending it again may make it two.
    #[error("it may have been sent: {0}")]
    Doubt(String),
}

/// A way to reach people.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Its name: `mail` or `chat`.
    fn name(&self) -> &'static str;

    /// Whether it is set up, asked before anything is written down about a notice.
    ///
    /// # Errors
    /// [`Fault::Off`] with what is missing, [`Fault::Later`] where that could not be found out.
    async fn ready(&self) -> Result<(), Fault>;

    /// Whether it reaches anybody in one of these roles.
    fn reaches(&self, roles: &[Role]) -> bool;

    /// Sends a notice, once.
    ///
    /// # Errors
    /// With what the caller does about it; only after [`Fault::Doubt`] the notice may be out.
    async fn send(&self, notice: &Notice) -> Result<Receipt, Fault>;
}
