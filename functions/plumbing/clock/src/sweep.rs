//! A bounded pass over an index that one bad row, or a long queue of rows that must wait, cannot hold up.

use async_trait::async_trait;
use store::{AdvanceError, Chained, CommitError, Row, Store, StoreError, Tx, page::Cut};
use time::OffsetDateTime;

/// Rows that one request lists.
const PAGE: usize = 100;
/// Pages that one pass looks at.
const PAGES: usize = 50;
/// Steps that one pass takes.
const STEPS: usize = 500;

/// Why a step was not taken.
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

/// What may be due for a listed row.
#[async_trait]
pub(crate) trait Due<T>: Sync {
    /// Takes the step that is due for the row as it is now; says whether there was one.
    async fn take(&self, listed: &Row<T>) -> Result<bool, Stumble>;
}

/// Takes the step that is `due` for everything of this status, earliest first, up to `until` where that is given. A step
/// that fails is logged and passed over; the last failure is returned at the end, so that the pass is tried
/// again.
pub(crate) async fn each<T: Chained>(
    store: &Store,
    status: &str,
    until: Option<OffsetDateTime>,
    due: &dyn Due<T>,
) -> Result<(), Stumble> {
    let mut cut = Cut { until, ..Cut::first(PAGE) };
    let (mut taken, mut last) = (0, Ok(()));
    for _ in 0..PAGES {
        let page = store.sweep::<T>(status, &cut).await?;
        for row in &page.items {
            match due.take(row).await {
                Ok(done) => taken += usize::from(done),
                Err(error) => {
                    tracing::error!(%error, subject = row.value.id(), "a step of the clock failed");
                    last = Err(error);
                }
            }
        }
        cut.cursor = page.next;
        if cut.cursor.is_none() || taken >= STEPS {
            break;
        }
    }
    last
}

/// Commits a step; one that somebody else took first is theirs.
pub(crate) async fn commit(tx: Tx<'_>) -> Result<bool, Stumble> {
    match tx.commit().await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
