//! The books in the table: entries that are written once, and the sums of them that reports read.
//!
//! An entry and everything that it adds to a sum are one transaction, so sums are never behind and never count twice.
//! A sum is spread over [`SHARDS`] rows, to which whole numbers are added: writers of different entries seldom meet,
//! and whoever reads asks for all of them at once, however many entries there are.

use crate::{
    Chained, CommitError, Row, Store, StoreError, Tx,
    error::told,
    item::{self, Item, text},
    keys,
};
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use domain::{
    Actor, audit,
    books::{Dimension, Entry, Grain, Slot, Sums, slots},
};
use futures::future::try_join_all;
use std::collections::{BTreeMap, HashMap};
use time::OffsetDateTime;

const KIND: &str = "BOOKS";
/// Rows over which each sum is spread.
const SHARDS: u64 = 16;
/// What a sum of everything is called in a key.
const ALL: &str = "all";
/// Sorts behind every name that follows a period in a key.
const BEHIND: char = '$';
/// Requests that are made of one shard before a list counts as cut off; each is a megabyte of rows.
const PAGES: usize = 4;

impl Chained for Entry {
    const KIND: &'static str = "ENTRY";

    fn id(&self) -> String {
        self.key().to_owned()
    }

    fn status(&self) -> &str {
        Self::STATUS
    }

    /// When it was written: whoever reads on from there misses none that came late.
    fn sort(&self) -> OffsetDateTime {
        self.booked()
    }
}

/// Which sums are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What they are told apart by; absent for everything together.
    pub of: Option<Dimension>,
    /// How long their periods are.
    pub grain: Grain,
    /// First period, such as `2026-11`.
    pub from: String,
    /// Last period.
    pub to: String,
}

impl Span {
    /// Sums of everything in the periods from the one of `from` to the one of `to`.
    #[must_use]
    pub fn all(grain: Grain, from: OffsetDateTime, to: OffsetDateTime) -> Self {
        Self { of: None, grain, from: grain.period(from), to: grain.period(to) }
    }

    /// The same by the names of a dimension.
    #[must_use]
    pub fn by(self, dimension: Dimension) -> Self {
        Self { of: Some(dimension), ..self }
    }

    /// Whether a slot is in it.
    #[must_use]
    pub fn has(&self, slot: &Slot) -> bool {
        slot.of == self.of && slot.grain == self.grain && self.from <= slot.period && slot.period <= self.to
    }
}

/// Sums as they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// By period and name; the name is empty where everything is together.
    pub sums: BTreeMap<(String, String), Sums>,
    /// Whether they are all there are; if not, some names are missing.
    pub whole: bool,
}

impl Found {
    /// Everything of one period.
    #[must_use]
    pub fn period(&self, period: &str) -> Sums {
        let of = self.sums.iter().filter(|((is, _), _)| is == period);
        of.fold(Sums::default(), |mut all, (_, sums)| {
            all.add(sums);
            all
        })
    }

    /// All periods together, by name.
    #[must_use]
    pub fn names(&self) -> BTreeMap<&str, Sums> {
        let mut names: BTreeMap<&str, Sums> = BTreeMap::new();
        for ((_, name), sums) in &self.sums {
            names.entry(name).or_default().add(sums);
        }
        names
    }

    /// Everything together.
    #[must_use]
    pub fn total(&self) -> Sums {
        self.sums.values().fold(Sums::default(), |mut all, sums| {
            all.add(sums);
            all
        })
    }
}

impl Tx<'_> {
    /// Books entries of which none is in the books yet: each with its link, and all that they add to sums.
    ///
    /// # Errors
    /// When an entry cannot be written as JSON.
    pub fn book(&mut self, entries: &[Entry], by: &Actor) -> Result<(), CommitError> {
        let Some(first) = entries.first() else { return Ok(()) };
        let shard = spread(first.key());
        for entry in entries {
            let entry = entry.clone().booked_at(self.at());
            let link = audit::Entry::new(by.clone(), "booked", Entry::STATUS);
            self.create(&entry, link.because([entry.digest()?.to_string()]))?;
        }
        for (slot, sums) in added(entries) {
            let (pk, sk) = key(&slot, shard);
            let update = add(self.table(), (&pk, &sk), &sums).map_err(CommitError::Invalid)?;
            self.push(TransactWriteItem::builder().update(update).build(), pk);
        }
        Ok(())
    }
}

/// What these entries add to sums together.
fn added(entries: &[Entry]) -> BTreeMap<Slot, Sums> {
    let mut all: BTreeMap<Slot, Sums> = BTreeMap::new();
    for (slot, sums) in entries.iter().flat_map(slots) {
        all.entry(slot).or_default().add(&sums);
    }
    all
}

