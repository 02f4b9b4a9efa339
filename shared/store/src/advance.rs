//! One step of an action's life, with the money that hangs on it.

use crate::{CommitError, Row, Store, StoreError, Tx};
use domain::{Record, audit::Entry};

/// A step that could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    /// A budget could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The step could not be written.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Store {
    /// Adds to `tx` that the action in `row` becomes `next`. When it ends without having been executed,
    /// the budgets in which its amount is reserved get it back in the same transaction.
    ///
    /// # Errors
    /// When a budget cannot be read, or a value cannot be written as JSON.
    pub async fn advance(
        &self,
        tx: &mut Tx<'_>,
        row: &Row<Record>,
        mut next: Record,
        entry: Entry,
    ) -> Result<(), AdvanceError> {
        if next.status.releases() {
            self.give_back(tx, &next).await?;
            next.reserved.clear();
        }
        Ok(tx.update(row, &next, entry)?)
    }

    async fn give_back(&self, tx: &mut Tx<'_>, next: &Record) -> Result<(), AdvanceError> {
        let cents = next.proposal.action.amount().and_then(|money| money.cents()).unwrap_or_default();
        for name in &next.reserved {
            let budget = self.budget(name).await?.without(cents, next.decision.at, next.updated);
            tx.move_budget(&budget)?;
        }
        Ok(())
    }
}
