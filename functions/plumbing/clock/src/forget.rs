//! Forgets customers at the shop's word, and finishes forgetting those whose actions were still under way.

#[cfg(test)]
mod tests;

use crate::sweep::Stumble;
use domain::{Actor, Customer, news::Said};
use runtime::Failure;
use store::{CommitError, Store, customer::ForgetError, page::Cut};
use time::OffsetDateTime;

/// Customers that one tick looks at.
const CUSTOMERS: usize = 50;
/// Status of a customer of whom something is left.
const ERASING: &str = "ERASING";

/// Does what the message `id` asks for: forgets a customer, the guests of some orders, or everybody.
pub(crate) async fn told(store: &Store, id: &str, now: OffsetDateTime) -> Result<(), Failure> {
    let news = store.news(id).await.map_err(|error| Failure::Retry(error.to_string()))?;
    let Some(news) = news else {
        return Err(Failure::Reject(format!("there is no message `{id}`")));
    };
    let clock = Actor::Function("clock".to_owned());
    let done = match news.said {
        Said::Redact { customer, orders } => match guests(store, &orders).await {
            Ok(guests) => each(store, customer.into_iter().chain(guests), &clock, now).await,
            Err(error) => Err(error),
        },
        Said::RedactShop => everybody(store, &clock, now).await,
        _ => return Err(Failure::Reject(format!("the clock has no use for message `{id}`"))),
    };
    done.map_err(|error| Failure::Retry(error.to_string()))
}

/// The guests who placed some of these orders, as far as anything is known of them.
async fn guests(store: &Store, orders: &[String]) -> Result<Vec<String>, ForgetError> {
    let mut guests = Vec::new();
    for order in orders {
        let guest = format!("guest-{order}");
        if store.contact(&guest, order).await?.is_some() {
            guests.push(guest);
        }
    }
    Ok(guests)
}

async fn each(
    store: &Store,
    customers: impl Iterator<Item = String>,
    by: &Actor,
    now: OffsetDateTime,
) -> Result<(), ForgetError> {
    for customer in customers {
        let done = store.forget_customer(&customer, by, now).await?;
        tracing::info!(
            contacts = done.contacts,
            cleared = done.cleared,
            waiting = done.waiting.len(),
            "a customer was forgotten"
        );
    }
    Ok(())
}

/// Everybody of whom something personal is known, until nobody is left.
async fn everybody(store: &Store, by: &Actor, now: OffsetDateTime) -> Result<(), ForgetError> {
    loop {
        let known = store.sweep::<Customer>("KNOWN", &Cut::first(CUSTOMERS)).await?;
        let mut customers = store.people(CUSTOMERS).await?;
        customers.extend(known.items.into_iter().map(|row| row.value.id.clone()));
        if customers.is_empty() {
            return Ok(());
        }
        each(store, customers.into_iter(), by, now).await?;
    }
}

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