/// How many rows booking these entries takes of a transaction.
#[must_use]
pub fn rows(entries: &[Entry]) -> usize {
    entries.len().saturating_mul(2).saturating_add(added(entries).len())
}

impl Store {
    /// An entry by its key.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn entry(&self, key: &str) -> Result<Option<Entry>, StoreError> {
        Ok(self.get::<Entry>(key).await?.map(|row: Row<Entry>| row.value))
    }

    /// Those of `entries` that are not in the books, each once.
    ///
    /// # Errors
    /// As [`Store::entry`].
    pub async fn unbooked(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
        let known = try_join_all(entries.iter().map(|entry| self.entry(entry.key()))).await?;
        let mut new: Vec<Entry> = Vec::new();
        for (entry, known) in entries.into_iter().zip(known) {
            if known.is_none() && new.iter().all(|other| other.key() != entry.key()) {
                new.push(entry);
            }
        }
        Ok(new)
    }

    /// Sums of the books: one query per shard, whatever was booked.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn sums(&self, span: &Span) -> Result<Found, StoreError> {
        let shards = try_join_all((0..SHARDS).map(|shard| self.sums_of(span, shard))).await?;
        let mut found = Found { whole: true, ..Found::default() };
        for (rows, whole) in shards {
            found.whole &= whole;
            for row in rows {
                let sk = item::get_text(&row, "sk")?;
                let (period, name) = sk.split_once('#').unwrap_or((sk, ""));
                found.sums.entry((period.to_owned(), name.to_owned())).or_default().add(&read(&row)?);
            }
        }
        Ok(found)
    }

    async fn sums_of(&self, span: &Span, shard: u64) -> Result<(Vec<Item>, bool), StoreError> {
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(partition(span.of, span.grain, shard)))
            .expression_attribute_values(":from", text(&span.from))
            .expression_attribute_values(":to", text(format!("{}{BEHIND}", span.to)))
            .consistent_read(true);
        let (mut rows, mut after) = (Vec::new(), None);
        for _ in 0..PAGES {
            let answer = request.clone().set_exclusive_start_key(after).send().await;
            let answer = answer.map_err(|error| StoreError::Retry(told(&error)))?;
            rows.extend(answer.items.unwrap_or_default());
            after = answer.last_evaluated_key;
            if after.is_none() {
                return Ok((rows, true));
            }
        }
        Ok((rows, false))
    }
}

/// The cursor behind `entry` in the list of entries, in the order in which they were written.
#[must_use]
pub fn behind(entry: &Entry) -> String {
    crate::page::encode(&format!("{}#{}", keys::instant(entry.booked()), entry.key()))
}

/// The shard of an entry.
fn spread(key: &str) -> u64 {
    key.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) % SHARDS
}

fn partition(of: Option<Dimension>, grain: Grain, shard: u64) -> String {
    keys::pk(KIND, &format!("{}#{grain}#{shard}", of.map_or(ALL, Dimension::name)))
}

fn key(slot: &Slot, shard: u64) -> (String, String) {
    let sk = match slot.of {
        None => slot.period.clone(),
        Some(_) => format!("{}#{}", slot.period, slot.name),
    };
    (partition(slot.of, slot.grain, shard), sk)
}

fn add(table: &str, (pk, sk): (&str, &str), sums: &Sums) -> Result<Update, String> {
    let (mut names, mut values, mut parts) = (HashMap::new(), HashMap::new(), Vec::new());
    for (n, (column, value)) in sums.columns().enumerate() {
        names.insert(format!("#c{n}"), column.to_owned());
        values.insert(format!(":v{n}"), item::number(value));
        parts.push(format!("#c{n} :v{n}"));
    }
    Update::builder()
        .table_name(table)
        .set_key(Some(item::key(pk, sk)))
        .update_expression(format!("ADD {}", parts.join(", ")))
        .set_expression_attribute_names(Some(names))
        .set_expression_attribute_values(Some(values))
        .build()
        .map_err(|error| error.to_string())
}

fn read(row: &Item) -> Result<Sums, StoreError> {
    let columns = row.iter().filter_map(|(name, value)| match value {
        AttributeValue::N(number) => Some((name, number)),
        _ => None,
    });
    let mut sums = BTreeMap::new();
    for (name, number) in columns {
        let value = number.parse().map_err(|_| item::corrupt(row, &format!("`{name}` is no whole number")))?;
        sums.insert(name.clone(), value);
    }
    Ok(Sums::new(sums))
}
