//! One bounded pass over an index.

use store::{AdvanceError, Chained, CommitError, Row, Store, StoreError, Tx, page::Cut};
use time::OffsetDateTime;

/// Rows that one pass takes.
const MOST: usize = 200;

/// Why a pass ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stumble {
    /// A row could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A step could not be put together.
    #[error(transparent)]
    Advance(#[from] AdvanceError),
    /// A step could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The state machine has no such step: a fault of ours.
    #[error(transparent)]
    NoSuchStep(#[from] domain::life::NoSuchStep),
}

/// Things of this status whose time has come, earliest first.
pub(crate) async fn due<T: Chained>(store: &Store, status: &str, now: OffsetDateTime) -> Result<Vec<Row<T>>, Stumble> {
    let cut = Cut { until: Some(now), ..Cut::first(MOST) };
    Ok(store.list(status, &cut).await?.items)
}

/// Commits a step; one that somebody else took first is theirs.
pub(crate) async fn commit(tx: Tx<'_>) -> Result<(), Stumble> {
    match tx.commit().await {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
