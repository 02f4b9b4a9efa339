//! What the CEO function used of its mandate today.
//!
//! What it commits is a ledger: the sum is written in the ruling's own transaction, on the state that it was
//! judged on, so two rulings never both count on the same room. What it approves of products is read from lists,
//! latest first, back to midnight; where a list is longer than anybody reads, the figure is not known, and the
//! rule then asks a person.

use async_trait::async_trait;
use domain::journey::{Journey, Stage};
use store::{Chained, Store, StoreError, budget::Budget, page::Cut};
use time::OffsetDateTime;

/// Rows read at once, and pages of them, per list.
const PAGE: usize = 100;
const PAGES: usize = 10;

/// Name of the ledger.
const LEDGER: &str = "mandate:ceo";

/// What was decided within the mandate.
#[async_trait]
pub trait Mandate: Send + Sync {
    /// Products that it approved since `from`; `None` where too many changed to tell.
    async fn approved_since(&self, from: OffsetDateTime) -> Result<Option<i64>, StoreError>;
    /// The ledger of what it granted, in euro cents.
    async fn committed(&self) -> Result<Budget, StoreError>;
}

/// The first moment of the day of `now`, in UTC.
pub(crate) fn today(now: OffsetDateTime) -> OffsetDateTime {
    now.to_offset(time::UtcOffset::UTC).replace_time(time::Time::MIDNIGHT)
}

#[async_trait]
impl Mandate for Store {
    async fn approved_since(&self, from: OffsetDateTime) -> Result<Option<i64>, StoreError> {
        let mut approved = 0;
        for stage in [Stage::Publishing, Stage::Deciding, Stage::Published, Stage::Stopped] {
            let Some(journeys) = since::<Journey>(self, stage.name(), from).await? else { return Ok(None) };
            approved += journeys.iter().filter(|journey| is_approved(journey)).map(|_| 1).sum::<i64>();
        }
        Ok(Some(approved))
    }

    async fn committed(&self) -> Result<Budget, StoreError> {
        self.budget(LEDGER).await
    }
}

/// Everything of one status that changed since `from`; `None` where that is more than anybody reads.
async fn since<T: Chained>(store: &Store, status: &str, from: OffsetDateTime) -> Result<Option<Vec<T>>, StoreError> {
    let (mut found, mut cut) = (Vec::new(), Cut::latest(PAGE));
    for _ in 0..PAGES {
        let page = store.list::<T>(status, &cut).await?;
        let goes_on = page.items.iter().all(|row| row.value.sort() >= from);
        found.extend(page.items.into_iter().map(|row| row.value).take_while(|value| value.sort() >= from));
        match page.next {
            Some(next) if goes_on => cut.cursor = Some(next),
            _ => return Ok(Some(found)),
        }
    }
    Ok(None)
}

fn is_approved(journey: &Journey) -> bool {
    journey.reviewed.as_ref().is_some_and(|reviewed| reviewed.approved)
}
