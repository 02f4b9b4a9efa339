//! Everything that one decision rests on, read at once.

use crate::{
    Chained, Row, Store, StoreError,
    budget::Budget,
    chain::parse,
    digest::{self, Effect},
    error::told,
    fact::Fact,
    item::{self, Item},
    keys,
};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{Control, Digest};
use std::collections::BTreeMap;

/// The most keys that DynamoDB reads in one request.
pub(crate) const MOST_KEYS: usize = 100;
/// How often what was left out of an answer is asked for again.
const ROUNDS: usize = 8;

/// Keys to be read.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Vec<String>);

impl Wanted {
    /// A thing.
    #[must_use]
    pub fn thing<T: Chained>(self, id: &str) -> Self {
        self.key(keys::pk(T::KIND, id))
    }

    /// The stop switch.
    #[must_use]
    pub fn control(self) -> Self {
        self.thing::<Control>(&Control::default().id())
    }

    /// What is known of an effect.
    #[must_use]
    pub fn effect(self, digest: &Digest) -> Self {
        self.key(digest::pk(digest))
    }

    /// A budget.
    #[must_use]
    pub fn budget(self, name: &str) -> Self {
        self.key(keys::pk("BUDGET", name))
    }

    /// A fact.
    #[must_use]
    pub fn fact(self, source: &str) -> Self {
        self.key(keys::pk("FACT", source))
    }

    /// The rows that an index lists.
    pub(crate) fn rows(listed: &[Item]) -> Self {
        let pks = listed.iter().filter_map(|row| item::get_text(row, "pk").ok());
        Self(pks.map(str::to_owned).collect())
    }

    fn key(mut self, pk: String) -> Self {
        if !self.0.contains(&pk) {
            self.0.push(pk);
        }
        self
    }
}

/// What was found. Asking for a row that was not wanted is answered like one that is not there.
#[derive(Debug, Clone, Default)]
pub struct Seen(BTreeMap<String, Item>);

impl Seen {
    /// A row as it is.
    pub(crate) fn row(&self, pk: &str) -> Option<&Item> {
        self.0.get(pk)
    }

    /// A thing.
    ///
    /// # Errors
    /// When the row cannot be understood.
    pub fn thing<T: Chained>(&self, id: &str) -> Result<Option<Row<T>>, StoreError> {
        self.0.get(&keys::pk(T::KIND, id)).map(Row::from_item).transpose()
    }

    /// The stop switch; absent while nobody ever used it.
    ///
    /// # Errors
    /// When the row cannot be understood.
    pub fn control(&self) -> Result<Option<Row<Control>>, StoreError> {
        self.thing(&Control::default().id())
    }

    /// What is known of an effect.
    ///
    /// # Errors
    /// When the row cannot be understood.
    pub fn effect(&self, digest: &Digest) -> Result<Effect, StoreError> {
        self.0.get(&digest::pk(digest)).map(parse).transpose().map(Option::unwrap_or_default)
    }

    /// A budget; one that nobody used yet is empty.
    ///
    /// # Errors
    /// When the row cannot be understood.
    pub fn budget(&self, name: &str) -> Result<Budget, StoreError> {
        self.0.get(&keys::pk("BUDGET", name)).map_or_else(|| Ok(Budget::new(name)), Budget::from_item)
    }

    /// A fact.
    ///
    /// # Errors
    /// When the row cannot be understood.
    pub fn fact(&self, source: &str) -> Result<Option<Fact>, StoreError> {
        self.0.get(&keys::pk("FACT", source)).map(parse).transpose()
    }
}

impl Store {
    /// Reads everything `wanted`, each row consistently, in as few requests as there can be.
    ///
    /// # Errors
    /// When the table does not answer with all of it.
    pub async fn see(&self, wanted: Wanted) -> Result<Seen, StoreError> {
        let mut left: Vec<Item> = wanted.0.iter().map(|pk| item::key(pk, keys::STATE)).collect();
        let mut seen = Seen::default();
        for _ in 0..ROUNDS {
            if left.is_empty() {
                return Ok(seen);
            }
            let later = left.split_off(left.len().min(MOST_KEYS));
            left = self.batch(left, &mut seen).await?;
            left.extend(later);
        }
        if left.is_empty() { Ok(seen) } else { Err(StoreError::Retry(format!("{} rows were not read", left.len()))) }
    }

    /// Reads these keys, and returns those that the table left out.
    async fn batch(&self, keys: Vec<Item>, seen: &mut Seen) -> Result<Vec<Item>, StoreError> {
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build();
        let keys = keys.map_err(|error| StoreError::Retry(error.to_string()))?;
        let answer = self.client().batch_get_item().request_items(self.table(), keys).send().await;
        let answer = answer.map_err(|error| StoreError::Retry(told(&error)))?;
        for row in answer.responses.unwrap_or_default().remove(self.table()).unwrap_or_default() {
            seen.0.insert(item::get_text(&row, "pk")?.to_owned(), row);
        }
        let left = answer.unprocessed_keys.unwrap_or_default().remove(self.table());
        Ok(left.map(|left| left.keys).unwrap_or_default())
    }
}
