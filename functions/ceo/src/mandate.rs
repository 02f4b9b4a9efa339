//! What the CEO function used of its mandate today.
//!
//! Both figures are read from lists, latest first, back to midnight. They are limits of a day, not a ledger:
//! decisions that are being made at the same moment are not counted in each other. Where a list is longer than
//! anybody reads, the figure is not known, and the rule then asks a person.

use async_trait::async_trait;
use domain::{
    Currency, Record, Status,
    journey::{Journey, Stage},
};
use store::{Chained, Store, StoreError, page::Cut};
use time::OffsetDateTime;

/// Rows read at once, and pages of them, per list.
const PAGE: usize = 100;
const PAGES: usize = 10;

/// How the CEO function signs what it grants.
const SIGNED: &str = "ceo";

/// What was decided within the mandate.
#[async_trait]
pub trait Mandate: Send + Sync {
    /// Products that it approved since `from`; `None` where too many changed to tell.
    async fn approved_since(&self, from: OffsetDateTime) -> Result<Option<i64>, StoreError>;
    /// Euro cents of the actions that it granted since `from`; `None` where that cannot be told.
    async fn committed_since(&self, from: OffsetDateTime) -> Result<Option<i64>, StoreError>;
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

    async fn committed_since(&self, from: OffsetDateTime) -> Result<Option<i64>, StoreError> {
        let mut committed: Option<i64> = Some(0);
        for status in [Status::Granted, Status::Held, Status::Executing, Status::Unknown, Status::Executed] {
            let Some(records) = since::<Record>(self, status.name(), from).await? else { return Ok(None) };
            committed = records.iter().filter(|record| is_ours(record, from)).fold(committed, add);
        }
        Ok(committed)
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

fn is_ours(record: &Record, from: OffsetDateTime) -> bool {
    record.grant.as_ref().is_some_and(|grant| grant.at >= from && grant.by.iter().any(|by| by == SIGNED))
}

/// The sum with one more action; unknown as soon as one amount is not in whole euro cents.
fn add(sum: Option<i64>, record: &Record) -> Option<i64> {
    let Some(amount) = record.proposal.action.amount() else { return sum };
    let cents = amount.cents().filter(|_| amount.currency() == Currency::EUR)?;
    sum?.checked_add(cents)
}
