//! What the records of a day say in figures.
//!
//! A record says what happened; its tier, its cluster and whether people were asked stand in the action or task that
//! it is about, as that is now. A record that cannot be understood is counted as such and holds up no seal.

use super::id;
use crate::{
    Row, Store, StoreError,
    chain::{self, Chained},
    item::Item,
    seen::{MOST_KEYS, Seen, Wanted},
};
use domain::{
    AuditRecord, Record,
    audit::{Event, Figures, Sealing},
    task::Task,
};
use futures::future::try_join_all;
use time::{Date, OffsetDateTime};

/// The part of a subject that says that it is a task.
const TASK: &str = "TASK#";

impl Store {
    /// The days with these dates as they are kept, in one request for every hundred; one that is not kept is left out.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn days(&self, dates: &[Date]) -> Result<Vec<Row<Sealing>>, StoreError> {
        let ids: Vec<String> = dates.iter().map(|date| id(*date)).collect();
        self.things(&ids).await
    }

    /// A day that has no seal yet in figures, and whether they are all of it: about `most` records of it are read.
    ///
    /// # Errors
    /// As [`Store::days`].
    pub async fn so_far(&self, date: Date, most: u64, now: OffsetDateTime) -> Result<(Figures, bool), StoreError> {
        let (sealing, whole) = self.gather(Sealing::open(date, None, now), most).await?;
        Ok((sealing.figures.unwrap_or_default(), whole))
    }

    /// Adds what these records of a day say.
    pub(super) async fn count_in(&self, rows: &[Item], figures: &mut Figures) -> Result<(), StoreError> {
        let records: Vec<Option<AuditRecord>> = rows.iter().map(|row| chain::parse(row).ok()).collect();
        let events: Vec<Told<'_>> = records.iter().flatten().filter_map(|r| Some((r, Event::of(r)?))).collect();
        let chunks = events.chunks(MOST_KEYS);
        let seen = try_join_all(chunks.clone().map(|told| self.see(about(told)))).await?;
        figures.unread += count(records.iter().filter(|record| record.is_none()));
        for (told, seen) in chunks.zip(&seen) {
            figures.unread += count(told.iter().filter(|told| add(figures, told, seen).is_none()));
        }
        Ok(())
    }
}

/// A record that adds something to its day: what, and about which thing.
type Told<'a> = (&'a AuditRecord, (Event, &'a str));

/// What has to be read to know what they add.
fn about(told: &[Told<'_>]) -> Wanted {
    told.iter().fold(Wanted::default(), |wanted, (record, (_, id))| {
        if is_task(record) { wanted.thing::<Task>(id) } else { wanted.thing::<Record>(id) }
    })
}

/// Adds one; nothing where what it is about is not there or cannot be understood.
fn add(figures: &mut Figures, (record, (event, id)): &Told<'_>, seen: &Seen) -> Option<()> {
    if is_task(record) {
        figures.task(*event, &known(seen.thing(id))?);
    } else {
        figures.action(*event, &known(seen.thing(id))?);
    }
    Some(())
}

fn is_task(record: &AuditRecord) -> bool {
    record.subject.starts_with(TASK)
}

/// The thing, where it is there and can be understood.
fn known<T: Chained>(row: Result<Option<Row<T>>, StoreError>) -> Option<T> {
    row.inspect_err(|error| tracing::warn!(%error, "a row is not in the day's figures")).ok()?.map(|row| row.value)
}

fn count<T>(of: impl Iterator<Item = T>) -> u64 {
    u64::try_from(of.count()).unwrap_or(u64::MAX)
}
