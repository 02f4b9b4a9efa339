//! Puts each day's records under a seal once the day is over.
//!
//! One row tells which day is next and how far it was read, so a tick reads a bounded number of records and the next
//! one goes on from there, in whichever process. A day's seal and the row of the day after are one transaction: there
//! is one seal a day, no day is left out, and days that were missed are made up for in their order.

#[cfg(test)]
mod tests;

use crate::sweep::{Stumble, commit};
use domain::{
    Actor,
    audit::{Entry, Sealing},
};
use store::{Row, Store};
use time::OffsetDateTime;

/// About as many records as one tick reads.
const RECORDS: u64 = 50_000;
/// Days that one tick seals at the most.
const DAYS: usize = 40;

/// Reads on in the day that is due, and seals what is read to its end.
pub(crate) async fn seal(store: &Store, now: OffsetDateTime) -> Result<(), Stumble> {
    let mut left = RECORDS;
    for _ in 0..DAYS {
        let Some(row) = store.open_day().await? else { return begin(store, now).await };
        if left == 0 || !row.value.is_due(now) {
            return Ok(());
        }
        let before = row.value.tree.count();
        let (sealing, whole) = store.gather(row.value.clone(), left).await?;
        left = left.saturating_sub(sealing.tree.count().saturating_sub(before));
        let ours =
            if whole { finish(store, &row, sealing, now).await? } else { pause(store, &row, sealing, now).await? };
        if !ours || !whole {
            return Ok(());
        }
    }
    Ok(())
}

/// The first day of all.
async fn begin(store: &Store, now: OffsetDateTime) -> Result<(), Stumble> {
    if !store.seals(1).await?.is_empty() {
        // the index does not show the open day yet
        return Ok(());
    }
    let sealing = Sealing::open(store.first_day(now).await?, None, now);
    let mut tx = store.tx(now);
    tx.create(&sealing, entry("opened", "OPEN"))?;
    commit(tx).await.map(drop)
}

/// Keeps how far the day was read.
async fn pause(store: &Store, row: &Row<Sealing>, sealing: Sealing, now: OffsetDateTime) -> Result<bool, Stumble> {
    let read = entry("read on", "OPEN").because([format!("records:{}", sealing.tree.count())]);
    let mut tx = store.tx(now);
    tx.update(row, &Sealing { updated: now, ..sealing }, read)?;
    commit(tx).await
}

/// Seals the day, and opens the next one.
async fn finish(store: &Store, row: &Row<Sealing>, sealing: Sealing, now: OffsetDateTime) -> Result<bool, Stumble> {
    let (sealed, next) = sealing.sealed(now).map_err(store::CommitError::from)?;
    let (date, count, root) = (sealed.date, sealed.tree.count(), sealed.tree.root());
    let mut tx = store.tx(now);
    tx.update(row, &sealed, entry("sealed", "SEALED").because([format!("records:{count}"), format!("root:{root}")]))?;
    if let Some(next) = &next {
        tx.create(next, entry("opened", "OPEN"))?;
    }
    let ours = commit(tx).await?;
    if ours {
        tracing::info!(day = %date, records = count, root = %root, "a day's record is sealed");
    }
    Ok(ours)
}

fn entry(what: &str, result: &str) -> Entry {
    Entry::new(Actor::Function("clock".to_owned()), what, result)
}
