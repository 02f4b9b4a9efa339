//! Finishes forgetting customers whose actions were still under way when they asked.

#[cfg(test)]
mod tests;

use crate::sweep::Stumble;
use domain::{Actor, Customer};
use store::{CommitError, Store, customer::ForgetError, page::Cut};
use time::OffsetDateTime;

/// Customers that one tick looks at.
const CUSTOMERS: usize = 50;
/// Status of a customer of whom something is left.
const ERASING: &str = "ERASING";

/// Clears what has settled since.
pub(crate) async fn forget(store: &Store, now: OffsetDateTime) -> Result<(), Stumble> {
    let clock = Actor::Function("clock".to_owned());
    let mut last = Ok(());
    for row in store.sweep::<Customer>(ERASING, &Cut::first(CUSTOMERS)).await?.items {
        if let Err(error) = store.forget_customer(&row.value.id, &clock, now).await {
            tracing::error!(%error, "a customer could not be forgotten yet");
            last = Err(error);
        }
    }
    Ok(last?)
}

impl From<ForgetError> for Stumble {
    fn from(error: ForgetError) -> Self {
        match error {
            ForgetError::Store(error) => error.into(),
            ForgetError::Commit(error) => error.into(),
            ForgetError::NoSuchStep(error) => error.into(),
            ForgetError::NotCanonical(error) => CommitError::from(error).into(),
        }
    }
}
