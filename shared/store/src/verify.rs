//! Is the record as it was written?
//!
//! Everything is computed anew from the rows as they are, never through our types: a field that somebody added, or
//! that a later version reads differently, counts as it stands.

use crate::{
    Chained, Store, StoreError,
    error::told,
    item::{self, Item, text},
    keys,
    links::is_subject,
    seal::{self, Part},
};
use domain::{
    Digest,
    audit::{Fault, Link, Present, Seal, Sealing, Tree, Verdict, verify_whole},
};
use serde_json::Value;
use std::collections::BTreeSet;
use time::Date;

/// Rows that one request takes out of each partition.
const ROWS: i32 = 500;
/// The most chains of a day that are followed one by one.
const CHAINS: usize = 10_000;

/// A day as it is found now.
#[derive(Default)]
struct Found {
    tree: Tree,
    subjects: BTreeSet<String>,
}

impl Store {
    /// Checks the whole chain of `subject`, such as `ACTION#0199…`, down to its present state.
    ///
    /// # Errors
    /// When the table does not answer. What is wrong with the record is in the verdict.
    pub async fn verify_subject(&self, subject: &str) -> Result<Verdict, StoreError> {
        let mut verdict = Verdict { chains: 1, ..Verdict::default() };
        let rows = if is_subject(subject) { self.rows_of(subject).await? } else { Vec::new() };
        if rows.is_empty() {
            verdict.blame(Fault::of(format!("there is no `{subject}`")));
            return Ok(verdict);
        }
        let audit = |row: &&Item| item::get_text(row, "sk").is_ok_and(|sk| sk.starts_with(keys::AUDIT));
        let links: Vec<Link> = rows.iter().filter(audit).filter_map(|row| read(row, &mut verdict)).collect();
        verdict.records = u64::try_from(links.len()).unwrap_or(u64::MAX);
        let state = rows.iter().find(|row| item::get_text(row, "sk").is_ok_and(|sk| sk == keys::STATE));
        let present = state.map(present).transpose();
        match present.map(|present| verify_whole(subject, &links, present.as_ref())) {
            Ok(Ok(())) => {}
            Ok(Err(broken)) => verdict.blame(Fault::chain(subject, &broken)),
            Err(error) => verdict.blame(Fault::of(error.to_string())),
        }
        Ok(verdict)
    }

    /// Checks a day: its records against its seal, its seal against the seals beside it. Where something does not fit,
    /// or the day is not sealed yet, the chains of all things that changed on it as well, so that what was done to
    /// which of them is named.
    ///
    /// # Errors
    /// When the table does not answer. What is wrong with the record is in the verdict.
    pub async fn verify_day(&self, date: Date) -> Result<Verdict, StoreError> {
        let mut verdict = Verdict::default();
        let found = self.day_found(date, &mut verdict).await?;
        verdict.records = found.tree.count();
        verdict.chains = u64::try_from(found.subjects.len()).unwrap_or(u64::MAX);
        let row = self.seal(date).await?;
        match row.and_then(|row| row.value.seal) {
            Some(seal) => {
                compare(&found, &seal, &mut verdict);
                self.neighbours(&seal, &mut verdict).await?;
                verdict.seals.push(seal);
            }
            None => verdict.unsealed = verdict.records,
        }
        if verdict.unsealed > 0 || !verdict.holds() {
            self.chains(&found.subjects, &mut verdict).await?;
        }
        Ok(verdict)
    }

    /// Reads a whole day.
    async fn day_found(&self, date: Date, verdict: &mut Verdict) -> Result<Found, StoreError> {
        let mut found = Found::default();
        let mut after = None;
        loop {
            let Part { rows, next } = self.part(date, after.as_deref(), (ROWS, true)).await?;
            for row in &rows {
                found.subjects.insert(item::get_text(row, "pk")?.to_owned());
                if let Some(link) = read(row, verdict) {
                    found.tree.add(&link.hash);
                }
            }
            after = next;
            if after.is_none() {
                return Ok(found);
            }
        }
    }

    /// The seal's own chain, and the seals of the days before and after it.
    async fn neighbours(&self, seal: &Seal, verdict: &mut Verdict) -> Result<(), StoreError> {
        let own = self.verify_subject(&keys::pk(Sealing::KIND, &seal::id(seal.date))).await?;
        own.faults.into_iter().for_each(|fault| verdict.blame(fault));
        let hash = |seal: &Seal| seal.hash().ok();
        let date = seal.date;
        if let Some(day) = date.previous_day() {
            let before = self.seal(day).await?.and_then(|row| row.value.seal);
            if before.as_ref().and_then(hash) != seal.previous {
                verdict.blame(Fault::of(format!("the seal of {date} does not follow from that of {day}")));
            }
        }
        if let Some(day) = date.next_day() {
            let after = self.seal(day).await?;
            if after.is_none_or(|row| row.value.previous != hash(seal)) {
                verdict.blame(Fault::of(format!("the seal of {day} does not follow from that of {date}")));
            }
        }
        Ok(())
    }

    async fn chains(&self, subjects: &BTreeSet<String>, verdict: &mut Verdict) -> Result<(), StoreError> {
        for subject in subjects.iter().take(CHAINS) {
            for fault in self.verify_subject(subject).await?.faults {
                verdict.blame(fault);
            }
        }
        Ok(())
    }

    /// All rows of a thing, read consistently.
    async fn rows_of(&self, pk: &str) -> Result<Vec<Item>, StoreError> {
        let pages = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        pages.try_collect().await.map_err(|error| StoreError::Retry(told(&error)))
    }
}

fn compare(found: &Found, seal: &Seal, verdict: &mut Verdict) {
    let (date, count) = (seal.date, found.tree.count());
    if count != seal.count {
        let why = format!("{date} was sealed with {} records, and {count} are here", seal.count);
        verdict.blame(Fault::of(why));
    } else if found.tree.root() != seal.root {
        verdict.blame(Fault::of(format!("the records of {date} are not those that were sealed")));
    }
}

/// A record as it is kept; one that cannot be read, or does not have the hash that was written with it, is a fault.
fn read(row: &Item, verdict: &mut Verdict) -> Option<Link> {
    let (pk, sk) = (item::get_text(row, "pk").unwrap_or("?"), item::get_text(row, "sk").unwrap_or("?"));
    let fault = |why: String| Fault { subject: Some(pk.to_owned()), ..Fault::of(why) };
    let json = item::get_text(row, "body").ok().and_then(|body| serde_json::from_str::<Value>(body).ok());
    let Some(Ok(link)) = json.map(|json| Link::read(&json)) else {
        verdict.blame(fault(format!("`{sk}` is no audit record")));
        return None;
    };
    if seal::hash(row).ok().as_ref() != Some(&link.hash) {
        let seq = Some(link.record.seq);
        verdict.blame(Fault { seq, ..fault("the record does not have the hash that was written with it".to_owned()) });
    }
    Some(link)
}

fn present(row: &Item) -> Result<Present, StoreError> {
    let corrupt = |error: serde_json::Error| item::corrupt(row, &error.to_string());
    let body: Value = serde_json::from_str(item::get_text(row, "body")?).map_err(corrupt)?;
    let state = Digest::of(&body).map_err(|error| item::corrupt(row, &error.to_string()))?;
    let head = serde_json::from_value(item::get_text(row, "head")?.into()).map_err(corrupt)?;
    Ok(Present { seq: item::get_number(row, "seq")?, head, state })
}
