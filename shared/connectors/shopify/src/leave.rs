//! Leave to change something, asked for at the last moment.
//!
//! A publication is several requests, and each may wait for the shop's bucket or be tried again. Whoever may call
//! the work off (a stop switch) is therefore asked here, right before a request that changes something leaves,
//! and not once at the beginning.

use async_trait::async_trait;

/// Why a request may not be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoLeave {
    /// The work was called off: not now, and not by trying again.
    #[error("{0}")]
    CalledOff(String),
    /// Nobody can say at the moment.
    #[error("{0}")]
    NoAnswer(String),
}

/// Who is asked before each request that changes something in the shop.
#[async_trait]
pub trait Leave: Send + Sync {
    /// Whether one such request may be sent now.
    ///
    /// # Errors
    /// With why it may not.
    async fn to_change(&self) -> Result<(), NoLeave>;
}
