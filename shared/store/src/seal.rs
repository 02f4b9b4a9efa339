//! A closed day, read in the order of its seal, and the row that keeps how far it was read.
//!
//! The day's records lie in four partitions of an index, each in order. A step reads the next rows of each and takes
//! those up to the earliest place at which one of the four was cut off: so nothing is read twice, however many there
//! are, and where a step ended is all that the next one has to know.

mod figures;

use crate::{
    Chained, Row, Store, StoreError,
    error::told,
    item::{self, Item, text},
    keys,
    page::Cut,
};
use domain::{
    Hash,
    audit::{Sealing, day_of},
};
use futures::future::try_join_all;
use time::{Date, OffsetDateTime};

/// Status of the one day whose seal is due next.
const OPEN: &str = "OPEN";
/// Status of a day under its seal.
const SEALED: &str = "SEALED";
/// Rows that one request takes out of each partition.
const ROWS: i32 = 1_000;
/// How far the first seal looks back for days that nobody sealed.
const DAYS_BACK: u16 = 31;

impl Chained for Sealing {
    const KIND: &'static str = "SEAL";

    fn id(&self) -> String {
        id(self.date)
    }

    fn status(&self) -> &str {
        if self.seal.is_some() { SEALED } else { OPEN }
    }

    fn sort(&self) -> OffsetDateTime {
        start(self.date)
    }
}

/// Part of a day, and where it goes on.
pub(crate) struct Part {
    pub(crate) rows: Vec<Item>,
    pub(crate) next: Option<String>,
}

impl Store {
    /// The day whose seal is due next; absent before the first one.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn open_day(&self) -> Result<Option<Row<Sealing>>, StoreError> {
        let page = self.list::<Sealing>(OPEN, &Cut::first(1)).await?;
        match page.items.first() {
            Some(listed) => self.get(&listed.value.id()).await,
            None => Ok(None),
        }
    }

    /// The last `most` sealed days, latest first.
    ///
    /// # Errors
    /// As [`Store::open_day`].
    pub async fn seals(&self, most: usize) -> Result<Vec<Row<Sealing>>, StoreError> {
        Ok(self.list(SEALED, &Cut::latest(most)).await?.items)
    }

    /// The seal of a day, or how far it is.
    ///
    /// # Errors
    /// As [`Store::open_day`].
    pub async fn seal(&self, date: Date) -> Result<Option<Row<Sealing>>, StoreError> {
        self.get(&id(date)).await
    }

    /// The day with which the seals begin: the first one of late that has a record, or today.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn first_day(&self, now: OffsetDateTime) -> Result<Date, StoreError> {
        let today = day_of(now);
        for back in (1..=DAYS_BACK).rev() {
            let date = today.saturating_sub(time::Duration::days(i64::from(back)));
            if !self.part(date, None, (1, false)).await?.rows.is_empty() {
                return Ok(date);
            }
        }
        Ok(today)
    }

    /// Reads on in an open day, about `most` records; says whether that was all of it.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn gather(&self, mut sealing: Sealing, most: u64) -> Result<(Sealing, bool), StoreError> {
        let enough = sealing.tree.count().saturating_add(most);
        let rows = i32::try_from(most).unwrap_or(ROWS).clamp(1, ROWS);
        while sealing.tree.count() < enough {
            let part = self.part(sealing.date, sealing.after.as_deref(), (rows, true)).await?;
            if let Some(figures) = &mut sealing.figures {
                self.count_in(&part.rows, figures).await?;
            }
            for row in &part.rows {
                sealing.tree.add(&hash(row)?);
                sealing.after = Some(place(row)?.to_owned());
            }
            match part.next {
                Some(next) => sealing.after = Some(next),
                None => return Ok((sealing, true)),
            }
        }
        Ok((sealing, false))
    }

    /// The next records of a day behind `after`, at most `rows` of each partition, whole or with their hash only.
    pub(crate) async fn part(
        &self,
        date: Date,
        after: Option<&str>,
        (rows, whole): (i32, bool),
    ) -> Result<Part, StoreError> {
        let days = (0..keys::SHARDS).map(|shard| keys::day(start(date), shard));
        let shards = days.map(|day| self.shard(day, after.unwrap_or("0"), (rows, whole)));
        let shards = try_join_all(shards).await?;
        let cut = shards.iter().filter(|(_, more)| *more).filter_map(|(rows, _)| rows.last());
        let cut = cut.map(place).collect::<Result<Vec<_>, _>>()?.into_iter().min().map(str::to_owned);
        let mut rows: Vec<Item> = shards.into_iter().flat_map(|(rows, _)| rows).collect();
        let at = |row: &Item| place(row).unwrap_or_default().to_owned();
        if let Some(cut) = &cut {
            rows.retain(|row| at(row) <= *cut);
        }
        rows.sort_by_cached_key(at);
        Ok(Part { rows, next: cut })
    }

    /// The next rows of one partition, at least one of them, and whether there may be more.
    async fn shard(
        &self,
        day: String,
        after: &str,
        (rows, whole): (i32, bool),
    ) -> Result<(Vec<Item>, bool), StoreError> {
        let mut request = self
            .client()
            .query()
            .table_name(self.table())
            .index_name(keys::BY_DAY)
            .key_condition_expression("gsi2pk = :day AND gsi2sk > :after")
            .expression_attribute_values(":day", text(day))
            .expression_attribute_values(":after", text(after))
            .limit(rows);
        if !whole {
            request = request.projection_expression("gsi2sk, #hash").expression_attribute_names("#hash", "hash");
        }
        let mut last = None;
        loop {
            let answer = request.clone().set_exclusive_start_key(last).send().await;
            let answer = answer.map_err(|error| StoreError::Retry(told(&error)))?;
            let items = answer.items.unwrap_or_default();
            last = answer.last_evaluated_key;
            if last.is_none() || !items.is_empty() {
                return Ok((items, last.is_some()));
            }
        }
    }
}

/// A day as its key names it.
pub(crate) fn id(date: Date) -> String {
    keys::date(start(date))
}

fn start(date: Date) -> OffsetDateTime {
    date.midnight().assume_utc()
}

pub(crate) fn place(row: &Item) -> Result<&str, StoreError> {
    item::get_text(row, "gsi2sk")
}

/// The hash that was written with a record.
pub(crate) fn hash(row: &Item) -> Result<Hash, StoreError> {
    let hash = serde_json::from_value(item::get_text(row, "hash")?.into());
    hash.map_err(|error| item::corrupt(row, &error.to_string()))
}
