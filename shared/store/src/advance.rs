//! One step of an action's life, with the money that hangs on it.

use crate::{CommitError, Row, Store, StoreError, Tx};
use domain::{Record, Status, audit::Entry};

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
    /// Adds to `tx` that the action in `row` becomes `next`, with everything that hangs on it: when it settles, its
    /// digest is free again and it is kept how it ended; when it ends without having been executed, its budgets get
    /// the money back; when it is granted later than it was decided, the money counts from now on; when it is
    /// executed, its way back opens, and an action that it undoes is undone.
    ///
    /// # Errors
    /// When a budget or the undone action cannot be read, or a value cannot be written as JSON.
    pub async fn advance(
        &self,
        tx: &mut Tx<'_>,
        row: &Row<Record>,
        mut next: Record,
        entry: Entry,
    ) -> Result<(), AdvanceError> {
        if next.status.settled() && !row.value.status.settled() {
            tx.close(&next.digest, next.ended(), next.updated)?;
        }
        if next.status.releases() {
            self.rebook(tx, &next, false).await?;
            next.reserved.clear();
        }
        let waited = matches!(row.value.status, Status::Pending | Status::CeoReview | Status::Held);
        if next.status == Status::Granted && waited {
            self.rebook(tx, &next, true).await?;
            next.reserved_at = Some(next.updated);
        }
        if next.status == Status::Executed {
            next.undo = next.undo.map(|undo| undo.opened(next.updated));
            self.undo(tx, &next, &entry).await?;
        }
        Ok(tx.update(row, &next, entry)?)
    }

    /// Adds that what `done` undoes is undone, unless it was already.
    async fn undo(&self, tx: &mut Tx<'_>, done: &Record, entry: &Entry) -> Result<(), AdvanceError> {
        let Some(original) = done.proposal.undoes else { return Ok(()) };
        let Some(row) = self.get::<Record>(&original.to_string()).await? else { return Ok(()) };
        let note = format!("undone by {}", done.proposal.id);
        let Ok(mut undone) = row.value.clone().noted(Status::Undone, note.clone(), done.updated) else {
            return Ok(());
        };
        self.rebook(tx, &undone, false).await?;
        undone.reserved.clear();
        let entry = Entry::new(entry.actor.clone(), "undone", undone.status.name()).because([note]);
        Ok(tx.update(&row, &undone, entry)?)
    }

    /// Takes the amount out of the time at which it was reserved, and where `again`, reserves it now.
    async fn rebook(&self, tx: &mut Tx<'_>, next: &Record, again: bool) -> Result<(), AdvanceError> {
        let cents = next.proposal.action.amount().and_then(|money| money.cents()).unwrap_or_default();
        let (then, now) = (next.reserved_at.unwrap_or(next.decision.at), next.updated);
        for name in &next.reserved {
            let budget = self.budget(name).await?.without(cents, then, now);
            tx.move_budget(&if again { budget.with(cents, now) } else { budget })?;
        }
        Ok(())
    }
}
