//! One change of one row, and how it is found again.

use agent::{Evidence, ExecuteError, Order};
use domain::{ActionId, Actor, audit::Entry};
use store::{Chained, CommitError, Store, StoreError, Tx};

/// What these changes are recorded as, whoever agreed to them.
const WHO: &str = "ledger";

/// Our own books.
pub(crate) struct Books {
    store: Store,
}

impl Books {
    pub(crate) fn new(store: &Store) -> Self {
        Self { store: store.clone() }
    }

    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// The link that the change is recorded as. Its input is the action's id: no second change has the same.
    pub(crate) fn entry(order: &Order<'_>, what: &str, result: &str) -> Entry {
        let entry = Entry::new(Actor::Function(WHO.to_owned()), what, result);
        Entry { input: Some(order.id.to_string()), ..entry }.because(order.by)
    }

    /// Writes the change, unless a stop came meanwhile. A row that somebody else changed first was not changed by this;
    /// a table that does not answer may have.
    pub(crate) async fn write(order: &Order<'_>, tx: Tx<'_>) -> Result<(), ExecuteError> {
        order.guard.check().await?;
        tx.commit().await.map_err(|error| match error {
            CommitError::Conflict(_) => ExecuteError::Retry(error.to_string()),
            CommitError::Retry(why) => ExecuteError::Unknown(why),
            CommitError::Invalid(why) => ExecuteError::Refused(why),
        })
    }

    /// The link of the chain of `id` that the action wrote, if it did.
    pub(crate) async fn find<T: Chained>(
        &self,
        action: ActionId,
        id: &str,
        told: &str,
    ) -> Result<Option<Evidence>, ExecuteError> {
        let Some((_, chain)) = self.store.history::<T>(id).await.map_err(unread)? else { return Ok(None) };
        let action = action.to_string();
        let ours = chain.iter().rev().find(|link| link.entry.input.as_ref() == Some(&action));
        Ok(ours.map(|link| evidence(&link.subject, link.seq, told)))
    }
}

/// The row and its version are what the effect is known by.
pub(crate) fn evidence(row: &str, version: u64, told: &str) -> Evidence {
    Evidence { remote_id: format!("{row}/{version}"), link: None, detail: told.to_owned() }
}

/// Nothing was written yet.
pub(crate) fn unread(error: StoreError) -> ExecuteError {
    match error {
        StoreError::Retry(why) => ExecuteError::Retry(why),
        other => ExecuteError::Refused(other.to_string()),
    }
}
